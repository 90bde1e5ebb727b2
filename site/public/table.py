"""A result as CSV that a spreadsheet opens without a question."""

from collections.abc import Callable, Iterable

from flask import url_for

from ibasho.site.costs_words import cost_line
from ibasho.site.csv_text import csv_text
from ibasho.site.languages import LazyString, lazy_gettext
from ibasho.site.public.cards import Card
from ibasho.site.words import freshness, kind_label

# What a column says, made from the public listing and nothing else.
_COLUMNS: tuple[tuple[LazyString, Callable[[Card], object]], ...] = (
    (lazy_gettext("ID"), lambda card: card.listing.id),
    (lazy_gettext("What"), lambda card: kind_label(card.listing.kind)),
    (lazy_gettext("Name"), lambda card: card.listing.name),
    (lazy_gettext("Reading"), lambda card: card.listing.alternate_name),
    (lazy_gettext("Organisation"), lambda card: card.listing.organization),
    (lazy_gettext("Address"), lambda card: card.listing.address or card.listing.municipality),
    (lazy_gettext("Building"), lambda card: card.listing.building),
    (lazy_gettext("Distance (m)"), lambda card: card.distance_m),
    (lazy_gettext("Latitude"), lambda card: _point(card)[0]),
    (lazy_gettext("Longitude"), lambda card: _point(card)[1]),
    (lazy_gettext("± (m)"), lambda card: card.listing.position.radius_m),
    (lazy_gettext("Next date"), lambda card: card.next.date if card.next else None),
    (lazy_gettext("From"), lambda card: card.next.opens_at if card.next else None),
    (lazy_gettext("Until"), lambda card: card.next.closes_at if card.next else None),
    (lazy_gettext("To be confirmed"), lambda card: _mark(card.next and card.next.confirm)),
    (lazy_gettext("Opening days"), lambda card: card.listing.schedule_text),
    (lazy_gettext("Who may come"), lambda card: card.listing.eligibility_description),
    (lazy_gettext("Cost"), lambda card: _cost(card)),
    (lazy_gettext("Booking"), lambda card: card.listing.application_process),
    (lazy_gettext("Telephone"), lambda card: " / ".join(o.value for o in card.listing.phones)),
    (lazy_gettext("Mail"), lambda card: " / ".join(one.value for one in card.listing.emails)),
    (lazy_gettext("Website"), lambda card: card.listing.url),
    (lazy_gettext("School district"), lambda card: card.listing.school_district),
    (lazy_gettext("Last confirmed"), lambda card: freshness(card.listing)),
    (lazy_gettext("Source"), lambda card: card.listing.source_name),
    (lazy_gettext("Licence"), lambda card: card.listing.source_licence),
    (lazy_gettext("Page"), lambda card: url_for("public.listing", listing_id=card.listing.id,
                                                _external=True)),
)  # fmt: skip


def as_csv(cards: Iterable[Card]) -> str:
    """All cards in their order, a row each, under one row of headings."""
    headings = [str(heading) for heading, _ in _COLUMNS]
    return csv_text(headings, ([column(card) for _, column in _COLUMNS] for card in cards))


def _point(card: Card) -> tuple[float | None, float | None]:
    where = card.listing.position
    return (where.lat, where.lon) if where.is_known else (None, None)


def _cost(card: Card) -> str:
    listing = card.listing
    return cost_line(listing.costs) if listing.costs else listing.fees_description


def _mark(is_so: object) -> str:
    return "○" if is_so else ""
