"""`geocode` over files that municipalities and ministries publish."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import Point

from ibasho.data.geocode import Level, geocode, is_plausibly_inside
from ibasho.data.geocode.nearby import metres

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")
FOUND = (Level.CHOME, Level.TOWN)


@pytest.mark.parametrize(
    ("address", "code", "level"),
    [
        ("大阪府堺市西区鳳東町6丁600", "27144", Level.CHOME),
        ("大阪府堺市東区日置荘原寺町195-1", "27143", Level.TOWN),
        ("大阪府大阪市西区新町4-5-14", "27106", Level.CHOME),
        ("東京都西東京市南町5-6-13", "13229", Level.CHOME),
    ],
)
def test_a_ward_office_lies_in_its_ward(address: str, code: str, level: Level) -> None:
    outline = gpd.read_file(REAL / "boundaries" / f"admin_{code}.json").union_all()
    match = geocode(address)
    assert match.level == level
    assert outline.contains(Point(match.lon, match.lat))


@cache
def nurseries() -> list[Any]:
    text = (REAL / "geocode" / "tokyo_nurseries_2017.json").read_text(encoding="utf-8")
    return [row for row in json.loads(text) if row["position"]["latitude"] is not None]


def test_the_radius_holds_nine_places_of_ten_in_every_kind_of_area() -> None:
    errors: dict[tuple[Level, int], list[float]] = {}
    for row in nurseries():
        match = geocode(row["address"])
        if match.lat is not None and match.lon is not None and match.radius_m:
            lat, lon = np.array([[x] for x in row["position"].values()])
            away = float(metres(match.lat, match.lon, lat, lon)[0])
            errors.setdefault((match.level, min(match.radius_m, 2100)), []).append(away)
    assert np.median(errors[Level.CHOME, 330]) <= 200
    for (level, radius), found in errors.items():
        if level in FOUND and len(found) >= 20:
            assert 0.8 <= np.mean(np.array(found) <= radius) <= 0.98, (level, radius)
    assert sum(len(errors[key]) for key in errors if key[0] in FOUND) >= 0.99 * len(nurseries())


def test_true_positions_are_plausible_in_their_municipality() -> None:
    plausible = [
        is_plausibly_inside(*row["position"].values(), match.prefecture + match.municipality)
        for row in nurseries()[::5]
        if (match := geocode(row["address"])).municipality
    ]
    assert plausible.count(True) >= 0.99 * len(plausible)


def test_nearly_every_school_of_japan_has_a_town() -> None:
    text = (REAL / "geocode" / "mext_school_addresses.txt").read_text(encoding="utf-8")
    addresses = [line for line in text.splitlines() if line and not line.startswith("//")][::29]
    found = [geocode(address).level for address in addresses]
    assert sum(level in FOUND for level in found) >= 0.985 * len(addresses)
    assert found.count(Level.NONE) <= 0.001 * len(addresses)


def test_childrens_cafeterias_are_found() -> None:
    missed = []
    for path in sorted((REAL / "kodomo-shokudo").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                address, city = row.get("住所") or "", row.get("市区町村名") or ""
                match = geocode(address, city)
                if address.strip() and match.level not in FOUND:
                    missed.append((path.name, address.strip(), match.matched))
    assert missed == []


def test_the_list_of_a_ward_without_its_name_in_the_addresses_is_found() -> None:
    path = REAL / "ward-page" / "osaka_nishi_kodomo_shokudo.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        levels = [geocode(row["住所"], "大阪府大阪市西区").level for row in csv.DictReader(file)]
    assert levels == [Level.CHOME] * 6
