"""The only code that reads and writes the tables of reminders and answers."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ibasho.data.clock import now
from ibasho.data.database import Database
from ibasho.data.freshness.rules import Step
from ibasho.data.sealing import seal, unseal


class AnswerKind(StrEnum):
    """What a provider said."""

    CHANGE = "change"
    STOPPED = "stopped"


class UnknownAnswerError(LookupError):
    """There is no such answer, or it is dealt with already."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answered on a JST date; `words` are for the office alone.

    `revision` is the wording that waits, of a change; `last_day` that of a place that has stopped.
    """

    id: int
    listing_id: str
    kind: AnswerKind
    revision: int | None
    last_day: dt.date | None
    words: str
    answered_on: dt.date


def read_steps(db: Database) -> dict[tuple[str, int], dict[Step, dt.date]]:
    """Which steps were taken, and on which days, by listing and wording."""
    found: dict[tuple[str, int], dict[Step, dt.date]] = {}
    for listing, revision, step, day in db.execute(
        "SELECT listing, revision, step, done_on FROM reminder"
    ):
        found.setdefault((listing, revision), {})[Step(step)] = dt.date.fromisoformat(day)
    return found


def keep_step(db: Database, listing_id: str, revision: int, step: Step, day: dt.date) -> bool:
    """Note that a step is taken; False where it was before."""
    cursor = db.execute(
        "INSERT INTO reminder (listing, revision, step, done_on) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        [listing_id, revision, str(step), day.isoformat()],
    )
    return cursor.rowcount == 1


def insert_answer(
    db: Database,
    listing_id: str,
    kind: AnswerKind,
    words: str,
    day: dt.date,
    revision: int | None = None,
    last_day: dt.date | None = None,
) -> int:
    """Keep what a provider said, until somebody has dealt with it; its number."""
    kept = db.table("answer").insert(
        {
            "listing": listing_id,
            "kind": str(kind),
            "revision": revision,
            "last_day": last_day.isoformat() if last_day else None,
            "sealed": seal(db, words),
            "answered_on": day.isoformat(),
            "done_at": None,
        }
    )
    return int(kept.last_pk or 0)


def read_answers(db: Database) -> Iterator[Answer]:
    """What nobody has dealt with yet, the oldest first; a correction as long as it waits."""
    query = """
      SELECT answer.* FROM answer LEFT JOIN revision ON revision.id = answer.revision
      WHERE done_at IS NULL AND (revision.id IS NULL OR decision = 'waiting')
      ORDER BY answer.id"""
    for row in db.query(query):
        yield Answer(
            id=row["id"],
            listing_id=row["listing"],
            kind=AnswerKind(row["kind"]),
            revision=row["revision"],
            last_day=dt.date.fromisoformat(row["last_day"]) if row["last_day"] else None,
            words=unseal(db, row["sealed"]),
            answered_on=dt.date.fromisoformat(row["answered_on"]),
        )


def listing_of_answer(db: Database, answer_id: int) -> str:
    """The listing that an answer is about. Raises UnknownAnswerError."""
    row = db.execute("SELECT listing FROM answer WHERE id = ?", [answer_id]).fetchone()
    if row is None:
        raise UnknownAnswerError(answer_id)
    return str(row[0])


def close_answer(db: Database, answer_id: int) -> str:
    """Take an answer off the list; its listing. Raises UnknownAnswerError."""
    row = db.execute(
        "UPDATE answer SET done_at = ? WHERE id = ? AND done_at IS NULL RETURNING listing",
        [now(), answer_id],
    ).fetchone()
    if row is None:
        raise UnknownAnswerError(answer_id)
    return str(row[0])
