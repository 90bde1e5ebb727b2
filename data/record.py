"""Who did what and when: append-only, ids only, never a contact or a text."""

from collections.abc import Iterator
from dataclasses import dataclass

from ibasho.data.clock import now
from ibasho.data.database import Database


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done: by whom (an account's id or a command), what, and to what."""

    at: str
    actor: str
    action: str
    subject: str
    detail: str


def write_record(db: Database, actor: str, action: str, subject: str, detail: str = "") -> None:
    """Add one entry; part of the transaction of what it records."""
    db.execute(
        "INSERT INTO record (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
        [now(), actor, action, subject, detail],
    )


def read_record(db: Database, subject: str) -> Iterator[Entry]:
    """What was done to one subject, newest first."""
    rows = db.query(
        "SELECT at, actor, action, subject, detail FROM record WHERE subject = ? ORDER BY id DESC",
        [subject],
    )
    return (Entry(**row) for row in rows)
