"""One by one the arguments of an address; what has no meaning is noted, never an error."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from ibasho.data.text import printable
from ibasho.search_index import Box, Point

# What an argument of a link may be made of: several values stand one after the other.
Value = str | int | tuple[str | int, ...] | None

_MOST_VALUES = 32
_MOST_POINTS = 50
_T = TypeVar("_T")


class Arguments:
    """The arguments of one address. `missed` names those in which no meaning was found."""

    def __init__(self, arguments: Mapping[str, str | list[str]]) -> None:
        self._values = MultiDict(arguments)
        self.missed: list[str] = []

    def text(self, name: str, longest: int) -> str:
        """A text that a page can hold, cut to so many characters."""
        return printable(self._values.get(name, "")).strip()[:longest].strip()

    def flag(self, name: str) -> bool:
        """Whether something is asked for."""
        return self._values.get(name, "") not in {"", "0"}

    def read(self, name: str, reader: Callable[[str], _T]) -> _T | None:
        """What a reader, which raises ValueError for nonsense, makes of the first value."""
        text = self._values.get(name, "").strip()
        return self._read(name, text, reader) if text else None

    def read_all(self, name: str, reader: Callable[[str], _T]) -> tuple[_T, ...]:
        """What a reader makes of each value, each once, in a firm order."""
        texts = sorted({text.strip() for text in self._values.getlist(name)} - {""})
        read = [self._read(name, text, reader) for text in texts[:_MOST_VALUES]]
        return tuple(one for one in read if one is not None)

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number between these, both included."""
        return self.read(name, _number(least, most))

    def numbers(self, name: str, least: int, most: int) -> tuple[int, ...]:
        """Whole numbers between these, each once, the smallest first."""
        return tuple(sorted(self.read_all(name, _number(least, most))))

    def understood(self, name: str, meaning: _T | None) -> _T | None:
        """A meaning, having noted the name where there is none."""
        if meaning is None and name not in self.missed:
            self.missed.append(name)
        return meaning

    def _read(self, name: str, text: str, reader: Callable[[str], _T]) -> _T | None:
        try:
            return reader(text)
        except ValueError:
            return self.understood(name, None)


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        # int() would read +5, 1_000 and texts so long that it raises for another reason
        if not (text.isdecimal() and len(text) < 8 and least <= int(text) <= most):
            raise ValueError(text)
        return int(text)

    return read


def row_number(text: str) -> int:
    """The number of a row; a ValueError for what is none that a database can hold."""
    if not (text.isdecimal() and len(text) < 19):
        raise ValueError(text)
    return int(text)


def date_of(text: str) -> dt.date | None:
    """The date that a field of a form sends; None for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def as_box(text: str) -> Box:
    """West, south, east, north in degrees; a ValueError for anything else."""
    west, south, east, north = (float(part) for part in text.split(","))
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError(text)
    return Box(west, south, east, north)


def as_way(text: str) -> tuple[Point, ...]:
    """Two points or more, "lat,lon;lat,lon", to about 100 m; a ValueError for anything else."""
    pairs = [[float(part) for part in point.split(",")] for point in text.strip(";").split(";")]
    way = tuple(Point(round(lat, 3), round(lon, 3)) for lat, lon in pairs[:_MOST_POINTS])
    if len(way) < 2 or not all(abs(one.lat) <= 90 and abs(one.lon) <= 180 for one in way):
        raise ValueError(text)
    return way
