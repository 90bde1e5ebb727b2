"""What a person has taken out or hidden, to know it again in a new row however that is spelt."""

from collections import defaultdict
from collections.abc import Iterator

from ibasho.data.database import Database
from ibasho.data.listings import CLOSED_STATES, AddressVisibility, Listing, State, store
from ibasho.data.listings.identity import core_name, same_address
from ibasho.data.listings.store import StoredListing
from ibasho.importers.duplicates import Neighbours
from ibasho.importers.match import Shelf, said

_MAX_METRES = 300
_MAX_ALIKE = 50  # more of one name in one place tell nothing new

_EXACT, _ON_REQUEST = AddressVisibility.EXACT, AddressVisibility.ON_REQUEST


class Guard:
    """The listings that no new row may bring back to the public, found by what resembles them."""

    def __init__(self, db: Database, shelf: Shelf) -> None:
        self._stored = {stored.id: stored for stored in shelf.listings}
        self._visibility: dict[str, AddressVisibility] = {}
        self._closed, self._hidden = _Lookalikes(), _Lookalikes()
        waiting = {revision.listing_id: revision.body for revision in store.read_waiting(db)}
        for stored in shelf.listings:
            body = stored.published.body if stored.published else waiting.get(stored.id)
            is_closed = stored.state in CLOSED_STATES
            if body is None and is_closed and (last := store.read_last(db, stored.id)):
                body = last.body
            is_hidden = body is not None and body.location.visibility is not _EXACT
            if body and is_hidden:
                self._visibility[stored.id] = body.location.visibility
            for known in filter(None, (body, said(stored))):
                if is_closed:
                    self._closed.add(stored.id, known)
                if is_hidden:
                    self._hidden.add(stored.id, known)

    def closed_like(self, body: Listing) -> StoredListing | None:
        """A listing out of the directory that this may be; rather one that asked not to be in."""
        found = [self._stored[id_] for id_ in self._closed.like(body)]
        return min(found, key=lambda one: one.state is not State.DO_NOT_LIST, default=None)

    def hidden_like(self, body: Listing) -> tuple[str, AddressVisibility] | None:
        """A listing with a hidden address that this may be, and how much of it may be known."""
        found = [(id_, self._visibility[id_]) for id_ in self._hidden.like(body)]
        return min(found, key=lambda one: one[1] is not _ON_REQUEST, default=None)


class _Lookalikes:
    """Listings by what is their own in their name, and by where they are, as far as that is known.

    Two resemble each other where that name is the same and so is the town, or where one of them
    says no more than the city; or by address or points with a similar name. The kind may differ.
    """

    def __init__(self) -> None:
        self._near = Neighbours(_MAX_METRES, any_kind=True)
        self._at: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)

    def add(self, listing_id: str, body: Listing) -> None:
        """Let a listing be found."""
        self._near.add(listing_id, body)
        for place in _places(body):
            if len(self._at[place]) < _MAX_ALIKE:
                self._at[place][listing_id] = None

    def like(self, body: Listing) -> list[str]:
        """The ids of those that this resembles."""
        found = {id_ for id_, _ in self._near.like("", body)}
        for place in _asked(body):
            found |= self._at.get(place, {}).keys()
        return sorted(found)


def _places(body: Listing) -> Iterator[tuple[str, ...]]:
    """Under what a listing is kept: its town and city, or its city alone; its bare address."""
    core, where = core_name(body.name), body.location
    yield core, "city", where.municipality
    yield core, "town", where.area
    if not _has_town(body):
        yield core, "somewhere", where.municipality
    if address := same_address(where.municipality, where.address):
        yield core, "address", address


def _asked(body: Listing) -> Iterator[tuple[str, ...]]:
    """Under what those stand that a new row resembles."""
    core, where = core_name(body.name), body.location
    if _has_town(body):
        yield core, "town", where.area
        yield core, "somewhere", where.municipality
    elif where.municipality:
        yield core, "city", where.municipality
    else:
        yield core, "address", same_address("", where.address)


def _has_town(body: Listing) -> bool:
    return body.location.area not in ("", body.location.municipality)
