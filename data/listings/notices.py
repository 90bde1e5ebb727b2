"""What was said of single dates of a listing: closed, open out of turn, or open as ever."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ibasho.data.clock import japanese_time
from ibasho.data.schedule import Occurrence, Schedule


@dataclass(frozen=True, slots=True)
class DateNotice:
    """One word on one JST date, the last that anybody said of it.

    Closed where `is_open` is not set, and then without times; open from and to these times
    ("HH:MM", Japan's clock) otherwise. `note` is a line in words, "" for none. Who said it
    is not here.
    """

    id: int
    date: dt.date
    is_open: bool
    opens_at: str | None = None
    closes_at: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmedDate:
    """An opening of which the place said on a JST date that it takes place; `confirm` is not set.

    Who said it is not here.
    """

    opening: Occurrence
    said_on: dt.date


def with_notices(
    schedule: Schedule, notices: Iterable[DateNotice], confirmed: Iterable[ConfirmedDate] = ()
) -> Schedule:
    """The schedule as these notices leave it; on their dates they count alone.

    What was confirmed is certain as long as the schedule has it at the same times.

    >>> from ibasho.data.schedule import next_occurrence, read_phrase
    >>> weekly = read_phrase("毎週土曜 10:00～12:00")
    >>> closed = DateNotice(1, dt.date(2026, 12, 5), is_open=False)
    >>> next_occurrence(with_notices(weekly, [closed]), dt.date(2026, 12, 1)).date
    datetime.date(2026, 12, 12)
    """
    said = tuple(notices)
    closed = {one.date for one in said if not one.is_open}
    return replace(
        schedule,
        closed_on=tuple(sorted({*schedule.closed_on, *closed})),
        special=tuple(
            Occurrence(one.date, one.opens_at, one.closes_at, confirm=False)
            for one in said
            if one.is_open
        ),
        confirmed=tuple(one.opening for one in confirmed),
    )


def notices_from_text(text: str) -> tuple[DateNotice, ...]:
    """The notices that the view `published` has beside a listing, in the order of their dates."""
    found = (
        DateNotice(
            id=row["id"],
            date=dt.date.fromisoformat(row["date"]),
            is_open=bool(row["is_open"]),
            opens_at=row["opens_at"],
            closes_at=row["closes_at"],
            note=row["note"],
        )
        for row in json.loads(text)
    )
    return tuple(sorted(found, key=lambda one: one.date))


def confirmed_from_text(text: str) -> tuple[ConfirmedDate, ...]:
    """The confirmed dates that the view `published` has beside a listing, in their order."""
    found = (
        ConfirmedDate(
            Occurrence(
                dt.date.fromisoformat(row["date"]),
                row["opens_at"] or None,
                row["closes_at"] or None,
                confirm=False,
            ),
            japanese_time(row["said_at"]).date(),
        )
        for row in json.loads(text)
    )
    return tuple(sorted(found, key=lambda one: (one.opening.date, one.opening.opens_at or "")))
