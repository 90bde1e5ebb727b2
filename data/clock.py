"""What day and moment it is: dates are Japan's, moments are UTC."""

import datetime as dt
from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")


def today() -> dt.date:
    """The calendar date in Japan."""
    return japan_now().date()


def japan_now() -> dt.datetime:
    """This moment on the clock in Japan."""
    return dt.datetime.now(JST)


def now() -> str:
    """This moment as ISO 8601 in UTC with microseconds, which sorts as text."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


def japanese_time(moment: str) -> dt.datetime:
    """The clock in Japan at a moment that `now` wrote."""
    return dt.datetime.fromisoformat(moment).astimezone(JST)
