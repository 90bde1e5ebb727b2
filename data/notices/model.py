"""Whether there is room at a place just now, and until when that may be said."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from ibasho.data.schedule import Schedule, is_over, occurrences

_AHEAD = dt.timedelta(days=7)
_DAY = dt.timedelta(days=1)


class Light(StrEnum):
    """How much room there is; the value is the name in the form and in the API."""

    FREE = "free"
    FEW = "few"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class SaidLight:
    """A light, the moment at which it was said, and that from which on it is not so any more.

    Both moments are on Japan's clock; `until` is a whole minute. Who said it is not here.
    """

    light: Light
    said_at: dt.datetime
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class SaidOfLate:
    """What was last said of a listing, at a moment on Japan's clock: a light, or a JST date that is
    open or closed out of turn."""

    listing_id: str
    said_at: dt.datetime
    light: Light | None
    date: dt.date | None
    is_open: bool


def holds_until(schedule: Schedule, moment: dt.datetime) -> dt.datetime:
    """Until when a light holds that is said at a moment on Japan's clock, where nobody said.

    It speaks of the next opening: until the end of that day (midnight in Japan) where the opening
    is certain and lies within a week, otherwise for 24 hours.

    >>> from ibasho.data.schedule import read_phrase
    >>> saturday = dt.datetime(2026, 11, 28, 10, 20)
    >>> holds_until(read_phrase("毎週土曜 11:00～14:00"), saturday)
    datetime.datetime(2026, 11, 29, 0, 0)
    >>> holds_until(read_phrase("不定期"), saturday)
    datetime.datetime(2026, 11, 29, 10, 20)
    """
    day = moment.date()
    coming = (one for one in occurrences(schedule, day, day + _AHEAD) if not is_over(one, moment))
    first = next(coming, None)
    if first is None or first.confirm:
        return moment.replace(second=0, microsecond=0) + _DAY
    return dt.datetime.combine(first.date + _DAY, dt.time(), moment.tzinfo)
