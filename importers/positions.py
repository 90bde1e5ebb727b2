"""Better points for the listings that are there already, once better points are to be had."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ibasho.data.addresses import Geocode, forget_answers
from ibasho.data.database import Database, transaction
from ibasho.data.listings import PUBLIC_STATES, AddressVisibility, Listing, refined, store
from ibasho.data.listings.withhold import secrets_of, withhold
from ibasho.data.record import write_record

Better = list[tuple[str, int, Listing]]
"""Listings by their ids, with the public wording that was looked at and one that is nearer."""


def refine_listings(db: Database, find: Geocode, actor: str = "command-line") -> list[str]:
    """Publish the listings that `find` places nearer than the town; their ids.

    The asking happens first, for it may be slow.
    """
    return keep_points(db, better_points(db, find), actor)


def better_points(db: Database, find: Geocode) -> Better:
    """The listings that `find` places nearer than the town; nothing is written.

    Only what the public sees with its exact address is asked for, and a pin is left alone.
    """
    better: Better = []
    for listing_id, revision in _with_public_address(db):
        place = refined(revision.body.location, find)
        if place != revision.body.location:
            better.append((listing_id, revision.id, replace(revision.body, location=place)))
    return better


def keep_points(db: Database, better: Better, actor: str) -> list[str]:
    """Publish these; what somebody has changed meanwhile is left as it is. Their ids."""
    done = []
    with transaction(db):
        for listing_id, based_on, body in better:
            now = store.read_stored(db, listing_id)
            if now.state not in PUBLIC_STATES or now.published is None:
                continue
            if now.published.id == based_on:
                revision_id = store.insert_revision(db, listing_id, body, actor, based_on)
                store.decide_revision(db, revision_id, "approved", actor)
                store.publish_revision(db, store.read_revision(db, revision_id))
                store.note_for_index(db, listing_id)
                write_record(db, actor, "refine-position", listing_id, str(revision_id))
                done.append(listing_id)
    return done


def forget_hidden(db: Database, data_dir: Path) -> None:
    """Forget what a service answered to addresses that the public does not see (any more).

    To be called after every change of what is public; it costs nothing where no service was asked.
    What was asked is an address, with its municipality before it where that was missing.
    """
    forget_answers(
        data_dir, lambda: tuple(one.body.location.address for _, one in _with_public_address(db))
    )


def _with_public_address(db: Database) -> Iterator[tuple[str, store.Revision]]:
    """What is listed with an address that everybody sees as it stands, by the listing's id.

    An address with something in it that the public must not read is none.
    """
    for stored in store.read_all_stored(db):
        if stored.published is None or stored.state not in PUBLIC_STATES:
            continue
        body, where = stored.published.body, stored.published.body.location
        is_exact = where.visibility is AddressVisibility.EXACT and where.address
        if is_exact and withhold(where.address, secrets_of(body)) == where.address:
            yield stored.id, stored.published
