"""An organisation signs in and answers for all of its places on one page."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from browsing import Walk
from playwright.sync_api import expect
from support import PASSWORD, ReadingClient, entrust

from ibasho.data.accounts import Role, Scope, add_account, set_scope
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.freshness import read_answers
from ibasho.data.listings import State, edit, store
from ibasho.data.record import read_record

Publish = Callable[..., str]
OLD = today() - dt.timedelta(days=200)


@pytest.fixture
def own(db: Database, client: ReadingClient, publish: Publish) -> list[str]:
    """Two places whose facts are old, of the provider who is signed in."""
    ids = [
        publish(name, phrase="毎日 11:30～14:00", assured_date=OLD) for name in ("ひがし", "みなみ")
    ]
    client.sign_in(Role.PROVIDER)
    entrust(db, *ids)
    return ids


def press(client: ReadingClient, address: str, **fields: str | list[str]) -> str:
    """Send the form of a page; where it led, but for what undoes it, or what it says."""
    page = client.get(address).text
    seen = re.search(r'name="revision" value="(\d+)"', page)
    data = {"form_token": client.token(address), "revision": seen[1] if seen else "", **fields}
    answer = client.post(address, data=data)
    where = answer.headers.get("Location", "").partition("&undo=")[0]
    return where or answer.text


def assured(db: Database, listing: str) -> tuple[dt.date | None, str]:
    published = store.read_stored(db, listing).published
    assert published
    return published.body.assured_date, published.body.assured_by


def seen_by(client: ReadingClient) -> list[str]:
    """What the page says of each place; a place stands there once more for all at once."""
    return re.findall(r'name="seen" value="([^"]+)"', client.get("/provider/").text)


def test_signing_in_leads_to_the_places(
    db: Database, client: ReadingClient, publish: Publish
) -> None:
    account = add_account(db, "own@example.jp", Role.PROVIDER, PASSWORD)
    set_scope(db, account.id, Scope(listings=frozenset({publish("ひがし")})), "test")
    where = client.get("/coordinator/").headers["Location"]
    form = {"form_token": client.token(where), "email": account.email, "password": PASSWORD}
    assert client.post(where, data=form).headers["Location"] == "/provider/"
    assert "ひがし" in client.get("/provider/").text


def test_what_nobody_confirmed_for_longest_comes_first(
    db: Database, client: ReadingClient, own: list[str], publish: Publish
) -> None:
    new = publish("きた", assured_date=today())
    never = publish("にし")
    entrust(db, new, never, *own)
    names = re.findall(r"<h2><a [^>]+>([^<]+)</a></h2>", client.get("/provider/").text)
    assert names == ["にし", "ひがし", "みなみ", "きた"]


def test_one_is_called_true_and_then_all(
    db: Database, client: ReadingClient, own: list[str]
) -> None:
    one, *_ = seen_by(client)
    assert press(client, "/provider/", seen=one) == "/provider/?done=true"
    assert assured(db, own[0]) == (today(), "提供者（ログイン）")
    assert assured(db, own[1])[0] == OLD
    client.get("/provider/")
    assert press(client, "/provider/", seen=seen_by(client)) == "/provider/?done=true"
    assert assured(db, own[1])[0] == today()
    assert seen_by(client) == []
    for listing in own:
        assert "assure" in [entry.action for entry in read_record(db, listing)]
        assert f"{today().year}年" in client.get(f"/listings/{listing}").text


def test_a_wording_that_was_replaced_is_not_called_true_unseen(
    db: Database, client: ReadingClient, own: list[str], publish: Publish
) -> None:
    seen = seen_by(client)
    published = store.read_stored(db, own[0]).published
    assert published
    revision = edit.propose_change(db, own[0], published.body, "test", published.id)
    edit.approve_revision(db, revision, "test")
    edit.change_state(db, own[1], State.UNLISTED, "test", "")
    assert press(client, "/provider/", seen=seen) == "/provider/?done=replaced"
    assert assured(db, own[0])[0] == OLD
    page = client.get("/provider/?done=replaced").text
    assert "ほかの人が変更しました" in page
    assert "いま掲載されていない場所" in page


@pytest.mark.parametrize("seen", ["", "x", "x:1", ":", "{id}:", "{id}:x", "{id}:" + "9" * 30])
def test_what_no_page_showed_is_nothing_to_call_true(
    db: Database, client: ReadingClient, own: list[str], seen: str
) -> None:
    press(client, "/provider/", seen=seen.format(id=own[0]))
    assert assured(db, own[0])[0] == OLD


@pytest.mark.parametrize("button", ["take_back", "revision"])
def test_a_number_beyond_all_rows_is_refused(
    client: ReadingClient, own: list[str], button: str
) -> None:
    address = f"/provider/places/{own[0]}"
    data = {"form_token": client.token(address), button: "9" * 30}
    assert client.post(address, data=data).status_code == 400


def test_a_date_is_closed_and_room_is_said(
    db: Database, client: ReadingClient, own: list[str]
) -> None:
    address = f"/provider/places/{own[0]}"
    tomorrow = today() + dt.timedelta(days=1)
    assert press(client, address, close=tomorrow.isoformat()) == f"{address}?done=said"
    assert "臨時休業" in client.get(f"/listings/{own[0]}").text
    press(client, address, light="full")
    assert "満員" in client.get("/provider/").text
    press(client, address)
    assert assured(db, own[0]) == (today(), "提供者（ログイン）")
    actors = {entry.actor for entry in read_record(db, own[0])} - {"test"}
    assert len(actors) == 1
    assert actors.pop().startswith("account:")


def test_corrections_wait_and_the_second_keeps_the_first(
    db: Database, client: ReadingClient, own: list[str]
) -> None:
    address = f"/provider/places/{own[0]}/change"
    first = {"name": "ひがし", "schedule_text": "毎週日曜日 12:00～14:00", "step": "send"}
    assert press(client, address, **first, words="会場は同じです") == "/provider/?done=change"
    assert "訂正を窓口で確認" in client.get("/provider/").text
    assert "毎週日曜日" in client.get(address).text
    assert "毎週日曜日" not in client.get(f"/listings/{own[0]}").text
    press(client, address, **first | {"fees_description": "100円"})
    waiting = store.read_waiting(db, own[0])[-1]
    assert waiting.body.schedule_text == "毎週日曜日 12:00～14:00"
    assert waiting.body.fees_description == "100円"
    assert [one.words for one in read_answers(db)] == ["会場は同じです", ""]
    assert press(client, address, name="").count('role="alert"') == 1


def test_a_place_that_has_stopped_goes_and_the_desk_hears_of_it(
    db: Database, client: ReadingClient, own: list[str]
) -> None:
    address = f"/provider/places/{own[0]}/stopped"
    assert press(client, address, words="3月まで") == "/provider/?done=stopped"
    assert store.read_stored(db, own[0]).state is State.UNLISTED
    assert client.get(f"/listings/{own[0]}").status_code == 404
    assert "ひがし" not in client.get("/search").text
    assert [one.words for one in read_answers(db)] == ["3月まで"]
    for path in ("", "/change", "/stopped"):
        assert client.get(f"/provider/places/{own[0]}{path}").status_code == 410


def test_an_account_without_places_says_whom_to_ask(db: Database, client: ReadingClient) -> None:
    client.sign_in(Role.PROVIDER)
    assert "窓口にお知らせください" in client.get("/provider/").text
    entrust(db, "gone")
    assert "窓口にお知らせください" in client.get("/provider/").text


@pytest.mark.parametrize("script", [True, False])
def test_a_browser_answers_for_all_places(
    db: Database, client: ReadingClient, own: list[str], serve: Callable[[str], str],
    walk: Callable[..., Walk], script: bool,
) -> None:  # fmt: skip
    site, visitor = serve(""), walk(360, script)
    page = visitor.page
    page.goto(f"{site}/provider/")
    page.locator("#email").fill("provider@example.jp")
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").click()
    page.get_by_role("button", name="すべての場所がこのままで正しい").click()
    expect(page.get_by_role("status")).to_contain_text("今日確認しました")
    page.get_by_role("link", name="臨時休業・空き状況: ひがし").click()
    page.get_by_role("button", name="満員").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_role("link", name="掲載中の場所").first.click()
    expect(page.locator("main .light")).to_have_count(1)
    assert not visitor.wrong
