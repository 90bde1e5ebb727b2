"""Who did what and when, and who saw what is confidential: append-only, ids only.

Never a contact or a text. Persons are kept by their number, and named when the record is read.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ibasho.data.clock import beginning_of, now, today
from ibasho.data.database import Database, transaction


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done: by whom (an account's id or a command), what, and to what."""

    id: int
    at: str
    actor: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are asked for; what is empty asks for all.

    `subjects` are those that somebody may see or asks about, None for all. `first` and `last` are
    JST dates, both within.
    """

    subjects: Collection[str] | None = None
    actions: Collection[str] = ()
    actor: str = ""
    first: dt.date | None = None
    last: dt.date | None = None


def write_record(db: Database, actor: str, action: str, subject: str, detail: str = "") -> None:
    """Add one entry; part of the transaction of what it records."""
    db.execute(
        "INSERT INTO record (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
        [now(), actor, action, subject, detail],
    )


def record_view(db: Database, actor: str, *subjects: str) -> None:
    """Note that somebody is shown what is confidential to these things: once a JST day for each."""
    rows = db.execute(
        "SELECT value FROM json_each(:subjects) WHERE NOT EXISTS (SELECT 1 FROM record WHERE"
        " subject = value AND actor = :actor AND action = 'view' AND at >= :start)",
        {"subjects": json.dumps(subjects), "actor": actor, "start": beginning_of(today())},
    ).fetchall()
    if rows:
        with transaction(db):
            for (subject,) in rows:
                write_record(db, actor, "view", subject)


def read_record(
    db: Database, wanted: Wanted | str, before: int | None = None, limit: int = -1
) -> Iterator[Entry]:
    """The entries that are asked for, newest first; those of one subject where that is named.

    `before` is the id of the entry that the page before ended with; all where no limit is named.
    """
    if isinstance(wanted, str):
        wanted = Wanted([wanted])
    conditions, values = _conditions(wanted)
    if before is not None:
        conditions.append("id < :before")
        values["before"] = before
    where = " AND ".join(conditions) or "1"
    rows = db.query(
        f"SELECT * FROM record WHERE {where} ORDER BY id DESC LIMIT :limit",  # noqa: S608
        values | {"limit": limit},
    )
    return (Entry(**row) for row in rows)


def read_choices(
    db: Database, subjects: Collection[str] | None = None
) -> tuple[list[str], list[str]]:
    """Which actions and which actors there are about these subjects, or at all."""
    conditions, values = _conditions(Wanted(subjects))
    where = " AND ".join(conditions) or "1"
    actions, actors = (
        [row[0] for row in db.execute(
            f"SELECT DISTINCT {column} FROM record WHERE {where} ORDER BY 1", values)]  # noqa: S608
        for column in ("action", "actor")
    )  # fmt: skip
    return actions, actors


def read_sorts(db: Database) -> set[str]:
    """What sorts of things there are entries about: what their subjects begin with, else ""."""
    query = "SELECT DISTINCT substr(subject, 1, max(instr(subject, ':') - 1, 0)) FROM record"
    return {row[0] for row in db.execute(query).fetchall()}


def _conditions(wanted: Wanted) -> tuple[list[str], dict[str, object]]:
    conditions, values = list[str](), dict[str, object]()
    for column, names in (("subject", wanted.subjects), ("action", wanted.actions or None)):
        if names is not None:
            conditions.append(f"{column} IN (SELECT value FROM json_each(:{column}))")  # noqa: S608
            values[column] = json.dumps(sorted(names))
    if wanted.actor:
        conditions.append("actor = :actor")
        values["actor"] = wanted.actor
    if wanted.first:
        conditions.append("at >= :first")
        values["first"] = beginning_of(wanted.first)
    if wanted.last:
        conditions.append("at < :end")
        values["end"] = beginning_of(wanted.last + dt.timedelta(days=1))
    return conditions, values
