"""What a network wrote down wrongly is corrected, taken back and brought back; its calendar."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from icalendar import Calendar
from support import ReadingClient, press, send, take_back

from ibasho.data.accounts import Scope, set_scope
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.listings import State, edit, store
from ibasho.data.networks import (
    Help,
    Meeting,
    Network,
    Offer,
    Person,
    Standing,
    helping,
    keep_network,
    meetings,
    members,
    read_members,
)
from ibasho.data.record import read_record

Publish = Callable[..., str]
NAME = "スクラムウエスト"
SOON = today() + dt.timedelta(days=3)
SECRETS = ("自転車で運ぶ", "米の分け方", "あかり食堂")


@pytest.fixture
def member(db: Database, publish: Publish) -> str:
    """The one member of the network."""
    keep_network(db, Network(NAME, ""), "test")
    return publish("あかり食堂", network=NAME)


@pytest.fixture
def network(db: Database, member: str) -> int:
    """Its network."""
    return int(db.execute("SELECT id FROM network WHERE name = ?", [NAME]).fetchone()[0])


@pytest.fixture
def page(client: ReadingClient, network: int) -> str:
    """The address of the network, for who is signed in."""
    client.sign_in()
    return f"/coordinator/networks/{network}"


@pytest.fixture
def meeting(db: Database, network: int, member: str) -> int:
    """A meeting with minutes and who came."""
    one = Meeting(
        SOON, "19:00", "20:30", "公民館", "米の分け方", "自転車で運ぶ", (f"listing:{member}",)
    )
    return meetings.keep_meeting(db, network, one, "test")


def done(db: Database, network: int) -> tuple[str, str]:
    """What was done last in a network, and of which one."""
    entries = (one for one in read_record(db, f"network:{network}") if one.action != "view")
    last = next(entries)
    return last.action, last.detail


# -- meetings


def test_a_meeting_is_corrected_on_record_by_its_number_and_stays_sealed(
    client: ReadingClient, db: Database, network: int, page: str, meeting: int
) -> None:
    address = f"{page}/meetings/{meeting}/change"
    send(client, address, held_on=SOON.isoformat(), minutes="台車で運ぶ", place="市民館")
    kept = meetings.read_meeting(db, network, meeting)
    assert (kept.minutes, kept.place) == ("台車で運ぶ", "市民館")
    assert done(db, network) == ("correct_meeting", str(meeting))
    everything = str(list(db.query("SELECT * FROM network_meeting")))
    assert "台車" not in everything
    assert "台車" not in str(list(db.query("SELECT * FROM record")))


def test_who_corrects_what_somebody_else_changed_meanwhile_is_told_and_loses_nothing(
    client: ReadingClient, db: Database, network: int, page: str, meeting: int
) -> None:
    address = f"{page}/meetings/{meeting}/change"
    told = send(client, address, seen="before", held_on=SOON.isoformat(), minutes="台車")
    assert "ほかの人" in told
    assert "台車" in told
    assert meetings.read_meeting(db, network, meeting).minutes == "自転車で運ぶ"


def test_what_a_meeting_decided_is_corrected_on_record_by_its_number_and_stays_done(
    client: ReadingClient, db: Database, network: int, page: str, meeting: int
) -> None:
    task = meetings.add_task(db, network, meeting, meetings.Task("米を運ぶ", "林"), "test")
    meetings.finish_task(db, network, meeting, task, today(), "test")
    address = f"{page}/meetings/{meeting}/tasks/{task}/change"
    assert address in client.get(f"{page}/meetings/{meeting}").text
    assert "米を運ぶ" in client.get(address).text
    send(client, address, words="台車で運ぶ", owner="森", due_on=SOON.isoformat())
    kept = meetings.read_task(db, network, meeting, task)
    assert (kept.words, kept.owner) == ("台車で運ぶ", "森")
    assert (kept.due_on, kept.done_on) == (SOON, today())
    assert done(db, network) == ("correct_decided", str(task))
    assert "台車" not in str(list(db.query("SELECT * FROM network_task")))
    told = send(client, address, seen="before", words="かごで運ぶ")
    assert "ほかの人" in told
    assert "かごで運ぶ" in told
    assert meetings.read_task(db, network, meeting, task).words == "台車で運ぶ"
    assert client.get(f"{page}/meetings/{meeting}/tasks/999/change").status_code == 404


def test_a_withdrawn_meeting_is_gone_from_the_lists_and_comes_back_with_its_minutes(
    client: ReadingClient, db: Database, network: int, page: str, meeting: int
) -> None:
    there = f"{page}/meetings/{meeting}"
    after = press(client, there, f"{there}/withdraw", step="withdraw")
    assert done(db, network) == ("withdraw_meeting", str(meeting))
    assert meetings.read_meetings(db, network) == []
    assert "公民館" not in client.get(page).text
    assert "取り下げました" in client.get(there).text
    assert client.get(f"{there}/change").status_code == 404
    assert client.get(f"{there}/tasks/new").status_code == 404
    back = take_back(client, after)
    assert "自転車で運ぶ" in client.get(back).text
    assert done(db, network) == ("bring_back_meeting", str(meeting))
    press(client, there, f"{there}/withdraw", step="withdraw")
    assert f'action="{there}/withdraw"' in client.get(page).text


# -- needs and offers


def test_a_need_is_corrected_while_it_is_open(
    client: ReadingClient, db: Database, network: int, page: str, member: str
) -> None:
    need = helping.add_need(db, network, member, Help.FOOD, "米", "10kg", None, "test")
    address = f"{page}/needs/{need}/change"
    assert address in client.get(f"{page}/needs").text
    assert 'value="10kg"' in client.get(address).text
    new = {"listing": member, "kind": "food", "words": "米", "amount": "30kg"}
    assert "ほかの人" in send(client, address, seen="before", **new)
    send(client, address, **new)
    [kept] = helping.read_needs(db, network, today())
    assert (kept.amount, kept.standing) == ("30kg", Standing.OPEN)
    assert done(db, network) == ("correct_need", str(need))
    helping.withdraw_need(db, network, need, True, "test")
    assert client.get(address).status_code == 404


def test_an_offer_is_corrected_and_stays_where_it_was_measured_from(
    client: ReadingClient, db: Database, network: int, page: str
) -> None:
    offer = Offer(Help.FOOD, "八百屋", phone="042-000-0001", words="大根", reach_m=2_000)
    number = helping.add_offer(db, network, offer, "test")
    address = f"{page}/offers/{number}/change"
    assert address in client.get(f"{page}/needs").text
    assert re.search(r'<option selected value="2000"', client.get(address).text)
    wrong = {"kind": "food", "words": "大根", "giver": "八百屋", "reach": "2000"}
    assert "電話番号かメールアドレス" in send(client, address, **wrong, phone="")
    send(client, address, **wrong, phone="042-000-0002")
    [kept] = helping.read_offers(db, network, today())
    assert (kept.phone, kept.reach_m, kept.position) == ("042-000-0002", 2_000, offer.position)
    assert done(db, network) == ("correct_offer", str(number))
    assert "042-000-0002" not in str(list(db.query("SELECT * FROM network_offer")))


def test_what_was_brought_together_is_not_corrected_behind_their_backs(
    db: Database, network: int, member: str
) -> None:
    need = helping.add_need(db, network, member, Help.FOOD, "米", "", None, "test")
    offer = Offer(Help.FOOD, "八百屋", phone="042-000-0001", words="米")
    number = helping.add_offer(db, network, offer, "test")
    helping.join(db, network, number, need, today(), (), "test")
    with pytest.raises(helping.NotOpenError):
        helping.correct_offer(db, network, number, offer, "test")
    with pytest.raises(helping.NotOpenError):
        helping.correct_need(db, network, need, member, Help.FOOD, "水", "", None, "test")
    with pytest.raises(helping.UnknownHelpError):
        helping.correct_offer(db, network, 99, offer, "test")


# -- members


def network_of(db: Database, listing: str) -> str:
    return store.read_public(db, [listing])[0].network


def test_taking_a_listing_out_is_undone_with_its_contacts(
    client: ReadingClient, db: Database, network: int, page: str, member: str
) -> None:
    members.add_person(
        db, network, f"listing:{member}", Person("佐倉", email="a@example.jp"), "test"
    )
    after = press(client, f"{page}/members", f"{page}/members/remove", listing=member)
    assert network_of(db, member) == ""
    assert "佐倉" not in client.get(f"{page}/members").text
    take_back(client, after)
    assert network_of(db, member) == NAME
    [kept] = read_members(db, network)
    assert [person.name for person in kept.people] == ["佐倉"]
    assert done(db, network) == ("undo_member", member)


def test_taking_a_listing_in_is_undone_to_the_network_it_came_from(
    client: ReadingClient, db: Database, publish: Publish, page: str
) -> None:
    other = keep_network(db, Network("みなみネット", ""), "test")
    listing = publish("みなみ食堂", network="みなみネット", address="東京都西東京市南町5-6-14")
    after = press(client, f"{page}/members", f"{page}/members/add", listing=listing)
    assert network_of(db, listing) == NAME
    take_back(client, after)
    assert network_of(db, listing) == "みなみネット"
    assert len(read_members(db, other)) == 1


def test_a_coordinator_of_the_network_alone_undoes_too(
    client: ReadingClient, db: Database, page: str, member: str
) -> None:
    account = int(db.execute("SELECT max(id) FROM account").fetchone()[0])
    set_scope(db, account, Scope(networks=frozenset({NAME})), "test")
    after = press(client, f"{page}/members", f"{page}/members/remove", listing=member)
    take_back(client, after)
    assert network_of(db, member) == NAME


def test_nothing_is_undone_that_somebody_has_changed_since_or_that_was_something_else(
    client: ReadingClient, db: Database, page: str, member: str
) -> None:
    first = store.read_stored(db, member).published
    assert first
    after = press(client, f"{page}/members", f"{page}/members/remove", listing=member)
    out = store.read_stored(db, member).published
    assert out
    edit.approve_revision(db, edit.propose_change(db, member, out.body, "x", out.id), "x")
    assert take_back(client, after).endswith("done=changed_since")
    assert network_of(db, member) == ""
    address, token = f"{page}/members/undo", client.token(f"{page}/members")
    newest = store.read_stored(db, member).published
    assert newest
    for number, status in ((first.id, 404), (newest.id, 404), (10**9, 404), ("x", 400)):
        data = {"form_token": token, "member": str(number)}
        assert client.post(address, data=data).status_code == status, number
    edit.change_state(db, member, State.UNLISTED, "test", "")


# -- the calendar


def entries(client: ReadingClient, address: str) -> list[Calendar]:
    answer = client.get(address)
    assert answer.content_type.startswith("text/calendar")
    for secret in SECRETS:
        assert secret not in answer.text
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def test_members_subscribe_to_the_meetings_by_a_secret_address_without_what_was_said(
    client: ReadingClient, db: Database, network: int, page: str, meeting: int
) -> None:
    made = client.post(f"{page}/calendar", data={"form_token": client.token(page)})
    found = re.search(r"http://127.0.0.1:8000(/p/\w+/meetings.ics)", made.text)
    assert found
    client.post("/sign-out", data={"form_token": client.token("/coordinator/")})
    before = list(db.query("SELECT * FROM record"))
    [entry] = entries(client, found[1])
    assert (entry["summary"], entry["location"]) == (f"{NAME} 会議", "公民館")
    assert f"{entry.decoded('dtstart'):%Y-%m-%d %H:%M}" == f"{SOON} 19:00"
    assert entry["status"] == "CONFIRMED"
    assert list(db.query("SELECT * FROM record")) == before
    meetings.call_off(db, network, meeting, True, "test")
    [entry] = entries(client, found[1])
    assert entry["status"] == "CANCELLED"
    assert entry["summary"].startswith("【中止】")
    meetings.withdraw_meeting(db, network, meeting, True, "test")
    assert entries(client, found[1]) == []
    assert client.get(found[1].removesuffix("/meetings.ics")).status_code == 200


def test_a_new_address_ends_the_one_before_and_none_is_kept_in_the_clear(
    client: ReadingClient, db: Database, page: str, meeting: int
) -> None:
    addresses = []
    for _ in range(2):
        made = client.post(f"{page}/calendar", data={"form_token": client.token(page)})
        addresses += re.findall(r"/p/\w+/meetings.ics", made.text)
    first, second = addresses
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    assert second.split("/")[2] not in str(list(db.query("SELECT * FROM link")))
    client.post(f"{page}/calendar", data={"form_token": client.token(page), "do": "end"})
    assert client.get(second).status_code == 410
    assert client.get("/p/nothing/meetings.ics").status_code == 404
    assert second not in client.get(f"{page}/calendar").text


def test_the_file_is_for_who_may_see_the_network(
    client: ReadingClient, page: str, meeting: int
) -> None:
    assert len(entries(client, f"{page}/meetings.ics")) == 1
    client.post("/sign-out", data={"form_token": client.token("/coordinator/")})
    assert client.get(f"{page}/meetings.ics").status_code == 303
