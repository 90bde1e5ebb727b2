"""Which municipality a text begins with, in whichever of its spellings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ibasho.data.geocode.model import Municipality
from ibasho.data.geocode.normalise import fold, fold_address, lengths_by_head
from ibasho.data.geocode.table import table

_CHANGES = Path(__file__).with_name("changes.tsv")
_WARD = re.compile("(.+?市)(.+区)")
_WRITTEN_CHOME = re.compile("(?<=[^一二三四五六七八九十])[一二三四五六七八九十]+(?:丁目?|番町)$")
_IN_DISTRICT = re.compile("(.+?郡)(.+[町村])")
_ISLAND = re.compile("[^-]{1,4}島(?=.+[町村])")


@dataclass(frozen=True, slots=True)
class Reading:
    """The municipalities that the beginning of an address may mean, and what stands after it.

    `prefecture` is "" when the address names none. `spelling` is the folded text that was read
    as a municipality, "" when `places` is empty. `bare`: neither prefecture nor 郡 nor a
    designated city stood before it, so that the spelling might as well be the name of a town.
    """

    prefecture: str
    places: tuple[Municipality, ...]
    spelling: str
    rest: str
    bare: bool


@dataclass(frozen=True, slots=True)
class _Names:
    prefectures: dict[str, str]
    places: dict[str, tuple[Municipality, ...]]
    bare: frozenset[str]
    lengths: dict[str, tuple[int, ...]]
    """How long the spellings are that begin with these two characters, the longest first."""


@cache
def _names() -> _Names:
    """Every spelling of every municipality, folded."""
    places: dict[str, list[Municipality]] = {}
    bare: set[str] = set()
    for spelled, place in _spelled():
        full, short = _spellings(spelled)
        for name in {full, short}:
            places.setdefault(name, []).append(place)
            places.setdefault(fold(place.prefecture) + name, []).append(place)
            # 東京目黒区, 大阪堺市西区: the prefecture without its last character.
            if place.prefecture != "北海道":
                places.setdefault(fold(place.prefecture)[:-1] + name, []).append(place)
        bare.add(short)
    return _Names(
        prefectures={fold(name): name for name, _ in table().municipalities},
        places={name: tuple(dict.fromkeys(found)) for name, found in places.items()},
        bare=frozenset(bare),
        lengths=lengths_by_head(places, 2),
    )


def _spellings(name: str) -> tuple[str, str]:
    """The folded name with and without its 郡 or its designated city."""
    part = _WARD.fullmatch(name) or _IN_DISTRICT.fullmatch(name)
    return fold(name), fold(part[2] if part else name)


def _spelled() -> Iterator[tuple[str, Municipality]]:
    """Every name of a municipality: the table's, those of designated cities, changed ones."""
    known: dict[tuple[str, str], Municipality] = {}
    cities: dict[tuple[str, str], list[int]] = {}
    for number, (prefecture, name) in enumerate(table().municipalities):
        known[prefecture, name] = Municipality(prefecture, name, (number,))
        if ward := _WARD.fullmatch(name):
            cities.setdefault((prefecture, ward[1]), []).append(number)
    for (prefecture, city), wards in cities.items():
        known[prefecture, city] = Municipality(prefecture, city, tuple(wards))
    for (_, name), place in known.items():
        yield name, place
    for line in _CHANGES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            prefecture, name, now = line.split("\t")
            yield name, known[prefecture, now]


def read(text: str, prefecture: str = "") -> Reading:
    """What a folded address begins with; the longest spelling wins."""
    names = _names()
    for length in names.lengths.get(text[:2], ()):
        spelling = text[:length]
        if found := names.places.get(spelling):
            found = tuple(p for p in found if prefecture in ("", p.prefecture))
            if found:
                bare = not prefecture and spelling in names.bare
                return Reading(prefecture, found, spelling, text[length:], bare)
    if not prefecture:
        # Twice the prefecture, or one that is followed by a town or by nothing known.
        for spelling, name in names.prefectures.items():
            if text.startswith(spelling):
                return read(text[len(spelling) :], name)
    elif text.startswith(again := fold(prefecture)):
        return read(text[len(again) :], prefecture)
    island = _ISLAND.match(text)
    beyond = read(text[island.end() :], prefecture) if island else None
    return beyond if beyond and beyond.places else Reading(prefecture, (), "", text, True)


def read_later(text: str) -> Reading | None:
    """A municipality with its prefecture that stands after a label: 会場:大阪府堺市西区…"""
    found = _prefectures().match(text)
    reading = read(text[found.start("name") :]) if found else None
    return reading if reading and reading.places else None


@cache
def _prefectures() -> re.Pattern[str]:
    return re.compile(f"[^0-9]+?(?P<name>{'|'.join(_names().prefectures)})")


def find_municipality(text: str) -> Municipality | None:
    """The municipality that a text is the name of, None when unknown or ambiguous.

    The prefecture, the 郡 and a ward's city may be left out where the rest is unique:
    西東京市 and 堺市美原区 are found, 府中市 (Tokyo, Hiroshima) and 西区 are not. A designated
    city without a ward (大阪市) stands for all its wards.
    """
    found = _names().places.get(fold_address(text))
    return found[0] if found and len(found) == 1 else None


def town_names(municipality: str) -> tuple[str, ...]:
    """The towns of a municipality as they are written, without 丁目 and 小字, each once."""
    place = find_municipality(municipality)
    lines = [line for one in (place.members if place else ()) for line in _lines_of(one)]
    return tuple(dict.fromkeys(filter(None, (town_name(line.split("\t")[0]) for line in lines))))


def town_name(town: str) -> str:
    """A town as the table writes it, without its 丁目: 鳳東町 of 鳳東町六丁."""
    return _WRITTEN_CHOME.sub("", town)


def _lines_of(municipality: int) -> list[str]:
    return table().towns[municipality].split("\n")


def prefecture_named(text: str) -> str:
    """The folded name of the prefecture that a text is the name of, "" where it is none."""
    folded = fold_address(text)
    return folded if folded in _names().prefectures else ""


def within(place: Municipality, context: Municipality) -> bool:
    """Whether a municipality is the other one, or a ward of it."""
    return set(place.members) <= set(context.members)
