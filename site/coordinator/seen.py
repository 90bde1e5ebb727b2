"""Keeping on record who was shown what a listing, lead, event or network keeps to the staff."""

from flask import g

from ibasho.data.listings import keeps_secrets
from ibasho.data.listings.withhold import Keeper
from ibasho.data.pipeline import subject_of
from ibasho.data.record import record_view
from ibasho.site.stores import database


def note_seen(one_id: str, *bodies: Keeper | None) -> None:
    """Whoever is signed in is shown these wordings of a listing or event, with all that is in them.

    It goes on record where there is something in them that the public is not shown.
    """
    if any(body and keeps_secrets(body) for body in bodies):
        record_view(database(), g.account.actor, one_id)


def note_lead_seen(lead_id: str) -> None:
    """Whoever is signed in is shown what is known of a lead."""
    record_view(database(), g.account.actor, subject_of(lead_id))


def note_network_seen(network_id: int) -> None:
    """Whoever is signed in is shown people of a network, or what was said among them."""
    record_view(database(), g.account.actor, f"network:{network_id}")
