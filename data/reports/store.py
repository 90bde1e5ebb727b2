"""The only code that reads and writes the table of reports."""

import datetime as dt

from ibasho.data.clock import today
from ibasho.data.database import Database, transaction
from ibasho.data.record import write_record
from ibasho.data.reports.model import LONGEST_WORDS, Matter, Report
from ibasho.data.sealing import seal_words, unseal_words
from ibasho.data.text import printable

MOST_A_DAY = 20  # of one listing, with their words
_WORDS_KEPT = dt.timedelta(days=30)  # after a report is done, in case it was not
_OPEN = dt.timedelta(days=180)  # after it was sent; nobody asks a place about older ones


class UnknownReportError(LookupError):
    """There is no report of that id, or it is done already."""


def keep_report(db: Database, listing_id: str, matter: Matter, words: str) -> bool:
    """Keep what a visitor says of a public listing, at most `LONGEST_WORDS` characters of it.

    Beyond `MOST_A_DAY` a report is only counted: False where its words were not kept.
    """
    day = today().isoformat()
    words = printable(words).strip()[:LONGEST_WORDS]
    with transaction(db):
        _forget(db)
        kept = db.table("report").count_where("listing = ? AND sent_on = ?", [listing_id, day])
        if kept >= MOST_A_DAY and _counted(db, listing_id, matter, day):
            return not words
        is_kept = kept < MOST_A_DAY
        db.execute(
            "INSERT INTO report (listing, matter, words_sealed, sent_on) VALUES (?, ?, ?, ?)",
            [listing_id, matter, seal_words(db, words) if is_kept else "", day],
        )
        return is_kept or not words


def _counted(db: Database, listing_id: str, matter: Matter, day: str) -> bool:
    """Whether an open report of the same day and matter was there to be counted with."""
    row = db.execute(
        "UPDATE report SET times = times + 1 WHERE id = (SELECT max(id) FROM report"
        " WHERE listing = ? AND matter = ? AND sent_on = ? AND done_on IS NULL) RETURNING id",
        [listing_id, matter, day],
    ).fetchone()
    return row is not None


def read_open_reports(db: Database) -> list[Report]:
    """What nobody has dealt with yet, the oldest first."""
    rows = db.execute(
        "SELECT id, listing, matter, words_sealed, sent_on, times FROM report"
        " WHERE done_on IS NULL ORDER BY id"
    )
    return [
        Report(
            id_,
            listing,
            Matter(matter),
            unseal_words(db, sealed),
            dt.date.fromisoformat(sent_on),
            times,
        )
        for id_, listing, matter, sealed, sent_on, times in rows
    ]


def listing_of_report(db: Database, report_id: int) -> str:
    """The id of the listing that a report is about. Raises UnknownReportError."""
    row = db.execute("SELECT listing FROM report WHERE id = ?", [report_id]).fetchone()
    if row is None:
        raise UnknownReportError(report_id)
    return str(row[0])


def finish_report(db: Database, report_id: int, actor: str) -> None:
    """Say that a report is dealt with; what is old is forgotten.

    One transaction with its line in the record of the listing. Raises UnknownReportError.
    """
    with transaction(db):
        row = db.execute(
            "UPDATE report SET done_on = ? WHERE id = ? AND done_on IS NULL RETURNING listing",
            [today().isoformat(), report_id],
        ).fetchone()
        if row is None:
            raise UnknownReportError(report_id)
        _forget(db)
        write_record(db, actor, "finish_report", row[0], str(report_id))


def forget_reports(db: Database) -> None:
    """Forget the words of reports long done, and close those that nobody has dealt with for long.

    Every report that is sent or done does the same; this is for a site where none comes.
    """
    with transaction(db):
        _forget(db)


def _forget(db: Database) -> None:
    day = today()
    db.execute(
        "UPDATE report SET words_sealed = '', done_on = ? WHERE done_on IS NULL AND sent_on < ?",
        [day.isoformat(), (day - _OPEN).isoformat()],
    )
    db.execute(
        "UPDATE report SET words_sealed = '' WHERE done_on < ? AND words_sealed <> ''",
        [(day - _WORDS_KEPT).isoformat()],
    )
