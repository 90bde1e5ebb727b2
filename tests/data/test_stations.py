"""Stations: found as people type them, and a place to search from."""

import pytest
from support import ReadingClient

from ibasho.data.database import Database, transaction
from ibasho.data.stations import Station, find_station, keep_stations, read_stations

TANASHI = Station("田無", "タナシ", 35.7272, 139.5394)
SEKI = Station("武蔵関", "ムサシセキ", 35.7276, 139.5765)
HIBARI = Station("ひばりヶ丘", "ヒバリガオカ", 35.7514, 139.5455)


@pytest.fixture(autouse=True)
def stations(db: Database) -> None:
    with transaction(db):
        keep_stations(db, [TANASHI, HIBARI, SEKI])


@pytest.mark.parametrize(
    ("text", "station"),
    [("田無駅", TANASHI), ("たなし駅", TANASHI), ("西武新宿線 田無駅", TANASHI),
     ("ひばりが丘駅", HIBARI), ("ひばりケ丘駅", HIBARI), ("田無", None), ("新宿駅", None),
     ("Tanashi", TANASHI), ("Tanasi Station", TANASHI), ("tanashi-eki", TANASHI),
     ("HIBARIGAOKA STA.", HIBARI), ("Musashi-Seki", SEKI), ("Musashi-Seki Station", SEKI),
     ("tanashi 2", None), ("ｔａｎａｓｈｉ２", None), ("tanashi 신촌", None),
     ("Hibari-ga-oka", HIBARI), ("Tana", None), ("駅", None),
     ("station", None)],
)  # fmt: skip
def test_a_station_is_found_by_its_name_and_its_reading(
    db: Database, text: str, station: Station | None
) -> None:
    assert find_station(db, text) == station


def test_a_newer_row_takes_the_place_of_the_old_one(db: Database) -> None:
    moved = Station("田無", "タナシ", 35.73, 139.54)
    with transaction(db):
        keep_stations(db, [moved])
    assert read_stations(db) == [moved, HIBARI, SEKI]


def test_a_point_off_the_globe_is_refused(db: Database) -> None:
    with pytest.raises(ValueError, match="point"), transaction(db):
        keep_stations(db, [Station("月", "ツキ", 135.7, 35.7)])


def test_a_search_near_a_station_is_counted_from_the_station(client: ReadingClient) -> None:
    page = client.get("/search?near=たなし駅").text
    assert "田無駅の近く" in page
    assert "駅からではなく" not in page
