"""How the names in an address are read: prefecture, municipality, town.

The readings are Japan Post's (see `build_readings`). A name that the table does not know, or that
it knows in two readings within one municipality, gets none: nothing is read by guess.

The table is a ZIP archive of a text for each prefecture. Its first line is the prefecture and
its reading, parted by a tab; then, after a blank line each, the municipalities: a line with name
and reading (a ward after its city, a town or village after its 郡), and one for each town.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from ibasho.data.geocode.normalise import fold

PATH = Path(__file__).with_name("readings.zip")

_PREFECTURE = re.compile("北海道|東京都|京都府|大阪府|.{2,3}県")
_BEFORE = re.compile(r"(?:〒?\s*[0-9０-９]{3}[-‐−ー－][0-9０-９]{4})?\s*")
_OAZA = re.compile("大?字")
# What ends the name of a town: a number, a gap, or nothing more; 南町 is not in 南町田.
_END = re.compile(r"$|[\s0-9０-９(（,、]|[〇一二三四五六七八九十]+(?:丁目?|番|号|[-－のノ])|大?字")
_LONGEST_TOWN = 20


class Part(NamedTuple):
    """A piece of an address as it is written, with its reading in hiragana; "" for none."""

    text: str
    reading: str


@dataclass(frozen=True, slots=True)
class _Municipality:
    parts: tuple[Part, ...]
    towns: str
    """Its lines in the table."""


@dataclass(frozen=True, slots=True)
class _Prefecture:
    reading: str
    municipalities: Mapping[str, _Municipality]
    """By the full name, and by the name without 郡."""


@lru_cache(maxsize=4096)
def read_names(address: str, municipality: str = "") -> tuple[Part, ...]:
    """The address in parts, those that are known with their reading; together they are all of it.

    `municipality` (with its prefecture, "東京都西東京市") is where the address lies when it does
    not say the prefecture itself. What stands after the town, or after a name that is not known,
    is one last part without reading. Each prefecture is read once per process (3 ms).
    """
    before = _BEFORE.match(address)
    rest = address[before.end() :] if before else address
    parts = [Part(address[: len(address) - len(rest)], "")]
    named = _PREFECTURE.match(rest)
    prefecture = _prefecture((named or _PREFECTURE.match(municipality) or [""])[0])
    if named and prefecture.reading:
        parts.append(Part(named[0], prefecture.reading))
        rest = rest[named.end() :]
    place = _begun(rest, prefecture.municipalities)
    if place is not None:
        parts += place.parts
        rest = rest[sum(len(part.text) for part in place.parts) :]
        if oaza := _OAZA.match(rest):
            rest = rest[oaza.end() :]
        town = _town(rest, _towns(place))
        if oaza:
            parts.append(Part(oaza[0], "" if not town else "おおあざ" if oaza[0][1:] else "あざ"))
        if town:
            parts.append(town)
            rest = rest[len(town.text) :]
    parts.append(Part(rest, ""))
    return tuple(part for part in parts if part.text)


@cache
def _prefecture(name: str) -> _Prefecture:
    if not name:
        return _Prefecture("", {})
    with zipfile.ZipFile(PATH) as archive:
        if name not in archive.namelist():
            return _Prefecture("", {})
        first, *blocks = archive.read(name).decode().split("\n\n")
    places: dict[str, _Municipality] = {}
    for block in blocks:
        line, _, towns = block.partition("\n")
        fields = line.split("\t")
        parts = tuple(map(Part, fields[::2], fields[1::2]))
        places["".join(fields[::2])] = _Municipality(parts, towns)
        if parts[0].text.endswith("郡"):
            places[parts[-1].text] = _Municipality(parts[1:], towns)
    return _Prefecture(first.partition("\t")[2], places)


def _begun(text: str, places: Mapping[str, _Municipality]) -> _Municipality | None:
    """The municipality that a text begins with, the longest name first."""
    for length in range(min(len(text), _LONGEST_TOWN), 1, -1):
        if found := places.get(text[:length]):
            return found
    return None


@cache
def _towns(place: _Municipality) -> Mapping[str, str]:
    """The readings of a municipality's towns, by their folded names."""
    readings: dict[str, str] = {}
    for line in place.towns.splitlines():
        town, _, reading = line.partition("\t")
        name = fold(town)
        readings[name] = reading if readings.get(name, reading) == reading else ""
    return readings


def _town(text: str, towns: Mapping[str, str]) -> Part | None:
    """The town that a text begins with, if it is known and ends where its name does."""
    for length in range(min(len(text), _LONGEST_TOWN), 0, -1):
        if _END.match(text, length) and (reading := towns.get(fold(text[:length]))):
            return Part(text[:length], reading)
    return None
