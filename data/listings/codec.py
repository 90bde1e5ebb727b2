"""A listing as JSON and back: the form in which a revision is stored."""

import datetime as dt
import json
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from ibasho.data.geocode import Level
from ibasho.data.listings.facts import Fact
from ibasho.data.listings.kinds import Kind
from ibasho.data.listings.model import (
    AddressVisibility,
    ContactVisibility,
    CostOption,
    Email,
    Listing,
    Location,
    Phone,
    Position,
    PositionSource,
)
from ibasho.data.listings.translations import Translation
from ibasho.data.schedule import Schedule


def to_text(listing: Listing) -> str:
    """The listing as one JSON text, equal for equal listings."""
    return json.dumps(plain(listing), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Listing:
    """The listing that `to_text` wrote. Raises KeyError or ValueError for any other text."""
    return listing_from(json.loads(text))


def listing_from(body: dict[str, Any]) -> Listing:
    """The listing that `plain` wrote. Raises KeyError or ValueError for anything else."""
    date = body["assured_date"]
    return Listing(
        **body
        | {
            "kind": Kind(body["kind"]),
            "location": location_from(body["location"]),
            "schedule": Schedule.from_json(body["schedule"]),
            "costs": tuple(CostOption(**cost) for cost in body["costs"]),
            "phones": tuple(phone_from(phone) for phone in body["phones"]),
            "emails": tuple(email_from(email) for email in body["emails"]),
            # a revision from before there were ticks, or other languages, has none
            "facts": tuple(map(Fact, body.get("facts", ()))),
            "translations": tuple(Translation(**one) for one in body.get("translations", ())),
            "assured_date": date and dt.date.fromisoformat(date),
        }
    )


def plain(value: object) -> object:
    """The value as what JSON knows: dataclasses as objects, dates as ISO 8601."""
    if isinstance(value, Schedule):
        return value.to_json()
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value


def location_from(body: dict[str, Any]) -> Location:
    """The location that `plain` wrote."""
    return Location(
        **body
        | {
            "visibility": AddressVisibility(body["visibility"]),
            "position": _position(body["position"]),
            "area_position": _position(body["area_position"]),
        }
    )


def _position(body: dict[str, Any]) -> Position:
    return Position(
        **body | {"level": Level(body["level"]), "source": PositionSource(body["source"])}
    )


def phone_from(body: dict[str, Any]) -> Phone:
    """The telephone number that `plain` wrote."""
    return Phone(**_seen(body))


def email_from(body: dict[str, Any]) -> Email:
    """The mail address that `plain` wrote."""
    return Email(**_seen(body))


def _seen(contact: dict[str, Any]) -> dict[str, Any]:
    return contact | {"visibility": ContactVisibility(contact["visibility"])}
