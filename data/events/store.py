"""The only code that reads and writes the table of events."""

import datetime as dt
import json
from dataclasses import dataclass, replace

from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.events.codec import event_from
from ibasho.data.events.model import Event, start_of
from ibasho.data.events.public import PublicEvent, to_public
from ibasho.data.ids import new_id
from ibasho.data.listings.apart import bring_together, set_apart
from ibasho.data.record import write_record
from ibasho.data.sealing import WrongKeyError
from ibasho.data.withdrawn import set_withdrawn

_STORED = "SELECT id, body, sealed, withdrawn FROM event"


class UnknownEventError(LookupError):
    """There is no event of that id."""


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as the staff know it; a withdrawn one is shown to nobody."""

    id: str
    body: Event
    withdrawn: bool


def keep_event(db: Database, event: Event, actor: str, event_id: str | None = None) -> str:
    """Keep a new event, or in place of the one of `event_id`, and return its id.

    One transaction with its line in the record. Raises UnknownEventError.
    """
    open_, sealed = set_apart(db, event)
    values = {
        "body": open_,
        "sealed": sealed,
        "first_on": event.occurrences[0].date.isoformat(),
        "last_on": event.occurrences[-1].date.isoformat(),
    }
    with transaction(db):
        if event_id is None:
            event_id = new_id()
            db.table("event").insert({"id": event_id, **values, "created_at": now()})
        elif db.table("event").count_where("id = ?", [event_id]):
            db.table("event").update(event_id, values)
        else:
            raise UnknownEventError(event_id)
        write_record(db, actor, "keep_event", event_id)
    return event_id


def read_events(db: Database, since: dt.date) -> list[PublicEvent]:
    """The events from this JST date on, in the order in which they next take place.

    Cancelled events are among them: who planned to go must know.
    """
    rows = db.execute(
        "SELECT id, body, sealed FROM event WHERE last_on >= ? AND NOT withdrawn",
        [since.isoformat()],
    )
    events = [to_public(row[0], _for_public(db, *row[1:])) for row in rows]
    found = [(one.since(since), one) for one in events]
    return [
        event
        for dates, event in sorted(
            found,
            key=lambda pair: (start_of(pair[0][0]), pair[1].title, pair[1].id),
        )
    ]


def read_event(db: Database, event_id: str) -> PublicEvent | None:
    """One event, past or not; None where there is none of that id."""
    query = "SELECT body, sealed FROM event WHERE id = ? AND NOT withdrawn"
    row = db.execute(query, [event_id]).fetchone()
    return to_public(event_id, _for_public(db, *row)) if row else None


# -- the staff


def read_stored_event(db: Database, event_id: str) -> StoredEvent:
    """One event with all that is known. Raises UnknownEventError."""
    row = db.execute(f"{_STORED} WHERE id = ?", [event_id]).fetchone()
    if row is None:
        raise UnknownEventError(event_id)
    return _stored(db, row)


def read_stored_events(db: Database) -> list[StoredEvent]:
    """All events, withdrawn or not, in the order of their last dates."""
    return [_stored(db, row) for row in db.execute(f"{_STORED} ORDER BY last_on, id")]


def set_cancelled(db: Database, event_id: str, cancelled: bool, actor: str) -> None:
    """Say that an event does not take place, or that it does after all.

    One transaction with its line in the record. Raises UnknownEventError.
    """
    with transaction(db):
        stored = read_stored_event(db, event_id)
        keep_event(db, replace(stored.body, cancelled=cancelled), actor, event_id)


def withdraw_event(db: Database, event_id: str, withdrawn: bool, actor: str) -> None:
    """Withdraw an event that was entered by mistake, or bring it back. Raises UnknownEntryError."""
    set_withdrawn(db, "event", event_id, withdrawn, actor, event_id)


def _stored(db: Database, row: tuple[str, str, str, int]) -> StoredEvent:
    event_id, open_, sealed, withdrawn = row
    return StoredEvent(event_id, _event(db, open_, sealed), bool(withdrawn))


def _event(db: Database, open_: str, sealed: str) -> Event:
    return event_from(bring_together(db, open_, sealed))


def _for_public(db: Database, open_: str, sealed: str) -> Event:
    """The event, to make its public form of; without the key the open part, so that it stays."""
    try:
        return _event(db, open_, sealed)
    except WrongKeyError:
        return event_from(json.loads(open_))
