"""A list from its upload until it is published, put away or undone."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.record import write_record
from ibasho.data.sealing import seal_bytes, unseal_bytes

KEPT_DAYS = 30
MOST_BYTES = 20_000_000
ASKING_LASTS = dt.timedelta(minutes=30)  # at the most: 200 requests, and another list before it


class UnknownRunError(LookupError):
    """There is no such import."""


class ClosedRunError(Exception):
    """The import was published, put away or undone meanwhile."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking a service where the addresses of a list are.

    `since` is when it began (UTC), "" once it is over. `moved` counts the listings that lie nearer
    now; `is_failed` says that the service did not answer all.
    """

    since: str = ""
    moved: int = 0
    is_failed: bool = False

    @classmethod
    def begun(cls) -> "Asked":
        """It begins now."""
        return cls(now())

    @property
    def is_going_on(self) -> bool:
        """Whether it may still be asking; a process that was ended is not."""
        oldest = dt.datetime.now(dt.UTC) - ASKING_LASTS
        return bool(self.since) and dt.datetime.fromisoformat(self.since) > oldest


@dataclass(frozen=True, slots=True)
class Run:
    """One list: who brought it and when (UTC), its files' names, and what became of it.

    `options` says how it is read, as `ImportOptions` has it. `report` counts what was published.
    """

    id: int
    made_at: str
    made_by: str
    feed: int | None
    names: tuple[str, ...]
    options: dict[str, Any]
    state: str
    report: dict[str, Any]
    decided_at: str
    decided_by: str
    undone_at: str
    undone_by: str

    @property
    def asked(self) -> Asked | None:
        """Whether and with what result a service was asked where its addresses are."""
        found = self.report.get("asked")
        return Asked(**found) if found else None

    @property
    def subject(self) -> str:
        """By what the record names it."""
        return f"import:{self.id}"


def add_run(
    db: Database,
    files: Sequence[tuple[str, bytes]],
    options: Mapping[str, Any],
    actor: str,
    feed: int | None = None,
) -> int:
    """Keep a list, by the names and bytes of its files, until it is decided; return its id.

    An open list of the same feed is put away for it. What lies here too long is forgotten.
    """
    with transaction(db):
        forget_old(db)
        if feed is not None:
            db.execute(
                "UPDATE import_run SET state = 'dropped', decided_at = ?, decided_by = ?"
                " WHERE state = 'open' AND feed = ?",
                [now(), actor, feed],
            )
        run_id = int(
            db.execute(
                "INSERT INTO import_run (made_at, made_by, feed, names, options, state)"
                " VALUES (?, ?, ?, ?, ?, 'open')",
                [now(), actor, feed, _json([name for name, _ in files]), _json(options)],
            ).lastrowid
            or 0
        )
        for place, (name, data) in enumerate(files):
            db.table("import_file").insert(
                {"run": run_id, "place": place, "name": name, "sealed": seal_bytes(db, data)}
            )
        write_record(db, actor, "upload_import", f"import:{run_id}")
    return run_id


def read_run(db: Database, run_id: int) -> Run:
    """One list. Raises UnknownRunError."""
    for row in db.query("SELECT * FROM import_run WHERE id = ?", [run_id]):
        return _run(row)
    raise UnknownRunError(str(run_id))


def read_runs(db: Database) -> list[Run]:
    """All lists, those that wait first, then the newest."""
    query = "SELECT * FROM import_run ORDER BY state <> 'open', id DESC"
    return [_run(row) for row in db.query(query)]


def open_runs(db: Database) -> list[Run]:
    """Those that wait for a decision."""
    return [run for run in read_runs(db) if run.state == "open"]


def read_files(db: Database, run_id: int) -> list[tuple[str, bytes]]:
    """Names and bytes of the files of an open list. Raises ClosedRunError once they are gone."""
    query = "SELECT name, sealed FROM import_file WHERE run = ? ORDER BY place"
    found = [(row["name"], unseal_bytes(db, row["sealed"])) for row in db.query(query, [run_id])]
    if not found:
        raise ClosedRunError(str(run_id))
    return found


def set_options(db: Database, run_id: int, options: Mapping[str, Any]) -> None:
    """Read a list in another way from now on. Raises ClosedRunError."""
    with transaction(db):
        check_open(db, run_id)
        db.table("import_run").update(run_id, {"options": _json(options)})


def drop_run(db: Database, run_id: int, actor: str) -> None:
    """Put a list away without publishing anything of it. Raises ClosedRunError."""
    with transaction(db):
        check_open(db, run_id)
        close_run(db, run_id, "dropped", actor)
        write_record(db, actor, "drop_import", f"import:{run_id}")


def check_open(db: Database, run_id: int) -> Run:
    """The list, if it waits for a decision. Raises ClosedRunError and UnknownRunError."""
    run = read_run(db, run_id)
    if run.state != "open":
        raise ClosedRunError(str(run_id))
    return run


def close_run(
    db: Database, run_id: int, state: str, actor: str, report: Mapping[str, Any] | None = None
) -> None:
    """Note what was decided, and forget the files; part of the caller's transaction."""
    db.table("import_run").update(
        run_id,
        {
            "state": state,
            "report": _json(report) if report else None,
            "decided_at": now(),
            "decided_by": actor,
        },
    )
    db.execute("DELETE FROM import_file WHERE run = ?", [run_id])


def note_asked(db: Database, run_id: int, asked: Asked) -> None:
    """Keep what came of asking where the addresses of a published list are."""
    with transaction(db):
        report = read_run(db, run_id).report | {"asked": asdict(asked)}
        db.table("import_run").update(run_id, {"report": _json(report)})


def forget_old(db: Database) -> None:
    """Put away what nobody has decided for too long; part of the caller's transaction."""
    oldest = (dt.datetime.now(dt.UTC) - dt.timedelta(days=KEPT_DAYS)).isoformat()
    old = db.query("SELECT id FROM import_run WHERE state = 'open' AND made_at < ?", [oldest])
    for row in list(old):
        close_run(db, row["id"], "dropped", "")


def _run(row: dict[str, Any]) -> Run:
    return Run(
        id=row["id"],
        made_at=row["made_at"],
        made_by=row["made_by"],
        feed=row["feed"],
        names=tuple(json.loads(row["names"])),
        options=json.loads(row["options"]),
        state=row["state"],
        report=json.loads(row["report"] or "{}"),
        decided_at=row["decided_at"] or "",
        decided_by=row["decided_by"] or "",
        undone_at=row["undone_at"] or "",
        undone_by=row["undone_by"] or "",
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
