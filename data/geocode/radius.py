"""How near an answer is: the distance within which nine places of ten lie, as it was measured.

3,738 places with known coordinates were looked up: Tokyo's nurseries and community halls, public
facilities of 野々市市 and 高松市, schools of 奈良市 and 生駒市. How far they lay from the answer
depends on its level and on how densely towns lie there, so that the 90th percentile was taken for
each of four kinds of area. With the figures of one half of the rows 88 to 90 % of the other half
were inside, in every kind. `bench/geocode.py` measures it anew.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from ibasho.data.geocode.model import Level


@dataclass(frozen=True, slots=True)
class Area:
    """A kind of area: up to which spacing of its towns, and the radii there, all in metres.

    The spacing of a town is its distance to the third-nearest other one.
    """

    name: str
    below_m: float
    chome_m: int
    town_m: int


AREAS = (
    Area("dense", 420, chome_m=250, town_m=310),  # 814 and 112 rows
    Area("city", 600, chome_m=330, town_m=420),  # 1,953 and 120 rows
    # No more than 3 丁目 lay in the country; they are counted with the suburbs' 368.
    Area("suburb", 1200, chome_m=480, town_m=1100),  # 371 and 190 rows
    Area("country", math.inf, chome_m=480, town_m=2100),  # 178 rows
)

ONE_POINT_RADIUS_M = 9000
"""For a municipality with one point: nine of ten of 48,055 towns in 922 町 and 村 lie as near to
the position of their municipality in the list by localgovjp (CC0)."""


def area_of(spacing_m: float) -> Area:
    """The kind of area where the third-nearest town is `spacing_m` metres away."""
    return next(area for area in AREAS if spacing_m < area.below_m)


@lru_cache(maxsize=10_000)  # spacings are whole metres
def radius_of(level: Level, spacing_m: float) -> int:
    """Within how many metres of the point of a 丁目 or town nine places of ten lie.

    Where towns lie farther apart than the measured radius, as in Hokkaido, the distance between
    them stands for what was not measured.
    """
    area = area_of(spacing_m)
    if level is Level.CHOME:
        return area.chome_m
    return max(area.town_m, round(spacing_m)) if area is AREAS[-1] else area.town_m
