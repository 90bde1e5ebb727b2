"""A listing as JSON and back: the form in which a revision is stored."""

import datetime as dt
import json
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from ibasho.data.geocode import Level
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
from ibasho.data.schedule import Schedule


def to_text(listing: Listing) -> str:
    """The listing as one JSON text, equal for equal listings."""
    return json.dumps(_plain(listing), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Listing:
    """The listing that `to_text` wrote. Raises KeyError or ValueError for any other text."""
    body: dict[str, Any] = json.loads(text)
    date = body["assured_date"]
    return Listing(
        **body
        | {
            "kind": Kind(body["kind"]),
            "location": _location(body["location"]),
            "schedule": Schedule.from_json(body["schedule"]),
            "costs": tuple(CostOption(**cost) for cost in body["costs"]),
            "phones": tuple(Phone(**_seen(phone)) for phone in body["phones"]),
            "emails": tuple(Email(**_seen(email)) for email in body["emails"]),
            "assured_date": date and dt.date.fromisoformat(date),
        }
    )


def _plain(value: object) -> object:
    if isinstance(value, Schedule):
        return value.to_json()
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value


def _location(body: dict[str, Any]) -> Location:
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


def _seen(contact: dict[str, Any]) -> dict[str, Any]:
    return contact | {"visibility": ContactVisibility(contact["visibility"])}
