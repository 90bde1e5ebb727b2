"""Outlines: what is kept, what is refused, and what a visitor's browser may be given."""

import dataclasses
import json
from typing import Any

import pytest
from support import ReadingClient

from ibasho.data.areas import Area, AreaKind, keep_areas, read_areas, read_outlines
from ibasho.data.areas.files import read_outline_file
from ibasho.data.database import Database, transaction

SQUARE = [[139.5, 35.7], [139.6, 35.7], [139.6, 35.8], [139.5, 35.8], [139.5, 35.7]]
WARD = Area(
    AreaKind.MUNICIPALITY, "架空区", {"type": "Polygon", "coordinates": [SQUARE]}, "架空の測量"
)
DISTRICT = Area(
    AreaKind.SCHOOL_DISTRICT,
    "みなみ小",
    {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
    "架空の測量",
)


def keep(db: Database, *areas: Area) -> None:
    with transaction(db):
        keep_areas(db, areas)


def test_areas_come_back_as_they_were_kept(db: Database) -> None:
    keep(db, DISTRICT, WARD)
    assert read_areas(db) == [WARD, DISTRICT]


def test_outlines_are_read_anew_only_when_they_change(db: Database) -> None:
    keep(db, DISTRICT)
    first = read_outlines(db)
    assert first.holding(35.75, 139.55, 0) == ("みなみ小",)
    keep(db, WARD)
    assert read_outlines(db) is first
    geometry = {"type": "Polygon", "coordinates": [[[x + 1, y] for x, y in SQUARE]]}
    keep(db, dataclasses.replace(DISTRICT, geometry=geometry))
    assert read_outlines(db).holding(35.75, 139.55, 0) == ()
    assert read_outlines(db).holding(35.75, 140.55, 0) == ("みなみ小",)


def test_a_newer_outline_takes_the_place_of_the_old_one(db: Database) -> None:
    keep(db, WARD, DISTRICT)
    newer = dataclasses.replace(WARD, source="新しい測量")
    keep(db, newer)
    assert read_areas(db) == [newer, DISTRICT]


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": "Point", "coordinates": [139.5, 35.7]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [SQUARE[:-1]]},
        {"type": "Polygon", "coordinates": [SQUARE[:2] + SQUARE[-1:]]},
        {"type": "Polygon", "coordinates": [None]},
        {"type": "Polygon", "coordinates": [[[lat, lon] for lon, lat in SQUARE]]},
        {"type": "Polygon", "coordinates": [[["139.5", "35.7"]] * 4]},
        {"type": "Polygon", "coordinates": [[[float("nan"), 35.7]] * 4]},
        {"type": "MultiPolygon", "coordinates": [SQUARE]},
    ],
)  # fmt: skip
def test_what_is_no_outline_on_the_globe_is_refused_and_nothing_is_kept(
    db: Database, geometry: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"outline|longitude"):
        keep(db, WARD, dataclasses.replace(WARD, name="よそ", geometry=geometry))
    assert read_areas(db) == []


def test_the_outlines_are_public_with_their_credit_and_may_be_kept_by_the_browser(
    db: Database, client: ReadingClient
) -> None:
    assert client.get("/areas.geojson").get_json(force=True)["features"] == []
    keep(db, WARD, DISTRICT)
    answer = client.get("/en/areas.geojson")
    first, second = answer.get_json(force=True)["features"]
    assert answer.mimetype == "application/geo+json"
    assert first["geometry"] == WARD.geometry
    assert first["properties"] == {
        "kind": "municipality", "name": "架空区",
        "source": "架空の測量",
    }  # fmt: skip
    assert second["properties"]["kind"] == "school_district"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert "Set-Cookie" not in answer.headers


def ring(west: float, south: float, size: float) -> list[list[float]]:
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def test_the_middle_of_an_area_is_that_of_its_largest_part() -> None:
    square = Area(AreaKind.SCHOOL_DISTRICT, "みなみ小", {
        "type": "Polygon", "coordinates": [ring(139.5, 35.7, 0.1), ring(139.52, 35.72, 0.01)],
    }, "")  # fmt: skip
    assert square.centre == pytest.approx((35.75, 139.55))
    islands = Area(AreaKind.SCHOOL_DISTRICT, "しま小", {
        "type": "MultiPolygon", "coordinates": [[ring(130, 30, 0.01)], [ring(139.5, 35.7, 0.1)]],
    }, "")  # fmt: skip
    assert islands.centre == pytest.approx((35.75, 139.55))
    flat = Area(AreaKind.SCHOOL_DISTRICT, "せん小", {
        "type": "Polygon", "coordinates": [[[1.0, 2.0], [3.0, 2.0], [2.0, 2.0], [1.0, 2.0]]],
    }, "")  # fmt: skip
    assert flat.centre == (2.0, 1.0)


def test_what_a_file_says_of_an_outline_is_kept_short() -> None:
    said = {"name": "あ" * 300} | {f"{number}": "x" for number in range(200)}
    ring = [[139.5, 35.7], [139.6, 35.7], [139.6, 35.8], [139.5, 35.7]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    body = {"type": "Feature", "properties": said, "geometry": shape}
    [outline] = read_outline_file(json.dumps(body).encode())
    assert len(outline.properties) == 50
    assert outline.properties["name"] == "あ" * 100
