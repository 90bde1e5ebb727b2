"""Which town of a municipality a text begins with, in whichever of its spellings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ibasho.data.geocode.normalise import fold
from ibasho.data.geocode.table import table

_CHOME = re.compile("(.*[^0-9])([0-9]{1,2})丁目?")
_GRID = re.compile("([東西南北][0-9]+)条(?=[東西南北])")
# 南町5-6, 南町5丁目, 南町5の6 – but not 南町5番6号, 南町5条 or 南町5階.
_CHOME_IN_ADDRESS = re.compile("[-ー]?([0-9]{1,2})(?:丁目?|(?![0-9一-龥ノ])|(?=ノ[0-9]))")
# A town's name that goes on is another town: 南 is not 南町, 若葉 not 若葉台 and 本町 not 本町通.
_GOES_ON = re.compile("[町村通区]|(?:台|ケ?丘|[東西南北上中下本新元]+)(?=[-0-9]|$)")
_DAMAGED = re.compile("[-?�〓*●■]")
_STREETS = re.compile(".*(?:[東西]入|[上下])ル")


@dataclass(frozen=True, slots=True)
class Town:
    """A town that an address begins with.

    `row` is its number in the table, or the 丁目's if `chome` is true; `rows` are those of its
    丁目 when the address names none of them and the town has no point of its own.
    `length` counts the characters of the folded address that its name took.
    """

    municipality: int
    row: int | None
    rows: tuple[int, ...]
    chome: bool
    length: int


@dataclass(frozen=True, slots=True)
class _Index:
    """The towns of a municipality by their folded names, 丁目 gathered under their town."""

    plain: dict[str, int]
    chomes: dict[str, dict[int, int]]
    short: dict[str, str]
    longest: int
    streets: bool


@cache
def _index(municipality: int) -> _Index:
    plain: dict[str, int] = {}
    chomes: dict[str, dict[int, int]] = {}
    lines = fold(table().towns[municipality]).replace("\t", "").split("\n")
    for row, name in enumerate(lines, table().starts[municipality]):
        if part := _CHOME.fullmatch(name):
            chomes.setdefault(part[1], {}).setdefault(int(part[2]), row)
        elif name:
            plain.setdefault(name, row)
    names = plain.keys() | chomes.keys()
    short = dict(_shortened(names))
    return _Index(
        plain,
        chomes,
        {name: full for name, full in short.items() if name not in names},
        longest=max(map(len, names), default=0),
        streets=table().municipalities[municipality][1].startswith("京都市"),
    )


def _shortened(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What people leave out: 前野 for 前野町, 北2西 for 北2条西."""
    for name in names:
        if name.endswith("町"):
            yield name[:-1], name
        if (grid := _GRID.sub(r"\1", name)) != name:
            yield grid, name


def find(municipality: int, text: str) -> Town | None:
    """The town that a folded address (what stands after the municipality) begins with.

    The longest name wins. In Kyoto the streets before the town (寺町通御池上る) are skipped.
    """
    index = _index(municipality)
    if index.streets and (streets := _STREETS.match(text)):
        return _later(municipality, index, text, streets.end())
    if found := _at(municipality, index, text, 0):
        return found
    if index.streets:
        return _later(municipality, index, text, 1)
    return _damaged(municipality, index, text)


def _at(municipality: int, index: _Index, text: str, start: int) -> Town | None:
    """The town whose name stands at `start`."""
    for end in range(min(len(text), start + index.longest), start, -1):
        name = text[start:end]
        known = name in index.plain or name in index.chomes
        full = name if known else index.short.get(name)
        following = text[end : end + 1]
        if full is None or (_is_digit(name[-1]) and _is_digit(following)):
            continue
        if known:
            goes_on = _GOES_ON.match(text, end)
            if goes_on and (name[-1] not in "町村" or following in "町村通区"):
                return None
        elif following and following not in "0123456789-":
            continue
        return _town(municipality, index, full, text, end)
    return None


def _is_digit(character: str) -> bool:
    return "0" <= character <= "9"


def _town(municipality: int, index: _Index, name: str, text: str, end: int) -> Town:
    """The town called `name`, or its 丁目 if `text` names one at `end`."""
    chomes = index.chomes.get(name, {})
    number = _CHOME_IN_ADDRESS.match(text, end) if chomes else None
    if number and (row := chomes.get(int(number[1]))) is not None:
        return Town(municipality, row, tuple(chomes.values()), True, number.end())
    return Town(municipality, index.plain.get(name), tuple(chomes.values()), False, end)


def _later(municipality: int, index: _Index, text: str, start: int) -> Town | None:
    """The first town that stands somewhere after `start` and ends where a number begins."""
    for begin in range(start, len(text) - 1):
        found = _at(municipality, index, text, begin)
        if found and (begin == start or found.length > begin + 1):
            following = text[found.length : found.length + 1]
            if begin == start or following in "" or following in "0123456789-":
                return found
    return None


def _damaged(municipality: int, index: _Index, text: str) -> Town | None:
    """The one town that fits a name with an unreadable character: 代-木 for 代々木."""
    name = re.split("[0-9]", text, maxsplit=1)[0]
    parts = [re.escape(part) for part in _DAMAGED.split(name)]
    if len(parts) == 1 or len(name) - len(parts) < 1:
        return None
    fits = re.compile(".".join(parts))
    found = [full for full in index.plain.keys() | index.chomes.keys() if fits.fullmatch(full)]
    return _town(municipality, index, found[0], text, len(name)) if len(found) == 1 else None


@cache
def only_in() -> dict[str, int | None]:
    """In which municipality a town's name stands, None where several have it; for all Japan."""
    places: dict[str, int | None] = {}
    for municipality, lines in enumerate(table().towns):
        names = set()
        for line in fold(lines).split("\n"):
            town, _, _ = line.partition("\t")
            part = _CHOME.fullmatch(town)
            names.add(part[1] if part else town)
        for name in names:
            places[name] = None if name in places else municipality
    return places
