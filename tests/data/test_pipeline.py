"""From a first hint to a listing that is looked after: stages, what they need, what is sealed."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from ibasho.data.accounts.attempts import note_attempt
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.links import DeadLinkError, Purpose, read_link
from ibasho.data.listings import Kind, Listing, State, StepError, edit, locate, store
from ibasho.data.mail import MailState, Message, read_mails, read_message
from ibasho.data.pipeline import (
    Item,
    Lead,
    Mark,
    Missing,
    MissingError,
    NoteKind,
    Person,
    Stage,
    TooManyError,
    add_lead,
    add_note,
    add_task,
    confirm_mail,
    correct,
    finish_task,
    invite,
    make_listing,
    move_lead,
    onboarding,
    publish,
    read_checks,
    read_lead,
    read_notes,
    read_steps,
    register,
    remove_note,
    return_revision,
    set_check,
    stage_of,
    undo_step,
)
from ibasho.data.pipeline.onboarding import MOST_OF_ADDRESS, MOST_OF_MAIL, undo_return
from ibasho.data.pipeline.rules import FOLLOWS

CANARY = "かなりあ"
PERSON = Person(f"{CANARY}さん", "代表", "090-8888-7777", f"{CANARY}@example.jp")
LEAD = Lead(Kind.CHILDRENS_CAFETERIA, "ほしぞら食堂", "東京都西東京市", "南町", people=(PERSON,))
BODY = Listing(Kind.CHILDRENS_CAFETERIA, "ほしぞら食堂", location=locate("東京都西東京市", "南町"))


def letter(to: str, token: str) -> Message:
    return Message(to, "title", token)


def last_mail(db: Database) -> Message:
    return read_message(db, read_mails(db)[0].id)


def stage(db: Database, lead_id: str) -> Stage:
    return read_lead(db, lead_id).stage


def registered(
    db: Database, key: str = "key", mail: str = PERSON.mail, address: str = "192.0.2.1"
) -> str:
    lead = replace(LEAD, people=(replace(PERSON, mail=mail),))
    return register(db, BODY, lead, "1", key, letter, address)


# -- stages


def test_the_stage_of_a_lead_and_the_state_of_its_listing_never_contradict() -> None:
    assert set(FOLLOWS) == set(State)
    for state in State:
        for own in Stage:
            is_public = state in {State.PUBLISHED, State.STALE}
            assert (stage_of(own, state) in {Stage.PUBLIC, Stage.ACTIVE}) == is_public


def test_people_move_a_lead_until_it_has_a_listing(db: Database) -> None:
    lead = add_lead(db, LEAD, "test")
    assert stage(db, lead) is Stage.FOUND
    move_lead(db, lead, Stage.VISITED, "test")
    move_lead(db, lead, Stage.INVITED, "test")
    for later in (Stage.CONFIRMING, Stage.REVIEW, Stage.PUBLIC):
        with pytest.raises(MissingError) as error:
            move_lead(db, lead, later, "test")
        assert error.value.needs == [Missing.LISTING]
    revision = make_listing(db, lead, BODY, "test")
    assert stage(db, lead) is Stage.REVIEW
    with pytest.raises(MissingError) as error:
        move_lead(db, lead, Stage.PUBLIC, "test")
    assert error.value.needs == [Missing.APPROVAL]
    with pytest.raises(StepError):
        move_lead(db, lead, Stage.FOUND, "test")
    listing = edit.approve_revision(db, revision, "test")
    assert stage(db, lead) is Stage.PUBLIC
    edit.change_state(db, listing, State.ARCHIVED, "test", "")
    assert stage(db, lead) is Stage.DECLINED


def test_nobody_is_invited_who_cannot_be_reached(db: Database) -> None:
    lead = add_lead(db, Lead(Kind.FREE_SCHOOL, "x"), "test")
    with pytest.raises(MissingError) as error:
        move_lead(db, lead, Stage.INVITED, "test")
    assert error.value.needs == [Missing.CONTACT]


def test_active_needs_an_answer_to_everything_on_the_checklist(db: Database) -> None:
    lead = add_lead(db, LEAD, "test")
    edit.approve_revision(db, make_listing(db, lead, BODY, "test"), "test")
    for item in Item:
        with pytest.raises(MissingError) as error:
            move_lead(db, lead, Stage.ACTIVE, "test")
        assert error.value.needs == [Missing.CHECKLIST]
        set_check(db, lead, item, Mark.NOT_APPLICABLE, None, today(), "test")
    move_lead(db, lead, Stage.ACTIVE, "test")
    assert stage(db, lead) is Stage.ACTIVE
    with pytest.raises(MissingError) as error:
        move_lead(db, lead, Stage.DECLINED, "test", "why")
    assert error.value.needs == [Missing.HIDDEN]


def test_the_last_step_is_taken_back_and_both_stay_in_the_history(db: Database) -> None:
    lead = add_lead(db, LEAD, "test")
    assert not undo_step(db, lead, "test")
    move_lead(db, lead, Stage.DECLINED, "one", f"{CANARY}の都合")
    assert undo_step(db, lead, "two")
    assert stage(db, lead) is Stage.FOUND
    told = [(step.after, step.actor, step.reason) for step in read_steps(db, lead)]
    assert told == [(Stage.FOUND, "two", ""), (Stage.DECLINED, "one", f"{CANARY}の都合")]


def test_a_first_visit_is_a_step(db: Database) -> None:
    lead = add_lead(db, LEAD, "test")
    add_note(db, lead, NoteKind.CALL, today(), "電話", "test")
    assert stage(db, lead) is Stage.FOUND
    add_note(db, lead, NoteKind.VISIT, today(), "訪問", "test")
    assert stage(db, lead) is Stage.VISITED


# -- checklist, notes, tasks


def test_the_safety_act_has_states_of_its_own(db: Database) -> None:
    lead = add_lead(db, LEAD, "test")
    set_check(db, lead, Item.SAFETY_ACT, Mark.APPLYING, dt.date(2026, 11, 1), today(), "test")
    with pytest.raises(ValueError, match="cannot be"):
        set_check(db, lead, Item.SAFETY_ACT, Mark.DONE, None, today(), "test")
    with pytest.raises(ValueError, match="cannot be"):
        set_check(db, lead, Item.FIRE, Mark.CERTIFIED, None, today(), "test")
    known = {check.item: (check.mark, check.done_on) for check in read_checks(db, lead)}
    assert known[Item.SAFETY_ACT] == (Mark.APPLYING, dt.date(2026, 11, 1))
    assert known[Item.FIRE] == (Mark.NOT_YET, None)


def test_a_new_date_says_that_an_item_is_done_and_only_a_plan_has_one_to_come(
    db: Database,
) -> None:
    day, to_come = dt.date(2026, 11, 1), today() + dt.timedelta(days=1)
    lead = add_lead(db, LEAD, "test")

    def kept(item: Item, mark: Mark, on: dt.date | None) -> tuple[Mark, dt.date | None]:
        set_check(db, lead, item, mark, on, today(), "test")
        [check] = [one for one in read_checks(db, lead) if one.item is item]
        return check.mark, check.done_on

    assert kept(Item.FIRE, Mark.NOT_YET, day) == (Mark.DONE, day)
    assert kept(Item.FIRE, Mark.NOT_YET, day) == (Mark.NOT_YET, None)  # the same date: taken back
    assert kept(Item.FIRE, Mark.NOT_APPLICABLE, day) == (Mark.NOT_APPLICABLE, day)
    assert kept(Item.SAFETY_ACT, Mark.PLANNED, to_come) == (Mark.PLANNED, to_come)
    for item, mark, on in (
        (Item.FIRE, Mark.DONE, to_come),
        (Item.FIRE, Mark.NOT_YET, to_come),
        (Item.SAFETY_ACT, Mark.NOT_YET, day),  # of its marks nobody knows which is meant
    ):
        with pytest.raises(ValueError, match="cannot be"):
            set_check(db, lead, item, mark, on, today(), "test")


def test_the_next_task_is_the_one_that_is_due_first(db: Database) -> None:
    lead = add_lead(db, LEAD, "test")
    add_task(db, lead, "いつか", None, None, "test")
    add_task(db, lead, "あとで", None, today() + dt.timedelta(3), "test")
    add_task(db, lead, "すぐ", None, today() - dt.timedelta(1), "test")
    task = read_lead(db, lead).next_task
    assert task is not None
    assert task.text == "すぐ"
    assert task.is_overdue(today())
    finish_task(db, lead, task.id, "test")
    following = read_lead(db, lead).next_task
    assert following is not None
    assert following.text == "あとで"
    finish_task(db, lead, task.id, "test", is_done=False)
    assert read_lead(db, lead).next_task == task


def test_a_note_is_struck_out_and_brought_back(db: Database) -> None:
    lead = add_lead(db, LEAD, "test")
    add_note(db, lead, NoteKind.OTHER, today(), "聞いたこと", "test")
    [note] = read_notes(db, lead)
    remove_note(db, lead, note.id, "test")
    assert read_notes(db, lead)[0].is_removed
    remove_note(db, lead, note.id, "test", is_removed=False)
    assert read_notes(db, lead) == [note]


def test_contacts_and_words_about_people_are_sealed_in_the_file(
    db: Database, data_dir: Path
) -> None:
    lead = registered(db)
    add_note(db, lead, NoteKind.VISIT, today(), CANARY, "test")
    add_task(db, lead, CANARY, None, None, "test")
    move_lead(db, lead, Stage.DECLINED, "test", CANARY)
    undo_step(db, lead, "test")
    invite(db, lead, "test", letter)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for secret in (CANARY, PERSON.phone, "example.jp"):
        assert secret.encode() not in (data_dir / "ibasho.db").read_bytes()
    assert read_lead(db, lead).body.people == (PERSON,)


# -- between the provider and the office


def test_who_registers_is_a_draft_until_the_mail_is_answered(db: Database) -> None:
    lead = registered(db)
    stored = read_lead(db, lead)
    assert stored.listing is not None
    assert stored.stage is Stage.CONFIRMING
    assert (stored.consent, stored.consent_on) == ("1", today())
    mail = last_mail(db)
    assert mail.to == PERSON.mail
    assert read_link(db, mail.text).purpose is Purpose.CONFIRM_MAIL
    confirm_mail(db, mail.text)
    assert stage(db, lead) is Stage.REVIEW
    assert read_lead(db, lead).mail_confirmed_on == today()


def test_the_same_form_is_kept_once(db: Database) -> None:
    assert registered(db) == registered(db)
    assert len(read_mails(db)) == 1
    assert db.table("listing").count == 1


def test_not_more_register_a_day_than_somebody_can_look_at(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onboarding, "MOST_A_DAY", 12)
    for number in range(12):
        registered(db, f"key {number}", f"{number}@example.jp", f"192.0.2.{number}")
    with pytest.raises(TooManyError):
        registered(db, "one more", "more@example.jp", "192.0.2.99")
    assert db.table("listing").count == 12


def test_a_mail_address_gets_few_mails_a_day_until_one_is_answered(db: Database) -> None:
    for number in range(MOST_OF_MAIL):
        registered(db, f"key {number}", address=f"192.0.2.{number}")
    with pytest.raises(TooManyError):
        registered(db, "one more", PERSON.mail.upper(), "192.0.2.99")
    registered(db, "another", "another@example.jp", "192.0.2.99")
    confirm_mail(db, read_message(db, read_mails(db)[-1].id).text)
    registered(db, "one more", address="192.0.2.99")


def test_a_network_address_registers_few_places_an_hour_and_shuts_nobody_else_out(
    db: Database,
) -> None:
    for number in range(MOST_OF_ADDRESS):
        registered(db, f"key {number}", f"{number}@example.jp")
    for _ in range(2):
        with pytest.raises(TooManyError):
            registered(db, "one more", "more@example.jp")
    assert registered(db, "key 1") == registered(db, "key 1"), "the same form is no other"
    registered(db, "one more", "more@example.jp", "192.0.2.2")
    assert "192.0.2.1" not in "".join(db.iterdump())
    earlier = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=20)).isoformat()
    db.execute("UPDATE sign_in_attempt SET at = ?", [earlier])
    note_attempt(db, "somebody", "192.0.2.1")  # a sign-in, which looks back less far
    with pytest.raises(TooManyError):
        registered(db, "still one more", "still@example.jp")
    earlier = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=61)).isoformat()
    db.execute("UPDATE sign_in_attempt SET at = ?", [earlier])
    db.conn.commit()
    registered(db, "still one more", "still@example.jp")


def returned(db: Database) -> tuple[str, str, int]:
    """A lead that registered, its listing, and its wording, which was returned."""
    lead = registered(db)
    confirm_mail(db, last_mail(db).text)
    listing = read_lead(db, lead).listing
    assert listing is not None
    [revision] = store.read_waiting(db, listing)
    assert return_revision(db, revision.id, "test", "番地を", letter)
    return lead, listing, revision.id


def test_a_returned_wording_is_corrected_by_the_link_and_published(db: Database) -> None:
    lead, listing, revision = returned(db)
    assert stage(db, lead) is Stage.CONFIRMING
    token = last_mail(db).text
    assert read_link(db, token).revision == revision
    corrected = correct(db, token, BODY, revision)
    assert stage(db, lead) is Stage.REVIEW
    assert publish(db, corrected, "test", letter) == listing
    assert stage(db, lead) is Stage.PUBLIC
    assert [mail.template for mail in read_mails(db)] == ["public", "returned", "confirm_mail"]


def test_a_return_is_taken_back_while_nothing_has_followed_it(db: Database) -> None:
    lead, listing, revision = returned(db)
    token = last_mail(db).text
    assert undo_return(db, revision, "test") == listing
    assert stage(db, lead) is Stage.REVIEW
    assert [one.id for one in store.read_waiting(db, listing)] == [revision]
    assert read_mails(db)[0].state is MailState.DROPPED
    with pytest.raises(DeadLinkError):
        correct(db, token, BODY, revision)
    with pytest.raises(edit.DecidedError):
        undo_return(db, revision, "test")
    assert return_revision(db, revision, "test", "時間も", letter)
    correct(db, last_mail(db).text, BODY, revision)
    with pytest.raises(edit.DecidedError):
        undo_return(db, revision, "test")


def test_without_an_address_nothing_is_mailed(db: Database) -> None:
    revision = edit.propose_listing(db, BODY, "test")
    assert not return_revision(db, revision, "test", "番地を", letter)
    again = edit.propose_listing(db, BODY, "test")
    publish(db, again, "test", letter)
    assert read_mails(db) == []


def test_an_invited_provider_fills_in_the_listing(db: Database) -> None:
    lead = add_lead(db, LEAD, "test")
    invite(db, lead, "test", letter)
    assert stage(db, lead) is Stage.INVITED
    token = last_mail(db).text
    revision = read_link(db, token).revision
    correct(db, token, BODY, revision)
    assert stage(db, lead) is Stage.REVIEW
    with pytest.raises(StepError):
        invite(db, lead, "test", letter)


def test_whoever_corrects_after_somebody_else_is_told(db: Database) -> None:
    lead = add_lead(db, LEAD, "test")
    invite(db, lead, "test", letter)
    token = last_mail(db).text
    revision = read_link(db, token).revision
    make_listing(db, lead, BODY, "test")
    with pytest.raises(edit.StaleRevisionError):
        correct(db, token, BODY, revision)
    assert read_link(db, token).revision == revision, "the link is still good"
