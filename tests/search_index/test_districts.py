"""A school district holds what lies inside its outline, and what says that it belongs to it."""

import datetime as dt
from typing import Any

import pytest

from ibasho.data.areas import Area, AreaKind, DistrictOutlines, keep_areas
from ibasho.data.database import transaction
from ibasho.data.geocode import Level
from ibasho.data.listings.edit import approve_revision, propose_listing
from ibasho.data.listings.kinds import Kind
from ibasho.data.listings.model import (
    AddressVisibility,
    Listing,
    Location,
    Position,
    PositionSource,
)
from ibasho.data.schools import district_key
from ibasho.search_index import SearchQuery, check

DAY = dt.date(2026, 11, 22)


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def district(name: str, *rings: list[list[float]]) -> Area:
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return Area(AreaKind.SCHOOL_DISTRICT, name, geometry, "架空")


# About 1.8 km wide and 2.2 km high, side by side at 135.46 east.
WEST = district("にし小学校区", box(135.44, 34.53, 135.46, 34.55))
EAST = district("ひがし小", box(135.46, 34.53, 135.48, 34.55))
JUNIOR = district("なか中学校区", box(135.43, 34.52, 135.49, 34.56))
WITH_A_HOLE = district(
    "わ小", box(135.40, 34.50, 135.42, 34.52), box(135.405, 34.505, 135.415, 34.515)
)


def keep(ward: Any, *areas: Area) -> None:
    with transaction(ward.db):
        keep_areas(ward.db, areas)


# -- the outlines


@pytest.mark.parametrize(
    ("lat", "lon", "radius_m", "expected"),
    [
        (34.54, 135.45, 0, ["にし小学校区", "なか中学校区"]),
        (34.54, 135.4599, 0, ["にし小学校区", "なか中学校区"]),
        (34.54, 135.4601, 0, ["ひがし小", "なか中学校区"]),
        (34.54, 135.4590, 80, ["にし小学校区", "なか中学校区"]),  # 92 m from the edge
        (34.54, 135.4590, 100, ["なか中学校区"]),
        (34.5309, 135.45, 90, ["にし小学校区", "なか中学校区"]),  # 100 m from the edge
        (34.5309, 135.45, 110, ["なか中学校区"]),
        (34.54, 135.45, 5000, []),
        (34.58, 135.45, 0, []),
        (34.502, 135.402, 0, ["わ小"]),
        (34.51, 135.41, 0, []),  # in the hole
        (34.51, 135.404, 50, ["わ小"]),
        (34.51, 135.404, 100, []),  # over the hole's edge
    ],
)
def test_a_circle_is_in_the_districts_that_hold_all_of_it(
    lat: float, lon: float, radius_m: int, expected: list[str]
) -> None:
    outlines = DistrictOutlines([WEST, EAST, JUNIOR, WITH_A_HOLE])
    assert list(outlines.holding(lat, lon, radius_m)) == expected


def test_islands_belong_to_one_district_and_a_city_is_none() -> None:
    islands = Area(AreaKind.SCHOOL_DISTRICT, "しま小", {
        "type": "MultiPolygon",
        "coordinates": [[box(135.1, 34.1, 135.2, 34.2)], [box(135.3, 34.1, 135.4, 34.2)]],
    }, "架空")  # fmt: skip
    city = Area(AreaKind.MUNICIPALITY, "架空市", WEST.geometry, "架空")
    outlines = DistrictOutlines([islands, city])
    assert outlines.holding(34.15, 135.35, 0) == ("しま小",)
    assert outlines.holding(34.15, 135.25, 0) == ()
    assert outlines.holding(34.54, 135.45, 0) == ()
    assert DistrictOutlines([]).holding(34.54, 135.45, 0) == ()


# -- the search


def test_a_place_is_in_the_district_that_its_point_lies_in(ward: Any) -> None:
    keep(ward, WEST, EAST)
    ward.add("にしの家", at=(34.54, 135.45))
    ward.add("ひがしの家", at=(34.54, 135.47))
    ward.add("どこかの家")
    for name in ("にし小", "にし小学校区", "にし小学校"):
        assert ward.names(district=name) == ["にしの家"]
    found = ward.index.facets(SearchQuery(), DAY)
    assert found.districts == {"にし小学校区": 1, "ひがし小": 1}
    assert check(ward.db, ward.index) == []


def test_what_a_place_says_counts_as_well_and_once(ward: Any) -> None:
    keep(ward, WEST, EAST)
    ward.add("両方", at=(34.54, 135.45), school_district="にし小")
    ward.add("ことばだけ", school_district="にし小学校区")
    ward.add("となりの子も来る", at=(34.54, 135.47), school_district="にし小")
    assert sorted(ward.names(district="にし小")) == ["ことばだけ", "となりの子も来る", "両方"]
    assert ward.names(district="ひがし小") == ["となりの子も来る"]
    counts = ward.index.facets(SearchQuery(), DAY).districts
    assert {district_key(name): n for name, n in counts.items()} == {"にし小": 3, "ひがし小": 1}


def test_a_place_known_too_roughly_is_where_it_says_that_it_is(ward: Any) -> None:
    keep(ward, WEST, EAST)

    def rough(radius_m: int) -> Location:
        at = Position(34.54, 135.459, Level.TOWN, radius_m, PositionSource.GEOCODER)
        return Location(municipality="大阪府堺市西区", address="大阪府堺市西区", position=at)

    def add(name: str, radius_m: int, says: str) -> None:
        body = Listing(kind=Kind.PLACE_TO_BELONG, name=name, location=rough(radius_m),
                       school_district=says)  # fmt: skip
        approve_revision(ward.db, propose_listing(ward.db, body, "test"), "test")

    add("だいたい中", 80, "")
    add("境目", 300, "")
    add("境目だと言う", 300, "ひがし小")
    assert ward.names(district="にし小") == ["だいたい中"]
    assert ward.names(district="ひがし小") == ["境目だと言う"]


@pytest.mark.parametrize("visibility", [AddressVisibility.AREA_ONLY, AddressVisibility.ON_REQUEST])
def test_no_outline_tells_where_a_hidden_place_is(ward: Any, visibility: AddressVisibility) -> None:
    keep(ward, district("ぜんぶ小", box(120, 20, 150, 46)))
    inside = Position(34.54, 135.45, Level.PIN, None, PositionSource.FILE)
    where = Location(
        municipality="大阪府堺市西区",
        address="大阪府堺市西区鳳中町1-2-3",
        visibility=visibility,
        area="大阪府堺市西区鳳中町",
        area_position=inside,
    )
    ward.add("隠れ家", at=(34.54, 135.45), location=where)
    assert ward.names(district="ぜんぶ小") == []
    assert ward.index.facets(SearchQuery(), DAY).districts == {}
    assert ward.index.districts() == ()


def test_new_outlines_are_followed_and_a_moved_place_changes_its_district(ward: Any) -> None:
    listing = ward.add("家", at=(34.54, 135.45))
    assert ward.names(district="にし小") == []
    keep(ward, WEST, EAST)
    assert ward.names(district="にし小") == ["家"]
    at = Position(34.54, 135.47, Level.PIN, None, PositionSource.FILE)
    ward.change(listing, location=Location(municipality="大阪府堺市西区", position=at))
    assert ward.names(district="にし小") == []
    assert ward.names(district="ひがし小") == ["家"]
    assert ward.index.districts() == ("ひがし小",)
    assert ward.index.districts(without=[listing]) == ()
