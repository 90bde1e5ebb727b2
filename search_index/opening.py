"""When a place should be open, as people ask for it, and which days that are."""

import datetime as dt
from enum import StrEnum


class Open(StrEnum):
    """Days by a word; the value is its name in addresses."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    SATURDAY = "saturday"
    WEEKEND = "weekend"
    WEEK = "week"


def days_of(open_: Open, today: dt.date) -> tuple[dt.date, dt.date]:
    """The JST days, both included, that are meant today; a weekend that runs is this one."""
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
