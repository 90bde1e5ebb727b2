"""How a place whose address is not for everyone is told in a text all the same.

The patterns are for a text in narrow characters: wide digits and signs have become ASCII.
"""

import re
from collections.abc import Iterator

from ibasho.data.listings.model import AddressVisibility, Location
from ibasho.data.listings.spelling import Pattern, exactly, spread_letters, with_each

_KANJI = "〇一二三四五六七八九"
_NUMBER = re.compile("[0-9]+")
_BETWEEN_NUMBERS = r"[-~\sのノ之丁目番地号]{1,5}"
_BETWEEN_MORE = r"[-~\sのノ之丁目番地号・･/.,、]{1,5}"
_SHORTEST_NAME = 2

# In degrees with three decimals or more, about a hundred metres; %2C and !4d stand in links.
_LAT, _LON = r"(?<![0-9])[0-9]{2}\.[0-9]{3,}", r"(?<![0-9])[0-9]{3}\.[0-9]{3,}"
_NEXT = "(?:[^0-9]|%2C|%20|![34]d){1,16}?"
_COORDINATES = re.compile(f"{_LAT}{_NEXT}{_LON}|{_LON}{_NEXT}{_LAT}", re.IGNORECASE)

_MAP_SITES = "|".join((
    r"goo\.gl/maps", r"maps\.app\.goo\.gl", r"g\.co/maps", r"google(?:\.[a-z]+)+/maps",
    r"maps\.google\.", r"openstreetmap\.", r"osm\.org", r"maps\.gsi\.go\.jp",
    r"(?:maps?|loco)\.yahoo\.", r"maps\.apple\.com", r"bing\.com/maps", r"mapion\.co\.jp",
    r"mapfan\.com", r"navitime\.co\.jp", r"what3words\.com", r"w3w\.co",
))  # fmt: skip
_MAP_LINK = re.compile(
    rf"(?<![a-z0-9.-])(?:https?://)?(?:[a-z0-9-]+\.)*(?:{_MAP_SITES})[^\s<>\"'、。)」]*",
    re.IGNORECASE,
)
# With its sign, or alone: 000-0000 within a telephone number is none.
_POSTAL_CODE = re.compile(
    r"(?:〒|郵便番号)[\s:]*[0-9]{3}[-\s]?[0-9]{4}(?![0-9])"
    r"|(?<![0-9])(?<![0-9)][-)\s.])(?<![0-9)])[0-9]{3}-[0-9]{4}(?![-0-9])"
)


def traces(where: Location, address: str) -> Iterator[Pattern]:
    """What gives a hidden place away; `address` is its address in narrow characters."""
    yield _COORDINATES
    yield _MAP_LINK
    if address:
        yield from _spellings(address)
    if where.visibility is AddressVisibility.ON_REQUEST:
        yield _POSTAL_CODE
        if name := town(where):
            yield spread_letters(name)


def town(where: Location) -> str:
    """The name of the place's town without its chome; "" where it is unknown or no secret."""
    name = where.area.removeprefix(where.municipality)
    is_secret = len(name) >= _SHORTEST_NAME and name not in where.municipality
    return name if is_secret else ""


def _spellings(address: str) -> Iterator[Pattern]:
    """The address itself, and its numbers in a row however they are joined: 5丁目6番13号."""
    yield exactly(address)
    numbers = _NUMBER.findall(address)
    if not numbers:
        return
    ways = tuple(map(_ways, numbers))
    before = re.escape(address[: address.index(numbers[0])][-2:])
    if len(numbers) == 1:
        yield with_each(rf"{before}\s*{_either(ways[0])}(?![0-9])", *ways)
        return
    # Two numbers alone may be a date or two Saturdays: 5/6, 第5・6土曜.
    named = before if len(numbers) == 2 else ""
    for start, between in (("", _BETWEEN_NUMBERS), (named, _BETWEEN_MORE)):
        row = between.join(map(_either, ways))
        yield with_each(rf"{start}\s*(?<![0-9]){row}(?![0-9])[番地号]*", *ways)


def _either(ways: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(ways)})"


def _ways(number: str) -> tuple[str, ...]:
    """A number in digits or in kanji, 13 also as 十三."""
    kanji = "".join(_KANJI[int(digit)] for digit in number)
    tens, ones = divmod(int(number), 10)
    spelt = [number, kanji]
    if 0 < tens < 10:
        spelt.append(("" if tens == 1 else _KANJI[tens]) + "十" + (_KANJI[ones] if ones else ""))
    return tuple(spelt)
