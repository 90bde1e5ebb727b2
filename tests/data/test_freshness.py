"""What is due of a listing on a day, and what the steps leave behind."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from ibasho.data.clock import today
from ibasho.data.database import Database, transaction
from ibasho.data.erasing import erase_everywhere
from ibasho.data.freshness import (
    AnswerKind,
    Limits,
    Reminder,
    ReplacedError,
    Standing,
    Step,
    UnknownAnswerError,
    Why,
    assure,
    assure_by_link,
    change_by_link,
    facts_from,
    finish_answer,
    listings_to_ask,
    next_step,
    read_answers,
    read_due,
    stop_by_link,
    take,
    take_back_assurance,
    undo,
)
from ibasho.data.links import DeadLinkError, Purpose, make_link, read_link
from ibasho.data.listings import ContactVisibility, Email, Phone, State, edit, store
from ibasho.data.mail import Message, read_mails
from ibasho.data.record import read_record

Publish = Callable[..., str]
DAY = dt.date(2026, 12, 1)
LIMITS = Limits(remind=180, again=14, stale=10, unlist=60)
OLD = DAY - dt.timedelta(days=181)


def ago(days: int) -> dt.date:
    return DAY - dt.timedelta(days=days)


def standing(**fields: Any) -> Standing:
    return Standing(
        **{"state": State.PUBLISHED, "known_on": OLD, "has_mail": True, "steps": {}} | fields
    )


@pytest.mark.parametrize(
    ("one", "step"),
    [
        (standing(known_on=ago(180)), None),
        (standing(known_on=ago(181)), Step.FIRST),
        (standing(has_mail=False), None),
        (standing(state=State.STALE), Step.FIRST),
        (standing(state=State.IN_REVIEW), None),
        (standing(state=State.UNLISTED), None),
        (standing(steps={Step.FIRST: ago(13)}), None),
        (standing(steps={Step.FIRST: ago(14)}), Step.SECOND),
        (standing(steps={Step.FIRST: ago(14)}, has_mail=False), None),
        (standing(steps={Step.FIRST: ago(40), Step.SECOND: ago(9)}), None),
        (standing(steps={Step.FIRST: ago(40), Step.SECOND: ago(10)}), Step.STALE),
        (standing(steps={Step.FIRST: ago(40), Step.SECOND: ago(10)}, state=State.STALE),
         Step.STALE),
        (standing(steps={Step.FIRST: ago(90), Step.SECOND: ago(76), Step.STALE: ago(59)},
                  state=State.STALE), None),
        (standing(steps={Step.FIRST: ago(90), Step.SECOND: ago(76), Step.STALE: ago(60)},
                  state=State.STALE), Step.UNLIST),
        # somebody has taken the mark away, or brought the listing back: that stays so
        (standing(steps={Step.FIRST: ago(90), Step.SECOND: ago(76), Step.STALE: ago(60)}), None),
        (standing(steps=dict.fromkeys(Step, ago(1)), state=State.STALE), None),
    ],
)  # fmt: skip
def test_what_is_due(one: Standing, step: Step | None) -> None:
    assert next_step(one, DAY, LIMITS) is step


def test_the_age_counts_from_whoever_said_it_last() -> None:
    assured, listed, approved = dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1)
    assert facts_from(assured, listed, approved) == assured
    assert facts_from(None, listed, approved) == listed
    assert facts_from(None, None, approved) == approved


# -- with a database


def old(publish: Publish, **fields: Any) -> str:
    emails = (Email("people@example.jp"), Email("boss@example.jp", "", STAFF))
    return publish(**{"assured_date": OLD, "emails": emails} | fields)


STAFF = ContactVisibility.STAFF_ONLY


def ask(db: Database, day: dt.date) -> list[tuple[str, Step]]:
    asked: list[Reminder] = []

    def write(one: Reminder) -> Message:
        asked.append(one)
        return Message("boss@example.jp", "?", " ".join(one.tokens.values()))

    return [
        (due.body.name, due.step)
        for due in read_due(db, day, LIMITS)
        if take(db, due, day, LIMITS, write)
    ]


def state_of(db: Database, listing: str) -> State:
    return store.read_stored(db, listing).state


def test_nobody_answers_and_the_listing_is_marked_and_taken_off(
    db: Database, publish: Publish
) -> None:
    listing = old(publish)
    publish("まだ新しい食堂", assured_date=ago(3))
    steps = {}
    for days in range(120):
        for _, step in ask(db, DAY + dt.timedelta(days=days)):
            steps[step] = days
    assert steps == {Step.FIRST: 0, Step.SECOND: 14, Step.STALE: 24, Step.UNLIST: 84}
    assert state_of(db, listing) is State.UNLISTED
    assert len(read_mails(db)) == 2
    done = [one.action for one in read_record(db, listing)]
    assert done[:4] == ["remind:unlist", "remind:stale", "remind:second", "remind:first"]


def test_the_same_is_never_done_twice(db: Database, publish: Publish) -> None:
    old(publish)
    [due] = read_due(db, DAY, LIMITS)
    said = Message("a@example.jp", "?", "?")
    assert take(db, due, DAY, LIMITS, lambda _: said)
    assert not take(db, due, DAY, LIMITS, lambda _: said)
    assert len(read_mails(db)) == 1


def test_who_answered_meanwhile_is_not_asked(db: Database, publish: Publish) -> None:
    listing = old(publish)
    [due] = read_due(db, DAY, LIMITS)
    assure(db, listing, due.revision, "電話", "test", DAY)
    assert not take(db, due, DAY, LIMITS, lambda _: Message("a@example.jp", "?", "?"))
    assert read_mails(db) == []
    assert read_due(db, DAY, LIMITS) == []
    assert ask(db, DAY + dt.timedelta(days=181)) == [("みなみ子ども食堂", Step.FIRST)]


def test_a_mark_that_was_taken_away_does_not_come_back(db: Database, publish: Publish) -> None:
    listing = old(publish)
    for days in (0, 14, 24):
        ask(db, DAY + dt.timedelta(days=days))
    assert state_of(db, listing) is State.STALE
    edit.change_state(db, listing, State.PUBLISHED, "test", "電話で聞いた")
    assert ask(db, DAY + dt.timedelta(days=200)) == []


def test_who_cannot_be_asked_by_mail_is_on_the_list_to_phone(
    db: Database, publish: Publish
) -> None:
    old(publish, name="電話だけの食堂", emails=(), phones=(Phone("042-000-0000"),))
    old(publish, name="書きまちがいの食堂", emails=(Email("たなか@example.jp"),))
    old(publish, name="返事のない食堂")
    publish("新しい食堂")
    assert [one.step for one in read_due(db, DAY, LIMITS)] == [Step.FIRST]
    for days in (0, 14, 24):
        ask(db, DAY + dt.timedelta(days=days))
    day = DAY + dt.timedelta(days=24)
    found = {one.body.name: (one.why, one.days) for one in listings_to_ask(db, day, LIMITS)}
    assert found == {
        "電話だけの食堂": (Why.NO_MAIL, 205),
        "書きまちがいの食堂": (Why.NO_MAIL, 205),
        "返事のない食堂": (Why.NO_ANSWER, 205),
    }


def links(db: Database, listing: str) -> dict[Purpose, str]:
    published = store.read_stored(db, listing).published
    assert published
    with transaction(db):
        return {
            purpose: make_link(db, purpose, listing, 30, published.id)
            for purpose in (Purpose.STILL_TRUE, Purpose.CHANGE, Purpose.STOPPED)
        }


def test_all_true_makes_the_facts_new_without_review(db: Database, publish: Publish) -> None:
    listing = old(publish)
    edit.change_state(db, listing, State.STALE, "test", "")
    before = store.read_stored(db, listing).published
    assert before
    tokens = links(db, listing)
    assure_by_link(db, tokens[Purpose.STILL_TRUE], before.id, "提供者（メール）", DAY)
    stored = store.read_stored(db, listing)
    assert stored.state is State.PUBLISHED
    assert stored.published
    assert stored.published.body.assured_date == DAY
    assert stored.published.body.assured_by == "提供者（メール）"
    assert stored.published.body.name == before.body.name
    for token in tokens.values():
        with pytest.raises(DeadLinkError, match="used"):
            read_link(db, token)


def test_an_answer_to_a_wording_that_was_replaced_changes_nothing(
    db: Database, publish: Publish
) -> None:
    listing = old(publish)
    published = store.read_stored(db, listing).published
    assert published
    tokens = links(db, listing)
    assure(db, listing, published.id, "電話", "test", DAY)
    with pytest.raises(ReplacedError):
        assure_by_link(db, tokens[Purpose.STILL_TRUE], published.id, "x", DAY)
    assert read_link(db, tokens[Purpose.STILL_TRUE]).subject == listing


def test_a_correction_waits_and_the_public_row_stays(db: Database, publish: Publish) -> None:
    listing = old(publish)
    published = store.read_stored(db, listing).published
    assert published
    body = published.body
    token = links(db, listing)[Purpose.CHANGE]
    change_by_link(db, token, published.id, body, "電話が変わりました", DAY)
    assert store.read_stored(db, listing).published == published
    [waiting] = store.read_waiting(db, listing)
    [answer] = read_answers(db)
    assert (answer.kind, answer.revision, answer.words) == (
        AnswerKind.CHANGE, waiting.id, "電話が変わりました",
    )  # fmt: skip
    assert "電話が" not in str(list(db.query("SELECT * FROM answer")))


def test_a_place_that_has_stopped_is_taken_off_and_the_desk_decides(
    db: Database, publish: Publish
) -> None:
    listing = old(publish)
    stop_by_link(db, links(db, listing)[Purpose.STOPPED], ago(-30), "会場がなくなる", "終了", DAY)
    assert state_of(db, listing) is State.UNLISTED
    [answer] = read_answers(db)
    assert (answer.kind, answer.last_day) == (AnswerKind.STOPPED, ago(-30))
    finish_answer(db, answer.id, "test", State.ARCHIVED, "終了")
    assert state_of(db, listing) is State.ARCHIVED
    assert list(read_answers(db)) == []


def test_a_call_that_was_noted_by_mistake_is_taken_back(db: Database, publish: Publish) -> None:
    listing = old(publish)
    published = store.read_stored(db, listing).published
    assert published
    new = assure(db, listing, published.id, "電話", "test", today())
    take_back_assurance(db, listing, new, "test")
    again = store.read_stored(db, listing).published
    assert again
    assert again.body.assured_date == OLD
    for seen in (new, again.id):  # from the page before, and from the same page loaded anew
        with pytest.raises(ReplacedError):
            take_back_assurance(db, listing, seen, "test")


# -- undone by the provider


def undone(db: Database, publish: Publish, purpose: Purpose) -> tuple[str, str]:
    """A listing that was called true, or has stopped, through a mail; and the token to undo it."""
    listing = old(publish)
    edit.change_state(db, listing, State.STALE, "test", "電話がつながらない")
    published = store.read_stored(db, listing).published
    assert published
    token = links(db, listing)[purpose]
    if purpose is Purpose.STILL_TRUE:
        return listing, assure_by_link(db, token, published.id, "提供者（メール）", DAY)
    return listing, stop_by_link(db, token, None, "", "終了", DAY)


@pytest.mark.parametrize("purpose", [Purpose.STILL_TRUE, Purpose.STOPPED])
def test_what_a_provider_said_by_mistake_is_undone_and_the_links_of_the_mail_open_again(
    db: Database, publish: Publish, purpose: Purpose
) -> None:
    listing, token = undone(db, publish, purpose)
    undo(db, token, "link")
    stored = store.read_stored(db, listing)
    assert (stored.state, stored.state_reason) == (State.STALE, "電話がつながらない")
    assert stored.published
    assert stored.published.body.assured_date != DAY
    assert list(read_answers(db)) == []
    action = "take_back_assurance" if purpose is Purpose.STILL_TRUE else "undo_stopped"
    assert next(read_record(db, listing)).action == action
    query = "SELECT purpose FROM link WHERE used_at IS NULL ORDER BY purpose"
    assert [row[0] for row in db.execute(query)] == ["change", "still_true", "stopped"]
    with pytest.raises(DeadLinkError):
        undo(db, token, "link")


@pytest.mark.parametrize("purpose", [Purpose.STILL_TRUE, Purpose.STOPPED])
def test_nothing_is_undone_once_the_office_has_acted(
    db: Database, publish: Publish, purpose: Purpose
) -> None:
    listing, token = undone(db, publish, purpose)
    published = store.read_stored(db, listing).published
    assert published
    if purpose is Purpose.STILL_TRUE:
        assure(db, listing, published.id, "電話", "test", DAY)
    else:
        [answer] = read_answers(db)
        finish_answer(db, answer.id, "test", State.ARCHIVED, "終了")
    before = store.read_stored(db, listing)
    with pytest.raises((ReplacedError, UnknownAnswerError)):
        undo(db, token, "link")
    assert store.read_stored(db, listing) == before


@pytest.mark.parametrize("purpose", [Purpose.STILL_TRUE, Purpose.STOPPED])
def test_an_undo_never_brings_back_what_the_office_has_hidden_or_doubted_since(
    db: Database, publish: Publish, purpose: Purpose
) -> None:
    listing, token = undone(db, publish, purpose)
    if purpose is Purpose.STOPPED:
        edit.change_state(db, listing, State.PUBLISHED, "test", "")
    after = State.STALE if purpose is Purpose.STILL_TRUE else State.UNLISTED
    edit.change_state(db, listing, after, "test", "相談があった")
    before = store.read_stored(db, listing)
    with pytest.raises(ReplacedError):
        undo(db, token, "link")
    assert store.read_stored(db, listing) == before


def test_nothing_is_undone_after_half_an_hour(db: Database, publish: Publish) -> None:
    _, token = undone(db, publish, Purpose.STOPPED)
    made, expires = db.execute(
        "SELECT made_at, expires_at FROM link WHERE purpose = 'undo'"
    ).fetchone()
    span = dt.datetime.fromisoformat(expires) - dt.datetime.fromisoformat(made)
    assert round(span.total_seconds()) == 30 * 60
    db.execute("UPDATE link SET expires_at = made_at WHERE purpose = 'undo'")
    with pytest.raises(DeadLinkError, match="old"):
        undo(db, token, "link")


def test_what_is_erased_does_not_come_back_by_an_undo_and_stood_nowhere_in_the_open(
    db: Database, publish: Publish
) -> None:
    listing, token = undone(db, publish, Purpose.STOPPED)
    assert "つながらない" not in str(list(db.query("SELECT * FROM link")))
    erase_everywhere(db, "電話がつながらない", "test")
    with pytest.raises(DeadLinkError, match="unknown"):
        undo(db, token, "link")
    assert store.read_stored(db, listing).state is State.UNLISTED
