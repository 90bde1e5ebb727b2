"""When a place should be open, as people ask for it: which days, and what time of the day."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from ibasho.data.schedule import public_holidays

Days = tuple[dt.date, dt.date]
"""JST dates from the first to the last, both included."""
DaysMeant = Callable[[dt.date], Days]
"""The days that a word means on a JST date."""


class Open(StrEnum):
    """Days by a word; the value is its name in addresses."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    SATURDAY = "saturday"
    WEEKEND = "weekend"
    WEEK = "week"


class Hours(NamedTuple):
    """A time of the day on Japan's clock, "09:00": from its beginning to before its end."""

    start: str
    end: str

    def meets(self, opens_at: str | None, closes_at: str | None) -> bool:
        """Whether an opening with these times certainly runs at some moment of these hours.

        One whose beginning is unknown never does; of one without an end only the beginning counts.
        """
        if not opens_at:
            return False
        closes_at = closes_at or opens_at
        if closes_at < opens_at:
            closes_at = "24:00"  # it ends after midnight
        return self.start <= opens_at < self.end or opens_at < self.start < closes_at


MORNING = Hours("05:00", "12:00")
AFTERNOON = Hours("12:00", "18:00")
EARLY_EVENING = Hours("16:00", "19:00")
EVENING = Hours("18:00", "24:00")


def days_ahead(first: int, last: int) -> DaysMeant:
    """So many days after today, 0 for today itself."""
    return lambda today: (today + dt.timedelta(first), today + dt.timedelta(last))


def coming(weekday: int, first: int = 0) -> DaysMeant:
    """The next day that is this weekday (Monday is 0), looked for from `first` days after today."""

    def meant(today: dt.date) -> Days:
        start = today + dt.timedelta(first)
        day = start + dt.timedelta((weekday - start.weekday()) % 7)
        return day, day

    return meant


def in_week(weeks: int, first: int = 0, last: int = 6) -> DaysMeant:
    """From one weekday to another so many weeks after this one; of what runs, what is left.

    A week begins on Monday.
    """

    def meant(today: dt.date) -> Days:
        monday = today - dt.timedelta(today.weekday()) + dt.timedelta(weeks=weeks)
        return max(today, monday + dt.timedelta(first)), monday + dt.timedelta(last)

    return meant


def next_public_holiday(today: dt.date) -> Days:
    """The next of Japan's public holidays, today included."""
    days = (today + dt.timedelta(ahead) for ahead in range(366))
    day = next((day for day in days if day in public_holidays(day.year)), today)
    return day, day


_MEANT: dict[Open, DaysMeant] = {
    Open.TODAY: days_ahead(0, 0),
    Open.TOMORROW: days_ahead(1, 1),
    Open.SATURDAY: coming(5),
    Open.WEEKEND: in_week(0, 5, 6),
    Open.WEEK: days_ahead(0, 6),
}


def days_of(open_: Open, today: dt.date) -> Days:
    """The JST days that are meant today; a weekend that runs is this one."""
    return _MEANT[open_](today)
