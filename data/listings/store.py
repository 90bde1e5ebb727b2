"""The only code that reads and writes the tables of listings. It decides nothing."""

import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ibasho.data.clock import now
from ibasho.data.database import Database
from ibasho.data.ids import new_id
from ibasho.data.listings.apart import bring_together, set_apart
from ibasho.data.listings.codec import from_text, listing_from, to_text
from ibasho.data.listings.identity import identity_of
from ibasho.data.listings.model import Listing
from ibasho.data.listings.notices import confirmed_from_text, notices_from_text
from ibasho.data.listings.public import PublicListing, to_public
from ibasho.data.listings.states import PUBLIC_STATES, State
from ibasho.data.sealing import WrongKeyError, digest, seal_words, unseal_words

_STATES = json.dumps(sorted(PUBLIC_STATES))
_SELECT_STORED = """
  SELECT listing.id AS listing, state, listing.reason_sealed AS state_reason, source, source_key,
         imported_sealed, listed_on, published_revision IS NULL AS is_unpublished, revision.*
  FROM listing LEFT JOIN revision ON revision.id = coalesce(published_revision,
    (SELECT max(one.id) FROM revision AS one WHERE one.listing = listing.id))"""


class UnknownListingError(LookupError):
    """There is no listing, or no revision, of that id."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One wording of a listing, by whom, and what became of it.

    Of an approved one, `state_before` is where the listing stood until then (None where nobody
    noted that) and `replaced` the revision that was public.
    """

    id: int
    listing_id: str
    based_on: int | None
    body: Listing
    decision: str
    decision_reason: str
    written_by: str
    written_at: str
    decided_by: str | None = None
    decided_at: str | None = None
    state_before: State | None = None
    replaced: int | None = None


@dataclass(frozen=True, slots=True)
class StoredListing:
    """What the staff know of a listing.

    `imported` is what its source said last, by part; `newest` the public wording or, where none
    is, the last that was written.
    """

    id: str
    state: State
    state_reason: str
    source_id: int | None
    source_key: str | None
    imported: dict[str, Listing]
    listed_on: dt.date | None
    published: Revision | None
    newest: Revision | None


# -- the public


def read_public(db: Database, ids: Sequence[str]) -> list[PublicListing]:
    """The public listings among `ids`, in the order of `ids`; others are left out."""
    if not ids:
        return []
    query = """
      SELECT * FROM published WHERE state IN (SELECT value FROM json_each(:states))
      AND id IN (SELECT value FROM json_each(:ids))"""
    rows = db.query(query, {"states": _STATES, "ids": json.dumps(list(ids))})
    found = {row["id"]: _public(db, row) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def read_municipalities(db: Database) -> list[str]:
    """The municipalities of the public listings, those with most listings first."""
    query = """
      SELECT json_extract(body, '$.location.municipality') AS name FROM published
      WHERE state IN (SELECT value FROM json_each(:states)) AND name <> ''
      GROUP BY name ORDER BY count(*) DESC, name"""
    return [row[0] for row in db.execute(query, {"states": _STATES})]


def read_all_public(db: Database) -> Iterator[PublicListing]:
    """Every public listing, in the order of their ids."""
    query = """
      SELECT * FROM published WHERE state IN (SELECT value FROM json_each(:states)) ORDER BY id"""
    return (_public(db, row) for row in db.query(query, {"states": _STATES}))


def count_public(db: Database) -> int:
    """How many listings a visitor can find."""
    query = """
      SELECT count(*) FROM listing WHERE state IN (SELECT value FROM json_each(:states))"""
    return int(db.execute(query, {"states": _STATES}).fetchone()[0])


def read_credits(db: Database) -> list[tuple[str, str]]:
    """Name and licence of each list that public listings come from, by name."""
    query = """
      SELECT DISTINCT source_name, source_licence FROM published
      WHERE state IN (SELECT value FROM json_each(:states)) AND source_name IS NOT NULL
      ORDER BY source_name"""
    return list(db.execute(query, {"states": _STATES}).fetchall())


def count_by_network(db: Database) -> dict[str, int]:
    """How many public listings name each network; networks that none names are left out."""
    query = """
      SELECT json_extract(body, '$.network') AS network, count(*) FROM published
      WHERE state IN (SELECT value FROM json_each(:states)) AND network <> ''
      GROUP BY network"""
    return dict(db.execute(query, {"states": _STATES}).fetchall())


def _public(db: Database, row: dict[str, Any]) -> PublicListing:
    notices = notices_from_text(row["notices"])
    try:
        body = _wording(db, row["body"], row["sealed"])
    except WrongKeyError:  # the public pages stay; whether a note tells a secret cannot be known
        body, notices = from_text(row["body"]), tuple(replace(one, note="") for one in notices)
    return to_public(
        row["id"], body, row["source_name"] or "", row["source_licence"] or "",
        _date(row["listed_on"]), notices, State(row["state"]) is State.STALE,
        confirmed_from_text(row["confirmed"]),
    )  # fmt: skip


# -- the staff


def read_stored(db: Database, listing_id: str) -> StoredListing:
    """One listing with all that is known. Raises UnknownListingError."""
    for stored in _stored(db, "WHERE listing.id = ?", [listing_id]):
        return stored
    raise UnknownListingError(listing_id)


def read_same_place(db: Database, body: Listing) -> list[StoredListing]:
    """The listings of the same municipality, name and address, in any state."""
    return list(_stored(db, "WHERE listing.identity_digest = ?", [_identity(db, body)]))


def read_all_stored(db: Database, state: State | None = None) -> Iterator[StoredListing]:
    """Every listing, or those in one state, newest first."""
    where, values = ("WHERE listing.state = ?", [str(state)]) if state else ("", [])
    return _stored(db, f"{where} ORDER BY listing.created_at DESC, listing.id", values)


def read_of_network(db: Database, network: str) -> list[StoredListing]:
    """The listings that name a network, by their newest wording where none is public.

    In any state but archived.
    """
    newest = "SELECT body FROM revision AS one WHERE one.listing = listing.id ORDER BY id DESC"
    where = (
        "WHERE listing.state <> ?"
        f" AND json_extract(coalesce(revision.body, ({newest} LIMIT 1)), '$.network') = ?"
        " ORDER BY listing.created_at, listing.id"
    )
    return list(_stored(db, where, [str(State.ARCHIVED), network]))


def read_wordings(db: Database, ids: Collection[str] | None = None) -> dict[str, Listing]:
    """The public wording of each of these listings, or of all, by id; else the newest there is."""
    query = """
      SELECT listing.id, body, sealed FROM listing JOIN revision ON revision.id = coalesce(
        published_revision, (SELECT id FROM revision AS one WHERE one.listing = listing.id
        ORDER BY decision = 'waiting' DESC, id DESC LIMIT 1))
      WHERE :all OR listing.id IN (SELECT value FROM json_each(:ids))"""
    values = {"all": ids is None, "ids": json.dumps(sorted(ids or ()))}
    return {row[0]: _wording(db, *row[1:]) for row in db.execute(query, values)}


def read_states(db: Database, ids: Collection[str]) -> dict[str, State]:
    """Where each of these listings stands, by id."""
    query = "SELECT id, state FROM listing WHERE id IN (SELECT value FROM json_each(?))"
    return {id_: State(state) for id_, state in db.execute(query, [json.dumps(sorted(ids))])}


def _stored(db: Database, condition: str, values: Sequence[str]) -> Iterator[StoredListing]:
    for row in db.query(f"{_SELECT_STORED} {condition}", values):
        newest = _revision(db, row) if row["id"] else None
        yield StoredListing(
            id=row["listing"],
            state=State(row["state"]),
            state_reason=unseal_words(db, row["state_reason"]),
            source_id=row["source"],
            source_key=row["source_key"],
            imported=_imported(db, row["imported_sealed"]),
            listed_on=_date(row["listed_on"]),
            published=None if row["is_unpublished"] else newest,
            newest=newest,
        )


def read_revision(db: Database, revision_id: int) -> Revision:
    """One revision. Raises UnknownListingError."""
    for row in db.query("SELECT * FROM revision WHERE id = ?", [revision_id]):
        return _revision(db, row)
    raise UnknownListingError(str(revision_id))


def read_waiting(db: Database, listing_id: str | None = None) -> list[Revision]:
    """Revisions that wait for a decision, oldest first; of one listing if it is named."""
    return [
        _revision(db, row)
        for row in db.query(
            "SELECT * FROM revision WHERE decision = 'waiting' AND listing = coalesce(?, listing)"
            " ORDER BY id",
            [listing_id],
        )
    ]


def read_last(db: Database, listing_id: str) -> Revision | None:
    """The newest wording of a listing, whatever became of it."""
    query = "SELECT * FROM revision WHERE listing = ? ORDER BY id DESC LIMIT 1"
    return next((_revision(db, row) for row in db.query(query, [listing_id])), None)


def read_revisions(db: Database, listing_id: str) -> list[Revision]:
    """Every wording of a listing, newest first."""
    query = "SELECT * FROM revision WHERE listing = ? ORDER BY id DESC"
    return [_revision(db, row) for row in db.query(query, [listing_id])]


def _revision(db: Database, row: dict[str, Any]) -> Revision:
    return Revision(
        id=row["id"],
        listing_id=row["listing"],
        based_on=row["based_on"],
        body=_wording(db, row["body"], row["sealed"]),
        decision=row["decision"],
        decision_reason=unseal_words(db, row["reason_sealed"]),
        written_by=row["written_by"],
        written_at=row["written_at"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        state_before=State(row["state_before"]) if row["state_before"] else None,
        replaced=row["replaced"],
    )


def _wording(db: Database, body: str, sealed: str) -> Listing:
    return listing_from(bring_together(db, body, sealed))


def _imported(db: Database, sealed: str) -> dict[str, Listing]:
    texts: dict[str, str] = json.loads(unseal_words(db, sealed)) if sealed else {}
    return {part: from_text(text) for part, text in texts.items()}


# -- writing: each function is one step of a use case, inside the caller's transaction


def insert_listing(
    db: Database,
    body: Listing,
    state: State,
    source_id: int | None = None,
    source_key: str | None = None,
) -> str:
    """Make a listing without a published revision and return its id."""
    listing_id = new_id()
    db.table("listing").insert(
        {
            "id": listing_id,
            "state": str(state),
            "reason_sealed": "",
            "source": source_id,
            "source_key": source_key,
            "identity_digest": _identity(db, body),
            "imported_sealed": "",
            "listed_on": None,
            "published_revision": None,
            "created_at": now(),
        }
    )
    return listing_id


def insert_revision(
    db: Database, listing_id: str, body: Listing, actor: str, based_on: int | None
) -> int:
    """Keep a wording that waits for a decision and return its id."""
    cursor = db.execute(
        "INSERT INTO revision (listing, based_on, body, sealed, decision, reason_sealed,"
        " written_by, written_at) VALUES (?, ?, ?, ?, 'waiting', '', ?, ?)",
        [listing_id, based_on, *set_apart(db, body), actor, now()],
    )
    return int(cursor.lastrowid or 0)


def decide_revision(
    db: Database, revision_id: int, decision: str, actor: str, reason: str = ""
) -> None:
    """Note what became of a revision: `approved` or `rejected`, by whom and why."""
    db.table("revision").update(
        revision_id,
        {
            "decision": decision,
            "reason_sealed": seal_words(db, reason),
            "decided_by": actor,
            "decided_at": now(),
        },
    )


def note_replaced(db: Database, revision_id: int, before: StoredListing) -> None:
    """Note of an approved revision how its listing stood before, so that it can stand so again."""
    db.table("revision").update(
        revision_id,
        {
            "state_before": str(before.state),
            "replaced": before.published.id if before.published else None,
        },
    )


def reopen_revision(db: Database, revision_id: int) -> None:
    """Let a revision wait for a decision again."""
    db.table("revision").update(
        revision_id,
        {
            "decision": "waiting",
            "reason_sealed": "",
            "decided_by": None,
            "decided_at": None,
            "state_before": None,
            "replaced": None,
        },
    )


def publish_nothing(db: Database, listing_id: str) -> None:
    """Let no wording of a listing be the public one."""
    db.table("listing").update(listing_id, {"published_revision": None})


def publish_revision(db: Database, revision: Revision) -> None:
    """Make this wording the one that the public sees."""
    db.table("listing").update(
        revision.listing_id,
        {"published_revision": revision.id, "identity_digest": _identity(db, revision.body)},
    )


def set_state(db: Database, listing_id: str, state: State, reason: str = "") -> None:
    """Put a listing in a state, with the reason in words."""
    db.table("listing").update(
        listing_id, {"state": str(state), "reason_sealed": seal_words(db, reason)}
    )


def set_imported(
    db: Database, listing_id: str, parts: dict[str, Listing], listed_on: dt.date
) -> None:
    """Note what the source said, by part of its publication, and on what JST date."""
    texts = {part: to_text(body) for part, body in parts.items()}
    told = json.dumps(texts, ensure_ascii=False)
    query = "SELECT imported_sealed FROM listing WHERE id = ?"
    sealed = str(db.execute(query, [listing_id]).fetchone()[0])
    if unseal_words(db, sealed) != told:  # sealed anew it would look changed to who undoes imports
        sealed = seal_words(db, told)
    db.table("listing").update(
        listing_id, {"imported_sealed": sealed, "listed_on": listed_on.isoformat()}
    )


def set_source(
    db: Database, listing_id: str, source_id: int | None, source_key: str | None
) -> None:
    """Note who answers for a listing, and the ID by which they know it."""
    db.table("listing").update(listing_id, {"source": source_id, "source_key": source_key})


def _identity(db: Database, body: Listing) -> str:
    where = body.location
    return digest(db, identity_of(where.municipality, body.name, where.address))


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


# -- what must follow


def note_for_index(db: Database, listing_id: str) -> None:
    """Leave word that the search index has to follow this listing."""
    db.execute("INSERT INTO index_outbox (listing) VALUES (?)", [listing_id])


def note_all_for_index(db: Database) -> None:
    """Leave word that the search index has to follow every public listing."""
    query = """
      INSERT INTO index_outbox (listing)
      SELECT id FROM listing WHERE state IN (SELECT value FROM json_each(:states))"""
    db.execute(query, {"states": _STATES})


def read_index_outbox(db: Database) -> tuple[int, list[str]]:
    """The number of the newest note, and the listings that the index has yet to follow."""
    rows = db.execute("SELECT id, listing FROM index_outbox ORDER BY id").fetchall()
    return (rows[-1][0] if rows else 0), list(dict.fromkeys(row[1] for row in rows))


def clear_index_outbox(db: Database, newest: int) -> None:
    """Forget the notes up to `newest`, once the index has followed them."""
    db.execute("DELETE FROM index_outbox WHERE id <= ?", [newest])


def has_index_notes(db: Database) -> bool:
    """Whether the search index has anything to follow."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM index_outbox)").fetchone()[0])


def count_states(db: Database) -> dict[State, int]:
    """How many listings stand in each state; states without any are left out."""
    rows = db.execute("SELECT state, count(*) FROM listing GROUP BY state").fetchall()
    return {State(state): count for state, count in rows}
