"""A provider takes back what was pressed by mistake, and reads why something was returned."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from support import ReadingClient, entrust

from ibasho.data.accounts import Role
from ibasho.data.clock import today
from ibasho.data.database import Database, transaction
from ibasho.data.freshness import read_answers, suggest_change
from ibasho.data.links import Purpose, make_link
from ibasho.data.listings import State, edit, store
from ibasho.data.record import read_record

Publish = Callable[..., str]
REASON = "開催日と時間をご確認ください。"


@pytest.fixture
def place(publish: Publish) -> str:
    """A place that nobody has confirmed yet."""
    return publish("ひがし", phrase="毎日 11:30～14:00")


def link(db: Database, listing: str, purpose: Purpose) -> str:
    with transaction(db):
        token = make_link(db, purpose, listing, 30, store.read_stored(db, listing).published.id)  # type: ignore[union-attr]
    return ("/p/" if purpose is Purpose.PROVIDER else "/confirm/") + token


def press(client: ReadingClient, address: str, **fields: str | list[str]) -> str:
    """Send the form of a page; where it led."""
    page = client.get(address).text
    seen = re.search(r'name="revision" value="(\d+)"', page)
    data = {"form_token": client.token(address), "revision": seen[1] if seen else "", **fields}
    answer = client.post(address, data=data)
    return answer.headers.get("Location") or f"{answer.status_code}"


def tokens(page: str) -> list[str]:
    return re.findall(r'name="undo" value="([^"]+)"', page)


def action_of(page: str) -> str:
    found = re.search(r'<form method="post" class="undo" action="([^"]+)"', page)
    assert found
    return found[1]


def is_assured(db: Database, listing: str) -> bool:
    published = store.read_stored(db, listing).published
    assert published
    return published.body.assured_date == today()


def returned(db: Database, listing: str, actor: str) -> None:
    """A correction by somebody, returned by the office."""
    published = store.read_stored(db, listing).published
    assert published
    body = replace(published.body, fees_description="子ども 200円")
    suggest_change(db, listing, published.id, body, "", today(), actor)
    [waiting] = store.read_waiting(db, listing)
    edit.reject_revision(db, waiting.id, "desk", REASON)


@pytest.mark.parametrize("purpose", [Purpose.STILL_TRUE, Purpose.STOPPED])
def test_the_page_after_an_answer_by_mail_undoes_it_and_the_link_works_again(
    client: ReadingClient, db: Database, place: str, purpose: Purpose
) -> None:
    address = link(db, place, purpose)
    thanks = client.get(press(client, address)).text
    assert client.get(address).status_code == 410
    undo = action_of(thanks)
    assert press(client, undo) == "/confirmed?what=undone"
    assert "元に戻しました" in client.get("/confirmed?what=undone").text
    assert not is_assured(db, place)
    assert store.read_stored(db, place).state is State.PUBLISHED
    assert client.get(f"/listings/{place}").status_code == 200
    assert client.get(address).status_code == 200
    assert client.get(undo).status_code == 410


def test_once_the_office_has_acted_the_page_says_that_it_is_too_late(
    client: ReadingClient, db: Database, place: str
) -> None:
    thanks = client.get(press(client, link(db, place, Purpose.STOPPED))).text
    token = client.token("/sign-in")
    db.execute("UPDATE answer SET done_at = 'now'")
    answer = client.post(action_of(thanks), data={"form_token": token})
    assert answer.status_code == 410
    assert store.read_stored(db, place).state is State.UNLISTED


def test_the_lasting_link_undoes_what_it_confirmed(
    client: ReadingClient, db: Database, place: str
) -> None:
    own = link(db, place, Purpose.PROVIDER)
    after = press(client, own)
    assert is_assured(db, place)
    [token] = tokens(client.get(after).text)
    assert press(client, own, undo=token) == f"{own}?done=undone"
    assert not is_assured(db, place)
    assert tokens(client.get(after).text) == []
    assert press(client, own, undo=token) == f"{own}?done=too_late"


def test_an_organisation_undoes_all_at_once_and_the_record_names_it(
    client: ReadingClient, db: Database, place: str, publish: Publish
) -> None:
    other = publish("みなみ")
    client.sign_in(Role.PROVIDER)
    entrust(db, place, other)
    seen = re.findall(r'name="seen" value="([^"]+)"', client.get("/provider/").text)
    after = press(client, "/provider/", seen=seen)
    assert is_assured(db, place)
    assert is_assured(db, other)
    undo = tokens(client.get(after).text)
    assert len(undo) == 2
    assert press(client, "/provider/", undo=undo) == "/provider/?done=undone"
    assert not is_assured(db, place)
    assert not is_assured(db, other)
    assert next(read_record(db, place)).actor.startswith("account:")
    where = press(client, f"/provider/places/{place}/stopped")
    assert store.read_stored(db, place).state is State.UNLISTED
    assert press(client, "/provider/", undo=tokens(client.get(where).text)).endswith("undone")
    assert store.read_stored(db, place).state is State.PUBLISHED
    assert list(read_answers(db)) == []


def test_nobody_undoes_what_is_of_a_place_of_others(
    client: ReadingClient, db: Database, place: str, publish: Publish
) -> None:
    after = press(client, link(db, place, Purpose.PROVIDER))
    [token] = tokens(client.get(after).text)
    other = publish("よそ")
    assert press(client, link(db, other, Purpose.PROVIDER), undo=token).endswith("too_late")
    client.sign_in(Role.PROVIDER)
    entrust(db, other)
    assert press(client, "/provider/", undo=[token]).endswith("too_late")
    assert is_assured(db, place)


def test_why_a_correction_was_returned_stands_on_the_page_of_its_link(
    client: ReadingClient, db: Database, place: str
) -> None:
    own = link(db, place, Purpose.PROVIDER)
    assert REASON not in client.get(own).text
    returned(db, place, "link")
    assert REASON in client.get(own).text
    assert REASON in client.get(link(db, place, Purpose.CHANGE)).text
    assert REASON not in client.get(f"/listings/{place}").text
    after = press(client, own)
    assert REASON not in client.get(own).text, "all is true as it stands"
    [token] = tokens(client.get(after).text)
    press(client, own, undo=token)
    assert REASON in client.get(own).text


def test_an_account_reads_it_beside_its_place_and_corrects_what_was_returned(
    client: ReadingClient, db: Database, place: str
) -> None:
    client.sign_in(Role.PROVIDER)
    entrust(db, place)
    [account] = [row[0] for row in db.execute("SELECT id FROM account WHERE role = 'provider'")]
    returned(db, place, f"account:{account}")
    here = f"/provider/places/{place}"
    for address in ("/provider/", here, f"{here}/change"):
        assert REASON in client.get(address).text, address
    assert "子ども 200円" in client.get(f"{here}/change").text
    press(client, f"{here}/change", name="ひがし", fees_description="子ども 100円", step="send")
    assert REASON not in client.get("/provider/").text


def test_what_the_desk_declined_among_itself_is_shown_to_no_provider(
    client: ReadingClient, db: Database, place: str
) -> None:
    returned(db, place, "account:7")
    assert REASON not in client.get(link(db, place, Purpose.PROVIDER)).text
