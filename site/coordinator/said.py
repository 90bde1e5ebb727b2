"""What a place says of today and of single dates, as the desk shows it."""

from typing import NamedTuple

from ibasho.data.listings import DateNotice, PublicListing, to_public
from ibasho.data.listings.store import Revision, StoredListing, read_public
from ibasho.data.notices import Month, SaidLight
from ibasho.site import stores
from ibasho.site.notice_words import coming_notices
from ibasho.site.provider.month import coming_month


class Said(NamedTuple):
    """The light that holds now, what was said of dates from today on, and next month's dates."""

    light: SaidLight | None
    notices: list[DateNotice]
    coming: Month


def said_of(listing_id: str) -> Said | None:
    """What was said of a public listing; None for one that is not public."""
    for public in read_public(stores.database(), [listing_id]):
        light = stores.lights([listing_id]).get(listing_id)
        return Said(light, coming_notices(public), coming_month(listing_id))
    return None


def public_of(stored: StoredListing, revision: Revision) -> PublicListing:
    """What the public would know of a listing if this wording were approved."""
    said = read_public(stores.database(), [stored.id])
    return to_public(
        stored.id,
        revision.body,
        listed_on=stored.listed_on,
        notices=coming_notices(said[0]) if said else (),
        confirmed=said[0].confirmed if said else (),
    )
