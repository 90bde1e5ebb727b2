"""The first page of the desk says what to do today, and one click does it."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from support import ReadingClient, press

from ibasho.data.accounts import Role, Scope, set_scope
from ibasho.data.clock import today
from ibasho.data.database import Database, transaction
from ibasho.data.freshness import AnswerKind
from ibasho.data.freshness.store import insert_answer
from ibasho.data.listings import ContactVisibility, Email, Phone, edit, store
from ibasho.data.networks import Network, keep_network, meetings, network_ids
from ibasho.data.notices import Light, close_on, say_light
from ibasho.data.record import Wanted, read_record
from ibasho.data.reports import Matter, keep_report
from ibasho.data.views import FILE_NAME, View, Views
from ibasho.site import stores
from ibasho.site.app import create_app
from ibasho.site.config import Settings, read_settings

Publish = Callable[..., str]
PHONE = (Phone("042-000-0000"),)


def days_ago(days: int) -> dt.date:
    return today() - dt.timedelta(days=days)


def block(client: ReadingClient, name: str, address: str = "/coordinator/") -> str:
    """What one part of the page says."""
    parts = re.split(r'id="today-(\w+)"', client.get(address).text)
    return dict(zip(parts[1::2], parts[2::2], strict=True)).get(name, "").split("</section>")[0]


def names(part: str) -> list[str]:
    return re.findall("<h3><a [^>]*>([^<]*)</a>", part)


# -- what is to be done


def test_who_waits_stands_first_with_how_long_and_a_number(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    listing = publish("みなみ子ども食堂", phones=PHONE)
    stored = store.read_stored(db, listing).published
    assert stored is not None
    edit.propose_change(db, listing, stored.body, "link", stored.id)
    new = edit.propose_listing(db, stored.body, "provider")
    db.execute("UPDATE revision SET written_at = '2026-01-01T00:00:00' WHERE id = ?", [new])
    client.sign_in()
    part = block(client, "waiting")
    days = (today() - dt.date(2026, 1, 1)).days
    number, review = 'href="tel:0420000000"', f"/coordinator/revisions/{new}"
    for words in ("新しい掲載", "掲載の変更", "今日から", f"{days}日前から", number, review):
        assert words in part, words


def test_what_goes_stale_is_ranked_by_views_and_age(
    client: ReadingClient, publish: Publish, data_dir: Path
) -> None:
    seldom = publish("たまに見る", phones=PHONE, assured_date=days_ago(300))
    often = publish("よく見る", phones=PHONE, assured_date=days_ago(190))
    publish("来週には古い", phones=PHONE, assured_date=days_ago(175))
    publish("まだ新しい", phones=PHONE, assured_date=days_ago(170))
    publish("メールで聞く", emails=(Email("a@example.jp"),), assured_date=days_ago(400))
    views = Views(data_dir)
    views.count([View.on(often, today())] * 6 + [View.on(seldom, today())] * 4)
    views.write()
    client.sign_in()
    part = block(client, "stale")
    assert names(part) == ["よく見る", "たまに見る", "来週には古い"]
    assert "確認から190日" in part
    assert "3か月に6回見られた" in part
    assert "4回見られた" not in part


def test_one_click_confirms_by_telephone_and_one_more_takes_it_back(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    listing = publish("みなみ子ども食堂", phones=PHONE, assured_date=days_ago(300))
    before = store.read_stored(db, listing).published
    assert before is not None
    client.sign_in()
    there = press(client, "/coordinator/", f"/coordinator/listings/{listing}/assure",
                  how="telephone", revision=str(before.id), **{"from": "today"})  # fmt: skip
    assert there.startswith("/coordinator/?")
    page = client.get(there).text
    assert "変わりがないことを確認した" in page
    after = store.read_stored(db, listing).published
    assert after is not None
    assert (after.body.assured_date, after.body.assured_by) == (today(), "電話")
    assert names(block(client, "stale")) == []
    assert next(read_record(db, listing)).action == "assure"

    again = press(client, there, f"/coordinator/listings/{listing}/assure",
                  how="undo", revision=str(after.id), **{"from": "today"})  # fmt: skip
    assert "取り消" in client.get(again).text
    assert names(block(client, "stale")) == ["みなみ子ども食堂"]


def test_the_undo_is_offered_for_nothing_out_of_reach(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    theirs = publish("よその食堂", network="東")
    client.sign_in()
    set_scope(db, 1, Scope(networks=frozenset({"西"})), "test")
    for listing in (theirs, "nothing"):
        page = client.get(f"/coordinator/?done=assured&listing={listing}")
        assert page.status_code == 200
        assert "よその食堂" not in page.text


def test_a_number_for_the_staff_alone_is_not_shown_but_where_it_stands(
    client: ReadingClient, publish: Publish
) -> None:
    secret = (Phone("090-1234-5678", "", ContactVisibility.STAFF_ONLY),)
    listing = publish("ひみつの食堂", phones=secret, assured_date=days_ago(300))
    client.sign_in()
    part = block(client, "stale")
    assert "090" not in part
    assert "電話番号は掲載の画面に" in part
    assert f'href="/coordinator/listings/{listing}"' in part


def test_reports_and_answers_stand_with_what_to_do(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    listing = publish("みなみ子ども食堂", phones=PHONE)
    keep_report(db, listing, Matter.CLOSED, "閉まっていました")
    with transaction(db):
        insert_answer(db, listing, AnswerKind.STOPPED, "秘密のことば", today())
    client.sign_in()
    assert "閉まっていました" in block(client, "reports")
    answers = block(client, "answers")
    assert "みなみ子ども食堂" in answers
    assert "秘密のことば" not in answers
    report = int(db.execute("SELECT id FROM report").fetchone()[0])
    there = press(client, "/coordinator/", f"/coordinator/reports/{report}/finish")
    assert "閉まっていました" not in client.get(there).text


def test_a_long_list_shows_the_most_urgent_and_says_how_many_follow(
    client: ReadingClient, publish: Publish
) -> None:
    for number in range(12):
        publish(f"食堂{number}", phones=PHONE, assured_date=days_ago(300))
    client.sign_in()
    part = block(client, "stale")
    assert len(names(part)) == 10
    assert "続きの2件" in part


def test_what_places_said_today_stands_beside(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    closed, full = publish("しまる食堂"), publish("いっぱいの食堂")
    close_on(db, closed, today() + dt.timedelta(days=3), "", "link")
    say_light(db, full, Light.FULL, "link")
    client.sign_in()
    part = block(client, "said")
    assert names(part) == ["いっぱいの食堂", "しまる食堂"]
    assert "臨時休業" in part
    assert "満員" in part


def test_a_quiet_day_is_said_to_be_one(client: ReadingClient, publish: Publish) -> None:
    publish("みなみ子ども食堂", assured_date=today())
    client.sign_in()
    page = client.get("/coordinator/").text
    assert "今日すぐにすることはありません" in page
    assert "today-waiting" not in page


def test_the_page_asks_few_questions_however_much_waits(
    app: Flask, client: ReadingClient, db: Database, publish: Publish
) -> None:
    client.sign_in()
    set_scope(db, 1, Scope(networks=frozenset({"西"})), "test")

    def asked() -> int:
        questions: list[str] = []
        with app.app_context():
            stores.database().conn.set_trace_callback(questions.append)
        client.get("/coordinator/")
        return len([one for one in questions if one.lstrip().startswith("SELECT")])

    def add(count: int) -> None:
        for number in range(count):
            listing = publish(f"食堂{count}-{number}", network="西", assured_date=days_ago(300))
            stored = store.read_stored(db, listing).published
            assert stored is not None
            edit.propose_change(db, listing, stored.body, "link", stored.id)
            keep_report(db, listing, Matter.PHONE, "")
            close_on(db, listing, today(), "", "link")
            with transaction(db):
                insert_answer(db, listing, AnswerKind.STOPPED, "", today())

    add(1)
    few = asked()
    add(12)
    assert asked() <= few + 1


# -- views


def views_of(app: Flask, listing: str) -> int:
    with app.app_context():
        stores.views().write()
        return stores.views().of_late(today()).get(listing, 0)


def test_pages_from_memory_count_too_and_those_of_the_staff_do_not(
    app: Flask, client: ReadingClient, publish: Publish, data_dir: Path
) -> None:
    listing = publish("みなみ子ども食堂")
    for _ in range(6):
        assert client.get(f"/listings/{listing}").status_code == 200
    client.get("/listings/nothing")
    assert views_of(app, listing) == 6
    client.sign_in()
    client.get(f"/listings/{listing}")
    assert views_of(app, listing) == 6
    assert "3か月に6回見られた" in client.get(f"/coordinator/listings/{listing}").text
    kept = (data_dir / FILE_NAME).read_bytes()
    assert b"127.0.0.1" not in kept
    assert f"{today():%Y-%m-%d}".encode() not in kept


def test_a_site_that_does_not_count_views_keeps_nothing_and_says_nothing(
    settings: Settings, data_dir: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = publish("みなみ子ども食堂")
    assert "月ごとに数えます" in create_app(settings).test_client().get("/about").text
    monkeypatch.setenv("IBASHO_COUNT_VIEWS", "0")
    silent = create_app(read_settings(data_dir))
    for _ in range(6):
        silent.test_client().get(f"/listings/{listing}")
    assert views_of(silent, listing) == 0
    assert not (data_dir / FILE_NAME).exists()
    assert "月ごとに数えます" not in silent.test_client().get("/about").text


# -- the bar


def links(text: str) -> dict[str, str]:
    """The addresses in the bar, each with how it is marked."""
    bar = text.split('class="desk-bar"')[1].split("</nav>")[0]
    found = re.findall(r'<a href="([^"]+)"(?: aria-current="(\w+)")?>', bar)
    return dict(found)


def test_the_bar_marks_the_page_and_what_it_lies_below(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish("みなみ子ども食堂")
    client.sign_in()
    for address, marked, how in (
        ("/coordinator/", "/coordinator/", "page"),
        ("/coordinator/listings?state=draft", "/coordinator/listings", "page"),
        ("/coordinator/listings/new", "/coordinator/listings/new", "page"),
        (f"/coordinator/listings/{listing}", "/coordinator/listings", "true"),
        ("/coordinator/synonyms/1/remove", "/coordinator/synonyms", "true"),
    ):
        bar = links(client.get(address).text)
        assert {one: mark for one, mark in bar.items() if mark} == {marked: how}, address
    assert "/en/coordinator/" in links(client.get("/en/coordinator/record").text)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMIN])
def test_the_bar_leads_nowhere_that_is_closed_to_whoever_sees_it(
    client: ReadingClient, db: Database, role: Role
) -> None:
    client.sign_in(role)
    whole = links(client.get("/coordinator/").text)
    assert "/coordinator/mails" in whole
    if role is Role.COORDINATOR:
        set_scope(db, 1, Scope(networks=frozenset({"西"})), "test")
        part = links(client.get("/coordinator/").text)
        assert "/coordinator/mails" not in part
        whole = part
    for address in whole:
        assert client.get(address).status_code == 200, address


def test_what_a_meeting_decided_stands_among_the_tasks_of_its_network_and_that_is_on_record(
    client: ReadingClient, db: Database
) -> None:
    for name, words in (("西", "米を運ぶ"), ("東", "机を借りる")):
        network = keep_network(db, Network(name, ""), "test")
        meeting = meetings.keep_meeting(db, network, meetings.Meeting(days_ago(9)), "test")
        for due in (days_ago(1), days_ago(-9), None):
            task = meetings.Task(f"{words}{due}", "林", due)
            meetings.add_task(db, network, meeting, task, "test")
    client.sign_in()
    set_scope(db, 1, Scope(networks=frozenset({"西"})), "test")
    page = client.get("/coordinator/").text
    assert f"米を運ぶ{days_ago(1)}" in page
    assert "林" in page
    assert f"米を運ぶ{days_ago(-9)}" not in page
    assert "米を運ぶNone" not in page
    assert "机を借りる" not in page
    views = [one.subject for one in read_record(db, Wanted(actions=["view"]))]
    assert views == [f"network:{network_ids(db)['西']}"]
