"""Which town of a municipality a text begins with, in whichever of its spellings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ibasho.data.geocode.normalise import fold, is_digit, lengths_by_head
from ibasho.data.geocode.table import table

_CHOME = re.compile("(.*[^0-9])([0-9]{1,2})(?:丁目?|番町)")
_CHOME_ENDS = ("丁目", "丁", "番町")
_AFTER_TOWN = re.compile(r"(?:(?<=[^0-9\n])[0-9]{1,2}(?:丁目?|番町))?\t.*")
_GRID = re.compile("([東西南北][0-9]+)条(?=[東西南北])")
# 南町5-6, 南町5丁目, 南町5の6 – but not 南町5番6号, 南町5条 or 南町5階.
_CHOME_IN_ADDRESS = re.compile("[-ー]?([0-9]{1,2})(?:丁目?|番町|(?![0-9一-龥ノ])|(?=ノ[0-9]))")
# A town's name that goes on is another town: 南 is not 南町, 若葉 not 若葉台 and 本町 not 本町通.
_GOES_ON = re.compile("[町村通区]|(?:台|ケ?丘|[東西南北上中下本新元]+)(?=[-0-9]|$)")
# 若草町2-2 where the table has 若草: some towns are called either way.
_ONLY_TOWN = re.compile("町(?=[-0-9]|$)")
_ENDS = re.compile("[-0-9]|$")
# After a name that was shortened: 前野2-43, but not 東1線 where there is a 東町.
_NUMBERED = re.compile("-|[0-9]+(?![0-9線条区号])|$")
_HEAD = re.compile("[^-0-9]{3,}(?=[-0-9]|$)")
_DAMAGED = re.compile("[-?�〓*●■]")
_STREETS = re.compile(".*(?:[東西]入|[上下])ル")
# What may still stand between the streets and the town.
_BEYOND_STREETS = re.compile("(?:[東西]入ル?|[東西南北]側|[0-9]+丁目)*")
_SEVERAL = 4


@dataclass(frozen=True, slots=True)
class Town:
    """A town that an address begins with, by the numbers of its rows in the table.

    `chome` is the row of the 丁目 that the address names, `row` that of the town itself,
    `chomes` are those of all its 丁目. `length` counts the characters of the folded address up
    to the end of the name.
    """

    municipality: int
    chome: int | None
    row: int | None
    chomes: tuple[int, ...]
    length: int


@dataclass(frozen=True, slots=True)
class _Index:
    """The towns of a municipality by their folded names, 丁目 gathered under their town."""

    plain: dict[str, int]
    chomes: dict[str, dict[int, int]]
    names: dict[str, str]
    """The town's name for each of its spellings, itself included."""
    lengths: dict[str, tuple[int, ...]]
    """How long the spellings are that begin with this character, the longest first."""
    streets: bool


@cache
def _folded(municipality: int) -> str:
    """The towns of a municipality as the table has them, folded."""
    return fold(table().towns[municipality])


@cache
def _index(municipality: int) -> _Index:
    plain: dict[str, int] = {}
    chomes: dict[str, dict[int, int]] = {}
    lines = _folded(municipality).replace("\t", "").split("\n")
    for row, name in enumerate(lines, table().starts[municipality]):
        if name.endswith(_CHOME_ENDS) and (part := _CHOME.fullmatch(name)):
            chomes.setdefault(part[1], {}).setdefault(int(part[2]), row)
        elif name:
            plain.setdefault(name, row)
    full = plain.keys() | chomes.keys()
    names = dict(_shortened(full)) | {name: name for name in full}
    return _Index(
        plain,
        chomes,
        names,
        lengths_by_head(names, 1),
        streets=table().municipalities[municipality][1].startswith("京都市"),
    )


def _shortened(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What people leave out: 前野 for 前野町, 北2西 for 北2条西, 豊平6-6 for 豊平6条6."""
    for name in names:
        if name.endswith("町"):
            yield name[:-1], name
        if "条" not in name:
            continue
        if name.endswith("条") and name.rstrip("0123456789条") not in names:
            yield name[:-1] + "-", name
        if (grid := _GRID.sub(r"\1", name)) != name:
            yield grid, name


def names(municipality: int) -> frozenset[str]:
    """The folded names of all towns of a municipality, without 丁目, and their short forms."""
    return frozenset(_index(municipality).names)


def find(municipality: int, text: str) -> Town | None:
    """The town that a folded address (what stands after the municipality) begins with.

    The longest name wins. In Kyoto the streets before the town (寺町通御池上る) are skipped.
    """
    index = _index(municipality)
    if index.streets and (streets := _STREETS.match(text)):
        beyond = _BEYOND_STREETS.match(text, streets.end())
        after = beyond.end() if beyond else streets.end()
        return _at(municipality, index, text, streets.end()) or _at(
            municipality, index, text, after
        )
    text = text.lstrip("-")
    if index.streets:
        return _later(municipality, index, text, 0)
    if found := _at(municipality, index, text, 0):
        return found
    return _in_former_town(municipality, index, text) or _damaged(municipality, index, text)


def _at(municipality: int, index: _Index, text: str, start: int) -> Town | None:
    """The town whose name stands at `start`."""
    for length in index.lengths.get(text[start : start + 1], ()):
        end = start + length
        name = text[start:end]
        full = index.names.get(name)
        if full is None or (is_digit(name[-1]) and is_digit(text[end : end + 1])):
            continue
        known = full == name
        if known and (goes_on := _GOES_ON.match(text, end)):
            if len(name) > 1 and _ONLY_TOWN.match(text, end):
                end += 1
            elif name[-1] not in "町村" or goes_on[0] in "町村通区":
                return None
        if not known and not _NUMBERED.match(text, end):
            continue
        return _town(municipality, index, full, text, end)
    return None


def _town(municipality: int, index: _Index, name: str, text: str, end: int) -> Town:
    """The town called `name`, or its 丁目 if `text` names one at `end`."""
    chomes = index.chomes.get(name, {})
    number = _CHOME_IN_ADDRESS.match(text, end) if chomes else None
    chome = chomes.get(int(number[1])) if number else None
    if number and chome is not None:
        end = number.end()
    return Town(municipality, chome, index.plain.get(name), tuple(chomes.values()), end)


def _later(municipality: int, index: _Index, text: str, start: int) -> Town | None:
    """The first town at or after `start`; one that stands after more words must end its line.

    What ends it is a number or nothing at all, and one character alone is no name there.
    """
    if found := _at(municipality, index, text, start):
        return found
    for begin in range(start + 1, len(text) - 1):
        found = _at(municipality, index, text, begin)
        if found and found.length > begin + 1 and _ENDS.match(text, found.length):
            return found
    return None


def _in_former_town(municipality: int, index: _Index, text: str) -> Town | None:
    """The one town whose name begins with a former municipality's: 猿楽町 for 神田猿楽町.

    Only what stands before several names is taken for such a beginning, not 南 in 南吉原, and
    names as short as 中町 or 本町 are too many to be told from others.
    """
    head = _HEAD.match(text)
    if not head:
        return None
    names = index.plain.keys() | index.chomes.keys()
    found = [name for name in names if name.endswith(head[0])]
    if len(found) != 1:
        return None
    former = found[0].removesuffix(head[0])
    if len(former) < 2 or sum(name.startswith(former) for name in names) < _SEVERAL:
        return None
    return _town(municipality, index, found[0], text, head.end())


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
    for municipality in range(len(table().towns)):
        names = set(_AFTER_TOWN.sub("", _folded(municipality)).split("\n"))
        for name in names:
            places[name] = None if name in places else municipality
    return places
