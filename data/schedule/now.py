"""Whether a place is open at this very moment: said only where the text leaves no doubt."""

import datetime as dt
from dataclasses import dataclass

from ibasho.data.schedule.dates import occurrences
from ibasho.data.schedule.model import Occurrence, Schedule

# Far enough for the next day after the New Year's or Obon holidays.
_HORIZON = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Moment:
    """The opening that runs now, if one does for certain, and the next that has yet to begin."""

    open_now: Occurrence | None
    next: Occurrence | None


def is_over(occurrence: Occurrence, moment: dt.datetime) -> bool:
    """Whether an opening has certainly ended at a moment on Japan's clock.

    One that has no closing time, or ends after midnight, is over with its day.
    """
    if occurrence.date != moment.date():
        return occurrence.date < moment.date()
    closes_at = occurrence.closes_at or ""
    return (occurrence.opens_at or "") < closes_at <= f"{moment:%H:%M}"


def at(schedule: Schedule, moment: dt.datetime) -> Moment:
    """What a schedule says of a moment on Japan's clock, within a month.

    An opening without both of its times, or on a date that is to be confirmed, never counts as
    open now; without an opening time it counts as next on later days only.

    >>> from ibasho.data.schedule import read_phrase
    >>> noon = dt.datetime(2026, 12, 12, 12)
    >>> at(read_phrase("第2土曜 11:30～14:00"), noon).open_now.closes_at
    '14:00'
    """
    today, time = moment.date(), f"{moment:%H:%M}"
    found = occurrences(schedule, today, today + _HORIZON)
    running = (
        one
        for one in found
        if one.date == today
        and not one.confirm
        and one.opens_at
        and one.closes_at
        and one.opens_at <= time < one.closes_at
    )
    coming = (one for one in found if one.date > today or (one.opens_at and one.opens_at > time))
    return Moment(next(running, None), next(coming, None))
