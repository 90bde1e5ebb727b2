"""What the grammar finds in a text, before it is decided which dates that makes certain."""

import datetime as dt
from dataclasses import dataclass, field

from ibasho.data.schedule.model import EVERY_WEEKDAY, DayRange, Note
from ibasho.data.schedule.school import Season

Times = tuple[str | None, str | None]
"""Opening and closing time."""

ALL_MONTHS = tuple(range(1, 13))
WEEKS_A_MONTH = 365.25 / 12 / 7


@dataclass(frozen=True, slots=True)
class Closure:
    """Days that the text takes out again: 8月, 第1水曜, 祝日, 年末年始, a date."""

    months: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    nths: tuple[int, ...] = ()
    holidays: bool = False
    periods: tuple[DayRange, ...] = ()
    dates: tuple[dt.date, ...] = ()
    vague: bool = False
    """Its periods differ by town or year, and are given at their widest."""
    seasons: tuple[Season, ...] = ()
    off_days: bool = False
    """Every day without school, of which Saturday and Sunday are some."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Days that the text names.

    `every` says that the text itself names the repetition (毎週, 毎月, 月～金); without it a
    weekday or a day of the month names no certain date.
    """

    weekdays: tuple[int, ...] = ()
    nths: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    date: dt.date | None = None
    holidays: bool = False
    except_holidays: bool = False
    every: bool = False
    interval: int = 1
    closures: tuple[Closure, ...] = ()
    """What is taken out of these days alone: 8月を除く第4土曜."""

    @property
    def bare_weekdays(self) -> bool:
        """A weekday and nothing on how often it recurs."""
        return bool(self.weekdays) and not self.nths and not self.every

    @property
    def nths_alone(self) -> bool:
        """第3 without a weekday."""
        return bool(self.nths) and not self.weekdays


@dataclass(slots=True)
class Group:
    """Selectors that share months, a period of validity and times."""

    months: tuple[int, ...] = ()
    instead: bool = False
    """8月は第4土曜: in these months these days and no others."""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    counted_from: dt.date | None = None
    """The date from which it says that the days hold, and so from which 隔週 is counted."""
    selectors: list[Selector] = field(default_factory=list)
    times: list[Times] = field(default_factory=list)
    times_first: bool = False
    """11:00～13:00（第1土曜）: the days follow their times."""
    opens_as_before: str | None = None
    """When the days opened that were named before: 平日 8:30～17:15（水曜は19:00まで）."""
    apart: bool = False
    """Its times are those of a day that is named by no rule (12月20日は10時～)."""

    def limit(self, valid_from: dt.date | None, valid_to: dt.date | None) -> None:
        """Hold only from and to these dates, besides the limits that there are."""
        starts = [date for date in (self.valid_from, valid_from) if date]
        ends = [date for date in (self.valid_to, valid_to) if date]
        self.valid_from = max(starts, default=None)
        self.valid_to = min(ends, default=None)


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often: openings a month, from `low` to `high`; `weekly` as openings a week."""

    low: float
    high: float
    weekly: tuple[int, int] | None = None
    approximate: bool = False
    every_weeks: int = 0
    """隔週 is 2: once in so many weeks, told the week in which it starts."""

    @classmethod
    def per_week(cls, low: int, high: int, approximate: bool = False) -> "Frequency":
        """So many openings a week."""
        return cls(low * WEEKS_A_MONTH, high * WEEKS_A_MONTH, (low, high), approximate)

    def slowed(self, fewest: int, most: int) -> "Frequency":
        """The same once in every `fewest` to `most` weeks or months."""
        weekly = self.weekly if most == 1 else None
        return Frequency(self.low / most, self.high / fewest, weekly, self.approximate)


@dataclass(slots=True)
class Reading:
    """All that one text says about opening days."""

    groups: list[Group] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)
    frequencies: list[Frequency] = field(default_factory=list)
    only_months: tuple[int, ...] = ()
    only_school: tuple[Season, ...] = ()
    except_school: tuple[Season, ...] = ()
    notes: set[Note] = field(default_factory=set)
    leftover: list[str] = field(default_factory=list)
    void: bool = False
    """Something makes every date of the text uncertain."""
    irregular: bool = False
    suspended: bool = False

    @property
    def selectors(self) -> list[Selector]:
        """The selectors of all groups."""
        return [selector for group in self.groups for selector in group.selectors]

    @property
    def count(self) -> int:
        """How many selectors there are."""
        return sum([len(group.selectors) for group in self.groups])

    @property
    def weekdays(self) -> set[int]:
        """The weekdays of all groups."""
        return {day for group in self.groups for one in group.selectors for day in one.weekdays}

    @property
    def times(self) -> list[Times]:
        """The times of all groups."""
        return [times for group in self.groups for times in group.times]

    def doubt(self, *notes: Note) -> None:
        """No date of this text is certain, for these reasons."""
        self.void = True
        self.notes.update(notes)


def weekdays_from_to(first: int, last: int) -> tuple[int, ...]:
    """The weekdays from one to another, around the end of the week if need be."""
    return tuple(sorted((first + step) % 7 for step in range((last - first) % 7 + 1)))


def months_from_to(first: int, last: int) -> tuple[int, ...]:
    """The months from one to another, around the end of the year if need be."""
    return tuple(sorted((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)))


def months_without(months: tuple[int, ...], closed: tuple[int, ...]) -> tuple[int, ...]:
    """The months (empty means all) that remain when some are taken out; may be empty."""
    return tuple(month for month in months or ALL_MONTHS if month not in closed)


EVERY_DAY = Selector(weekdays=EVERY_WEEKDAY, every=True)
WORKING_DAYS = Selector(weekdays=(0, 1, 2, 3, 4), except_holidays=True, every=True)
