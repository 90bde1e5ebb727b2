"""“This is wrong”: a visitor says so without a name, and the staff alone read it."""

import datetime as dt
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Walk
from support import ReadingClient

from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.listings import Phone, State, edit
from ibasho.data.record import read_record
from ibasho.data.reports import MOST_A_DAY, Matter, forget_reports, read_open_reports
from ibasho.data.sealing import unseal_words
from ibasho.site.public.reports import TRAP

Publish = Callable[..., str]
CANARY = "かなりあさんの知らせ"


def tell(client: ReadingClient, listing: str, **fields: str) -> tuple[int, str]:
    """Send the form of a listing; the status, and the page that follows."""
    address = f"/listings/{listing}/report"
    guard = {"form_token": client.token(address)}
    answer = client.post(address, data=guard | {"matter": "closed"} | fields)
    if answer.status_code == 303:
        return 303, client.get(answer.headers["Location"]).text
    return answer.status_code, answer.text


def _kept_words(db: Database) -> list[str]:
    """The words that are kept of every report, done or not."""
    rows = db.execute("SELECT words_sealed FROM report ORDER BY id")
    return [unseal_words(db, row[0]) for row in rows]


def test_a_visitor_says_what_is_wrong_without_a_name_and_is_thanked(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish()
    assert f'href="/listings/{listing}/report"' in client.get(f"/listings/{listing}").text
    status, page = tell(client, listing, matter="time", words="  日曜日でした ")
    assert status == 303
    assert "ありがとうございます" in page
    assert 'href="/search?kind=childrens_cafeteria&amp;near=' in page
    [one] = read_open_reports(db)
    assert (one.listing_id, one.matter, one.words) == (listing, "time", "日曜日でした")
    assert client.get_cookie("ibasho") is None


def test_the_form_asks_for_no_name_and_no_contact(client: ReadingClient, publish: Publish) -> None:
    page = client.get(f"/listings/{publish()}/report").text
    form = page.split('<form method="post"')[1].split("</form>")[0]
    assert 'type="email"' not in form
    assert 'type="tel"' not in form
    assert 'name="name"' not in form


def test_who_sends_nothing_is_asked_and_who_says_it_in_words_has_said_it(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish()
    status, page = tell(client, listing, matter="", words=" ")
    assert status == 422
    assert "どこが違うかを選んでください" in page
    assert read_open_reports(db) == []
    assert tell(client, listing, matter="", words="シャッターが下りていた")[0] == 303
    [one] = read_open_reports(db)
    assert (one.matter, one.words) == (Matter.OTHER, "シャッターが下りていた")


def test_back_from_the_thanks_shows_a_form_without_an_error(
    site: str, walk: Callable[..., Walk]
) -> None:
    page = walk().page
    page.goto(f"{site}/search?q=みなみ")
    page.locator("[data-listing] h3 a").first.click()
    page.get_by_role("link", name="間違いを知らせる").click()
    form = page.url
    page.get_by_role("button", name="知らせる").click()  # the browser asks for a choice itself
    assert page.url == form
    page.locator("#matter-time").check()
    page.get_by_role("button", name="知らせる").click()
    page.wait_for_url("**/report?done=sent")
    page.go_back()
    assert page.url == form
    assert page.locator("[role=alert]").count() == 0
    assert page.locator("#matter-time").count() == 1


def test_what_a_machine_sends_is_thanked_for_and_forgotten(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    assert tell(client, publish(), **{TRAP: "https://spam.example"})[0] == 303
    assert read_open_reports(db) == []


def test_beyond_so_many_a_day_a_report_is_counted_and_it_is_said_that_its_words_are_not_kept(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish()
    for _ in range(MOST_A_DAY):
        assert tell(client, listing, words="あ" * 5_000)[0] == 303
    assert {len(one.words) for one in read_open_reports(db)} == {500}
    for matter in ("closed", "moved", "moved"):
        status, page = tell(client, listing, matter=matter, words=CANARY)
        assert status == 303
        assert "書いてくださった内容は残せませんでした" in page
    assert "残せませんでした" not in tell(client, listing, matter="moved")[1]  # nothing to lose
    found = read_open_reports(db)
    assert len(found) == MOST_A_DAY + 1
    assert CANARY not in {one.words for one in found}
    assert [one.times for one in found[-2:]] == [2, 3]
    assert tell(client, publish(name="ほかの食堂"), words=CANARY)[0] == 303
    assert read_open_reports(db)[-1].words == CANARY
    client.sign_in()
    assert "（この日に3件）" in client.get("/coordinator/").text


def test_what_nobody_deals_with_is_closed_and_its_words_are_forgotten(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    tell(client, publish(), words=CANARY)
    forget_reports(db)
    assert [one.words for one in read_open_reports(db)] == [CANARY]
    sent = today() - dt.timedelta(days=181)
    db.execute("UPDATE report SET sent_on = ?", [sent.isoformat()])
    db.conn.commit()
    forget_reports(db)
    assert read_open_reports(db) == []
    assert _kept_words(db) == [""]


def test_nothing_can_be_said_of_what_is_not_public(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish()
    edit.change_state(db, listing, State.ARCHIVED, "test", "ended")
    for one in (listing, "nowhere"):
        assert client.get(f"/listings/{one}/report").status_code == 404


def test_the_desk_reads_it_calls_and_is_done(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish(name="みなみ食堂", phones=(Phone("042-000-0007"),))
    tell(client, listing, words=CANARY)
    client.sign_in()
    desk = client.get("/coordinator/").text
    for said in ("みなみ食堂", "閉まっていた", CANARY, 'href="tel:0420000007"'):
        assert said in desk
    [one] = read_open_reports(db)
    token = {"form_token": client.token("/coordinator/")}
    for _ in range(2):  # twice does no harm
        assert client.post(f"/coordinator/reports/{one.id}/finish", data=token).status_code == 303
    assert CANARY not in client.get("/coordinator/").text
    assert [entry.action for entry in read_record(db, listing)].count("finish_report") == 1
    assert "利用者からの知らせに対応" in client.get(f"/coordinator/listings/{listing}").text


def test_words_of_what_is_long_done_are_forgotten(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish()
    for words in (CANARY, "つぎ"):
        tell(client, listing, words=words)
    client.sign_in()
    first, second = read_open_reports(db)
    token = {"form_token": client.token("/coordinator/")}
    client.post(f"/coordinator/reports/{first.id}/finish", data=token)
    db.execute("UPDATE report SET done_on = '2020-01-01' WHERE id = ?", [first.id])
    db.conn.commit()
    client.post(f"/coordinator/reports/{second.id}/finish", data=token)
    assert _kept_words(db) == ["", "つぎ"]


@pytest.mark.parametrize("matter", ["closed", "other"])
def test_a_report_is_in_no_page_no_feed_no_index_and_no_log(
    client: ReadingClient, publish: Publish, data_dir: Path, caplog: pytest.LogCaptureFixture,
    matter: str,
) -> None:  # fmt: skip
    listing = publish()
    with caplog.at_level(logging.DEBUG):
        tell(client, listing, matter=matter, words=CANARY)
        outputs = [
            client.get(address).text
            for address in (
                "/", "/search", "/about", f"/listings/{listing}", f"/listings/{listing}.ics",
                f"/listings/{listing}/report", f"/listings/{listing}/report?done=sent",
                "/listings.geojson", "/search.csv", "/api/services", f"/api/services/{listing}",
            )
        ]  # fmt: skip
    outputs += [path.read_bytes().decode("utf-8", "replace")
                for path in (data_dir / "index").rglob("*") if path.is_file()]  # fmt: skip
    assert all(CANARY not in output for output in [*outputs, caplog.text])
