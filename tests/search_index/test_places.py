"""From what a person writes to a point to measure from."""

import pytest

from ibasho.data.geocode import Level
from ibasho.search_index import Point, read_place, read_place_among


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
