"""A GeoJSON is a table whose points are pins."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ibasho.data.database import Database
from ibasho.data.geocode import Level
from ibasho.data.listings import Kind, Listing
from ibasho.data.listings.store import read_all_stored
from ibasho.importers import ImportRefusedError, ImportReport

Run = Callable[..., ImportReport]
Write = Callable[..., Path]

NAMED = {"mapping": {"施設名": "name", "所在地": "address"}}
NOTHING = {"無": None, "他": {"a": 1}}
HERE = (139.5388, 35.7262)
PLACE = {"施設名": "ひだまり食堂", "所在地": "東京都西東京市南町5-6-13"}


def feature(properties: dict[str, Any], point: object = HERE, kind: str = "Point") -> object:
    geometry = {"type": kind, "coordinates": point} if point else None
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def made(*features: object, **more: object) -> Path:
        path = tmp_path / "list.geojson"
        body = {"type": "FeatureCollection", "features": features, **more}
        path.write_text(json.dumps(body, ensure_ascii=False), "utf-8")
        return path

    return made


def test_a_point_is_read_with_its_longitude_first(
    run: Run, write: Write, the: Callable[[], Listing]
) -> None:
    report = run(write(feature(PLACE)), **NAMED)
    assert (report.created, report.problems) == (1, ())
    where = the().location
    assert (where.position.lat, where.position.lon, where.position.level) == (
        35.7262, 139.5388, Level.PIN,
    )  # fmt: skip


def test_a_feature_without_a_point_is_found_by_its_address(
    run: Run, write: Write, the: Callable[[], Listing]
) -> None:
    run(write(feature(PLACE, point=None)), **NAMED)
    assert the().location.position.level is Level.CHOME


def test_a_point_far_from_its_address_is_not_believed(
    run: Run, write: Write, the: Callable[[], Listing]
) -> None:
    report = run(write(feature(PLACE, point=(35.7262, 139.5388))), **NAMED)
    assert "exchanged" in report.problems[0].reason
    assert the().location.position.level is Level.CHOME


def test_properties_are_columns_whatever_they_hold(
    run: Run, write: Write, the: Callable[[], Listing]
) -> None:
    more = {
        "電話": "０４２ ０００ ０００１",
        "対象": ["小学生", "中学生"],
        "無": None,
        "他": {"a": 1},
    }
    run(write(feature(PLACE | more)), mapping=NAMED["mapping"] | {"電話": "phone", "対象": "ages"})
    assert the().phones[0].number == "042-000-0001"
    assert the().eligibility_description == "小学生;中学生"


def test_columns_that_nobody_has_explained_are_asked_for_but_not_the_points(
    run: Run, write: Write
) -> None:
    with pytest.raises(ImportRefusedError, match="--map '施設名=name'") as refused:
        run(write(feature(PLACE)))
    assert "lat" not in str(refused.value)


def test_the_format_of_cafeterias_is_known_in_geojson_too(
    run: Run, write: Write, the: Callable[[], Listing]
) -> None:
    run(write(feature({
        "名称": "ひだまり食堂", "住所": "東京都西東京市南町5-6-13", "開催日": "毎月第2土曜日",
        "開催曜日": "土", "参加費_大人": 300,
    })))  # fmt: skip
    assert the().costs[0].amount == 300
    assert the().location.position.level is Level.PIN


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Polygon", [[[139.5, 35.7], [139.6, 35.7], [139.5, 35.8]]]),
        ("LineString", [[1, 2], [3, 4]]),
    ],
)
def test_areas_and_lines_are_refused_as_a_whole(
    run: Run, write: Write, db: Database, kind: str, coordinates: object
) -> None:
    with pytest.raises(ImportRefusedError, match=f"holds {kind}s"):
        run(write(feature(PLACE), feature(PLACE, coordinates, kind)), **NAMED)
    assert list(read_all_stored(db)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"type": "FeatureCollection", "features": []}', "has no features"),
        ('{"type": "FeatureCollection", "features": [{"type": "Fea', "damaged or cut"),
        ('{"places": [1, 2]}', "no GeoJSON"),
        ('{"type": "FeatureCollection", "features": [1]}', "no GeoJSON"),
        ('{"type": "Feature", "properties": ' + '{"a":' * 100_000, "damaged or cut"),
    ],
)
def test_what_is_no_list_of_places_is_refused(
    run: Run, tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "list.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ImportRefusedError, match=words):
        run(path)


def test_what_this_site_gives_out_is_known_with_its_kinds_and_without_its_rough_points(
    run: Run, write: Write, db: Database
) -> None:
    given = {
        "kind_label": "", "url": "/listings/a", "next_date": None, "next_label": "",
        "distance_m": 3,
        "address": "東京都西東京市南町5-6-13",
    }  # fmt: skip
    own = feature(given | {"id": "a", "name": "ひだまり", "kind": "food_pantry", "level": "pin",
                           "radius_m": None})  # fmt: skip
    rough = feature(given | {"id": "b", "name": "まなび", "kind": "learning_support",
                             "level": "chome", "radius_m": 200})  # fmt: skip
    report = run(write(own, rough))
    assert report.problems == ()
    bodies = [one.published.body for one in read_all_stored(db) if one.published]
    assert {(one.name, one.kind, one.location.position.level, one.note) for one in bodies} == {
        ("ひだまり", Kind.FOOD_PANTRY, Level.PIN, ""),
        ("まなび", Kind.LEARNING_SUPPORT, Level.CHOME, ""),
    }


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), 1e6])
def test_a_point_that_is_nowhere_is_not_believed(
    run: Run, write: Write, the: Callable[[], Listing], odd: float
) -> None:
    run(write(feature(PLACE, (odd, odd))), **NAMED)
    assert the().location.position.level is Level.CHOME


def test_lists_within_lists_without_end_are_no_cells(run: Run, write: Write) -> None:
    path = write(feature(PLACE | {"深さ": "@"}))
    path.write_text(path.read_text("utf-8").replace('"@"', "[" * 600 + "]" * 600), "utf-8")
    assert run(path, **NAMED).created == 1
