"""From a result of the search to what a page shows of it."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from ibasho.data.database import Database
from ibasho.data.listings import PublicListing
from ibasho.data.listings.store import read_public
from ibasho.data.schedule import Occurrence
from ibasho.search_index import Hit, SearchResult
from ibasho.site import words


@dataclass(frozen=True, slots=True)
class Card:
    """One listing in a result: how far in metres, when next."""

    listing: PublicListing
    distance_m: int | None
    next: Occurrence | None


def read_cards(db: Database, result: SearchResult) -> list[Card]:
    """The listings of a result, in its order, fetched in one query."""
    hits: dict[str, Hit] = {hit.id: hit for hit in result.hits}
    return [
        Card(listing, hits[listing.id].distance_m, hits[listing.id].next)
        for listing in read_public(db, list(hits))
    ]


def feature(card: Card) -> dict[str, Any]:
    """One listing as GeoJSON for the map; its geometry is null where no point is known."""
    listing, position = card.listing, card.listing.position
    point = {"type": "Point", "coordinates": [position.lon, position.lat]}
    return {
        "type": "Feature",
        "geometry": point if position.is_known else None,
        "properties": {
            "id": listing.id,
            "name": listing.name,
            "kind": listing.kind,
            "kind_label": words.kind_label(listing.kind),
            "url": url_for("public.listing", listing_id=listing.id),
            "address": listing.address,
            "next_date": card.next.date.isoformat() if card.next else None,
            "next_label": next_label(card),
            "distance_m": card.distance_m,
            "level": position.level,
            "radius_m": position.radius_m,
        },
    }


def next_label(card: Card) -> str:
    """When it is open next, in one line, or that one has to ask."""
    if card.next is None:
        return words.ask_first(card.listing.schedule)
    return f"{words.day(card.next.date)} {words.hours(card.next)}".strip()
