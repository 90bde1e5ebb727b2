"""Better points for the listings that are there already, once better points are to be had."""

from dataclasses import replace

from ibasho.data.addresses import Geocode
from ibasho.data.database import Database, transaction
from ibasho.data.listings import PUBLIC_STATES, Listing, refined, store
from ibasho.data.listings.withhold import secrets_of, withhold
from ibasho.data.record import write_record


def refine_listings(db: Database, find: Geocode, actor: str = "command-line") -> list[str]:
    """Publish the listings that `find` places nearer than the town; their ids.

    Only what the public sees with its exact address is asked for, and a pin is left alone. The
    asking happens first, for it may be slow; what somebody has changed meanwhile is left as it is.
    """
    better: list[tuple[str, int, Listing]] = []
    for stored in store.read_all_stored(db):
        if stored.published is None or stored.state not in PUBLIC_STATES:
            continue
        body = stored.published.body
        if withhold(body.location.address, secrets_of(body)) != body.location.address:
            continue  # it holds what the public must not read, and `find` may ask others
        place = refined(body.location, find)
        if place != body.location:
            better.append((stored.id, stored.published.id, replace(body, location=place)))
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
