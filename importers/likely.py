"""Listings that may be the place of which somebody speaks."""

from collections.abc import Iterable, Mapping

from ibasho.data.listings import AddressVisibility, Listing, Location, PublicListing
from ibasho.data.listings.identity import core_name
from ibasho.importers.duplicates import Neighbours

MOST = 5


def likely_same(body: Listing, known: Iterable[PublicListing]) -> list[PublicListing]:
    """The public listings of such a name at that address, near it, or in that municipality.

    Only what everyone may see is compared, so that no answer tells where a hidden place lies.
    """
    neighbours, name = Neighbours(any_kind=True), core_name(body.name)
    listings = {one.id: one for one in known}
    for one in listings.values():
        neighbours.add(one.id, _as_public(one))
    found = [id_ for id_, _ in neighbours.like("", body)]
    found += [
        one.id
        for one in listings.values()
        if one.municipality == body.location.municipality and core_name(one.name) == name
    ]
    return [listings[id_] for id_ in dict.fromkeys(found)][:MOST]


def maybe_same(listing_id: str, body: Listing, known: Mapping[str, Listing]) -> list[str]:
    """The ids of other listings of that kind that may be this place, for the staff alone.

    Of such a name at that address or near it, or with its telephone number there.
    """
    neighbours = Neighbours(by_phone=True)
    for id_, one in known.items():
        neighbours.add(id_, one)
    return [id_ for id_, _ in neighbours.like(listing_id, body)][:MOST]


def _as_public(one: PublicListing) -> Listing:
    is_exact = one.address_visibility is AddressVisibility.EXACT
    where = Location(one.municipality, one.address, position=one.position)
    return Listing(one.kind, one.name, location=where if is_exact else Location(one.municipality))
