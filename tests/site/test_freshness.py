"""From the reminder in a mailbox to what the public reads, and the desk between them."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from mailbox import Mailbox, mailbox
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from browsing import Walk
from click.testing import CliRunner
from support import ReadingClient

from ibasho.data.clock import today
from ibasho.data.database import Database, transaction
from ibasho.data.freshness import AnswerKind, read_answers
from ibasho.data.links import Purpose, make_link
from ibasho.data.listings import ContactVisibility, Email, Phone, State, edit, store
from ibasho.data.mail import MailState, Message, claim_mail, give_up_mail, queue_mail, read_mails
from ibasho.site.commands import main
from ibasho.site.config import UnsafeConfigurationError, read_limits

Publish = Callable[..., str]
OLD = today() - dt.timedelta(days=200)
NAME = "みなみ子ども食堂"


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mailbox() as opened:
        monkeypatch.setenv("IBASHO_SMTP", opened.address)
        monkeypatch.setenv("IBASHO_MAIL_FROM", "desk@ward.example.jp")
        monkeypatch.setenv("IBASHO_CONTACT", "072-000-0000")
        yield opened


@pytest.fixture
def run(data_dir: Path) -> Callable[..., Any]:
    def start(*words: str) -> Any:
        done = CliRunner().invoke(main, ["--data-dir", str(data_dir), *words, "--json"])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return start


@pytest.fixture
def listing(publish: Publish) -> str:
    staff = Email("hana@example.jp", "", ContactVisibility.STAFF_ONLY)
    return publish(
        NAME, assured_date=OLD, emails=(staff,), phones=(Phone("042-000-0000"),),
        fees_description="子ども無料",
    )  # fmt: skip


def link_of(db: Database, listing: str, purpose: Purpose) -> str:
    published = store.read_stored(db, listing).published
    assert published
    with transaction(db):
        return "/confirm/" + make_link(db, purpose, listing, 30, published.id)


def press(client: ReadingClient, address: str, **fields: str) -> Any:
    """Fill in the last form of a page and send it."""
    page = client.get(address).text
    seen = re.search(r'name="revision" value="(\d+)"', page)
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    data = {"form_token": token[1], "revision": seen[1] if seen else "", **fields}
    return client.post(address, data=data)


def state_of(db: Database, listing: str) -> State:
    return store.read_stored(db, listing).state


def test_from_the_reminder_to_a_place_that_is_gone(
    db: Database, client: ReadingClient, post: Mailbox, run: Callable[..., Any], listing: str
) -> None:
    assert run("remind")["first"] == 1
    assert run("mail")["sent"] == 1
    [mail] = post.got
    assert mail["To"] == "hana@example.jp"
    assert NAME in mail["Subject"]
    [text] = post.texts()
    found = re.findall(r"(http://127.0.0.1:8000)(/confirm/\S+)", text)
    assert len(found) == 6  # three, in two languages
    still_true, change, stopped = [path for _, path in found[:3]]
    assert NAME in client.get("/search").text

    page = client.get(stopped)
    assert NAME in page.text
    assert NAME in client.get("/search").text, "looking changes nothing"
    last = today() + dt.timedelta(days=3)
    answer = press(client, stopped, last_day=last.isoformat(), words="会場がなくなります")
    assert answer.status_code == 303
    assert state_of(db, listing) is State.UNLISTED
    assert client.get(f"/listings/{listing}").status_code == 404
    assert NAME not in client.get("/search").text
    for address in (still_true, change, stopped):
        assert client.get(address).status_code == 410, address
    assert run("remind")["first"] == 0

    client.sign_in()
    assert "会場がなくなります" not in client.get("/coordinator/").text
    page = client.get("/coordinator/answers")
    assert "会場がなくなります" in page.text
    answer_id = db.execute("SELECT id FROM answer").fetchone()[0]
    token = client.token("/coordinator/answers")
    data = {"form_token": token, "do": "archive"}
    assert client.post(f"/coordinator/answers/{answer_id}", data=data).status_code == 303
    assert state_of(db, listing) is State.ARCHIVED
    assert client.post(f"/coordinator/answers/{answer_id}", data=data).status_code == 303


def test_a_dry_run_says_what_would_happen_and_changes_nothing(
    db: Database, run: Callable[..., Any], listing: str
) -> None:
    told = run("remind", "--dry-run")
    assert told["listings"] == [
        {"id": listing, "name": NAME, "step": "first", "known_on": OLD.isoformat()}
    ]
    assert read_mails(db) == []
    assert run("remind")["first"] == 1
    assert run("remind")["first"] == 0
    assert len(read_mails(db)) == 1


def test_all_true_is_said_with_one_button(
    db: Database, client: ReadingClient, listing: str
) -> None:
    edit.change_state(db, listing, State.STALE, "test", "")
    assert "確かめられていません" in client.get(f"/listings/{listing}").text
    address = link_of(db, listing, Purpose.STILL_TRUE)
    answer = press(client, address)
    assert answer.headers["Location"].startswith("/confirmed?what=true&undo=")
    assert client.get("/confirmed?what=true").status_code == 200
    page = client.get(f"/listings/{listing}").text
    assert "確かめられていません" not in page
    assert f"{today().year}年{today().month}月{today().day}日" in page


def test_a_wording_that_was_replaced_is_said_and_the_new_one_shown(
    db: Database, client: ReadingClient, listing: str
) -> None:
    address = link_of(db, listing, Purpose.STILL_TRUE)
    assert "内容が変わりました" not in client.get(address).text
    stored = store.read_stored(db, listing)
    assert stored.published
    body = replace(stored.published.body, description="庭があります")
    page = client.get(address).text
    edit.approve_revision(
        db, edit.propose_change(db, listing, body, "test", stored.published.id), "test"
    )
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    data = {"form_token": token[1], "revision": str(stored.published.id)}
    answer = client.post(address, data=data)
    assert answer.status_code == 409
    assert "庭があります" in answer.text
    assert "内容が変わりました" in client.get(address).text
    assert press(client, address).status_code == 303


def test_a_correction_shows_its_dates_and_waits_for_the_office(
    db: Database, client: ReadingClient, listing: str
) -> None:
    address = link_of(db, listing, Purpose.CHANGE)
    assert press(client, address, name="").status_code == 422
    fields = {"name": NAME, "schedule_text": "毎週日曜日 12:00～14:00",
              "phones_public": "042-000-1111 代表", "fees_description": "100円"}  # fmt: skip
    looked = press(client, address, step="look", **fields)
    assert looked.status_code == 200
    assert "(日)" in looked.text
    assert store.read_waiting(db, listing) == []
    sent = press(client, address, step="send", words="場所は同じです", **fields)
    assert sent.status_code == 303
    [waiting] = store.read_waiting(db, listing)
    assert waiting.body.schedule_text == "毎週日曜日 12:00～14:00"
    assert [one.number for one in waiting.body.phones] == ["042-000-1111"]
    assert waiting.body.assured_date == today()
    assert waiting.body.emails
    page = client.get(f"/listings/{listing}").text
    assert "100円" not in page
    client.sign_in()
    assert "場所は同じです" in client.get("/coordinator/answers").text
    assert "場所は同じです" in client.get(f"/coordinator/revisions/{waiting.id}").text


def test_pages_of_links_are_told_to_nobody(
    db: Database, client: ReadingClient, listing: str
) -> None:
    for purpose in (Purpose.STILL_TRUE, Purpose.CHANGE, Purpose.STOPPED, Purpose.PROVIDER):
        headers = client.get(link_of(db, listing, purpose)).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in headers


@pytest.mark.parametrize("token", ["x", "a" * 200, "%00", "（）"])
def test_a_link_that_is_none_says_what_to_do(client: ReadingClient, token: str) -> None:
    answer = client.get(f"/confirm/{token}")
    assert answer.status_code == 404
    assert "窓口に電話" in answer.text


def test_what_is_hidden_is_on_no_page_of_a_link(
    db: Database, client: ReadingClient, listing: str
) -> None:
    for purpose in (Purpose.STILL_TRUE, Purpose.CHANGE, Purpose.STOPPED, Purpose.PROVIDER):
        assert "hana@example.jp" not in client.get(link_of(db, listing, purpose)).text


def test_a_place_that_is_not_shown_has_no_answer_to_give(
    db: Database, client: ReadingClient, listing: str
) -> None:
    address = link_of(db, listing, Purpose.STILL_TRUE)
    edit.change_state(db, listing, State.UNLISTED, "test", "")
    answer = client.get(address)
    assert answer.status_code == 410
    assert "いま掲載されていません" in answer.text


@pytest.mark.parametrize("script", [True, False])
def test_a_browser_sends_the_answers(
    db: Database, listing: str, serve: Callable[[str], str], walk: Callable[..., Walk],
    script: bool,
) -> None:  # fmt: skip
    site = serve("")
    page = walk(360, script).page
    page.goto(site + link_of(db, listing, Purpose.STILL_TRUE))
    page.get_by_role("button", name="すべてこのままで正しい").click()
    page.get_by_text("「今日確認しました」と").wait_for()
    page.goto(site + link_of(db, listing, Purpose.CHANGE))
    page.get_by_label("開催日").fill("毎週日曜日 12:00～14:00")
    page.get_by_role("button", name="次の開催日を表示する").click()
    page.locator(".dates").get_by_text("(日)").first.wait_for()
    page.get_by_role("button", name="知らせる").click()
    page.get_by_text("窓口が読んでから").wait_for()
    page.goto(site + link_of(db, listing, Purpose.STOPPED))
    page.get_by_role("button", name="はい、活動を終えました").click()
    page.get_by_text("掲載はすぐに止まります").wait_for()
    assert page.goto(f"{site}/listings/{listing}").status == 404  # type: ignore[union-attr]
    assert page.context.cookies() == []


def test_a_form_of_another_page_is_still_refused(client: ReadingClient, listing: str) -> None:
    client.sign_in()
    address = f"/coordinator/listings/{listing}"
    data = {"form_token": client.token(address), "state": "archived", "reason": "x"}
    answer = client.post(f"{address}/move", data=data, headers={"Origin": "null"})
    assert answer.status_code == 400


# -- at the desk


def test_a_call_is_noted_with_one_click_and_taken_back(
    db: Database, client: ReadingClient, listing: str
) -> None:
    client.sign_in()
    address = f"/coordinator/listings/{listing}"
    page = client.get(address).text
    seen = re.search(r'name="revision" value="(\d+)"', page)
    assert seen
    data = {"form_token": client.token(address), "revision": seen[1]}
    answer = client.post(f"{address}/assure", data=data | {"how": "telephone"})
    published = store.read_stored(db, listing).published
    assert published
    assert (published.body.assured_date, published.body.assured_by) == (today(), "電話")
    assert 'value="undo"' in client.get(answer.headers["Location"]).text
    data["revision"] = str(published.id)
    client.post(f"{address}/assure", data=data | {"how": "undo"})
    again = store.read_stored(db, listing).published
    assert again
    assert again.body.assured_date == OLD
    late = client.post(f"{address}/assure", data=data | {"how": "paper"})
    assert late.headers["Location"].endswith("done=replaced")


def test_the_paper_has_a_code_that_opens_the_correction(
    db: Database, client: ReadingClient, listing: str
) -> None:
    client.sign_in()
    address = f"/coordinator/listings/{listing}/paper"
    assert "<figure>" not in client.get(address).text
    page = press(client, address).text
    found = re.search(r"http://127.0.0.1:8000(/confirm/\w+)", page)
    assert found
    assert "hana@example.jp" not in page
    assert "変わったところは何ですか" in client.get(found[1]).text


def test_a_provider_has_a_page_until_its_link_is_ended(
    db: Database, client: ReadingClient, listing: str
) -> None:
    client.sign_in()
    address = f"/coordinator/listings/{listing}/own-page"
    found = re.search(r"http://127.0.0.1:8000(/p/\w+)", press(client, address).text)
    assert found
    own = found[1]
    for _ in range(2):
        answer = press(client, own)
        assert answer.status_code == 303
        assert client.get(answer.headers["Location"]).status_code == 200
    published = store.read_stored(db, listing).published
    assert published
    assert published.body.assured_by == "提供者（リンク）"
    press(client, address, do="end")
    assert client.get(own).status_code == 410


def test_the_link_of_a_place_goes_out_by_line_or_text_message_and_is_short(
    client: ReadingClient, publish: Publish
) -> None:
    private = Phone("090-1234-5678", "代表", ContactVisibility.STAFF_ONLY)
    listing = publish("はなの食堂", phones=(Phone("042-000-0000"), private))
    client.sign_in()
    page = press(client, f"/coordinator/listings/{listing}/own-page").text
    [message] = re.findall(r'href="sms:090-1234-5678\?body=([^"]+)"', page)
    [line] = re.findall(r'href="https://line.me/R/share\?text=([^"]+)"', page)
    for sent in (unquote(message), unquote(line)):
        assert "はなの食堂" in sent
        [token] = re.findall(r"http://127.0.0.1:8000/p/(\w+)$", sent)
        assert len(token) == 16


def test_by_the_same_link_a_place_is_corrected_and_said_to_have_stopped(
    db: Database, client: ReadingClient, publish: Publish
) -> None:
    listing = publish("はなの食堂", phrase="毎日 11:30～14:00")
    with transaction(db):
        own = "/p/" + make_link(db, Purpose.PROVIDER, listing, 30)
    page = client.get(own).text
    assert f'href="{own}/change"' in page
    assert f'href="{own}/stopped"' in page
    changed = press(
        client, f"{own}/change", name="はなの台所", schedule_text="毎週土曜 12:00～14:00"
    )
    assert changed.headers["Location"] == f"{own}?done=change"
    [waiting] = store.read_waiting(db, listing)
    assert waiting.body.name == "はなの台所"
    assert client.get(f"/listings/{listing}").status_code == 200
    press(client, f"{own}/stopped")
    assert store.read_stored(db, listing).state is State.UNLISTED
    assert [one.kind for one in read_answers(db)] == [AnswerKind.CHANGE, AnswerKind.STOPPED]
    assert client.get(f"{own}/change").status_code == 410
    assert client.get("/p/nothing/stopped").status_code == 404


def test_the_people_of_a_place_close_a_date_and_say_whether_there_is_room(
    db: Database, client: ReadingClient, publish: Publish
) -> None:
    listing = publish(phrase="毎日 11:30～14:00")
    with transaction(db):
        own = "/p/" + make_link(db, Purpose.PROVIDER, listing, 30)
    tomorrow = today() + dt.timedelta(days=1)
    assert press(client, own, close=tomorrow.isoformat()).headers["Location"].endswith("done=said")
    assert "臨時休業" in client.get(f"/listings/{listing}").text
    [notice] = store.read_public(db, [listing])[0].notices
    press(client, own, take_back=str(notice.id))
    assert store.read_public(db, [listing])[0].notices == ()
    press(client, own, light="full")
    assert 'aria-pressed="true"' in client.get(own).text
    press(client, own, light="")
    assert 'aria-pressed="true"' not in client.get(own).text
    far = "9" * 30
    for wrong in ({"close": "x"}, {"close": "9999-12-31"}, {"light": "x"}, {"take_back": "x"},
                  {"take_back": far}, {"revision": "x"}, {"revision": far}):  # fmt: skip
        assert press(client, own, **wrong).status_code == 400
    yesterday = today() - dt.timedelta(days=1)
    assert press(client, own, close=yesterday.isoformat()).status_code == 400


def test_mails_that_need_a_decision_are_decided_at_the_desk(
    db: Database, client: ReadingClient
) -> None:
    with transaction(db):
        for key in "ab":
            queue_mail(db, Message("hana@example.jp", f"件名{key}", "本文です"), key, "remind")
    for state in (MailState.FAILED, MailState.UNSURE):
        claimed = claim_mail(db)
        assert claimed
        give_up_mail(db, claimed[0], state, "550 …")
    client.sign_in()
    assert "どうするか決めるメール：2通" in client.get("/coordinator/").text
    token = client.token("/coordinator/mails")

    def act(mail_id: int, do: str) -> Any:
        return client.post(f"/coordinator/mails/{mail_id}", data={"form_token": token, "do": do})

    assert "本文です" in act(1, "read").text
    assert "本文です" not in client.get("/coordinator/mails").text
    read = db.execute("SELECT actor FROM record WHERE action = 'read_mail'").fetchall()
    assert len(read) == 1
    act(1, "again")
    act(2, "leave")
    states = {one.id: one.state for one in read_mails(db)}
    assert states == {1: MailState.WAITING, 2: MailState.DROPPED}
    assert act(2, "again").headers["Location"].endswith("done=late")
    assert act(2, "nonsense").status_code == 400


def test_a_site_without_mail_says_so_to_the_desk(client: ReadingClient) -> None:
    client.sign_in()
    assert "メールの設定がまだです" in client.get("/coordinator/").text


@pytest.mark.parametrize("days", ["0", "-1", "x", "12345"])
def test_limits_are_days(monkeypatch: pytest.MonkeyPatch, days: str) -> None:
    monkeypatch.setenv("IBASHO_STALE_AFTER", days)
    with pytest.raises(UnsafeConfigurationError, match="IBASHO_STALE_AFTER"):
        read_limits()
