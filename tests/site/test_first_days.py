"""What an office and its first providers meet in their first days."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from support import ReadingClient, press, send

from ibasho.data.accounts import find_account, set_scope
from ibasho.data.accounts.scope import WHOLE, Scope
from ibasho.data.areas import Area, AreaKind, keep_areas
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.freshness import AnswerKind, Limits, Step, read_answers, read_due, suggest_change
from ibasho.data.listings import Phone, edit, store
from ibasho.data.mail import Message, read_mails, read_message
from ibasho.data.networks import Network, keep_network
from ibasho.data.notices import close_on
from ibasho.data.pipeline import read_leads

Publish = Callable[..., str]
NETWORK = "スクラムウエスト"
FORM = {
    "kind": "childrens_cafeteria", "name": "ほしぞら食堂", "municipality": "東京都西東京市",
    "address": "南町5-6-13", "visibility": "exact", "schedule_text": "第3土曜",
    "phone": "042-000-0000", "person": "田中", "mail": "ｔａｎａｋａ＠ｅｘａｍｐｌｅ．ｊｐ",
    "consent": "y", "form_key": "a-form",
}  # fmt: skip


@pytest.fixture
def desk(client: ReadingClient) -> ReadingClient:
    return client.sign_in()


def newest_mail(db: Database) -> Message:
    return read_message(db, read_mails(db)[0].id)


def link_in(mail: Message, of: str = "confirm") -> str:
    found = re.search(f"/{of}/[a-z0-9]+", mail.text)
    assert found
    return found[0]


def registered(client: ReadingClient, db: Database) -> store.Revision:
    """A registration whose mail was answered."""
    send(client, "/register", **FORM, step="send")
    send(client, link_in(newest_mail(db)))
    [revision] = store.read_waiting(db)
    return revision


def approve(desk: ReadingClient, revision: store.Revision) -> None:
    press(desk, "/coordinator/", f"/coordinator/revisions/{revision.id}/approve")


# -- the office


def test_a_network_that_was_just_entered_can_be_given_to_somebody(
    desk: ReadingClient, db: Database
) -> None:
    keep_network(db, Network(NETWORK, "", ""), "test")
    ring = [[139.5, 35.7], [139.6, 35.7], [139.5, 35.8], [139.5, 35.7]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    keep_areas(db, [Area(AreaKind.SCHOOL_DISTRICT, "みなみ小学校区", outline, "test")])
    set_scope(db, 1, WHOLE, "test")
    db.execute("UPDATE account SET role = 'admin' WHERE id = 1")
    page = desk.get("/coordinator/people/invite").text
    assert f'value="{NETWORK}"' in page
    assert 'value="みなみ小学校区"' in page
    sent = {"email": "ａｏｉ＠example.jp", "role": "coordinator", "network": NETWORK}
    press(desk, "/coordinator/people/invite", "/coordinator/people/invite", **sent)
    invited = find_account(db, "aoi@example.jp")
    assert invited
    assert invited.scope.networks == {NETWORK}


def test_without_a_network_the_page_leads_to_the_first_one(
    desk: ReadingClient, db: Database
) -> None:
    assert 'href="/coordinator/networks/new"' in desk.get("/coordinator/networks").text
    set_scope(db, 1, Scope(networks=frozenset({"よそ"})), "test")
    assert 'href="/coordinator/networks/new"' not in desk.get("/coordinator/networks").text


def test_the_first_day_begins_with_a_list_and_not_with_praise(
    desk: ReadingClient, publish: Publish
) -> None:
    page = desk.get("/coordinator/").text
    assert "まだ掲載がありません" in page
    assert 'class="button" href="/coordinator/imports"' in page
    assert "すべて審査を終え" not in page
    publish()
    assert "すべて審査を終え" in desk.get("/coordinator/").text


def test_a_second_name_of_a_place_is_looked_at_before_it_is_public(
    desk: ReadingClient, db: Database, publish: Publish
) -> None:
    first = publish(
        "みかづき食堂", address="東京都西東京市南町2-1-2", phones=(Phone("042-420-1234"),)
    )
    typed = {
        "kind": "childrens_cafeteria", "name": "三日月食堂", "municipality": "東京都西東京市",
        "address": "南町２丁目１－２", "visibility": "exact", "schedule_text": "第3土曜 11時～14時",
        "phones_public": "042-420-1234", "step": "publish",
    }  # fmt: skip
    page = send(desk, "/coordinator/listings/new", **typed)
    review = desk.get(page).text
    assert "同じ場所かもしれない" in review
    assert f"/coordinator/listings/{first}" in review
    [waiting] = store.read_waiting(db)
    assert waiting.body.name == "三日月食堂"


@pytest.mark.parametrize(("people", "kept"), [("２０人", 20), ("20", 20), ("二十", None)])
def test_a_number_may_have_its_word_and_anything_else_is_told_what_to_write(
    desk: ReadingClient, db: Database, people: str, kept: int | None
) -> None:
    typed = {"held_on": today().isoformat(), "kind": "hearing", "people": people,
             "network": "", "school": ""}  # fmt: skip
    page = send(desk, "/coordinator/activities/new", **typed)
    assert ("数字だけで入れてください" in page) == (kept is None)
    assert [row["people"] for row in db.query("SELECT people FROM activity")] == (
        [kept] if kept else []
    )


def test_a_member_that_is_closed_on_a_date_is_not_said_to_open_then(
    desk: ReadingClient, db: Database, publish: Publish
) -> None:
    network = keep_network(db, Network(NETWORK, "", ""), "test")
    day = today() + dt.timedelta(days=7)
    phrase = f"{day.year}年{day.month}月{day.day}日 11:30～14:00"
    listing = publish("ひがし", network=NETWORK, phrase=phrase)
    page = f"/coordinator/networks/{network}/members"
    assert "11:30" in desk.get(page).text
    close_on(db, listing, day, "", "test")
    assert "11:30" not in desk.get(page).text


# -- a provider who has mails alone


def test_who_registered_is_reminded_by_mail(client: ReadingClient, db: Database) -> None:
    revision = registered(client, db)
    approve(client.sign_in(), revision)
    [due] = read_due(db, today() + dt.timedelta(days=200), Limits())
    assert (due.step, due.mail) == (Step.FIRST, "tanaka@example.jp")


def test_what_a_provider_has_written_counts_as_confirmed_with_them(
    client: ReadingClient, db: Database
) -> None:
    revision = registered(client, db)
    approve(client.sign_in(), revision)
    page = client.get(f"/listings/{revision.listing_id}").text
    assert "確認済み" in page
    assert "運営者への確認はまだです" not in page


def test_the_mail_of_publication_leads_to_the_providers_own_page(
    client: ReadingClient, db: Database
) -> None:
    revision = registered(client, db)
    approve(client.sign_in(), revision)
    mail = newest_mail(db)
    own = client.get(link_in(mail, "p"))
    assert own.status_code == 200
    assert "空きあり" in own.text
    [waiting] = read_mails(db)[:1]
    assert link_in(mail, "p") not in client.get(f"/coordinator/mails/{waiting.id}").text


def test_a_link_that_was_answered_says_that_nothing_is_left_to_do(
    client: ReadingClient, db: Database
) -> None:
    send(client, "/register", **FORM, step="send")
    link = link_in(newest_mail(db))
    after = client.get(send(client, link)).text
    assert "7日以内に" not in after
    assert "ほかにすることはありません" in client.get(link).text


def test_opening_days_that_say_nothing_come_with_an_example(client: ReadingClient) -> None:
    page = send(client, "/register", **FORM | {"schedule_text": "12/32"}, step="check")
    assert "ふだんの言い方で書いてください" in page


# -- between the two


def test_what_was_returned_waits_for_the_provider_and_is_compared_when_it_comes(
    client: ReadingClient, db: Database
) -> None:
    revision = registered(client, db)
    client.sign_in()
    page, reason = f"/coordinator/listings/{revision.listing_id}", "何時からですか"
    returning = f"/coordinator/revisions/{revision.id}/reject"
    press(client, "/coordinator/", returning, reason=reason)
    said = client.get(page).text.split('class="panel next-step"')[1].split("</section>")[0]
    assert "修正を待っています" in said
    assert reason in said
    [lead] = read_leads(db)
    assert f"/coordinator/pipeline/{lead.id}" in client.get(page).text
    correction = FORM | {"schedule_text": "第3土曜 11:30～14:00", "step": "send"}
    link = link_in(newest_mail(db))
    assert "thanks/corrected" in send(client, link, **correction)
    assert "修正を待っています" not in client.get(page).text
    [waiting] = store.read_waiting(db)
    review = client.get(f"/coordinator/revisions/{waiting.id}").text
    assert reason in review
    assert "開催日: 第3土曜 → 第3土曜 11:30～14:00" in review
    assert f"/coordinator/pipeline/{lead.id}" in review
    assert "新しい掲載" in client.get("/coordinator/").text


def test_what_was_returned_by_mistake_waits_again_with_one_click(
    client: ReadingClient, db: Database
) -> None:
    revision = registered(client, db)
    client.sign_in()
    returning = f"/coordinator/revisions/{revision.id}/reject"
    page = press(client, "/coordinator/", returning, reason="何時からですか")
    undo = f"/coordinator/revisions/{revision.id}/undo"
    assert undo in client.get(page).text
    after = press(client, page, undo)
    assert "もう一度、審査を待っています" in client.get(after).text
    assert [one.id for one in store.read_waiting(db)] == [revision.id]


def test_a_correction_is_one_thing_to_do_and_done_once_it_is_decided(
    desk: ReadingClient, db: Database, publish: Publish
) -> None:
    listing = publish("ひがし")
    stored = store.read_stored(db, listing).published
    assert stored
    suggest_change(db, listing, stored.id, stored.body, "ひとこと", today(), "link")
    assert 'id="today-answers"' not in desk.get("/coordinator/").text
    assert [one.kind for one in read_answers(db)] == [AnswerKind.CHANGE]
    [waiting] = store.read_waiting(db)
    edit.approve_revision(db, waiting.id, "test")
    assert list(read_answers(db)) == []
    edit.undo_approval(db, waiting.id, "test")
    assert [one.words for one in read_answers(db)] == ["ひとこと"]
