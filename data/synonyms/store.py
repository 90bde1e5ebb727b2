"""The only code that reads and writes the table of groups."""

from typing import Any, NamedTuple

from ibasho.data.database import Database, transaction
from ibasho.data.record import write_record
from ibasho.data.synonyms.model import SEPARATOR, SynonymGroup


class UnknownGroupError(LookupError):
    """There is no group of that id, or no longer."""


class StoredGroup(NamedTuple):
    """A group and how often it was written: whoever changes it says which version they saw."""

    id: int
    version: int
    group: SynonymGroup


class StaleGroupError(Exception):
    """Somebody else has changed the group meanwhile; `newest` is what they wrote."""

    def __init__(self, newest: StoredGroup) -> None:
        super().__init__(newest.id)
        self.newest = newest


def read_groups(db: Database) -> tuple[SynonymGroup, ...]:
    """All groups, the oldest first."""
    return tuple(stored.group for stored in read_stored_groups(db))


def read_stored_groups(db: Database) -> list[StoredGroup]:
    """All groups, the oldest first, as they can be changed."""
    return list(map(_stored, db.query("SELECT * FROM synonym_group ORDER BY id")))


def read_group(db: Database, group_id: int) -> StoredGroup:
    """One group. Raises UnknownGroupError."""
    for row in db.query("SELECT * FROM synonym_group WHERE id = ?", [group_id]):
        return _stored(row)
    raise UnknownGroupError(group_id)


def add_group(db: Database, group: SynonymGroup, actor: str) -> int:
    """Keep a new group and return its id; one transaction with its line in the record."""
    with transaction(db):
        db.execute(
            "INSERT INTO synonym_group (words, finds) VALUES (:words, :finds)", _texts(group)
        )
        group_id = int(db.execute("SELECT last_insert_rowid()").fetchone()[0])
        write_record(db, actor, "add_synonyms", f"synonyms:{group_id}")
    return group_id


def change_group(
    db: Database, group_id: int, version: int | None, group: SynonymGroup, actor: str
) -> None:
    """Write a group anew; `version` is the one that was seen.

    One transaction with its line in the record. Raises UnknownGroupError and StaleGroupError.
    """
    with transaction(db):
        _check_seen(db, group_id, version)
        db.execute(
            "UPDATE synonym_group SET words = :words, finds = :finds, version = version + 1"
            " WHERE id = :id",
            _texts(group) | {"id": group_id},
        )
        write_record(db, actor, "change_synonyms", f"synonyms:{group_id}")


def remove_group(db: Database, group_id: int, version: int | None, actor: str) -> None:
    """Take a group out; `version` is the one that was seen.

    One transaction with its line in the record. Raises UnknownGroupError and StaleGroupError.
    """
    with transaction(db):
        _check_seen(db, group_id, version)
        db.execute("DELETE FROM synonym_group WHERE id = ?", [group_id])
        write_record(db, actor, "remove_synonyms", f"synonyms:{group_id}")


def _check_seen(db: Database, group_id: int, version: int | None) -> None:
    newest = read_group(db, group_id)
    if newest.version != version:
        raise StaleGroupError(newest)


def _texts(group: SynonymGroup) -> dict[str, Any]:
    return {"words": SEPARATOR.join(group.words), "finds": SEPARATOR.join(group.finds)}


def _stored(row: dict[str, Any]) -> StoredGroup:
    words, finds = (tuple(filter(None, row[name].split(SEPARATOR))) for name in ("words", "finds"))
    return StoredGroup(row["id"], row["version"], SynonymGroup(words, finds))
