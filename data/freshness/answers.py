"""What is kept of an answer: all true, a correction, we have stopped. Each is one transaction."""

import datetime as dt
from dataclasses import replace

from ibasho.data.database import Database, transaction
from ibasho.data.freshness.store import (
    Answer,
    AnswerKind,
    UnknownAnswerError,
    close_answer,
    insert_answer,
    listing_of_answer,
    read_answers,
)
from ibasho.data.links import Purpose
from ibasho.data.listings import store
from ibasho.data.listings.model import Listing
from ibasho.data.listings.returned import TAKEN_BACK
from ibasho.data.listings.states import PUBLIC_STATES, State, StepError, check_step
from ibasho.data.record import write_record

__all__ = [
    "Answer",
    "AnswerKind",
    "ReplacedError",
    "UnknownAnswerError",
    "assure",
    "finish_answer",
    "has_other_facts",
    "listing_of_answer",
    "read_answers",
    "stop",
    "suggest_change",
    "take_back_assurance",
]

ACTOR = "link"
SET = (Purpose.STILL_TRUE, Purpose.CHANGE, Purpose.STOPPED)
"""The links of one mail: with one answer given, the others end."""


class ReplacedError(Exception):
    """The wording that somebody answered to is not the public one any more."""


def has_other_facts(one: Listing, other: Listing) -> bool:
    """Whether two wordings differ in more than when and by whom they were called true."""
    return replace(one, assured_date=None, assured_by="") != replace(
        other, assured_date=None, assured_by=""
    )


def assure(
    db: Database, listing_id: str, revision_id: int, how: str, actor: str, day: dt.date
) -> int:
    """Keep that all of the public wording is true on a JST date, and who said so; its new id.

    The facts stay, so nobody needs to approve it; a mark of being stale goes. Raises ReplacedError
    where another wording is public by now, StepError where the listing is not public, and
    UnknownListingError.
    """
    with transaction(db):
        published = _published(db, listing_id, revision_id)
        body = replace(published.body, assured_date=day, assured_by=how)
        new = store.insert_revision(db, listing_id, body, actor, published.id)
        store.decide_revision(db, new, "approved", actor)
        store.publish_revision(db, store.read_revision(db, new))
        store.set_state(db, listing_id, State.PUBLISHED)
        store.note_for_index(db, listing_id)
        write_record(db, actor, "assure", listing_id, str(new))
    return new


def take_back_assurance(db: Database, listing_id: str, revision_id: int, actor: str) -> None:
    """Undo `assure`: the wording before it is public again. Raises ReplacedError, StepError."""
    with transaction(db):
        published = _published(db, listing_id, revision_id)
        if published.based_on is None:  # nothing is left to take back
            raise ReplacedError(listing_id)
        before = store.read_revision(db, published.based_on)
        if has_other_facts(before.body, published.body) or published.decision != "approved":
            raise ReplacedError(listing_id)
        store.decide_revision(db, revision_id, "rejected", actor, TAKEN_BACK)
        store.publish_revision(db, before)
        store.note_for_index(db, listing_id)
        write_record(db, actor, "take_back_assurance", listing_id, str(revision_id))


def suggest_change(
    db: Database,
    listing_id: str,
    revision_id: int,
    body: Listing,
    words: str,
    day: dt.date,
    actor: str,
) -> None:
    """Keep a provider's correction, which waits for approval. Raises as `assure` does."""
    with transaction(db):
        _published(db, listing_id, revision_id)
        new = store.insert_revision(db, listing_id, body, actor, revision_id)
        insert_answer(db, listing_id, AnswerKind.CHANGE, words, day, revision=new)
        write_record(db, actor, "propose", listing_id, str(new))


def stop(
    db: Database,
    listing_id: str,
    last_day: dt.date | None,
    words: str,
    reason: str,
    day: dt.date,
    actor: str,
) -> int:
    """Take a place off the list because its provider says that it has stopped.

    The desk decides whether it is archived or comes back. `reason` stands with the state. The
    number of the answer. Raises StepError where the listing is not public, and UnknownListingError.
    """
    with transaction(db):
        stored = store.read_stored(db, listing_id)
        if stored.state not in PUBLIC_STATES:
            raise StepError(f"{stored.state} is not public")
        store.set_state(db, stored.id, State.UNLISTED, reason)
        store.note_for_index(db, stored.id)
        number = insert_answer(db, stored.id, AnswerKind.STOPPED, words, day, last_day=last_day)
        write_record(db, actor, "stopped", stored.id)
    return number


def finish_answer(
    db: Database, answer_id: int, actor: str, state: State | None = None, reason: str = ""
) -> str:
    """Take an answer off the list, moving its listing on where a state is named; its listing.

    Raises UnknownAnswerError and StepError.
    """
    with transaction(db):
        listing_id = close_answer(db, answer_id)
        if state:
            check_step(store.read_stored(db, listing_id).state, state)
            store.set_state(db, listing_id, state, reason)
            store.note_for_index(db, listing_id)
            write_record(db, actor, f"state:{state}", listing_id)
        write_record(db, actor, "finish_answer", listing_id, str(answer_id))
    return listing_id


def _published(db: Database, listing_id: str, revision_id: int) -> store.Revision:
    stored = store.read_stored(db, listing_id)
    if stored.state not in PUBLIC_STATES or stored.published is None:
        raise StepError(f"{stored.state} is not public")
    if stored.published.id != revision_id:
        raise ReplacedError(listing_id)
    return stored.published
