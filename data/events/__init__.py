"""Events: what takes place on certain days, how it is kept and shown to the public."""

from ibasho.data.events.model import Application, Event, EventKind, NoDateError, start_of
from ibasho.data.events.public import PublicEvent, to_public
from ibasho.data.events.store import (
    StoredEvent,
    UnknownEventError,
    keep_event,
    read_event,
    read_events,
    read_stored_event,
    read_stored_events,
    set_cancelled,
    withdraw_event,
)

__all__ = [
    "Application",
    "Event",
    "EventKind",
    "NoDateError",
    "PublicEvent",
    "StoredEvent",
    "UnknownEventError",
    "keep_event",
    "read_event",
    "read_events",
    "read_stored_event",
    "read_stored_events",
    "set_cancelled",
    "start_of",
    "to_public",
    "withdraw_event",
]
