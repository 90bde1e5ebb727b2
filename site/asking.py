"""What a visitor asked for: from the address of a page to one query, and back to an address."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from ibasho.data.geocode import Level
from ibasho.data.listings import Kind
from ibasho.data.text import printable
from ibasho.search_index import Box, Place, Point, SearchQuery, kinds_meant, read_place

PAGE_SIZE = 20
_LONGEST_TEXT = 200
_LONGEST_PLACE = 200


class Open(StrEnum):
    """When a place should be open, as people ask for it."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    SATURDAY = "saturday"
    WEEKEND = "weekend"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query together with the words in which it was asked.

    `place` is where the visitor wants to be near, None where none was asked or it was not found;
    `monthly` is the most in yen that a month may cost; `not_understood` names the conditions that
    no meaning could be found for.
    """

    query: SearchQuery
    text: str = ""
    kind: Kind | None = None
    near: str = ""
    place: Place | None = None
    on: dt.date | None = None
    open: Open | None = None
    age: int | None = None
    free: bool = False
    monthly: int | None = None
    within: int | None = None
    page: int = 1
    not_understood: tuple[str, ...] = ()

    @property
    def origin(self) -> Place | None:
        """Where the visitor wants to be near, no more exact than a town or about 100 m."""
        if self.place is None or self.place.level is not Level.PIN:
            return self.place
        point = Point(round(self.place.point.lat, 3), round(self.place.point.lon, 3))
        return replace(self.place, point=point, label=f"{point.lat:.3f},{point.lon:.3f}")

    @property
    def rounded_near(self) -> str:
        """The origin as it may stand in a link; "" where there is none."""
        return self.origin.label if self.origin else ""

    def arguments(self, **changes: str | int | None) -> dict[str, str]:
        """The conditions as they may stand in a link: where someone lives is rounded."""
        values = {
            "q": self.text,
            "kind": self.kind,
            "near": self.rounded_near,
            "within": self.within,
            "on": self.on,
            "open": self.open,
            "age": self.age,
            "free": 1 if self.free else None,
            "monthly": self.monthly,
            "page": self.page if self.page > 1 else None,
        } | changes
        return {name: str(value) for name, value in values.items() if value not in {None, ""}}


def read_asked(
    arguments: Mapping[str, str],
    today: dt.date,
    find_place: Callable[[str], Place | None] = read_place,
) -> Asked:
    """The query in the arguments of an address; nonsense is named, never an error.

    `today` is the JST date; `find_place` knows what visitors of this site mean by a place.
    """
    missed: list[str] = []

    def number(name: str, least: int, most: int) -> int | None:
        text = arguments.get(name, "").strip()
        if text and not (text.isdecimal() and len(text) < 8 and least <= int(text) <= most):
            missed.append(name)
            return None
        return int(text) if text else None

    near = printable(arguments.get("near", "")).strip()[:_LONGEST_PLACE]
    place = find_place(near) if near else None
    if near and place is None:
        missed.append("near")
    if place is None and arguments.get("within", "").strip():
        missed.append("within")
    kind = _member(Kind, arguments.get("kind", ""), "kind", missed)
    on = _date(arguments.get("on", ""), missed)
    # A day of its own says more than a word like weekend, which then is no condition any more.
    open_ = None if on else _member(Open, arguments.get("open", ""), "open", missed)
    page = number("page", 1, 5_000) or 1
    asked = Asked(
        query=SearchQuery(),
        text=printable(arguments.get("q", "")).strip()[:_LONGEST_TEXT],
        kind=kind,
        near=near,
        place=place,
        on=on,
        open=open_,
        age=number("age", 0, 120),
        free=arguments.get("free", "") not in {"", "0"},
        monthly=number("monthly", 0, 1_000_000),
        within=number("within", 1, 1_000_000) if place else None,
        page=page,
    )
    query = SearchQuery(
        text=asked.text,
        kinds=frozenset({kind}) if kind else kinds_meant(asked.text),
        near=place.point if place else None,
        within_m=asked.within,
        box=_box(arguments.get("bbox", ""), missed),
        days=(on, on) if on else _days(open_, today),
        age=asked.age,
        free=asked.free,
        monthly_at_most=asked.monthly,
        limit=PAGE_SIZE,
        offset=(page - 1) * PAGE_SIZE,
    )
    return replace(asked, query=query, not_understood=tuple(missed))


def _days(open_: Open | None, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The JST days, both included, of a word like weekend; a weekend that runs is this one."""
    if open_ is None:
        return None
    if open_ is Open.TODAY:
        return today, today
    if open_ is Open.TOMORROW:
        return (tomorrow := today + dt.timedelta(days=1)), tomorrow
    if open_ is Open.WEEK:
        return today, today + dt.timedelta(days=6)
    if open_ is Open.SATURDAY:
        return (saturday := today + dt.timedelta(days=(5 - today.weekday()) % 7)), saturday
    sunday = today + dt.timedelta(days=6 - today.weekday())
    return max(today, sunday - dt.timedelta(days=1)), sunday


_E = TypeVar("_E", bound=StrEnum)


def _member(enum: type[_E], text: str, name: str, missed: list[str]) -> _E | None:
    if text and text not in list(enum):
        missed.append(name)
        return None
    return enum(text) if text else None


def _date(text: str, missed: list[str]) -> dt.date | None:
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        missed.append("on")
        return None


def _box(text: str, missed: list[str]) -> Box | None:
    """West, south, east, north in degrees."""
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        missed.append("bbox")
        return None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        missed.append("bbox")
        return None
    return Box(west, south, east, north)
