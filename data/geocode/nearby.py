"""From a point to its town and municipality, as far as the towns around it tell."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from ibasho.data.geocode.model import Level, Match
from ibasho.data.geocode.municipalities import find_municipality
from ibasho.data.geocode.table import Degrees, table

_NEIGHBOURS = 8
_BESIDE_M = 500.0
_AT_LEAST_M = 1000.0
_FARTHEST_M = 30_000.0  # beyond it a point is not in Japan, or on no land
METRES_PER_DEGREE = 6_371_008.8 * math.pi / 180  # of the sphere with Earth's mean radius


@dataclass(frozen=True, slots=True)
class _ByLatitude:
    """The towns that have a point, from south to north, by their numbers in the table."""

    row: npt.NDArray[np.intp]
    lat: Degrees
    lon: Degrees
    municipality: npt.NDArray[np.int32]


@cache
def _by_latitude() -> _ByLatitude:
    towns = table()
    municipality = np.repeat(
        np.arange(len(towns.municipalities), dtype=np.int32), np.diff(towns.starts)
    )
    order = np.argsort(towns.lat, kind="stable")[: np.count_nonzero(~np.isnan(towns.lat))]
    return _ByLatitude(order, towns.lat[order], towns.lon[order], municipality[order])


def metres(lat: float, lon: float, lats: Degrees, lons: Degrees) -> Degrees:
    """Distances in metres from one point to many, WGS 84 degrees.

    Equirectangular approximation on the mean sphere; over 30 km in Japan it is off by less
    than 1 %.
    """
    east = (lons - lon) * math.cos(math.radians(lat))
    return np.hypot(east, lats - lat) * METRES_PER_DEGREE


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A town near a point: the numbers of its municipality and its row, and metres to it."""

    municipality: int
    row: int
    away_m: float


def neighbours(lat: float, lon: float) -> list[Neighbour]:
    """The 8 towns nearest to a point (WGS 84 degrees), the nearest first; empty outside Japan."""
    if not (20 <= lat <= 46 and 122 <= lon <= 154):
        return []
    towns = _by_latitude()
    for reach in (2_000.0, _FARTHEST_M):
        height = reach / METRES_PER_DEGREE
        low, high = np.searchsorted(towns.lat, (lat - height, lat + height))
        distances = metres(lat, lon, towns.lat[low:high], towns.lon[low:high])
        near = np.flatnonzero(distances <= reach)
        if len(near) >= _NEIGHBOURS:
            break
    near = near[np.argsort(distances[near], kind="stable")[:_NEIGHBOURS]]
    return [
        Neighbour(int(towns.municipality[low + i]), int(towns.row[low + i]), float(distances[i]))
        for i in near
    ]


def nearest_municipality(lat: float, lon: float) -> str | None:
    """The full name of the municipality of the town nearest to a point (WGS 84 degrees).

    None farther than 30 km from any town of Japan. Near a border it may be the neighbour's:
    towns are points here, not areas.
    """
    if not (near := neighbours(lat, lon)):
        return None
    prefecture, name = table().municipalities[near[0].municipality]
    return prefecture + name


def is_plausibly_inside(lat: float, lon: float, municipality: str) -> bool | None:
    """Whether a point (WGS 84 degrees) may lie in a municipality; None if that is not known.

    It may when one of the 8 nearest towns, or any town within 500 m, is the municipality's.
    Coordinates that are no numbers, swapped or outside Japan are False.
    """
    place = find_municipality(municipality)
    if place is None:
        return None
    near = {one.municipality for one in neighbours(lat, lon)}
    if not near or not near.isdisjoint(place.members):
        return bool(near)
    towns = table()
    return any(
        bool(np.any(metres(lat, lon, towns.lat[rows], towns.lon[rows]) <= _BESIDE_M))
        for rows in map(towns.rows, place.members)
    )


def is_plausibly_at(lat: float, lon: float, match: Match) -> bool:
    """Whether a point (WGS 84 degrees) may be the place of which `match` tells town or 丁目.

    It may not when it lies more than three times as far away as nine places of ten, and more
    than 1 km. A match that tells no town contradicts nothing.
    """
    if match.lat is None or match.lon is None or match.radius_m is None:
        return True
    if match.level not in (Level.CHOME, Level.TOWN):
        return True
    farthest = max(3 * match.radius_m, _AT_LEAST_M)
    return float(metres(match.lat, match.lon, np.array([lat]), np.array([lon]))[0]) <= farthest
