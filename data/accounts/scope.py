"""What part of the ward an account is for: networks, school districts, or all of it."""

from dataclasses import dataclass

from ibasho.data.listings import Listing


@dataclass(frozen=True, slots=True)
class Scope:
    """Networks and school districts by their names, and single listings by their ids.

    A scope without any of them reaches nothing; `WHOLE` reaches everything.
    """

    networks: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    listings: frozenset[str] = frozenset()
    is_whole: bool = False

    def covers(self, network: str = "", district: str = "", listing_id: str = "") -> bool:
        """Whether something of this network and district is within; "" names nothing."""
        return (
            self.is_whole
            or network in self.networks
            or district in self.districts
            or listing_id in self.listings
        )

    def covers_listing(self, listing_id: str, body: Listing | None) -> bool:
        """Whether a listing is within, by its wording; one without a wording by its id alone."""
        if body is None:
            return self.covers(listing_id=listing_id)
        return self.covers(body.network, body.school_district, listing_id)

    def takes_network(self, name: str, before: str | None = None) -> bool:
        """Whether something of the network `before` may be said to be of this one, or of none.

        Nobody takes anything out of a network that is not theirs.
        """
        return self.is_whole or name == before or {name, before or ""} <= self.networks | {""}

    def takes_district(self, name: str, before: str | None = None) -> bool:
        """The same of school districts; where a place lies is for all to say who have none."""
        return (
            self.is_whole
            or name == before
            or not self.districts
            or {name, before or ""} <= self.districts | {""}
        )

    def takes_wording(self, after: Listing, before: Listing | None) -> bool:
        """Whether a listing of the wording `before` may be given this one."""
        network, district = (before.network, before.school_district) if before else ("", "")
        return self.takes_network(after.network, network) and self.takes_district(
            after.school_district, district
        )


WHOLE = Scope(is_whole=True)
