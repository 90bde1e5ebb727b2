"""A listing as everyone sees it, for whoever is asked whether it is true."""

from dataclasses import dataclass

from ibasho.data.listings import Listing, PublicListing, store
from ibasho.data.schedule import Occurrence, Schedule
from ibasho.site.stores import NEXT_DATES, coming, database


@dataclass(frozen=True, slots=True)
class Shown:
    """The public wording and its revision, with its next dates; `body` is for the form alone."""

    listing: PublicListing
    body: Listing
    revision: int
    dates: list[Occurrence]


def shown(listing_id: str) -> Shown | None:
    """What is public of a listing; None where nothing is."""
    db = database()
    found = store.read_public(db, [listing_id])
    published = store.read_stored(db, listing_id).published if found else None
    if published is None:
        return None
    return Shown(found[0], published.body, published.id, next_dates(found[0].schedule))


def next_dates(schedule: Schedule) -> list[Occurrence]:
    """The next six dates of opening days."""
    return coming(schedule)[:NEXT_DATES]
