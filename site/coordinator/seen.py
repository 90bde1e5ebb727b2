"""Keeping on record who was shown what a listing keeps to the staff."""

from flask import g

from ibasho.data.listings import Listing, keeps_secrets
from ibasho.data.record import record_view
from ibasho.site.stores import database


def note_seen(listing_id: str, *bodies: Listing | None) -> None:
    """Whoever is signed in is shown these wordings of a listing, with all that is in them."""
    if any(body and keeps_secrets(body) for body in bodies):
        record_view(database(), g.account.actor, listing_id)
