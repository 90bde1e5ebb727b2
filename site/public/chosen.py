"""The places that an address names by their ids: `ids=a,b`, in the order in which they stand."""

from dataclasses import dataclass

from flask import request

from ibasho.data.listings import PublicListing
from ibasho.data.listings.store import read_public
from ibasho.site import stores


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is public of the places that were asked for.

    `missing` counts the ids that no public listing has, `left_out` those beyond the most.
    """

    listings: list[PublicListing]
    missing: int
    left_out: int

    @property
    def ids(self) -> str:
        """The ids of these listings as an address says them."""
        return ",".join(listing.id for listing in self.listings)


def read_chosen(most: int) -> Chosen:
    """The places of this request, `most` of them at the most."""
    said = ",".join(request.args.getlist("ids")).split(",")
    ids = list(dict.fromkeys(filter(None, map(str.strip, said))))
    listings = read_public(stores.database(), ids[:most])
    asked = min(len(ids), most)
    return Chosen(listings, asked - len(listings), len(ids) - asked)
