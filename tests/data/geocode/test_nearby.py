"""From points to municipalities."""

import math

import pytest

from ibasho.data.geocode import (
    NO_MATCH,
    Level,
    geocode,
    is_plausibly_at,
    is_plausibly_inside,
    nearest_municipality,
    reverse,
)

NISHI_WARD_OFFICE = (34.6762, 135.4861)


def test_the_nearest_municipality_is_the_one_around_the_point() -> None:
    assert nearest_municipality(*NISHI_WARD_OFFICE) == "大阪府大阪市西区"
    assert nearest_municipality(35.7256, 139.5385) == "東京都西東京市"


def test_a_point_is_plausible_in_its_own_municipality_only() -> None:
    assert is_plausibly_inside(*NISHI_WARD_OFFICE, "大阪市西区") is True
    assert is_plausibly_inside(*NISHI_WARD_OFFICE, "大阪市") is True
    assert is_plausibly_inside(*NISHI_WARD_OFFICE, "東京都西東京市") is False


def test_of_an_unknown_municipality_nothing_is_said() -> None:
    assert is_plausibly_inside(*NISHI_WARD_OFFICE, "西区") is None
    assert is_plausibly_inside(math.nan, 0, "どこか市") is None


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (math.nan, math.nan),
        (math.inf, 135.0),
        (135.4861, 34.6762),
        (0.0, 0.0),
        (37.5665, 126.978),  # Seoul
        (40.0, 150.0),  # the Pacific
    ],
)
def test_what_is_not_in_japan_is_in_no_municipality(lat: float, lon: float) -> None:
    assert is_plausibly_inside(lat, lon, "大阪市西区") is False
    assert nearest_municipality(lat, lon) is None
    assert reverse(lat, lon) == NO_MATCH


@pytest.mark.parametrize(
    "address", ["大阪府堺市西区鳳東町6丁", "東京都西東京市南町5丁目", "三重県菰野町永井"]
)
def test_the_point_of_a_town_leads_back_to_the_town(address: str) -> None:
    there = geocode(address)
    assert there.lat is not None
    assert there.lon is not None
    back = reverse(there.lat + 0.0009, there.lon)
    assert (back.matched, back.level, back.code) == (there.matched, there.level, there.code)
    assert (back.lat, back.lon) == (there.lat, there.lon)
    assert back.radius_m == pytest.approx(100, abs=2), "how far the point lies from its town's"


def test_far_from_all_towns_only_the_municipality_is_told() -> None:
    match = reverse(36.29, 137.65)  # on a mountain
    assert (match.level, match.town, match.matched) == (Level.MUNICIPALITY, "", "岐阜県高山市")
    assert (match.radius_m or 0) > 2000
    island = reverse(34.525, 139.28)
    assert (island.level, island.matched) == (Level.MUNICIPALITY, "東京都利島村")


def test_a_point_far_from_its_chome_is_not_plausible_there() -> None:
    chome = geocode("東京都西東京市南町5-6-13")
    assert chome.lat is not None
    assert chome.lon is not None
    assert is_plausibly_at(chome.lat + 0.0089, chome.lon, chome)
    assert not is_plausibly_at(chome.lat + 0.0091, chome.lon, chome)
    assert is_plausibly_at(0.0, 0.0, geocode("東京都西東京市"))
    assert is_plausibly_at(0.0, 0.0, geocode("どこか"))
