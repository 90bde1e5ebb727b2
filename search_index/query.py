"""What a visitor asks for and what the search answers."""

import datetime as dt
from dataclasses import dataclass

from ibasho.data.listings.kinds import Kind
from ibasho.data.schedule import Occurrence


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


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """All conditions of one search; a field at its default is no condition.

    `text` is words between blanks, each of which must occur. With `near` the order is by
    distance, and there is no radius unless `within_m` (metres) says so. `days` is a span of JST
    dates, both included: open on at least one of them. `age` is in years. `free` asks for places
    where children pay nothing and somebody said so, `monthly_at_most` for those of which somebody
    said that one can come for so many yen a month.
    """

    text: str = ""
    kinds: frozenset[Kind] = frozenset()
    near: Point | None = None
    within_m: int | None = None
    box: Box | None = None
    days: tuple[dt.date, dt.date] | None = None
    age: float | None = None
    free: bool = False
    monthly_at_most: int | None = None
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One listing that was found.

    `distance_m` is None without a place to measure from, and for listings whose public position
    is unknown or a whole municipality. `next` is the first opening within the asked days, or else
    from today on.
    """

    id: str
    distance_m: int | None
    next: Occurrence | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits; `total` counts all pages.

    `relaxed` says that nothing met every condition, and `dropped` names those that gave way:
    "days", "free", "monthly", "age", "within_m", "kinds", "text" (similar words, or none), "box".
    """

    total: int
    hits: tuple[Hit, ...]
    relaxed: bool
    dropped: tuple[str, ...]
