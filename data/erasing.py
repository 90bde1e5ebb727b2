"""What somebody asks to be erased is erased everywhere it was ever kept, also from older wordings.

A person may ask an office to stop using what it knows of them (Act on the Protection of Personal
Information, articles 35 and 98). Wordings, notes and mails are otherwise never changed; this alone
does it, and it cannot be taken back. Backups made before still have it.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ibasho.data.accounts.contact import read_contacts
from ibasho.data.database import Database, state_of, transaction
from ibasho.data.kept_words import Change, Where, changes_without, cut, spelt
from ibasho.data.links import Purpose
from ibasho.data.listings import store
from ibasho.data.listings.withhold import Secrets
from ibasho.data.record import write_record


@dataclass(frozen=True, slots=True)
class Traces:
    """Where something stands: how often in each sort of thing, and the listings it stands in.

    `has_account`: also in an account that is open, which keeps it until it is closed.
    """

    counts: Mapping[Where, int]
    listings: tuple[str, ...]
    has_account: bool

    @property
    def total(self) -> int:
        """In how many things it stands."""
        return sum(self.counts.values())


def find_traces(db: Database, words: str) -> Traces:
    """Where a telephone number, a mail address or a name stands. Raises TooShortError."""
    secrets = spelt(words)
    return _traces(db, list(changes_without(db, secrets)), secrets)


def erase_everywhere(db: Database, words: str, actor: str) -> Traces:
    """Erase it wherever it stands, in one transaction, and return where that was.

    Mails that say it are forgotten, and those to it that wait are not sent. The record says that
    something was erased, never what. Raises TooShortError.
    """
    secrets = spelt(words)
    # looking through all takes seconds, in which others may write
    seen, changes = state_of(db), list(changes_without(db, secrets))
    with transaction(db):
        if state_of(db) != seen:
            changes = list(changes_without(db, secrets))
        found = _traces(db, changes, secrets)
        for change in changes:
            columns = ", ".join(f"{name} = ?" for name in change.values)
            query = f"UPDATE {change.table} SET {columns} WHERE rowid = ?"  # noqa: S608 (our names)
            db.execute(query, [*change.values.values(), change.rowid])
        # an undo would bring a reason back as it was
        db.execute("DELETE FROM link WHERE purpose = ?", [str(Purpose.UNDO)])
        for listing_id in found.listings:
            store.note_for_index(db, listing_id)
            write_record(db, actor, "erase", listing_id)
        write_record(db, actor, "erase", "site", str(found.total))
    # what was overwritten stands in SQLite's journal until that begins anew
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return found


def _traces(db: Database, changes: list[Change], secrets: Secrets) -> Traces:
    revisions = [one.rowid for one in changes if one.table == "revision"]
    listings = {one.rowid for one in changes if one.table == "listing"}
    query = """
      SELECT DISTINCT listing.id FROM listing LEFT JOIN revision ON revision.listing = listing.id
      WHERE revision.id IN (SELECT value FROM json_each(?))
         OR listing.rowid IN (SELECT value FROM json_each(?)) ORDER BY listing.id"""
    ids = db.execute(query, [json.dumps(revisions), json.dumps(sorted(listings))]).fetchall()
    # what an import changed is a copy of a row that is counted already
    counts = Counter(one.where for one in changes if one.table != "import_change")
    has_account = any(
        cut(told, secrets) != told
        for _, *both in read_contacts(db, "closed_at IS NULL")
        for told in both
    )
    return Traces(counts, tuple(row[0] for row in ids), has_account)
