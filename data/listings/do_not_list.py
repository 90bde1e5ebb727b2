"""Who asked not to be listed: known by name and address, so that no import brings them back."""

from dataclasses import dataclass

from ibasho.data.database import Database, transaction
from ibasho.data.listings import store
from ibasho.data.listings.edit import newest_revision
from ibasho.data.listings.model import Listing
from ibasho.data.listings.public import PublicListing
from ibasho.data.listings.states import State
from ibasho.data.record import read_record, write_record
from ibasho.data.text import fold_closed

_ACTION = f"state:{State.DO_NOT_LIST}"


@dataclass(frozen=True, slots=True)
class KeptOff:
    """A place that is not to be listed, why, and since when (UTC; "" where nobody noted it)."""

    id: str
    body: Listing | None
    reason: str
    since: str


def read_do_not_list(db: Database) -> list[KeptOff]:
    """All who asked not to be listed, the last first."""
    found = [_kept_off(db, stored) for stored in store.read_all_stored(db, State.DO_NOT_LIST)]
    return sorted(found, key=lambda one: one.since, reverse=True)


def keep_off_the_list(db: Database, body: Listing, reason: str, actor: str) -> list[str]:
    """Note that the place of this name and address is not to be listed; return the listings' ids.

    Listings that it has already are taken off. Otherwise one is made that was never public.
    """
    with transaction(db):
        same = [stored.id for stored in store.read_same_place(db, body)]
        ids = same or [_insert(db, body, actor)]
        for listing_id in ids:
            store.set_state(db, listing_id, State.DO_NOT_LIST, reason)
            store.note_for_index(db, listing_id)
            write_record(db, actor, _ACTION, listing_id)
    return ids


def public_of_same_name(db: Database, name: str) -> list[PublicListing]:
    """The public listings of this name, wherever they are: one of them may be meant."""
    folded = fold_closed(name)
    return [one for one in store.read_all_public(db) if fold_closed(one.name) == folded]


def _insert(db: Database, body: Listing, actor: str) -> str:
    listing_id = store.insert_listing(db, body, State.DO_NOT_LIST)
    revision_id = store.insert_revision(db, listing_id, body, actor, None)
    store.decide_revision(db, revision_id, "rejected", actor)
    return listing_id


def _kept_off(db: Database, stored: store.StoredListing) -> KeptOff:
    newest = newest_revision(db, stored.id)
    moved = (entry.at for entry in read_record(db, stored.id) if entry.action == _ACTION)
    return KeptOff(stored.id, newest.body if newest else None, stored.state_reason, next(moved, ""))
