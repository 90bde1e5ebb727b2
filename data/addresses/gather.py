"""From the rows of a file to the points of each town, and how near a block's point is.

How far a place lies from the point of its block cannot be measured without places whose points
are known. What can be measured in the file itself is how far block points lie from each other: a
place is hardly ever farther from its own block's point than the next block's point is. So the
radius of a municipality is the 90th percentile of the distance from a block's point to the nearest
other one of its town. Where one number has several points, the farthest of them is added.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ibasho.data.addresses.lookup import town_key
from ibasho.data.addresses.store import Block
from ibasho.data.geocode import Match, geocode
from ibasho.data.geocode.nearby import metres
from ibasho.data.geocode.normalise import fold

UNMEASURED_RADIUS_M = 150
"""Where a file has too few neighbours to measure by. Assumed, not measured: wider than a block of a
city usually is, and less than the 250 m of a 丁目 where towns lie densely."""

_LEAST_RADIUS_M = 20  # walls, gardens and the rounding of a source
_LEAST_DISTANCES = 20
_SAMPLE = 300  # of each town; the distances of more would tell the same

Distances = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One row of a file of address points.

    `town` and `koaza` are spelled as in the file, `number` is its 街区符号 or 地番. Coordinates are
    WGS 84 degrees. Of several points of one number one is `is_main`.
    """

    municipality: str
    town: str
    koaza: str
    number: str
    lat: float
    lon: float
    is_lot: bool
    is_main: bool = True


@dataclass(slots=True)
class Gathered:
    """The points of one municipality by town and block."""

    towns: dict[str, dict[str, Block]] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """How many blocks and lots there are."""
        return sum(map(len, self.towns.values()))


def gather(rows: Iterable[AddressRow]) -> tuple[dict[str, Gathered], int]:
    """The points by municipality, and how many rows name a town that the town table lacks."""
    numbers: dict[tuple[str, str, str], list[AddressRow]] = {}
    left_out = 0
    for row in rows:
        place = _town(row.municipality, row.town, row.koaza)
        if place is None:
            left_out += 1
            continue
        municipality, town, sign = place
        block = sign + fold(row.number).strip("- ")
        numbers.setdefault((municipality, town, block), []).append(row)
    found: dict[str, Gathered] = {}
    for (municipality, town, block), same in numbers.items():
        towns = found.setdefault(municipality, Gathered()).towns
        towns.setdefault(town, {})[block] = _block(same)
    return found, left_out


def _block(rows: list[AddressRow]) -> Block:
    """The point of a number; a block of the 住居表示 goes before a lot of the same number."""
    if len(rows) == 1:
        return Block(rows[0].lat, rows[0].lon, rows[0].is_lot)
    lots = all(row.is_lot for row in rows)
    same = [row for row in rows if row.is_lot == lots]
    main = next((row for row in same if row.is_main), same[0])
    lats, lons = np.array([row.lat for row in same]), np.array([row.lon for row in same])
    return Block(
        main.lat, main.lon, lots, round(float(metres(main.lat, main.lon, lats, lons).max()))
    )


@lru_cache(maxsize=65_536)
def _town(municipality: str, town: str, koaza: str) -> tuple[str, str, str] | None:
    """Municipality and key of a file's town, and the 小字 if it has to stand before the number.

    The way is that of an address, so that what is kept by one name is found by it.
    """
    for name, sign in ((town + koaza, ""), (town, fold(koaza))):
        match = geocode(municipality + name)
        if match.town and _same(name) == _same(match.town):
            return _city(match), town_key(match), sign
    return None


def _city(match: Match) -> str:
    return match.prefecture + match.municipality


def _same(town: str) -> str:
    return fold(town).replace("丁目", "丁")


def radius_of(towns: Mapping[str, Mapping[str, Block]]) -> int:
    """Within how many metres of a block's point nine places of ten lie, as the points tell."""
    found = [_to_neighbours(list(blocks.values())) for blocks in towns.values() if len(blocks) > 1]
    distances = np.concatenate(found) if found else np.array([])
    if len(distances) < _LEAST_DISTANCES:
        return UNMEASURED_RADIUS_M
    return max(_LEAST_RADIUS_M, round(float(np.percentile(distances, 90))))


def _to_neighbours(blocks: list[Block]) -> Distances:
    """From each block of a town to the nearest other one; of a sample where there are many."""
    lats, lons = np.array([one.lat for one in blocks]), np.array([one.lon for one in blocks])
    chosen = range(0, len(blocks), -(-len(blocks) // _SAMPLE))
    nearest = []
    for index in chosen:
        away = metres(blocks[index].lat, blocks[index].lon, lats, lons)
        away[index] = np.inf
        nearest.append(float(away.min()))
    return np.array(nearest)
