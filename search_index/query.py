"""What a visitor asks for and what the search answers."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

from ibasho.data.listings.facts import Fact
from ibasho.data.listings.kinds import Kind
from ibasho.data.schedule import Occurrence
from ibasho.search_index.ages import AgeGroup
from ibasho.search_index.opening import Hours

BESIDE_A_WAY_M = 300


@dataclass(frozen=True, slots=True)
class Point:
    """A point in WGS 84 degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Box:
    """What a map shows, in WGS 84 degrees; all four edges belong to it."""

    west: float
    south: float
    east: float
    north: float


class Sort(StrEnum):
    """What comes first; the value is its name in addresses."""

    BEST = "best"
    """By `ranking`: words, distance, next opening, freshness, completeness."""
    DISTANCE = "distance"
    DATE = "date"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """All conditions of one search; a field at its default is no condition.

    `text` is words between blanks, each of which must occur, or one of the words that stand for it
    in `also` (folded word → folded words). `near` is a place to measure from; there is no radius
    unless `within_m` (metres) says so. `along` is a way, two points or more: within `within_m` of
    it, or 300 m where that is not said. `district` is the name of a school district in which a
    place must lie or say that it does. `days` is a span of JST dates, both included: open on at
    least one of them. `weekdays` (Monday is 0) are those on which a place opens in the four weeks
    to come, at least one of them. `hours` are a time of the day at which it certainly opens on such
    a day, or else within a year; who does not say their hours does not. `age` is in years; `ages`,
    from one to below another, are those of a group such as 小学生, of which a place must take some.
    `facts` are what a place must say of itself. `free` asks for places where children pay nothing
    and somebody said so, `monthly_at_most` for those of which somebody said that one can come for
    so many yen a month.

    `sort` is None for what fits best: by distance with a place, by `ranking` with words, and by the
    next opening otherwise.
    """

    text: str = ""
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: frozenset[Kind] = frozenset()
    near: Point | None = None
    within_m: int | None = None
    along: tuple[Point, ...] = ()
    box: Box | None = None
    district: str = ""
    days: tuple[dt.date, dt.date] | None = None
    weekdays: frozenset[int] = frozenset()
    hours: Hours | None = None
    age: float | None = None
    ages: tuple[float, float] | None = None
    facts: frozenset[Fact] = frozenset()
    free: bool = False
    monthly_at_most: int | None = None
    sort: Sort | None = None
    limit: int = 20
    offset: int = 0

    @property
    def beside_m(self) -> int:
        """How far from the way a place may lie, in metres."""
        return self.within_m or BESIDE_A_WAY_M

    def without(self, names: Collection[str]) -> "SearchQuery":
        """The same without the conditions of these names, which are those of `dropped`."""
        gone = {field: value for name in names for field, value in _NO_CONDITION[name].items()}
        return replace(self, **gone) if gone else self


# What makes each condition that can give way no condition.
_NO_CONDITION: dict[str, dict[str, Any]] = {
    "text": {"text": "", "also": {}},
    "hours": {"hours": None},
    "days": {"days": None},
    "weekdays": {"weekdays": frozenset()},
    "facts": {"facts": frozenset()},
    "free": {"free": False},
    "monthly": {"monthly_at_most": None},
    "age": {"age": None, "ages": None},
    "within_m": {"within_m": None},
    "along": {"along": (), "within_m": None},
    "district": {"district": ""},
    "kinds": {"kinds": frozenset()},
    "box": {"box": None},
}


class Why(StrEnum):
    """Why a listing is where it is."""

    IN_NAME = "in_name"
    IN_TEXT = "in_text"
    IN_OTHER_WORDS = "in_other_words"
    """A word that stands for one of those that were asked for is among what it says."""
    OF_KIND = "of_kind"
    SIMILAR = "similar"


class Hit(NamedTuple):
    """One listing that was found.

    `distance_m` is None without a place to measure from, and for listings whose public position
    is unknown or a whole municipality. `next` is the first opening within the asked days, or else
    from today on. `why` says where the words were found, None where none were asked for.
    """

    id: str
    distance_m: int | None
    next: Occurrence | None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits; `total` counts all pages.

    `relaxed` says that nothing met every condition, and `dropped` names those that gave way:
    "hours", "days", "weekdays", "facts", "free", "monthly", "age", "within_m", "along",
    "district", "kinds", "text" (similar words, or none), "box". `mended` are the folded words that
    occur nowhere and were taken for typing errors, with the words that were looked for instead;
    `phrases` those that were taken for phrases, with the words that they are about, blanks between
    several.
    """

    total: int
    hits: tuple[Hit, ...]
    relaxed: bool
    dropped: tuple[str, ...]
    mended: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)

    @property
    def read_as(self) -> dict[str, str]:
        """All words that others were looked for instead of."""
        return {**self.mended, **self.phrases}


@dataclass(frozen=True, slots=True)
class Facets:
    """How many listings a further condition would leave, by its value; those that leave none are
    missing. `weekdays`, `facts` and `free` come to those that are set, the others take the place of
    the one that is."""

    kinds: Mapping[Kind, int]
    districts: Mapping[str, int]
    weekdays: Mapping[int, int]
    ages: Mapping[AgeGroup, int]
    facts: Mapping[Fact, int]
    free: int
