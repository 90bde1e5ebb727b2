"""How rows of a network are kept, and what of them as one sealed text."""

import json
from typing import Any

from ibasho.data.database import Database
from ibasho.data.sealing import seal, unseal


def seal_values(db: Database, values: dict[str, Any]) -> bytes:
    """Values that JSON knows, sealed together."""
    return seal(db, json.dumps(values, ensure_ascii=False))


def unseal_values(db: Database, sealed: bytes) -> dict[str, Any]:
    """The values that `seal_values` was given. Raises WrongKeyError."""
    values: dict[str, Any] = json.loads(unseal(db, sealed))
    return values


def insert_row(db: Database, table: str, values: dict[str, Any]) -> int:
    """Keep a new row, part of the caller's transaction; its number."""
    return int(db.table(table).insert(values, pk="id").last_pk or 0)
