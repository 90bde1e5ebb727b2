"""How the lists of a source are read, remembered for its next file."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from ibasho.data.database import Database


def keep_mapping(
    db: Database, source: str, columns: Collection[str], options: Mapping[str, Any]
) -> None:
    """Remember how the lists of a source are read, and by which columns its file is known."""
    db.execute(
        "INSERT INTO import_mapping (source, columns, options) VALUES (?, ?, ?)"
        " ON CONFLICT (source) DO UPDATE"
        " SET columns = excluded.columns, options = excluded.options",
        [source, _key(columns), json.dumps(options, ensure_ascii=False)],
    )


def read_mapping(db: Database, source: str, columns: Collection[str]) -> dict[str, Any] | None:
    """How a file of this source is read; without a source, one that has the same columns."""
    query = """
      SELECT options FROM import_mapping
      WHERE source = :source OR (:source = '' AND columns = :columns)
      ORDER BY rowid DESC LIMIT 1"""
    row = db.execute(query, {"source": source, "columns": _key(columns)}).fetchone()
    return dict(json.loads(row[0])) if row else None


def read_mapped_sources(db: Database) -> list[str]:
    """The sources of which it is remembered, by name."""
    return [row[0] for row in db.execute("SELECT source FROM import_mapping ORDER BY source")]


def _key(columns: Collection[str]) -> str:
    return json.dumps(sorted(columns), ensure_ascii=False)
