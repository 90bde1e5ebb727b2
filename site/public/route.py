"""The way to a place or an event, planned by another site."""

from urllib.parse import urlencode

from ibasho.data.events import PublicEvent
from ibasho.data.listings import AddressVisibility, PublicListing
from ibasho.site.words import is_rough


def route(one: PublicListing | PublicEvent) -> str:
    """A link that another site plans the way with; "" where the address is not for everyone."""
    where = one.position
    if one.address_visibility is not AddressVisibility.EXACT or not where.is_known:
        return ""
    point = "" if is_rough(where) else f"{where.lat},{where.lon}"
    query = urlencode({"api": 1, "destination": point or one.address})
    return f"https://www.google.com/maps/dir/?{query}"
