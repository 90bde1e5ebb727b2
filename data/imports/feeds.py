"""Lists on the web that are fetched again: where they lie, how often, and what came of it."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.record import write_record

MOST_DAYS = 366


class UnknownFeedError(LookupError):
    """There is no such source."""


class SameNameError(Exception):
    """Another source has this name."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A list at a web address, and how it is read. `checked_at` is UTC, "" before the first time.

    `problem` is why the last time gave nothing, or "".
    """

    id: int
    name: str
    url: str
    options: dict[str, Any]
    every_days: int
    etag: str
    last_modified: str
    checked_at: str
    problem: str

    def is_due(self, moment: dt.datetime) -> bool:
        """Whether it is to be fetched by now (UTC)."""
        if not self.checked_at:
            return True
        return moment - dt.datetime.fromisoformat(self.checked_at) >= dt.timedelta(self.every_days)


def read_feeds(db: Database) -> list[Feed]:
    """All sources, by name."""
    return [_feed(row) for row in db.query("SELECT * FROM import_feed ORDER BY name")]


def read_feed(db: Database, feed_id: int) -> Feed:
    """One source. Raises UnknownFeedError."""
    for row in db.query("SELECT * FROM import_feed WHERE id = ?", [feed_id]):
        return _feed(row)
    raise UnknownFeedError(str(feed_id))


def keep_feed(
    db: Database,
    feed_id: int | None,
    name: str,
    url: str,
    options: Mapping[str, Any],
    every_days: int,
    actor: str,
) -> int:
    """Add a source, or change one; return its id. Raises SameNameError and UnknownFeedError.

    A changed one is fetched anew, whatever edition is known.
    """
    values = {
        "name": name,
        "url": url,
        "options": json.dumps(options, ensure_ascii=False),
        "every_days": every_days,
        "etag": "",
        "last_modified": "",
        "checked_at": None,
        "problem": "",
    }
    with transaction(db):
        query = "SELECT id FROM import_feed WHERE name = ? AND id <> coalesce(?, 0)"
        if db.execute(query, [name, feed_id]).fetchone():
            raise SameNameError(name)
        if feed_id is None:
            db.table("import_feed").insert(values)
            feed_id = int(db.execute("SELECT last_insert_rowid()").fetchone()[0])
        else:
            read_feed(db, feed_id)
            db.table("import_feed").update(feed_id, values)
        write_record(db, actor, "keep_feed", f"feed:{feed_id}")
    return feed_id


def remove_feed(db: Database, feed_id: int, actor: str) -> None:
    """Fetch a source no more; what it brought stays. Raises UnknownFeedError."""
    with transaction(db):
        read_feed(db, feed_id)
        db.execute("DELETE FROM import_feed WHERE id = ?", [feed_id])
        write_record(db, actor, "remove_feed", f"feed:{feed_id}")


def note_fetched(
    db: Database, feed_id: int, etag: str = "", last_modified: str = "", problem: str = ""
) -> None:
    """Note when a source was asked for, and the edition that it gave or why it gave none."""
    db.table("import_feed").update(
        feed_id,
        {
            "checked_at": now(),
            "problem": problem,
            "etag": etag,
            "last_modified": last_modified,
        },
    )


def _feed(row: dict[str, Any]) -> Feed:
    values = {"options": json.loads(row["options"]), "checked_at": row["checked_at"] or ""}
    return Feed(**row | values)
