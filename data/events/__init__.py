"""Events: what takes place on certain days, how it is kept and shown to the public."""

from ibasho.data.events.model import Application, Event, EventKind, NoDateError, start_of
from ibasho.data.events.public import PublicEvent, to_public
from ibasho.data.events.store import UnknownEventError, keep_event, read_event, read_events

__all__ = [
    "Application",
    "Event",
    "EventKind",
    "NoDateError",
    "PublicEvent",
    "UnknownEventError",
    "keep_event",
    "read_event",
    "read_events",
    "start_of",
    "to_public",
]
