"""What networks do: members, meetings, news, needs and offers, and that all of it is sealed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from ibasho.data.database import Database
from ibasho.data.listings import (
    AddressVisibility,
    Email,
    Phone,
    PositionSource,
    State,
    edit,
    locate,
    pin,
    store,
)
from ibasho.data.mail import MailState, Message, read_mails, read_message
from ibasho.data.networks import (
    Help,
    Meeting,
    Network,
    NotChangeableError,
    Offer,
    OtherRecipientsError,
    PartnerKind,
    Person,
    SentError,
    Standing,
    Task,
    UnknownMeetingError,
    UnknownMemberError,
    helping,
    keep_network,
    meetings,
    members,
    news,
    read_members,
    recipients,
)
from ibasho.data.networks.news import News

Publish = Callable[..., str]
NAME = "よるの会"
DAY = dt.date(2027, 5, 10)
ACTOR = "account:1"


@pytest.fixture
def network(db: Database) -> int:
    return keep_network(db, Network(NAME, ""), "test")


def names(db: Database, network: int) -> list[str]:
    return [member.name for member in read_members(db, network)]


# -- members


def test_members_are_the_listings_that_name_it_in_any_state_but_archived(
    db: Database, publish: Publish, network: int
) -> None:
    publish("あかり食堂", network=NAME)
    gone = publish("かぜ食堂", network=NAME, address="東京都西東京市南町5-6-14")
    edit.change_state(db, gone, State.ARCHIVED, "test", "終了")
    resting = publish("さくら食堂", network=NAME, address="東京都西東京市南町5-6-15")
    edit.change_state(db, resting, State.UNLISTED, "test", "休み")
    publish("よその食堂", network="ひるの会", address="東京都西東京市南町5-6-16")
    members.add_partner(db, network, PartnerKind.COMPANY, "やおや", ACTOR)
    assert names(db, network) == ["あかり食堂", "さくら食堂", "やおや"]


def test_taking_a_listing_in_changes_its_public_wording_at_once_and_can_be_undone(
    db: Database, publish: Publish, network: int
) -> None:
    listing = publish("あかり食堂")
    members.add_member(db, network, listing, ACTOR)
    assert names(db, network) == ["あかり食堂"]
    assert store.read_public(db, [listing])[0].network == NAME
    members.remove_member(db, network, listing, ACTOR)
    assert names(db, network) == []
    assert store.read_public(db, [listing])[0].network == ""
    with pytest.raises(UnknownMemberError):
        members.remove_member(db, network, listing, ACTOR)


def test_a_listing_whose_change_waits_is_left_alone(
    db: Database, publish: Publish, network: int
) -> None:
    listing = publish("あかり食堂")
    published = store.read_stored(db, listing).published
    assert published
    body = replace(published.body, name="あかりの新しい食堂")
    edit.propose_change(db, listing, body, "test", published.id)
    with pytest.raises(NotChangeableError):
        members.add_member(db, network, listing, ACTOR)
    assert store.read_public(db, [listing])[0].name == "あかり食堂"


def test_a_listing_that_is_to_be_confirmed_stays_so(
    db: Database, publish: Publish, network: int
) -> None:
    listing = publish("あかり食堂")
    edit.change_state(db, listing, State.STALE, "test", "電話がつながらない")
    members.add_member(db, network, listing, ACTOR)
    stored = store.read_stored(db, listing)
    assert (stored.state, stored.state_reason) == (State.STALE, "電話がつながらない")


def test_without_a_contact_person_what_the_listing_says_in_public_is_used(
    db: Database, publish: Publish, network: int
) -> None:
    publish("あかり食堂", network=NAME, phones=(Phone("042-000-0001"),),
            emails=(Email("akari@example.jp"),))  # fmt: skip
    [member] = read_members(db, network)
    assert [one.email for one in member.contacts] == ["akari@example.jp"]
    members.add_person(db, network, member.key, Person("佐倉", email="s@example.jp"), ACTOR)
    [member] = read_members(db, network)
    assert [one.email for one in member.contacts] == ["s@example.jp"]


def test_a_contact_that_was_taken_out_can_come_back(
    db: Database, publish: Publish, network: int
) -> None:
    partner = members.add_partner(db, network, PartnerKind.COUNCIL, "社協", ACTOR)
    one = members.add_person(db, network, f"partner:{partner}", Person("佐倉", phone="110"), ACTOR)
    members.move_person(db, network, one, False, ACTOR)
    assert read_members(db, network)[0].people == ()
    members.move_person(db, network, one, True, ACTOR)
    assert [person.name for person in read_members(db, network)[0].people] == ["佐倉"]
    other = keep_network(db, Network("ひるの会", ""), "test")
    with pytest.raises(UnknownMemberError):
        members.move_person(db, other, one, False, ACTOR)


def kept(db: Database) -> int:
    return db.table("network_person").count


def long_ago(db: Database, table: str) -> None:
    then = dt.datetime.now(dt.UTC) - dt.timedelta(days=31)
    at = then.isoformat(timespec="microseconds")
    db.execute(f"UPDATE {table} SET removed_at = ? WHERE removed_at IS NOT NULL", [at])
    db.conn.commit()


def test_a_contact_that_was_taken_out_long_ago_cannot_come_back(db: Database, network: int) -> None:
    partner = members.add_partner(db, network, PartnerKind.COUNCIL, "社協", ACTOR)
    one = members.add_person(db, network, f"partner:{partner}", Person("佐倉", phone="110"), ACTOR)
    members.move_person(db, network, one, False, ACTOR)
    long_ago(db, "network_person")
    with pytest.raises(UnknownMemberError):
        members.move_person(db, network, one, True, ACTOR)
    assert read_members(db, network)[0].people == ()


def test_contacts_are_forgotten_thirty_days_after_they_were_taken_out(
    db: Database, network: int
) -> None:
    partner = members.add_partner(db, network, PartnerKind.COUNCIL, "社協", ACTOR)
    for _ in range(2):
        one = members.add_person(db, network, f"partner:{partner}", Person("佐倉"), ACTOR)
        members.move_person(db, network, one, False, ACTOR)
    members.forget_people(db)
    assert kept(db) == 2
    long_ago(db, "network_person")
    members.add_partner(db, network, PartnerKind.COMPANY, "やおや", ACTOR)
    assert kept(db) == 0, "any change of the page does it, not only another contact"


def test_contacts_of_a_partner_come_back_with_it_and_are_forgotten_with_it(
    db: Database, network: int
) -> None:
    partner = members.add_partner(db, network, PartnerKind.COUNCIL, "社協", ACTOR)
    members.add_person(db, network, f"partner:{partner}", Person("佐倉"), ACTOR)
    members.move_partner(db, network, partner, False, ACTOR)
    members.move_partner(db, network, partner, True, ACTOR)
    assert [person.name for person in read_members(db, network)[0].people] == ["佐倉"]
    members.move_partner(db, network, partner, False, ACTOR)
    long_ago(db, "network_partner")
    members.forget_people(db)
    assert kept(db) == 0


def test_contacts_of_a_listing_leave_the_network_with_it(
    db: Database, publish: Publish, network: int
) -> None:
    listing = publish("あかり食堂", network=NAME)
    members.add_person(db, network, f"listing:{listing}", Person("佐倉"), ACTOR)
    members.remove_member(db, network, listing, ACTOR)
    assert kept(db) == 1
    long_ago(db, "network_person")
    members.forget_people(db)
    assert kept(db) == 0


def test_contacts_that_left_with_their_listing_come_back_with_it_and_no_others(
    db: Database, publish: Publish, network: int
) -> None:
    listing = publish("あかり食堂", network=NAME)
    members.add_person(db, network, f"listing:{listing}", Person("佐倉"), ACTOR)
    out = members.add_person(db, network, f"listing:{listing}", Person("椿"), ACTOR)
    members.move_person(db, network, out, False, ACTOR)
    members.remove_member(db, network, listing, ACTOR)
    members.add_member(db, network, listing, ACTOR)
    assert [person.name for person in read_members(db, network)[0].people] == ["佐倉"]
    members.move_person(db, network, out, True, ACTOR)
    members.forget_people(db)
    assert [person.name for person in read_members(db, network)[0].people] == ["佐倉", "椿"]


def test_contacts_of_a_listing_that_names_another_network_or_is_archived_leave_too(
    db: Database, publish: Publish, network: int
) -> None:
    moved = publish("あかり食堂", network=NAME)
    closed = publish("かぜ食堂", network=NAME, address="東京都西東京市南町5-6-14")
    stays = publish("さくら食堂", network=NAME, address="東京都西東京市南町5-6-15")
    for listing in (moved, closed, stays):
        members.add_person(db, network, f"listing:{listing}", Person("佐倉"), ACTOR)
    published = store.read_stored(db, moved).published
    assert published
    body = replace(published.body, network="ひるの会")
    edit.approve_revision(db, edit.propose_change(db, moved, body, "test", published.id), "test")
    edit.change_state(db, closed, State.ARCHIVED, "test", "終了")
    members.forget_people(db)
    assert kept(db) == 3
    long_ago(db, "network_person")
    members.forget_people(db)
    assert [row[0] for row in db.execute("SELECT listing FROM network_person")] == [stays]


# -- meetings


def test_a_meeting_keeps_what_was_planned_who_came_and_what_was_decided(
    db: Database, network: int
) -> None:
    plan = Meeting(DAY, "19:00", "20:30", "公民館", "米の分け方")
    one = meetings.keep_meeting(db, network, plan, ACTOR)
    held = replace(plan, minutes="自転車で運ぶ", present=("partner:1",), people=7)
    meetings.keep_meeting(db, network, held, ACTOR, one)
    task = meetings.add_task(db, network, one, Task("台車を探す", "佐倉", DAY), ACTOR)
    meetings.finish_task(db, network, one, task, DAY, ACTOR)
    [kept] = meetings.read_meetings(db, network)
    assert replace(kept, tasks=(), id=0) == held
    assert kept.tasks == (Task("台車を探す", "佐倉", DAY, DAY, task, one),)
    meetings.finish_task(db, network, one, task, None, ACTOR)
    assert meetings.read_meeting(db, network, one).tasks[0].done_on is None


def test_a_meeting_that_is_called_off_can_take_place_after_all(db: Database, network: int) -> None:
    one = meetings.keep_meeting(db, network, Meeting(DAY, agenda="米"), ACTOR)
    meetings.call_off(db, network, one, True, ACTOR)
    assert meetings.read_meeting(db, network, one).is_off
    meetings.call_off(db, network, one, False, ACTOR)
    assert meetings.read_meeting(db, network, one) == Meeting(DAY, agenda="米", id=one)


def test_a_meeting_of_another_network_is_none_of_this(db: Database, network: int) -> None:
    other = keep_network(db, Network("ひるの会", ""), "test")
    one = meetings.keep_meeting(db, other, Meeting(DAY), ACTOR)
    with pytest.raises(UnknownMeetingError):
        meetings.read_meeting(db, network, one)
    with pytest.raises(UnknownMeetingError):
        meetings.add_task(db, network, one, Task("台車"), ACTOR)


# -- news


def seen_of(db: Database, network: int, news_id: int) -> str:
    people, _ = recipients(read_members(db, network))
    return news.fingerprint(news.read_one_news(db, network, news_id), people)


def letter(one: News, person: Person) -> Message:
    return Message(person.email, one.title, f"{person.name}様 {one.text}")


@pytest.fixture
def reached(db: Database, network: int) -> int:
    """Three contacts with two addresses, and a partner who has a telephone only."""
    partner = members.add_partner(db, network, PartnerKind.COUNCIL, "社協", ACTOR)
    for email in ("a@example.jp", "A@example.jp", "b@example.jp"):
        members.add_person(db, network, f"partner:{partner}", Person("佐倉", email=email), ACTOR)
    silent = members.add_partner(db, network, PartnerKind.COMPANY, "やおや", ACTOR)
    members.add_person(
        db, network, f"partner:{silent}", Person("店主", phone="042-000-0001"), ACTOR
    )
    return network


def test_news_are_queued_once_for_each_address_and_stay(db: Database, reached: int) -> None:
    _, silent = recipients(read_members(db, reached))
    assert [member.name for member in silent] == ["やおや"]
    one = news.keep_news(db, reached, "ちらし", "日にちを", ACTOR)
    seen = seen_of(db, reached, one)
    assert news.send_news(db, reached, one, seen, letter, ACTOR) == 2
    with pytest.raises(SentError):
        news.send_news(db, reached, one, seen, letter, ACTOR)
    with pytest.raises(SentError):
        news.keep_news(db, reached, "べつの話", "", ACTOR, one)
    assert sorted(mail.to for mail in read_mails(db)) == ["a@example.jp", "b@example.jp"]
    assert all(mail.key.startswith(f"news:{one}:person:") for mail in read_mails(db))
    assert read_message(db, read_mails(db)[0].id).text == "佐倉様 日にちを"
    kept = news.read_one_news(db, reached, one)
    assert (kept.title, kept.recipients, bool(kept.sent_at)) == ("ちらし", 2, True)


def test_news_do_not_go_to_others_than_the_sender_saw(db: Database, reached: int) -> None:
    one = news.keep_news(db, reached, "ちらし", "日にちを", ACTOR)
    seen = seen_of(db, reached, one)
    [council, _] = read_members(db, reached)[:2]
    members.add_person(db, reached, council.key, Person("新しい人", email="c@example.jp"), ACTOR)
    with pytest.raises(OtherRecipientsError):
        news.send_news(db, reached, one, seen, letter, ACTOR)
    assert read_mails(db) == []
    assert news.read_one_news(db, reached, one).sent_at is None


def test_news_that_somebody_changed_meanwhile_are_not_sent_unseen(
    db: Database, reached: int
) -> None:
    one = news.keep_news(db, reached, "ちらし", "日にちを", ACTOR)
    seen = seen_of(db, reached, one)
    news.keep_news(db, reached, "ちらし", "べつの話", "account:2", one)
    with pytest.raises(OtherRecipientsError):
        news.send_news(db, reached, one, seen, letter, ACTOR)
    assert read_mails(db) == []


def test_news_do_not_go_to_an_address_that_a_place_names_only_since_the_sender_looked(
    db: Database, publish: Publish, network: int
) -> None:
    listing = publish("あかり食堂", network=NAME, emails=(Email("akari@example.jp"),))
    one = news.keep_news(db, network, "ちらし", "日にちを", ACTOR)
    seen = seen_of(db, network, one)
    published = store.read_stored(db, listing).published
    assert published
    body = replace(published.body, emails=(Email("other@example.jp"),))
    revision = edit.propose_change(db, listing, body, "test", published.id)
    edit.approve_revision(db, revision, "test")
    with pytest.raises(OtherRecipientsError):
        news.send_news(db, network, one, seen, letter, ACTOR)
    assert read_mails(db) == []


def test_where_a_mail_cannot_be_written_none_is_queued(db: Database, reached: int) -> None:
    def fails(one: News, person: Person) -> Message:
        if person.email.startswith("b"):
            raise RuntimeError
        return letter(one, person)

    one = news.keep_news(db, reached, "ちらし", "日にちを", ACTOR)
    seen = seen_of(db, reached, one)
    with pytest.raises(RuntimeError):
        news.send_news(db, reached, one, seen, fails, ACTOR)
    assert read_mails(db) == []
    assert news.read_one_news(db, reached, one).sent_at is None


# -- needs and offers


@pytest.fixture
def pair(db: Database, publish: Publish, network: int) -> tuple[int, int]:
    """An offer and a need that fit."""
    listing = publish("あかり食堂", network=NAME)
    until = DAY + dt.timedelta(days=3)
    need = helping.add_need(db, network, listing, Help.FOOD, "米", "20kg", until, ACTOR)
    offer = helping.add_offer(db, network, Offer(Help.FOOD, "米店", "042-000-0001"), ACTOR)
    return offer, need


def need_of(db: Database, network: int, day: dt.date = DAY) -> helping.Need:
    [need] = helping.read_needs(db, network, day)
    return need


def test_a_need_ends_by_itself_the_day_after_its_last(
    db: Database, network: int, pair: tuple[int, int]
) -> None:
    last = DAY + dt.timedelta(days=3)
    assert need_of(db, network, last).standing is Standing.OPEN
    assert need_of(db, network, last + dt.timedelta(days=1)).standing is Standing.EXPIRED
    with pytest.raises(helping.NotOpenError):
        helping.join(db, network, *pair, last + dt.timedelta(days=1), [], ACTOR)


def test_bringing_together_tells_both_once_and_can_be_undone_before_the_mail_goes(
    db: Database, network: int, pair: tuple[int, int]
) -> None:
    mails = [Message("a@example.jp", "つなぐ", "a"), Message("b@example.jp", "つなぐ", "b")]
    helping.join(db, network, *pair, DAY, mails, ACTOR)
    assert need_of(db, network).standing is Standing.MATCHED
    with pytest.raises(helping.NotOpenError):
        helping.join(db, network, *pair, DAY, mails, ACTOR)
    assert {mail.to for mail in read_mails(db)} == {"a@example.jp", "b@example.jp"}
    helping.undo_match(db, network, *pair, ACTOR)
    assert need_of(db, network).standing is Standing.OPEN
    assert {mail.state for mail in read_mails(db)} == {MailState.DROPPED}
    helping.join(db, network, *pair, DAY, mails, ACTOR)
    assert len(read_mails(db, [MailState.WAITING])) == 2, "who is brought together again is told"


def test_a_pair_that_does_not_fit_is_remembered_until_that_is_taken_back(
    db: Database, network: int, pair: tuple[int, int]
) -> None:
    helping.decline(db, network, *pair, DAY, ACTOR)
    helping.decline(db, network, *pair, DAY, ACTOR)
    assert helping.decided_pairs(db, network, "unfit") == {pair}
    helping.undo_match(db, network, *pair, ACTOR)
    assert helping.decided_pairs(db, network, "unfit") == set()
    assert need_of(db, network).standing is Standing.OPEN


def test_what_is_withdrawn_can_be_opened_again_and_what_is_matched_not_withdrawn(
    db: Database, network: int, pair: tuple[int, int]
) -> None:
    helping.withdraw_need(db, network, pair[1], True, ACTOR)
    assert need_of(db, network).standing is Standing.WITHDRAWN
    helping.withdraw_need(db, network, pair[1], False, ACTOR)
    helping.join(db, network, *pair, DAY, [], ACTOR)
    with pytest.raises(helping.NotOpenError):
        helping.withdraw_offer(db, network, pair[0], True, ACTOR)


def test_who_has_left_the_network_needs_nothing_of_it(
    db: Database, network: int, pair: tuple[int, int]
) -> None:
    members.remove_member(db, network, need_of(db, network).listing_id, ACTOR)
    assert need_of(db, network).standing is Standing.WITHDRAWN


def test_a_hidden_place_is_measured_from_its_area_alone(
    db: Database, publish: Publish, network: int
) -> None:
    where = locate(
        "東京都西東京市", "南町5-6-13", "", AddressVisibility.AREA_ONLY,
        pin(35.7211111, 139.5422222, PositionSource.PERSON),
    )  # fmt: skip
    listing = publish("かくれ家", location=where, network=NAME)
    helping.add_need(db, network, listing, Help.FOOD, "米", "", None, ACTOR)
    assert need_of(db, network).position == where.area_position
    assert need_of(db, network).position.lat != 35.7211111


# -- sealed


def test_no_contact_and_nothing_that_was_said_stands_in_the_file(
    db: Database, publish: Publish, network: int, data_dir: object
) -> None:
    canary = "かなりあのひみつ"
    listing = publish("あかり食堂", network=NAME)
    person = Person(canary, canary, canary, canary)
    members.add_person(db, network, f"listing:{listing}", person, ACTOR)
    meeting = Meeting(DAY, place=canary, agenda=canary, minutes=canary)
    one = meetings.keep_meeting(db, network, meeting, ACTOR)
    meetings.add_task(db, network, one, Task(canary, canary), ACTOR)
    news.keep_news(db, network, canary, canary, ACTOR)
    helping.add_need(db, network, listing, Help.PEOPLE, canary, canary, None, ACTOR)
    offer = Offer(Help.PEOPLE, canary, canary, canary, canary, canary, canary)
    helping.add_offer(db, network, offer, ACTOR)
    assert canary not in "\n".join(db.conn.iterdump())
