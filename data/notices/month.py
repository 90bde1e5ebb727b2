"""The dates of one month, looked at together: which take place as the opening days say.

Confirmed dates are certain, and say nothing of the rest: the wording is as old as it was, and its
provider is asked for it when it is due (`ibasho.data.freshness`).
"""

import calendar
import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ibasho.data.clock import now, today
from ibasho.data.database import Database, transaction
from ibasho.data.fingerprint import fingerprint
from ibasho.data.listings import ConfirmedDate, DateNotice
from ibasho.data.listings.store import (
    UnknownListingError,
    note_for_index,
    read_public,
    read_stored,
)
from ibasho.data.notices.store import WrongDateError, close_on, open_on, take_back
from ibasho.data.record import write_record
from ibasho.data.schedule import NONE_KNOWN, Occurrence, Schedule, SchoolHolidays, occurrences


class MonthChangedError(Exception):
    """The dates are not those that somebody was shown."""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A JST date on which a place opens, or would if a notice did not close it.

    `is_regular` where the opening days name it. `confirmed_on` is the JST date on which all of its
    openings had been confirmed; None where one is not, and where it is closed.
    """

    date: dt.date
    openings: tuple[Occurrence, ...]
    is_regular: bool
    notice: DateNotice | None
    confirmed_on: dt.date | None

    @property
    def is_open(self) -> bool:
        """Whether it opens, as far as anybody said."""
        return self.notice is None or self.notice.is_open


@dataclass(frozen=True, slots=True)
class Month:
    """What is left of a month: from `first`, its first day or today, to `last`, both included."""

    first: dt.date
    last: dt.date
    days: tuple[MonthDay, ...]

    @property
    def seen(self) -> str:
        """What differs where any of its dates does."""
        return fingerprint(self.first, self.days)

    @property
    def confirmed_on(self) -> dt.date | None:
        """The JST date on which the last of its open days was confirmed; None where one is not."""
        days = [one.confirmed_on for one in self.days if one.is_open]
        said = [day for day in days if day]
        return max(said) if said and len(said) == len(days) else None


@dataclass(frozen=True, slots=True)
class FurtherDay:
    """A JST date that the opening days do not name, open from and to these times ("HH:MM")."""

    date: dt.date
    opens_at: str
    closes_at: str


def last_of_month(date: dt.date) -> dt.date:
    """The last day of the month in which a date lies."""
    return date.replace(day=calendar.monthrange(date.year, date.month)[1])


def read_month(
    db: Database, listing_id: str, date: dt.date, holidays: SchoolHolidays = NONE_KNOWN
) -> Month:
    """What is left of the month in which a JST date lies. Raises UnknownListingError where the
    listing is not public."""
    found = read_public(db, [listing_id])
    published = read_stored(db, listing_id).published if found else None
    if published is None:
        raise UnknownListingError(listing_id)
    schedule = published.body.schedule.with_school_holidays(holidays)
    first, last = max(date.replace(day=1), today()), last_of_month(date)
    [public] = found
    return Month(first, last, _days(schedule, public.notices, public.confirmed, first, last))


def confirm_month(
    db: Database,
    listing_id: str,
    date: dt.date,
    seen: str,
    open_days: Collection[dt.date],
    further: FurtherDay | None,
    actor: str,
    holidays: SchoolHolidays = NONE_KNOWN,
) -> None:
    """Say which days of the month of a JST date take place; all others of it are closed.

    `seen` is what `Month.seen` was. A day that was closed before is open again where it is among
    `open_days`; `further` is open as well. Raises MonthChangedError, WrongDateError for a further
    day of another month or past, WrongTimesError, UnknownListingError.
    """
    with transaction(db):
        month = read_month(db, listing_id, date, holidays)
        if month.seen != seen:
            raise MonthChangedError(listing_id)
        for one in month.days:
            _keep_day(db, listing_id, one, one.date in open_days, actor)
        if further:
            if not month.first <= further.date <= month.last:
                raise WrongDateError(further.date.isoformat())
            times = further.opens_at, further.closes_at
            open_on(db, listing_id, further.date, *times, "", actor)
        after = read_month(db, listing_id, date, holidays)
        _forget(db, listing_id, after)
        for opening in (part for one in after.days if one.is_open for part in one.openings):
            db.execute(
                "INSERT INTO date_confirmed (listing, on_date, opens_at, closes_at, said_by,"
                " said_at) VALUES (?, ?, ?, ?, ?, ?)",
                [listing_id, opening.date.isoformat(), opening.opens_at or "",
                 opening.closes_at or "", actor, now()],
            )  # fmt: skip
        note_for_index(db, listing_id)
        write_record(db, actor, "confirm_dates", listing_id, f"{date:%Y-%m}")


def confirm_months(
    db: Database,
    shown: Mapping[str, tuple[str, Collection[dt.date]]],
    date: dt.date,
    actor: str,
    holidays: SchoolHolidays = NONE_KNOWN,
) -> list[str]:
    """The same of many listings at once, each with what `Month.seen` was and its open days.

    Returns the listings whose dates are not those that were shown, or that nobody sees by now:
    they are left alone.
    """
    left = []
    with transaction(db):
        for listing_id, (seen, open_days) in shown.items():
            try:
                confirm_month(db, listing_id, date, seen, open_days, None, actor, holidays)
            except (MonthChangedError, UnknownListingError):
                left.append(listing_id)
    return left


def withdraw_month(db: Database, listing_id: str, date: dt.date, actor: str) -> None:
    """Take back what was confirmed of the month of a JST date; its notices stay.

    Raises UnknownListingError.
    """
    with transaction(db):
        if _forget(db, listing_id, read_month(db, listing_id, date)):
            note_for_index(db, listing_id)
            write_record(db, actor, "withdraw_dates", listing_id, f"{date:%Y-%m}")


def _keep_day(db: Database, listing_id: str, one: MonthDay, is_open: bool, actor: str) -> None:
    """Make a day open or closed; nothing is written where it is so already."""
    if one.is_open == is_open:
        return
    if one.notice and (is_open or not one.is_regular):
        take_back(db, listing_id, one.notice.id, actor)
    else:
        close_on(db, listing_id, one.date, "", actor)


def _days(
    schedule: Schedule,
    notices: Iterable[DateNotice],
    confirmed: Iterable[ConfirmedDate],
    first: dt.date,
    last: dt.date,
) -> tuple[MonthDay, ...]:
    regular: dict[dt.date, list[Occurrence]] = {}
    for one in occurrences(schedule, first, last):
        regular.setdefault(one.date, []).append(one)
    said = {one.date: one for one in notices if first <= one.date <= last}
    opened = {
        date: [Occurrence(date, one.opens_at, one.closes_at, confirm=False)]
        for date, one in said.items()
        if one.is_open
    }
    sure = {_key(one.opening): one.said_on for one in confirmed}
    days = []
    for date, openings in sorted((regular | opened).items()):
        notice = said.get(date)
        known = [sure.get(_key(one)) for one in openings]
        is_open = notice is None or notice.is_open
        on = max((day for day in known if day), default=None)
        days.append(MonthDay(date, tuple(openings), date in regular, notice,
                             on if is_open and None not in known else None))  # fmt: skip
    return tuple(days)


def _key(one: Occurrence) -> tuple[dt.date, str | None, str | None]:
    return one.date, one.opens_at, one.closes_at


def _forget(db: Database, listing_id: str, month: Month) -> bool:
    """Forget what was confirmed of a month, and of what has passed; whether anything was."""
    cursor = db.execute(
        "DELETE FROM date_confirmed WHERE listing = ? AND (on_date < ? OR on_date BETWEEN ? AND ?)",
        [listing_id, today().isoformat(), month.first.isoformat(), month.last.isoformat()],
    )
    return cursor.rowcount > 0
