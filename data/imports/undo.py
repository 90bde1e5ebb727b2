"""What an import has changed, and how all of it is taken back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.imports.runs import ClosedRunError, read_run
from ibasho.data.listings import State, store
from ibasho.data.listings.states import TAKEN_BACK
from ibasho.data.record import write_record

Rows = dict[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A listing that an import has made or changed. `is_undone`: it is as it was before."""

    listing: str
    is_new: bool
    is_undone: bool


def read_rows(db: Database) -> Rows:
    """The row of every listing as text, by its id: to see afterwards what has changed."""
    return {row["id"]: _text(row) for row in db.query("SELECT * FROM listing")}


def keep_changes(db: Database, run_id: int, before: Rows) -> None:
    """Note what differs from before; part of the transaction of the import."""
    for listing_id, after in read_rows(db).items():
        if before.get(listing_id) != after:
            db.table("import_change").insert(
                {
                    "run": run_id,
                    "listing": listing_id,
                    "before": before.get(listing_id),
                    "after": after,
                    "newest_revision": _newest(db, listing_id),
                }
            )


def read_changes(db: Database, run_id: int) -> list[Change]:
    """What an import has changed."""
    query = "SELECT * FROM import_change WHERE run = ? ORDER BY before IS NOT NULL, listing"
    return [
        Change(row["listing"], row["before"] is None, bool(row["is_undone"]))
        for row in db.query(query, [run_id])
    ]


def untouched(db: Database, run_id: int) -> set[str]:
    """The listings that are as an import has left them."""
    query = "SELECT * FROM import_change WHERE run = ?"
    return {row["listing"] for row in db.query(query, [run_id]) if _is_untouched(db, row)}


def go_along(db: Database, run_id: int, listings: Iterable[str]) -> None:
    """Count what has become of these since as part of the import: it is taken back with it."""
    for listing_id in listings:
        [row] = db.query("SELECT * FROM listing WHERE id = ?", [listing_id])
        db.execute(
            "UPDATE import_change SET after = ?, newest_revision = ? WHERE run = ? AND listing = ?",
            [_text(row), _newest(db, listing_id), run_id, listing_id],
        )


def undo_run(db: Database, run_id: int, actor: str) -> None:
    """Take back a published import: each listing is as it was before; those it made are archived.

    A listing that anybody has changed since, or for which a change waits, is left as it is. Each
    import can be taken back once. Raises ClosedRunError and UnknownRunError.
    """
    with transaction(db):
        if read_run(db, run_id).state != "published":
            raise ClosedRunError(str(run_id))
        query = "SELECT * FROM import_change WHERE run = ?"
        changes = [row for row in db.query(query, [run_id]) if _is_untouched(db, row)]
        for row in changes:  # first, for no two listings may have one ID of a source at a time
            store.set_source(db, row["listing"], None, None)
        for row in changes:
            _take_back(db, row["listing"], row["before"] and json.loads(row["before"]))
            store.note_for_index(db, row["listing"])
            write_record(db, actor, "undo_import", row["listing"], str(run_id))
            db.execute(
                "UPDATE import_change SET is_undone = 1 WHERE run = ? AND listing = ?",
                [run_id, row["listing"]],
            )
        db.execute("UPDATE same_place SET run = NULL WHERE run = ?", [run_id])
        db.table("import_run").update(
            run_id, {"state": "undone", "undone_at": now(), "undone_by": actor}
        )
        write_record(db, actor, "undo_import", f"import:{run_id}", str(len(changes)))


def _is_untouched(db: Database, change: Mapping[str, Any]) -> bool:
    [row] = db.query("SELECT * FROM listing WHERE id = ?", [change["listing"]])
    is_newest = _newest(db, change["listing"]) == change["newest_revision"]
    return bool(is_newest and _text(row) == change["after"])


def _take_back(db: Database, listing_id: str, before: dict[str, Any] | None) -> None:
    if before:
        db.table("listing").update(listing_id, before)
    else:
        # Without its source and what that said: the next edition may name the place anew.
        db.table("listing").update(listing_id, {"imported_sealed": "", "listed_on": None})
        store.set_state(db, listing_id, State.ARCHIVED, TAKEN_BACK)


def _newest(db: Database, listing_id: str) -> int:
    query = "SELECT coalesce(max(id), 0) FROM revision WHERE listing = ?"
    return int(db.execute(query, [listing_id]).fetchone()[0])


def _text(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)
