"""The words of the geocoder: what a municipality is, what an answer says."""

from dataclasses import dataclass, field
from enum import StrEnum

from ibasho.data.geocode.codes import code_of


class Level(StrEnum):
    """How near to the true place an answer is, from the nearest to nothing.

    `geocode` itself answers `chome` at best; `pin` (set by a person or given in a file) and
    `block` are for positions that come from elsewhere.
    """

    PIN = "pin"
    BLOCK = "block"
    CHOME = "chome"
    TOWN = "town"
    MUNICIPALITY = "municipality"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Municipality:
    """A city, ward, town or village; a designated city stands for all its wards together.

    `name` carries its 郡 or its city: "三重郡菰野町", "堺市西区". `members` are the numbers of the
    municipalities in the town table that it is made of, nearly always one.
    """

    prefecture: str
    name: str
    members: tuple[int, ...] = field(default=(), repr=False)

    @property
    def full_name(self) -> str:
        """Prefecture and name, "大阪府堺市西区"."""
        return self.prefecture + self.name

    @property
    def code(self) -> str:
        """The official code of five digits, "27144"; "" where there is none."""
        return code_of(self.prefecture, self.name)


@dataclass(frozen=True, slots=True)
class Match:
    """Where an address lies, as near as the town table knows.

    `lat`, `lon` are WGS 84 degrees, None when `level` is `none`. `radius_m` is the distance in
    metres within which the true place lies in nine cases of ten. `matched` is the part of the
    address that was understood, in one spelling ("大阪府堺市西区鳳東町6丁"). `prefecture`,
    `municipality` and `town` are spelled as in the town table ("鳳東町六丁"), "" when unknown.
    """

    lat: float | None
    lon: float | None
    level: Level
    radius_m: int | None
    matched: str
    prefecture: str = ""
    municipality: str = ""
    town: str = ""

    @property
    def code(self) -> str:
        """The official code of the municipality, five digits: "27144"; "" when it is unknown."""
        return code_of(self.prefecture, self.municipality)


NO_MATCH = Match(None, None, Level.NONE, None, "")
