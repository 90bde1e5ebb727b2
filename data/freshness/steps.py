"""Taking what is due: mails are queued, listings marked and taken off, and it is on record."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ibasho.data.clock import japanese_time
from ibasho.data.database import Database, transaction
from ibasho.data.freshness.answers import SET
from ibasho.data.freshness.rules import Limits, Standing, Step, facts_from, is_old, next_step
from ibasho.data.freshness.store import keep_step, read_steps
from ibasho.data.links import Purpose, make_link
from ibasho.data.listings import store
from ibasho.data.listings.model import Listing
from ibasho.data.listings.states import PUBLIC_STATES, State
from ibasho.data.mail import MailState, Message, queue_mail, read_mails
from ibasho.data.pipeline.contact import mail_of
from ibasho.data.pipeline.store import mails_of_leads
from ibasho.data.record import write_record

ACTOR = "remind"
TEMPLATE = "remind"
_LINK_DAYS = 30  # for which the links of a mail outlive all that may follow it


@dataclass(frozen=True, slots=True)
class Due:
    """One listing with its public wording, since when its facts are known, and what is due.

    `mail` is whom one writes to, "" for none.
    """

    listing_id: str
    revision: int
    body: Listing
    known_on: dt.date
    step: Step
    mail: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a mail asks whom, about which wording, known since when, and the tokens of its links."""

    to: str
    body: Listing
    known_on: dt.date
    is_second: bool
    tokens: Mapping[Purpose, str]


class Why(StrEnum):
    """Why somebody has to telephone."""

    NO_MAIL = "no_mail"
    FAILED = "failed"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A listing to ask about by telephone; `days` is the age of its facts."""

    listing_id: str
    revision: int
    body: Listing
    days: int
    why: Why


def read_due(db: Database, day: dt.date, limits: Limits) -> list[Due]:
    """What is due on a JST date, by listing; nothing is changed."""
    return [
        Due(stored.id, published.id, published.body, one.known_on, step, mail)
        for stored, published, one, mail in _standings(db)
        if (step := next_step(one, day, limits))
    ]


def listings_to_ask(db: Database, day: dt.date, limits: Limits) -> list[ToAsk]:
    """The public listings that only a telephone call can keep true, the oldest facts first."""
    failed = {
        mail.subject
        for mail in read_mails(db, [MailState.FAILED], limit=10_000)
        if mail.template == TEMPLATE
    }
    found = []
    for stored, published, one, _ in _standings(db):
        if not is_old(one.known_on, day, limits):
            continue
        why = None
        if not one.has_mail:
            why = Why.NO_MAIL
        elif stored.id in failed:
            why = Why.FAILED
        elif Step.STALE in one.steps or next_step(one, day, limits) is Step.STALE:
            why = Why.NO_ANSWER
        if why:
            found.append(
                ToAsk(stored.id, published.id, published.body, (day - one.known_on).days, why)
            )
    return sorted(found, key=lambda one: -one.days)


def take(
    db: Database, due: Due, day: dt.date, limits: Limits, write: Callable[[Reminder], Message]
) -> bool:
    """Take a step in one transaction; False where somebody else took it or answered meanwhile.

    `write` puts a reminder into words.
    """
    with transaction(db):
        stored = store.read_stored(db, due.listing_id)
        is_same = stored.published is not None and stored.published.id == due.revision
        if not is_same or stored.state not in PUBLIC_STATES:
            return False
        if not keep_step(db, stored.id, due.revision, due.step, day):
            return False
        if due.step in {Step.FIRST, Step.SECOND}:
            _ask(db, due, limits, write)
        else:
            after = State.STALE if due.step is Step.STALE else State.UNLISTED
            if stored.state is not after:
                store.set_state(db, stored.id, after, "")
                store.note_for_index(db, stored.id)
        write_record(db, ACTOR, f"remind:{due.step}", stored.id)
    return True


def _ask(db: Database, due: Due, limits: Limits, write: Callable[[Reminder], Message]) -> None:
    days = limits.again + limits.stale + limits.unlist + _LINK_DAYS
    tokens = {
        purpose: make_link(db, purpose, due.listing_id, days, due.revision) for purpose in SET
    }
    message = write(Reminder(due.mail, due.body, due.known_on, due.step is Step.SECOND, tokens))
    key = f"{TEMPLATE}:{due.listing_id}:{due.revision}:{due.step}"
    queue_mail(db, message, key, TEMPLATE, due.listing_id)


def _standings(
    db: Database,
) -> Iterator[tuple[store.StoredListing, store.Revision, Standing, str]]:
    steps, leads = read_steps(db), mails_of_leads(db)
    for state in sorted(PUBLIC_STATES):
        for stored in store.read_all_stored(db, state):
            published = stored.published
            if published is None:
                continue
            approved = japanese_time(published.decided_at or published.written_at).date()
            known_on = facts_from(published.body.assured_date, stored.listed_on, approved)
            taken = steps.get((stored.id, published.id), {})
            mail = leads.get(stored.id) or mail_of(published.body)
            yield stored, published, Standing(state, known_on, bool(mail), taken), mail
