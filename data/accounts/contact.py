"""Mail address and name of an account lie sealed; a digest of the address finds it."""

import json
from collections.abc import Iterator
from typing import Any

from ibasho.data.database import Database
from ibasho.data.sealing import digest, seal_words, unseal_words


def contact_columns(db: Database, email: str, name: str) -> dict[str, str]:
    """What an account's row has of who it is."""
    email = email.strip()
    told = json.dumps([email, name], ensure_ascii=False)
    return {"email_digest": _digest(db, email), "contact_sealed": seal_words(db, told)}


def contact_of(db: Database, row: dict[str, Any]) -> tuple[str, str]:
    """The mail address and the name in an account's row. Raises WrongKeyError."""
    email, name = json.loads(unseal_words(db, row["contact_sealed"]))
    return str(email), str(name)


def find_row(db: Database, email: str) -> dict[str, Any] | None:
    """The row of the account with this mail address, large letters or small."""
    query = "SELECT * FROM account WHERE email_digest = ?"
    return next(db.query(query, [_digest(db, email)]), None)


def read_contacts(db: Database, condition: str = "1") -> Iterator[tuple[int, str, str]]:
    """Number, mail address and name of the accounts for which an SQL condition of ours holds."""
    query = f"SELECT id, contact_sealed FROM account WHERE {condition} ORDER BY id"  # noqa: S608 (our names)
    for row in db.query(query):
        yield row["id"], *contact_of(db, row)


def _digest(db: Database, email: str) -> str:
    return digest(db, f"account {email.strip().casefold()}")
