"""From what a person writes to a point to measure from."""

from collections.abc import Callable
from typing import Any

import pytest

from ibasho.data.geocode import Level
from ibasho.data.schools import School, SchoolKind, keep_schools
from ibasho.data.stations import Station, keep_stations
from ibasho.data.text import fold
from ibasho.search_index import NamedPlaces, Point, read_place, read_place_among


@pytest.mark.parametrize(
    "text", ["34.5,135.4", "34.5, 135.4", " ３４．５，１３５．４ ", "34.5 135.4", "135.4,34.5"]
)
def test_coordinates(text: str) -> None:
    place = read_place(text)
    assert place
    assert (place.point, place.level, place.radius_m) == (Point(34.5, 135.4), Level.PIN, None)
    assert place.label == "34.5, 135.4"


def test_an_address_and_one_within_a_municipality() -> None:
    whole = read_place("大阪府堺市西区鳳東町6丁600")
    within = read_place("鳳東町6丁600", "大阪府堺市西区")
    assert whole
    assert whole == within
    assert whole.level is Level.CHOME
    assert "鳳東町" in whole.label
    assert abs(whole.point.lat - 34.536) < 0.01


def test_a_municipality_says_that_it_is_one() -> None:
    place = read_place("大阪府堺市西区")
    assert place
    assert place.level is Level.MUNICIPALITY


@pytest.mark.parametrize("text", ["", "どこでもない", "999,999", "nan,nan", "34.5,"])
def test_nothing_understood_is_none(text: str) -> None:
    assert read_place(text) is None


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("田無駅", "田無町"),
        ("西武柳沢駅", "柳沢"),
        ("ひばりヶ丘駅", "ひばりが丘"),
        ("南町", "南町"),
    ],
)
def test_a_town_or_station_is_looked_for_where_listings_are(text: str, town: str) -> None:
    place = read_place_among(text, ["東京都西東京市", "東京都大田区"])
    assert place
    assert place.label == f"東京都西東京市{town}"


def test_a_town_that_two_cities_have_is_none() -> None:
    assert read_place_among("本町", ["東京都小金井市", "東京都国分寺市"]) is None
    assert read_place_among("駅", ["東京都西東京市"]) is None


@pytest.fixture
def named(new_ward: Callable[[], Any]) -> NamedPlaces:
    """The places of a site of one ward with two stations and three schools."""
    db = new_ward().db
    with db.conn:
        keep_stations(
            db, [Station("鳳", "おおとり", 34.53, 135.46), Station("津久野", "つくの", 34.5, 135.4)]
        )
        keep_schools(
            db,
            [
                School("1", "堺市立鳳小学校", SchoolKind.ELEMENTARY, "", 34.53, 135.47),
                School("2", "堺市立上野芝中学校", SchoolKind.JUNIOR_HIGH, "", 34.54, 135.47),
                School("3", "堺市立東小学校", SchoolKind.ELEMENTARY, "", 34.54, 135.47),
                School("4", "高石市立東小学校", SchoolKind.ELEMENTARY, "", 34.54, 135.47),
            ],
        )
    return NamedPlaces(db, ["大阪府堺市西区"])


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("鳳", "鳳駅"),
        ("鳳駅", "鳳駅"),
        ("おおとり駅", "鳳駅"),
        ("ツクノ駅", "津久野駅"),
        ("鳳小", "堺市立鳳小学校"),
        ("鳳小学校", "堺市立鳳小学校"),
        ("鳳小校区", "堺市立鳳小学校"),
        ("鳳小学校区", "堺市立鳳小学校"),
        ("鳳小学校の学区", "堺市立鳳小学校"),
        ("鳳東町", "大阪府堺市西区鳳東町"),
        ("鳳東", "大阪府堺市西区鳳東町"),
        ("鳳東町6丁", "大阪府堺市西区鳳東町6丁"),
        ("鳳東町六丁", "大阪府堺市西区鳳東町6丁"),
        ("堺市西区鳳東町", "大阪府堺市西区鳳東町"),
        ("西区草部", "大阪府堺市西区草部"),
    ],
)
def test_a_whole_name_is_a_place(named: NamedPlaces, name: str, label: str) -> None:
    place = named.find(fold(name))
    assert place
    assert place.label == label


@pytest.mark.parametrize("name", ["西区", "堺市", "堺市西区", "大阪府堺市西区", "大阪府"])
def test_the_city_itself_is_its_middle(named: NamedPlaces, name: str) -> None:
    place = named.find(fold(name))
    assert place
    assert place.level is Level.MUNICIPALITY


@pytest.mark.parametrize(
    "name",
    [
        "", "おおとり", "つくの", "鳳東町6-600", "鳳東町6丁600", "鳳東町6丁600番", "鳳東町六丁六百",
        "鳳東町の", "鳳東町周辺", "上", "東小", "ひまわり", "区", "西", "南町",
        "大阪市北区", "tanashi",
    ],
)  # fmt: skip
def test_anything_else_is_none(named: NamedPlaces, name: str) -> None:
    assert named.find(fold(name)) is None
