"""What a station is, and the one form of the names that people type for it."""

import re
import unicodedata
from dataclasses import dataclass

from ibasho.data.romaji import plain
from ibasho.data.text import fold_closed

FEWEST_LETTERS = 4  # of a name in Latin letters: three may be any word

_STATION = re.compile(r"[\s-]*(?:station|sta\.?|eki|駅)$", re.IGNORECASE)
_LATIN = re.compile("[A-Za-z\u0300-\u036f\\s'’.駅-]+")
_LINE = re.compile(r"^.*線|^(?:JR|jr)")


@dataclass(frozen=True, slots=True)
class Station:
    """A station by its name without 駅; `lat` and `lon` are WGS 84 degrees, of its middle."""

    name: str
    kana: str
    lat: float
    lon: float


def station_name(text: str) -> str:
    """The form in which names of stations are compared: 「西武新宿線 田無駅」 is 田無.

    "" for a text that does not say 駅, for 田無 alone is the town.
    """
    name = fold_closed(text)
    return _LINE.sub("", name[:-1]) if name.endswith("駅") else ""


def latin_names(text: str) -> frozenset[str]:
    """The forms in which names in Latin letters are compared: 「Ōkubo Station」 is okubo.

    With what may be the word for a station and without it, for 武蔵関 is Musashi-Seki. None for a
    text in other letters or with digits, and none that is very short.
    """
    plainly = unicodedata.normalize("NFKC", text).strip()
    if not _LATIN.fullmatch(unicodedata.normalize("NFD", plainly)):
        return frozenset()
    names = map(plain, (plainly, _STATION.sub("", plainly)))
    return frozenset(name for name in names if len(name) >= FEWEST_LETTERS)
