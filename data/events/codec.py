"""An event as JSON and back: the form in which it is stored."""

import datetime as dt
import json
from typing import Any

from ibasho.data.events.model import Application, Event, EventKind
from ibasho.data.listings.codec import email_from, location_from, phone_from, plain
from ibasho.data.schedule import Occurrence


def to_text(event: Event) -> str:
    """The event as one JSON text, equal for equal events."""
    return json.dumps(plain(event), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Event:
    """The event that `to_text` wrote. Raises KeyError or ValueError for any other text."""
    body: dict[str, Any] = json.loads(text)
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
