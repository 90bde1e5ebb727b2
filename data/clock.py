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


def now(later: dt.timedelta = dt.timedelta()) -> str:
    """This moment, or one `later`, as ISO 8601 in UTC with microseconds, which sorts as text."""
    return (dt.datetime.now(dt.UTC) + later).isoformat(timespec="microseconds")


def seconds() -> float:
    """This moment in seconds since 1970."""
    return dt.datetime.now(dt.UTC).timestamp()


def japanese_time(moment: str) -> dt.datetime:
    """The clock in Japan at a moment that `now` wrote."""
    return dt.datetime.fromisoformat(moment).astimezone(JST)


def beginning_of(date: dt.date) -> str:
    """The moment at which a JST date begins, as `now` writes it."""
    midnight = dt.datetime.combine(date, dt.time(), JST)
    return midnight.astimezone(dt.UTC).isoformat(timespec="microseconds")
