"""Which block or lot an address names after its town, and the answer that it then gets.

>>> from ibasho.data.geocode import geocode
>>> blocks_in("西東京市南町5-6-13", geocode("西東京市南町5-6-13"))
('6',)
>>> blocks_in("堺市西区鳳東町6丁600番地", geocode("堺市西区鳳東町6丁600番地"))
('600',)
>>> blocks_in("西東京市南町5丁目", geocode("西東京市南町5丁目"))
()
"""

import re
from collections.abc import Callable
from dataclasses import replace

from ibasho.data.addresses import store
from ibasho.data.database import Database
from ibasho.data.geocode import Level, Match, geocode, is_plausibly_at
from ibasho.data.geocode.normalise import fold, fold_address

Geocode = Callable[[str, str | None], Match]
"""From an address, and the municipality in which it is if it names none, to where it lies."""

_CHOME = re.compile("(.*[^0-9])([0-9]{1,2})(?:丁目?|番町)")
# A number that goes on as a 丁目 or as a floor is no block; one of 6-13 is. A sign may stand before
# it: 甲126, or a 小字 that stands before its lots.
_BLOCKS = [f"(?P<block>{sign}[0-9]++(?!丁|階|[Ff]))" for sign in ("", "[^-0-9]{1,8}?")]
_OF_CHOME = "町?+-?(?P<chome>[0-9]{1,2})(?![0-9])(?:丁目?|番町)?+[-ノ]?"
_AFTER_CHOME = [re.compile(_OF_CHOME + block) for block in _BLOCKS]
_AFTER_TOWN = [re.compile("町?+-?" + block) for block in _BLOCKS]


def finer(db: Database, address: str, match: Match) -> Match:
    """The answer with the point of the address's block where one is kept, else `match` itself."""
    blocks = blocks_in(address, match)
    point = store.find_point(db, town_key(match), blocks) if blocks else None
    if point is None:
        return match
    return replace(
        match,
        lat=point.lat,
        lon=point.lon,
        level=Level.BLOCK,
        radius_m=point.radius_m,
        matched=f"{match.matched}{point.block}{'番地' if point.is_lot else '番'}",
    )


def town_key(match: Match) -> str:
    """By what the points of the town of an answer are kept: its full name in the town table."""
    return match.prefecture + match.municipality + match.town


def blocks_in(address: str, match: Match) -> tuple[str, ...]:
    """What may be the block (or lot) in an address whose town is known, the likelier first.

    The text is folded, as the points are kept: "6", "甲126". Empty where no number follows.
    """
    if match.level not in (Level.CHOME, Level.TOWN):
        return ()
    text, name = fold_address(address), fold(match.town)
    part = _CHOME.fullmatch(name)
    base, chome = (part[1], part[2]) if part else (name, None)
    base = base.removesuffix("町")
    found = (
        _after(text, {base, base.replace("条", "")}, chome, pattern)
        for pattern in (_AFTER_CHOME if chome else _AFTER_TOWN)
    )
    return tuple(dict.fromkeys(filter(None, found)))


def agrees(title: str, lat: float, lon: float, address: str, match: Match) -> bool:
    """Whether what another source says of an address is of the same town and block, and there.

    `title` is the address that the source found, `lat` and `lon` its point (WGS 84 degrees).
    """
    told = geocode(title)
    same_town = town_key(told) == town_key(match)
    same_block = blocks_in(title, told)[:1] == blocks_in(address, match)[:1] != ()
    return same_town and same_block and is_plausibly_at(lat, lon, match)


def _after(text: str, bases: set[str], chome: str | None, pattern: re.Pattern[str]) -> str:
    """The block after the first place where the town's name, and its 丁目, stand before one."""
    for base in sorted(bases, key=len, reverse=True):
        start = text.find(base)
        while start >= 0:
            tail = pattern.match(text, start + len(base))
            if tail and (chome is None or tail["chome"] == chome):
                return tail["block"]
            start = text.find(base, start + 1)
    return ""
