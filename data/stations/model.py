"""What a station is, and the one form of the names that people type for it."""

import re
from dataclasses import dataclass

from ibasho.data.text import fold_closed

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
