"""Places along the way home."""

from typing import Any

import numpy as np
import pytest

from ibasho.search_index import Point
from ibasho.search_index.ways import metres_to_way

SCHOOL, STATION, HOME = Point(34.5400, 135.4600), Point(34.5400, 135.4700), Point(34.5500, 135.4700)


def metres(lat: float, lon: float, *way: Point) -> float:
    return float(metres_to_way(np.array([lat]), np.array([lon]), way)[0])


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (34.5400, 135.4650, 0),  # on the first leg
        (34.5410, 135.4650, 111),  # north of it
        (34.5450, 135.4690, 92),  # west of the second
        (34.5400, 135.4580, 183),  # before the beginning: as far as the beginning
        (34.5520, 135.4700, 222),  # beyond the end
    ],
)
def test_the_distance_is_that_to_the_nearest_point_of_the_way(
    lat: float, lon: float, expected: float
) -> None:
    assert metres(lat, lon, SCHOOL, STATION, HOME) == pytest.approx(expected, abs=2)


def test_a_way_of_one_point_is_that_point() -> None:
    assert metres(34.5410, 135.4600, SCHOOL) == pytest.approx(111, abs=1)
    assert metres(34.5410, 135.4600, SCHOOL, SCHOOL) == pytest.approx(111, abs=1)


def test_an_unknown_place_lies_along_no_way() -> None:
    assert metres(np.nan, np.nan, SCHOOL, HOME) == np.inf


def test_a_search_along_a_way_leaves_out_what_lies_beside_it(ward: Any) -> None:
    ward.add("道の上", at=(34.5400, 135.4650))
    ward.add("少しはなれて", at=(34.5425, 135.4650))
    ward.add("遠く", at=(34.5600, 135.4650))
    ward.add("どこか")
    way = (SCHOOL, STATION, HOME)
    assert ward.names(along=way) == ["少しはなれて", "道の上"]
    assert ward.names(along=way, within_m=100) == ["道の上"]
    assert ward.names(along=way, near=SCHOOL) == ["道の上", "少しはなれて"]
