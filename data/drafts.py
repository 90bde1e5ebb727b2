"""What somebody has typed into a form and not sent yet: kept sealed, for them alone, 30 days."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.sealing import WrongKeyError, seal, unseal

DAYS = 30


class UnknownDraftError(LookupError):
    """There is no draft of that id for this account."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was left: each field's values by its name. `saved_at` is UTC.

    `listing_id` is None for a listing that is not listed yet.
    """

    id: str
    listing_id: str | None
    fields: dict[str, list[str]]
    saved_at: str


def keep_draft(
    db: Database,
    account: int,
    draft_id: str,
    listing_id: str | None,
    fields: Mapping[str, Sequence[str]],
) -> str:
    """Keep what stands in a form now, in place of what stood there; return the time (UTC).

    Raises UnknownDraftError where the id is another account's, or another listing's.
    """
    at = now()
    sealed = seal(db, json.dumps(dict(fields), ensure_ascii=False))
    with transaction(db):
        _forget(db)
        kept = db.execute(
            "INSERT INTO draft (id, account, listing, sealed, saved_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, saved_at = excluded.saved_at"
            " WHERE account = excluded.account AND listing IS excluded.listing",
            [draft_id, account, listing_id, sealed, at],
        )
        if not kept.rowcount:
            raise UnknownDraftError(draft_id)
    return at


def read_draft(db: Database, account: int, draft_id: str, listing_id: str | None) -> Draft:
    """One draft of an account for a listing. Raises UnknownDraftError."""
    for draft in read_drafts(db, account, listing_id):
        if draft.id == draft_id:
            return draft
    raise UnknownDraftError(draft_id)


def read_drafts(db: Database, account: int, listing_id: str | None) -> list[Draft]:
    """What an account has begun for a listing, or for new ones; newest first."""
    query = """
      SELECT id, listing, sealed, saved_at FROM draft
      WHERE account = ? AND listing IS ? AND saved_at > ? ORDER BY saved_at DESC"""
    return list(_opened(db, query, [account, listing_id, _oldest()]))


def drop_draft(db: Database, account: int, draft_id: str) -> None:
    """Forget a draft of an account; one that is gone already is no matter."""
    with transaction(db):
        _forget(db)
        db.execute("DELETE FROM draft WHERE id = ? AND account = ?", [draft_id, account])


def _opened(db: Database, query: str, values: Sequence[object]) -> Iterator[Draft]:
    for row in db.query(query, values):
        try:
            fields = json.loads(unseal(db, row["sealed"]))
        except WrongKeyError:
            continue  # a backup without its key was brought back: nobody can read it any more
        yield Draft(row["id"], row["listing"], fields, row["saved_at"])


def _forget(db: Database) -> None:
    db.execute("DELETE FROM draft WHERE saved_at <= ?", [_oldest()])


def _oldest() -> str:
    limit = dt.datetime.fromisoformat(now()) - dt.timedelta(days=DAYS)
    return limit.isoformat(timespec="microseconds")
