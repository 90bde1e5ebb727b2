"""Places whose address and point both are known, out of the real files."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook


@dataclass(frozen=True, slots=True)
class Place:
    """An address, the municipality or prefecture to complete it, its point in WGS 84 degrees."""

    address: str
    municipality: str
    lat: float
    lon: float


def nurseries(folder: Path) -> list[Place]:
    """Tokyo's nurseries of 2017."""
    text = (folder / "geocode" / "tokyo_nurseries_2017.json").read_text(encoding="utf-8")
    return [
        Place(row["address"], "", row["position"]["latitude"], row["position"]["longitude"])
        for row in json.loads(text)
        if row["position"]["latitude"] is not None
    ]


def places(folder: Path) -> list[Place]:
    """The nurseries and, from five other publishers, halls, facilities, schools and cafeterias."""
    return [*nurseries(folder), *_tables(folder), *_schools(folder), *_takamatsu(folder)]


def _tables(folder: Path) -> Iterator[Place]:
    halls = folder / "venues" / "tokyo_kouminkan.csv"
    cafeterias = sorted((folder / "kodomo-shokudo").glob("*.csv"))
    for path in (halls, *cafeterias):
        for row in _rows(path):
            yield from _place(row, row.get("住所"), f"{row.get('都道府県')}{row.get('市区町村名')}")
    for row in _rows(folder / "facilities" / "172120_nonoichi_public_facility_current56.csv"):
        yield from _place(row, row["所在地_連結表記"], "石川県野々市市")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _place(row: Mapping[str, str], address: str | None, municipality: str) -> Iterator[Place]:
    try:
        lat, lon = float(row["緯度"]), float(row["経度"])
    except (KeyError, ValueError):
        return
    if address:
        yield Place(address, municipality, lat, lon)


def _schools(folder: Path) -> Iterator[Place]:
    text = (folder / "school-districts" / "P29-21_ikoma_nara.geojson").read_text(encoding="utf-8")
    for feature in json.loads(text)["features"]:
        lon, lat = feature["geometry"]["coordinates"][:2]
        yield Place(feature["properties"]["P29_005"], "奈良県", lat, lon)


def _takamatsu(folder: Path) -> Iterator[Place]:
    for path in sorted((folder / "facilities" / "takamatsu").rglob("*.xlsx")):
        head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        lat, lon, address = (head.index(name) for name in ("latitude", "longitude", "address"))
        for row in rows:
            point = float(str(row[lat])), float(str(row[lon]))
            yield Place(str(row[address]), "香川県高松市", *point)
