"""What was said of single dates of a listing: closed out of turn, or open out of turn."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

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


def with_notices(schedule: Schedule, notices: Iterable[DateNotice]) -> Schedule:
    """The schedule as these notices leave it; on their dates they count alone.

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
