"""What pages need again and again, kept in memory as long as no public listing changes.

Stations, schools and towns by their names are kept until anything is written.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from ibasho.data.database import Database
from ibasho.data.listings.public import PublicListing
from ibasho.data.listings.store import read_municipalities, read_public
from ibasho.search_index import NamedPlaces

_MOST = 20_000  # listings of some 4 kB each
_MOST_PIECES = 10_000  # of pages, of some 2 kB each


@dataclass(slots=True)
class _Kept:
    state: Hashable
    listings: dict[str, PublicListing] = field(default_factory=dict)
    municipalities: list[str] | None = None
    pieces: dict[Hashable, Markup] = field(default_factory=dict)


class Remembered:
    """The public listings that were shown lately; one for all threads of a process.

    `state` is the state of the search index that was asked: it changes with every public listing.
    What was read for an older state is never given for a newer one.
    """

    def __init__(self) -> None:
        self._kept = _Kept(None)
        self._places: tuple[Hashable, NamedPlaces] | None = None

    def listings(self, db: Database, state: Hashable, ids: Sequence[str]) -> list[PublicListing]:
        """The public listings among `ids`, in their order; others are left out."""
        known = self._of(state).listings
        missing = [id_ for id_ in ids if id_ not in known]
        if missing:
            if len(known) + len(missing) > _MOST:
                known.clear()
                missing = list(ids)
            known.update((listing.id, listing) for listing in read_public(db, missing))
        return [listing for id_ in ids if (listing := known.get(id_))]

    def municipalities(self, db: Database, state: Hashable) -> list[str]:
        """The municipalities of the public listings, those with most listings first."""
        kept = self._of(state)
        if kept.municipalities is None:
            kept.municipalities = read_municipalities(db)
        return kept.municipalities

    def places(
        self, db: Database, state: Hashable, municipalities: Callable[[], list[str]]
    ) -> NamedPlaces:
        """The places of these municipalities by name, and all stations and schools.

        `state` is that of the database: stations and schools change without any listing.
        """
        known = self._places
        if known is None or known[0] != state:
            known = self._places = state, NamedPlaces(db, municipalities())
        return known[1]

    def piece(self, state: Hashable, key: Hashable, make: Callable[[], Markup]) -> Markup:
        """A piece of a page that is the same wherever its key is."""
        pieces = self._of(state).pieces
        piece = pieces.get(key)
        if piece is None:
            if len(pieces) >= _MOST_PIECES:
                pieces.clear()
            piece = pieces[key] = make()
        return piece

    def _of(self, state: Hashable) -> _Kept:
        kept = self._kept
        if kept.state != state:
            kept = self._kept = _Kept(state)
        return kept
