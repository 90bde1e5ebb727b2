"""Whether the database, the search index and the positions agree."""

from collections.abc import Iterator
from dataclasses import dataclass

from ibasho.data.database import Database
from ibasho.data.geocode import Level, is_plausibly_inside, nearest_municipality
from ibasho.data.listings.public import PublicListing
from ibasho.data.listings.store import read_all_public
from ibasho.search_index.index import SearchIndex, recorder


@dataclass(frozen=True, slots=True)
class Problem:
    """A listing that is not as it should be, and why, in one short phrase."""

    listing: str
    reason: str


def check(db: Database, index: SearchIndex) -> list[Problem]:
    """All differences between the public listings, the index and plausible positions.

    Nothing is changed. A difference that the outbox still explains is named as well.
    """
    records, record_of = index.records(), recorder(db)
    problems = []
    for listing in read_all_public(db):
        record = records.pop(listing.id, None)
        if record is None:
            problems.append(Problem(listing.id, "not in the search index"))
        elif record != record_of(listing):
            problems.append(Problem(listing.id, "the search index holds an older wording"))
        problems += [Problem(listing.id, reason) for reason in _position_faults(listing)]
    problems += [Problem(id_, "in the search index but not public") for id_ in sorted(records)]
    return problems


def _position_faults(listing: PublicListing) -> Iterator[str]:
    where = listing.position
    if (where.lat is None or where.lon is None) != (where.level is Level.NONE):
        yield f"position: level {where.level} with the point {where.lat}, {where.lon}"
    elif where.lat is not None and where.lon is not None:
        if nearest_municipality(where.lat, where.lon) is None:
            yield "position: not in Japan"
        elif is_plausibly_inside(where.lat, where.lon, listing.municipality) is False:
            yield f"position: not in {listing.municipality}"
