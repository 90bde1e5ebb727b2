"""The school holidays: their dates differ by town, and only who is told them knows them."""

import datetime as dt
import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ibasho.data.schedule.model import DayRange, Rule


class Season(enum.StrEnum):
    """One of the school holidays of a year; that of autumn is short, and not every town has it."""

    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"
    SPRING = "spring"


EVERY_SEASON = tuple(Season)
_LONG = (Season.SUMMER, Season.WINTER, Season.SPRING)

WIDEST: "dict[Season, DayRange]" = {
    Season.SUMMER: ("07-10", "09-05"),
    Season.AUTUMN: ("10-01", "11-10"),
    Season.WINTER: ("12-15", "01-20"),
    Season.SPRING: ("03-10", "04-12"),
}
"""The yearly days outside of which no town has these holidays: what lies there is certain."""

_NAMES = {"夏": Season.SUMMER, "秋": Season.AUTUMN, "冬": Season.WINTER, "春": Season.SPRING}
_LINE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*/\s*(\d{4}-\d{2}-\d{2})\s+(\S+)")


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    """One holiday of the schools of a town, first and last day included (JST).

    Raises ValueError where it ends before it begins or lies outside of `WIDEST`.
    """

    season: Season
    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        begin, end = _window(self.season, self.first)
        if not begin <= self.first <= self.last <= end:
            raise ValueError(f"{self.first}/{self.last} is no {self.season} holiday of a school")


@dataclass(frozen=True, slots=True)
class SchoolHolidays:
    """The school holidays of a town; a season of a year counts as known once one of its days is.

    Where the summer of a year is known and no autumn is, the town has none in that year.

    >>> SchoolHolidays.from_text("2026-07-21/2026-08-31 夏休み").periods[0].first
    datetime.date(2026, 7, 21)
    """

    periods: tuple[SchoolHoliday, ...] = ()

    @classmethod
    def from_text(cls, text: str) -> "SchoolHolidays":
        """From lines like "2026-07-21/2026-08-31 夏休み"; empty lines and # comments are left out.

        Raises ValueError, which names the line.
        """
        return cls(tuple(_holidays(text)))

    def during(self, rule: "Rule") -> "Iterator[Rule]":
        """The parts of a rule for school holidays alone (`Rule.only_school`) that are known."""
        for period in self.periods:
            if period.season in rule.only_school:
                yield from _between(replace(rule, only_school=()), period.first, period.last)

    def besides(self, rule: "Rule") -> "Iterator[Rule]":
        """The parts of a rule on days that might be school holidays (`WIDEST`) and are none."""
        known = {(one.season, _window(one.season, one.first)) for one in self.periods}
        summers = [begin for season, (begin, _) in known if season is Season.SUMMER]
        known |= {(Season.AUTUMN, _window(Season.AUTUMN, begin)) for begin in summers}
        for season, (begin, end) in sorted(known):
            if season not in rule.except_school:
                continue
            term = replace(rule, except_school=())
            day = begin
            for period in sorted(self.periods, key=lambda one: one.first):
                if period.season is season and begin <= period.first <= end:
                    yield from _between(term, day, period.first - dt.timedelta(days=1))
                    day = max(day, period.last + dt.timedelta(days=1))
            yield from _between(term, day, end)


NONE_KNOWN = SchoolHolidays()
"""For a town whose school holidays nobody has told."""


def seasons_in(text: str) -> tuple[Season, ...]:
    """夏休み → summer, 春・冬休み → spring and winter; 長期休暇 are all but that of autumn."""
    named = tuple(season for name, season in _NAMES.items() if name in text)
    return named or _LONG


def _window(season: Season, day: dt.date) -> tuple[dt.date, dt.date]:
    """The widest days of the season around a day."""
    first, last = WIDEST[season]
    wraps = last < first
    year = day.year - 1 if wraps and f"{day:%m-%d}" <= last else day.year
    return (
        dt.date.fromisoformat(f"{year}-{first}"),
        dt.date.fromisoformat(f"{year + wraps}-{last}"),
    )


def _between(rule: "Rule", first: dt.date, last: dt.date) -> "Iterator[Rule]":
    begin = max(first, rule.valid_from or first)
    end = min(last, rule.valid_to or last)
    # 隔週 counts from its own first date
    if begin <= end and rule.interval == 1:
        yield replace(rule, valid_from=begin, valid_to=end)


def _holidays(text: str) -> Iterator[SchoolHoliday]:
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        read = _LINE.fullmatch(said)
        named = [season for name, season in _NAMES.items() if read and name in read[3]]
        if read is None or len(named) != 1:
            raise ValueError(f"line {number} is none like 2026-07-21/2026-08-31 夏休み")
        try:
            first, last = map(dt.date.fromisoformat, (read[1], read[2]))
            yield SchoolHoliday(named[0], first, last)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error
