"""The places of an organisation: those that everyone sees, and those that nobody does just now."""

import datetime as dt
from dataclasses import dataclass

from flask import g

from ibasho.data.clock import today
from ibasho.data.listings import Listing, State, edit, store
from ibasho.data.notices import SaidLight
from ibasho.site.provider.returned import returned_wording
from ibasho.site.provider.shown import Shown, shown
from ibasho.site.stores import database, lights


@dataclass(frozen=True, slots=True)
class Place:
    """A public place; `is_waiting` where a correction of the organisation waits for the office,
    `reason` why the last one was returned, "" where none was.
    """

    found: Shown
    light: SaidLight | None
    is_waiting: bool
    reason: str

    @property
    def is_new(self) -> bool:
        """Whether it was called true today."""
        return self.found.body.assured_date == today()


@dataclass(frozen=True, slots=True)
class Away:
    """A place that is not public; "" for a name that nobody wrote, `reason` as for a `Place`."""

    name: str
    state: State
    reason: str


def own_places() -> tuple[list[Place], list[Away]]:
    """The places of who is signed in, those that nobody has called true for longest first."""
    db, ids = database(), sorted(g.account.scope.listings)
    said = lights(ids)
    there, away = [], []
    for listing_id in ids:
        if found := shown(listing_id):
            is_waiting = _own_wording(listing_id) is not None
            there.append(Place(found, said.get(listing_id), is_waiting, _reason(listing_id)))
            continue
        try:
            state = store.read_stored(db, listing_id).state
        except store.UnknownListingError:
            continue
        newest = edit.newest_revision(db, listing_id)
        away.append(Away(newest.body.name if newest else "", state, _reason(listing_id)))
    return sorted(there, key=_known_since), away


def own_start(found: Shown) -> Listing:
    """What a correction begins with: the organisation's last that still waits or was returned, or
    what is public.

    So that a second correction does not lose the first.
    """
    if waiting := _own_wording(found.listing.id):
        return waiting
    returned = returned_wording(found.listing.id)
    return returned.body if returned else found.body


def _reason(listing_id: str) -> str:
    returned = returned_wording(listing_id)
    return returned.decision_reason if returned else ""


def _own_wording(listing_id: str) -> Listing | None:
    waiting = store.read_waiting(database(), listing_id)
    own = [one.body for one in waiting if one.written_by == g.account.actor]
    return own[-1] if own else None


def _known_since(place: Place) -> tuple[dt.date, str]:
    listing = place.found.listing
    return listing.assured_date or listing.listed_on or dt.date.min, listing.name
