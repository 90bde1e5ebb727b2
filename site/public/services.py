"""A public listing in the words of HSDS 3, for programs."""

from dataclasses import asdict
from typing import Any

from flask import url_for

from ibasho.site.notice_words import coming_notices
from ibasho.site.public.cards import Card


def service(card: Card) -> dict[str, Any]:
    """One service with its place, its next date and why it was found; what nobody said is null."""
    listing, where, coming = card.listing, card.listing.position, card.next
    body: dict[str, Any] = {
        "id": listing.id,
        "name": listing.name,
        "alternate_name": listing.alternate_name,
        "description": listing.description,
        "url": listing.url,
        "status": "active",
        "kind": listing.kind,
        "organization": listing.organization,
        "eligibility_description": listing.eligibility_description,
        "minimum_age": listing.minimum_age,
        "maximum_age": listing.maximum_age,
        "fees_description": listing.fees_description,
        "application_process": listing.application_process,
        "assured_date": listing.assured_date.isoformat() if listing.assured_date else None,
        "source": listing.source_name,
        "licence": listing.source_licence,
        "page": url_for("public.listing", listing_id=listing.id, _external=True),
    }
    return _given(body) | {
        "phones": [{"number": o.value, "description": o.description} for o in listing.phones],
        "emails": [{"email": o.value, "description": o.description} for o in listing.emails],
        "cost_options": [
            {"option": one.option, "amount": one.amount, "currency": "JPY",
             "amount_description": one.description}
            for one in listing.costs
        ],
        "location": {
            "address": listing.address or listing.municipality,
            "latitude": where.lat if where.is_known else None,
            "longitude": where.lon if where.is_known else None,
            "level": where.level,
            "radius_m": where.radius_m,
        },
        "schedule": {
            "description": listing.schedule_text or None,
            "next_date": coming.date.isoformat() if coming else None,
            "opens_at": coming.opens_at if coming else None,
            "closes_at": coming.closes_at if coming else None,
            "confirm": coming.confirm if coming else None,
        },
        "light": {
            "state": card.light.light,
            "as_of": card.light.said_at.isoformat(timespec="seconds"),
            "until": card.light.until.isoformat(timespec="seconds"),
        } if card.light else None,
        "notices": [
            {"date": one.date.isoformat(), "is_open": one.is_open, "opens_at": one.opens_at,
             "closes_at": one.closes_at, "note": one.note or None}
            for one in coming_notices(listing)
        ],
        "translations": [_given(asdict(one)) for one in listing.translations],
        "distance_m": card.distance_m,
        "why": card.why or None,
    }  # fmt: skip


def _given(body: dict[str, Any]) -> dict[str, Any]:
    """The same with null for a text that nobody gave."""
    return {name: None if value == "" else value for name, value in body.items()}
