"""Seals what stood in the open until 0023_sealed."""

import json
from collections.abc import Callable
from typing import Any

from sqlite_utils import Database

from ibasho.data.events.codec import event_from
from ibasho.data.listings.apart import set_apart
from ibasho.data.listings.codec import from_text
from ibasho.data.sealing import digest, seal, seal_words, unseal


def seal_what_is_open(db: Database) -> None:
    """Part of the transaction of the migration; after it nothing is left in the open."""
    for id_, body, reason in _rows(db, "SELECT id, body, reason_sealed FROM revision"):
        values = [*set_apart(db, from_text(body)), seal_words(db, reason), id_]
        db.execute(
            "UPDATE revision SET body = ?, sealed = ?, reason_sealed = ? WHERE id = ?", values
        )
    for id_, body in _rows(db, "SELECT id, body FROM event"):
        values = [*set_apart(db, event_from(json.loads(body))), id_]
        db.execute("UPDATE event SET body = ?, sealed = ? WHERE id = ?", values)
    for id_, words in _rows(db, "SELECT id, words_sealed FROM report"):
        db.execute("UPDATE report SET words_sealed = ? WHERE id = ?", [seal_words(db, words), id_])
    _seal_listings(db)
    _seal_leads(db)
    _seal_verdicts(db)


def _seal_listings(db: Database) -> None:
    sealed: dict[str, str] = {}

    def once(text: str) -> str:
        # equal texts alike: whether a row is as its import left it is seen by comparing the two
        return sealed.setdefault(text, seal_words(db, text if text != "{}" else ""))

    query = "SELECT id, identity_digest, reason_sealed, imported_sealed FROM listing"
    for id_, identity, reason, imported in _rows(db, query):
        db.execute(
            "UPDATE listing SET identity_digest = ?, reason_sealed = ?, imported_sealed = ?"
            " WHERE id = ?",
            [digest(db, identity), once(reason), once(imported), id_],
        )
    for run, listing, *texts in _rows(db, "SELECT run, listing, before, after FROM import_change"):
        rows = [text and json.dumps(_row(db, json.loads(text), once), ensure_ascii=False,
                                    sort_keys=True) for text in texts]  # fmt: skip
        db.execute(
            "UPDATE import_change SET before = ?, after = ? WHERE run = ? AND listing = ?",
            [*rows, run, listing],
        )


def _row(db: Database, row: dict[str, Any], once: Callable[[str], str]) -> dict[str, Any]:
    return row | {
        "identity_digest": digest(db, row.pop("identity")),
        "reason_sealed": once(row.pop("state_reason")),
        "imported_sealed": once(row.pop("imported")),
    }


def _seal_leads(db: Database) -> None:
    for id_, place, sealed in _rows(db, "SELECT id, place, sealed FROM lead"):
        content = json.loads(unseal(db, sealed)) | {"place": place}
        text = json.dumps(content, ensure_ascii=False)
        db.execute("UPDATE lead SET sealed = ? WHERE id = ?", [seal(db, text), id_])
    db.execute("ALTER TABLE lead DROP COLUMN place")


def _seal_verdicts(db: Database) -> None:
    query = """
      SELECT source, verdict, said, revision, run, decided_by, decided_at,
             identity, other, take, why FROM same_place_open"""
    for *values, identity, other, take, why in _rows(db, query):
        told = {"identity": identity, "other": other, "take": json.loads(take), "why": why}
        db.execute(
            "INSERT INTO same_place (source, verdict, said, revision, run, decided_by, decided_at,"
            " pair_digest, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*values, digest(db, f"{identity}\n{other}"),
             seal_words(db, json.dumps(told, ensure_ascii=False))],
        )  # fmt: skip
    db.execute("DROP TABLE same_place_open")


def _rows(db: Database, query: str) -> list[tuple[Any, ...]]:
    return list(db.execute(query).fetchall())
