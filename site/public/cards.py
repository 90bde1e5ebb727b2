"""From a result of the search to what a page shows of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from ibasho.data.clock import japan_now, today
from ibasho.data.listings import PublicListing
from ibasho.data.notices import SaidLight
from ibasho.data.schedule import Occurrence, is_over
from ibasho.data.synonyms import Added, added_by
from ibasho.data.text import fold, without_accents
from ibasho.search_index import Hit, SearchQuery, SearchResult, Why
from ibasho.site import stores, words
from ibasho.site.asking import Asked
from ibasho.site.languages import gettext, language
from ibasho.site.own_words import own
from ibasho.site.public.conditions import spellings


@dataclass(frozen=True, slots=True)
class Card:
    """One listing in a result: how far in metres, when next, why it is there ("" for no words), and
    whether there is room as far as that is known at this moment."""

    listing: PublicListing
    distance_m: int | None
    next: Occurrence | None
    why: str = ""
    light: SaidLight | None = None


def read_cards(result: SearchResult, asked: Asked | None = None) -> list[Card]:
    """The listings of a result, in its order, and where words were asked for why each is there."""
    text = _looked_for(asked, result) if asked else ""
    added = added_to(asked, result) if asked and asked.also else ()
    hits: dict[str, Hit] = {hit.id: hit for hit in result.hits}
    lights = stores.lights(hits)
    return [
        Card(
            listing,
            hit.distance_m,
            hit.next,
            reason(listing, hit.why, text, added),
            lights.get(listing.id),
        )
        for listing in stores.listings(list(hits))
        if (hit := hits[listing.id])
    ]


def added_to(asked: Asked, result: SearchResult) -> tuple[Added, ...]:
    """The words that stand for those that were typed, or for those that were meant."""
    meant = (word for words in result.read_as.values() for word in words.split())
    return asked.added + added_by(meant, stores.synonyms())


def _looked_for(asked: Asked, result: SearchResult) -> str:
    """The typed words, and in the place of those that occur nowhere what was meant."""
    meant = dict(spellings(asked, result))
    return " ".join(meant.get(word, word) for word in asked.understood.text.split())


def card_of(listing: PublicListing) -> Card:
    """One listing by itself, with its next date."""
    dates = stores.coming(listing.schedule)
    light = stores.lights([listing.id]).get(listing.id)
    return Card(listing, None, dates[0] if dates else None, light=light)


def reason(listing: PublicListing, why: Why | None, text: str, added: Sequence[Added] = ()) -> str:
    """Why a listing was found, in words; "" where no words were asked for.

    `added` are the words that were looked for beside those of the text.
    """
    if why is None or not text:
        return ""
    if why is Why.OF_KIND:
        return gettext("because it is: %(kind)s", kind=words.kind_label(listing.kind))
    if why is Why.IN_TEXT:
        return gettext("among what it says: “%(words)s”", words=text)
    if why is Why.IN_OTHER_WORDS:
        return gettext("among what it says: “%(words)s” in other words", words=text)
    tongues = [one.name for one in listing.translations]
    names = fold(
        " ".join((listing.name, listing.alternate_name, *tongues, *map(without_accents, tongues)))
    )
    others = (other for one in added for other in one.others)
    named = [word for word in text.split() if fold(word) in names] or [
        word for word in others if fold(word) in names
    ]
    if why is Why.IN_NAME and named:
        return gettext("in its name: “%(words)s”", words=" ".join(named))
    return gettext("similar words")


def feature(card: Card) -> dict[str, Any]:
    """One listing as GeoJSON for the map; its geometry is null where no point is known."""
    listing, position = card.listing, card.listing.position
    point = {"type": "Point", "coordinates": [position.lon, position.lat]}
    return {
        "type": "Feature",
        "geometry": point if position.is_known else None,
        "properties": {
            "id": listing.id,
            "name": own(listing, "name").text,
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


def way(query: SearchQuery) -> dict[str, Any]:
    """The way of a search as GeoJSON for the map, how far from it is looked, and that in words."""
    distance = words.length_of_way(query.beside_m)
    return {
        "type": "Feature",
        "geometry": {
            "type": "LineString",
            "coordinates": [[point.lon, point.lat] for point in query.along],
        },
        "properties": {
            "beside_m": query.beside_m,
            "label": gettext("up to %(distance)s from the way", distance=distance),
        },
    }


def card_piece(
    card: Card, far: str, macro: Callable[..., Markup], *, short: bool = False
) -> Markup:
    """What a template's macro makes of a card; made once for all pages on which it is the same.

    `far` is the distance in words, "" without one.
    """
    is_over_ = card.next is not None and is_over(card.next, japan_now())
    key = (card.listing.id, short, language(), today(), card.next, is_over_, far, card.why,
           card.light)  # fmt: skip
    return stores.piece(key, lambda: macro(card, far, short))


def next_label(card: Card) -> str:
    """When it is open next, in one line, or that one has to ask."""
    if card.next is None:
        return words.ask_first(card.listing.schedule)
    return f"{words.day(card.next.date)} {words.hours(card.next)}".strip()
