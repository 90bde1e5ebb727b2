"""The only code that reads and writes the table of reports."""

import datetime as dt

from ibasho.data.clock import today
from ibasho.data.database import Database, transaction
from ibasho.data.record import write_record
from ibasho.data.reports.model import LONGEST_WORDS, Matter, Report
from ibasho.data.text import printable

MOST_A_DAY = 20  # of one listing
_WORDS_KEPT = dt.timedelta(days=30)  # after a report is done, in case it was not


class TooManyReportsError(Exception):
    """Of this listing `MOST_A_DAY` reports have come today."""


class UnknownReportError(LookupError):
    """There is no report of that id, or it is done already."""


def keep_report(db: Database, listing_id: str, matter: Matter, words: str) -> None:
    """Keep what a visitor says of a public listing, at most `LONGEST_WORDS` characters of it.

    Raises TooManyReportsError.
    """
    day = today().isoformat()
    with transaction(db):
        if db.table("report").count_where("listing = ? AND sent_on = ?", [listing_id, day]) >= (
            MOST_A_DAY
        ):
            raise TooManyReportsError(listing_id)
        db.execute(
            "INSERT INTO report (listing, matter, words, sent_on) VALUES (?, ?, ?, ?)",
            [listing_id, matter, printable(words).strip()[:LONGEST_WORDS], day],
        )


def read_open_reports(db: Database) -> list[Report]:
    """What nobody has dealt with yet, the oldest first."""
    rows = db.execute(
        "SELECT id, listing, matter, words, sent_on FROM report WHERE done_on IS NULL ORDER BY id"
    )
    return [
        Report(id_, listing, Matter(matter), words, dt.date.fromisoformat(sent_on))
        for id_, listing, matter, words, sent_on in rows
    ]


def listing_of_report(db: Database, report_id: int) -> str:
    """The id of the listing that a report is about. Raises UnknownReportError."""
    row = db.execute("SELECT listing FROM report WHERE id = ?", [report_id]).fetchone()
    if row is None:
        raise UnknownReportError(report_id)
    return str(row[0])


def finish_report(db: Database, report_id: int, actor: str) -> None:
    """Say that a report is dealt with; words of those long done are forgotten.

    One transaction with its line in the record of the listing. Raises UnknownReportError.
    """
    day = today()
    with transaction(db):
        row = db.execute(
            "UPDATE report SET done_on = ? WHERE id = ? AND done_on IS NULL RETURNING listing",
            [day.isoformat(), report_id],
        ).fetchone()
        if row is None:
            raise UnknownReportError(report_id)
        db.execute(
            "UPDATE report SET words = '' WHERE done_on < ?", [(day - _WORDS_KEPT).isoformat()]
        )
        write_record(db, actor, "finish_report", row[0], str(report_id))
