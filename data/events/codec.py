"""An event from JSON: the form in which it is stored."""

import datetime as dt
from typing import Any

from ibasho.data.events.model import Application, Event, EventKind
from ibasho.data.listings.codec import email_from, location_from, phone_from
from ibasho.data.schedule import Occurrence


def event_from(body: dict[str, Any]) -> Event:
    """The event that `plain` wrote. Raises KeyError or ValueError for anything else."""
    return Event(
        **body
        | {
            "kind": EventKind(body["kind"]),
            "occurrences": tuple(
                Occurrence(**one | {"date": dt.date.fromisoformat(one["date"])})
                for one in body["occurrences"]
            ),
            "location": location_from(body["location"]),
            "application": Application(body["application"]),
            "apply_until": _date(body["apply_until"]),
            "phones": tuple(phone_from(phone) for phone in body["phones"]),
            "emails": tuple(email_from(email) for email in body["emails"]),
            "assured_date": _date(body["assured_date"]),
        }
    )


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
