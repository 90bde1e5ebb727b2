"""What the people of a place say of it in two taps. Each is one transaction; each can be undone.

These are the only functions that read and write lights, and that write notices of dates; those
are read with the listing (`ibasho.data.listings.store.read_public`).
"""

import datetime as dt
import re

from ibasho.data.clock import JST, beginning_of, japan_now, japanese_time, now, today
from ibasho.data.database import Database, transaction
from ibasho.data.listings import PublicListing
from ibasho.data.listings.store import UnknownListingError, note_for_index, read_public
from ibasho.data.notices.model import Light, SaidLight, SaidOfLate, holds_until
from ibasho.data.record import write_record
from ibasho.data.schedule import NONE_KNOWN, SchoolHolidays
from ibasho.data.text import printable

LONGEST_NOTE = 100  # characters
FARTHEST = dt.timedelta(days=366)
_MINUTE = "%Y-%m-%dT%H:%M"
_TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


class WrongDateError(ValueError):
    """A notice is for a date from today on, within a year."""


class WrongTimesError(ValueError):
    """The times are not "HH:MM", or the closing time is not after the opening time."""


class UnknownNoticeError(LookupError):
    """This listing has no such notice, or it was taken back or replaced already."""


def say_light(
    db: Database,
    listing_id: str,
    light: Light,
    actor: str,
    holidays: SchoolHolidays = NONE_KNOWN,
    until: dt.datetime | None = None,
) -> None:
    """Say whether there is room, in place of what was said before.

    It holds until this moment on Japan's clock, to the minute; see `holds_until` for where nobody
    names one. Raises UnknownListingError where the listing is not public.
    """
    with transaction(db):
        schedule = _public(db, listing_id).schedule.with_school_holidays(holidays)
        end = until or holds_until(schedule, japan_now())
        db.execute(
            "INSERT OR REPLACE INTO light (listing, light, said_by, said_at, until)"
            " VALUES (?, ?, ?, ?, ?)",
            [listing_id, str(light), actor, now(), end.strftime(_MINUTE)],
        )
        write_record(db, actor, "say_light", listing_id, str(light))


def withdraw_light(db: Database, listing_id: str, actor: str) -> None:
    """Take back whatever was said about room; nothing happens where nothing was."""
    with transaction(db):
        if db.execute("DELETE FROM light WHERE listing = ?", [listing_id]).rowcount:
            write_record(db, actor, "withdraw_light", listing_id)


def read_lights(db: Database, moment: dt.datetime) -> dict[str, SaidLight]:
    """The lights that hold at a moment on Japan's clock, by listing."""
    rows = db.execute(
        "SELECT listing, light, said_at, until FROM light WHERE until > ?",
        [moment.strftime(_MINUTE)],
    )
    return {
        listing: SaidLight(
            Light(light),
            japanese_time(said_at),
            dt.datetime.strptime(until, _MINUTE).replace(tzinfo=JST),
        )
        for listing, light, said_at, until in rows
    }


def read_said_on(db: Database, day: dt.date) -> list[SaidOfLate]:
    """What was said on a JST date or since and still counts, the last first."""
    rows = db.execute(
        "SELECT listing, said_at, light, NULL, 0 FROM light WHERE said_at >= :start"
        " UNION ALL SELECT listing, said_at, NULL, on_date, is_open FROM date_notice"
        " WHERE said_at >= :start ORDER BY said_at DESC",
        {"start": beginning_of(day)},
    )
    return [
        SaidOfLate(
            listing,
            japanese_time(said_at),
            Light(light) if light else None,
            dt.date.fromisoformat(date) if date else None,
            bool(is_open),
        )
        for listing, said_at, light, date, is_open in rows
    ]


def close_on(db: Database, listing_id: str, date: dt.date, note: str, actor: str) -> None:
    """Say that a listing is closed on a JST date, whatever its opening days are (臨時休業).

    `note` is a line in words, of which `LONGEST_NOTE` characters are kept. What was said of that
    date before counts no more, nor does a light that would still be there on it. Raises
    WrongDateError, and UnknownListingError where the listing is not public.
    """
    with transaction(db):
        _keep(db, listing_id, date, None, note, actor)
        db.execute(
            "DELETE FROM light WHERE listing = ? AND until > ?",
            [listing_id, f"{date.isoformat()}T00:00"],
        )
        write_record(db, actor, "close_on", listing_id)


def open_on(
    db: Database,
    listing_id: str,
    date: dt.date,
    opens_at: str,
    closes_at: str,
    note: str,
    actor: str,
) -> None:
    """Say that a listing is open on a JST date from and to these times, and no others (臨時開催).

    The rest as for `close_on`; raises WrongTimesError too.
    """
    if not (_TIME.fullmatch(opens_at) and _TIME.fullmatch(closes_at) and opens_at < closes_at):
        raise WrongTimesError(f"{opens_at} to {closes_at}")
    with transaction(db):
        _keep(db, listing_id, date, (opens_at, closes_at), note, actor)
        write_record(db, actor, "open_on", listing_id)


def take_back(db: Database, listing_id: str, notice_id: int, actor: str) -> None:
    """Forget a notice: on its date the listing is what its opening days say.

    Raises UnknownNoticeError.
    """
    with transaction(db):
        if not db.execute(
            "DELETE FROM date_notice WHERE id = ? AND listing = ?", [notice_id, listing_id]
        ).rowcount:
            raise UnknownNoticeError(notice_id)
        note_for_index(db, listing_id)
        write_record(db, actor, "take_back", listing_id, str(notice_id))


def _keep(
    db: Database,
    listing_id: str,
    date: dt.date,
    times: tuple[str, str] | None,
    note: str,
    actor: str,
) -> None:
    """Keep the last word on a date; what was said of dates that have passed is forgotten."""
    day = today()
    if not day <= date <= day + FARTHEST:
        raise WrongDateError(date.isoformat())
    _public(db, listing_id)
    said_before = [listing_id, date.isoformat(), day.isoformat()]
    db.execute(
        "DELETE FROM date_notice WHERE listing = ? AND (on_date = ? OR on_date < ?)", said_before
    )
    db.execute(
        "DELETE FROM date_confirmed WHERE listing = ? AND (on_date = ? OR on_date < ?)", said_before
    )
    opens_at, closes_at = times or (None, None)
    db.execute(
        "INSERT INTO date_notice"
        " (listing, on_date, is_open, opens_at, closes_at, note, said_by, said_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [listing_id, date.isoformat(), int(times is not None), opens_at, closes_at,
         " ".join(printable(note).split())[:LONGEST_NOTE], actor, now()],
    )  # fmt: skip
    note_for_index(db, listing_id)


def _public(db: Database, listing_id: str) -> PublicListing:
    for found in read_public(db, [listing_id]):
        return found
    raise UnknownListingError(listing_id)
