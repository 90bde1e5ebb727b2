"""Schools: kept, found by the names that people use, and a place to search from."""

import dataclasses
from collections.abc import Callable

import pytest
from support import ReadingClient

from ibasho.data.database import Database, transaction
from ibasho.data.schools import School, SchoolKind, find_school, keep_schools, read_schools

MINAMI = School(
    id="1",
    name="みなみ小学校",
    kind=SchoolKind.ELEMENTARY,
    address="東京都西東京市南町4-49-1",
    lat=35.7239,
    lon=139.5411,
    district="みなみ小",
)
YANAGISAWA = School(
    "2", "柳沢小学校", SchoolKind.ELEMENTARY, "東京都西東京市向台町3-49-1", 35.7201, 139.5369
)
MIDORI = School(
    "3", "市立緑ケ丘中学校", SchoolKind.JUNIOR_HIGH, "東京都西東京市緑町2", 35.7394, 139.5353
)


@pytest.fixture(autouse=True)
def schools(db: Database) -> None:
    keep(db, MIDORI, YANAGISAWA, MINAMI)


def keep(db: Database, *schools: School) -> None:
    with transaction(db):
        keep_schools(db, schools)


def test_schools_come_back_and_a_newer_row_takes_the_place_of_the_old_one(db: Database) -> None:
    assert read_schools(db) == [MINAMI, YANAGISAWA, MIDORI]
    moved = dataclasses.replace(MINAMI, lat=35.724)
    keep(db, moved)
    assert read_schools(db) == [moved, YANAGISAWA, MIDORI]


def test_a_school_stands_on_the_globe(db: Database) -> None:
    with pytest.raises(ValueError, match="no point"):
        keep(db, dataclasses.replace(MINAMI, lat=139.5411, lon=35.7239))


@pytest.mark.parametrize(
    "text",
    ["みなみ小", "みなみ小学校", "「みなみ小学校」", "　ミナミ小 ", "西東京市立みなみ小学校"],
)
def test_a_school_is_found_by_each_of_its_names(db: Database, text: str) -> None:
    assert find_school(db, text) == MINAMI


@pytest.mark.parametrize("text", ["緑が丘中", "緑ヶ丘中学校", "市立緑ケ丘中学校"])
def test_a_junior_high_school_too(db: Database, text: str) -> None:
    assert find_school(db, text) == MIDORI


@pytest.mark.parametrize("text", ["", "小", "柳沢", "みなみ中", "田中", "南町小学校"])
def test_what_is_not_exactly_its_name_is_not_the_school(db: Database, text: str) -> None:
    assert find_school(db, text) is None


def test_two_schools_of_one_name_are_neither(db: Database) -> None:
    keep(db, dataclasses.replace(MINAMI, id="4"))
    assert find_school(db, "みなみ小") is None


def test_a_search_near_a_school_counts_from_it_and_names_it(
    client: ReadingClient, publish: Callable[..., str]
) -> None:
    publish(name="となりの食堂", address="東京都西東京市南町4-46-9")
    for text in ("みなみ小", "みなみ小学校", "「みなみ小学校」"):
        page = client.get("/search", query_string={"near": text}).text
        assert "みなみ小学校の近く" in page
    feed = client.get("/listings.geojson", query_string={"near": "みなみ小"}).get_json(force=True)
    assert feed["features"][0]["properties"]["distance_m"] == pytest.approx(117, abs=5)


def test_a_town_stays_a_town_though_a_school_has_its_name(
    client: ReadingClient, publish: Callable[..., str]
) -> None:
    publish(name="柳沢の食堂", address="東京都西東京市柳沢3")
    town = client.get("/search", query_string={"near": "柳沢"}).text
    assert "柳沢小学校の近く" not in town
    assert "柳沢小学校の近く" in client.get("/search", query_string={"near": "柳沢小"}).text
