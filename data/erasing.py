"""What somebody asks to be erased is erased everywhere it was ever kept, also from older wordings.

A person may ask an office to stop using what it knows of them (Act on the Protection of Personal
Information, articles 35 and 98). Wordings, notes and mails are otherwise never changed; this alone
does it, and it cannot be taken back. Backups made before still have it. What a place or an event is
called stays: a name is changed where it was given.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ibasho.data.accounts.contact import contact_columns, read_contacts
from ibasho.data.database import Database, state_of, transaction
from ibasho.data.events.codec import event_from
from ibasho.data.links import Purpose
from ibasho.data.listings import store
from ibasho.data.listings.apart import bring_together, set_apart
from ibasho.data.listings.codec import listing_from
from ibasho.data.listings.withhold import WITHHELD, Keeper, Secrets, spellings_of, withhold
from ibasho.data.record import write_record
from ibasho.data.sealing import seal_words, unseal_words

SHORTEST = 3  # characters; anything shorter stands in words that are nobody's


class TooShortError(ValueError):
    """So few characters would be cut out of words that have nothing to do with anybody."""


class Where(StrEnum):
    """What sort of thing words stand in."""

    WORDINGS = "wordings"
    """Of listings, public now or earlier."""
    LISTS = "lists"
    """What a list said of a place that came from it."""
    EVENTS = "events"
    ARTICLES = "articles"
    PICTURES = "pictures"
    NOTICES = "notices"
    """What was said of single dates."""
    REPORTS = "reports"
    ANSWERS = "answers"
    ONBOARDING = "onboarding"
    """Leads, and what was noted of visits and talks."""
    DRAFTS = "drafts"
    ACTIVITIES = "activities"
    NETWORKS = "networks"
    """Contact persons, minutes, tasks, news, needs and offers."""
    MAILS = "mails"
    ACCOUNTS = "accounts"
    """Of who works here no longer."""


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


# Every column with words in them: all are sealed but those of _OPEN.
_SEALED: dict[str, tuple[Where, tuple[str, ...]]] = {
    "listing": (Where.LISTS, ("imported_sealed", "reason_sealed")),
    "same_place": (Where.LISTS, ("sealed",)),
    "report": (Where.REPORTS, ("words_sealed",)),
    "answer": (Where.ANSWERS, ("sealed",)),
    "lead": (Where.ONBOARDING, ("sealed",)),
    "lead_step": (Where.ONBOARDING, ("reason",)),
    "lead_note": (Where.ONBOARDING, ("sealed",)),
    "lead_task": (Where.ONBOARDING, ("sealed",)),
    "draft": (Where.DRAFTS, ("sealed",)),
    "activity": (Where.ACTIVITIES, ("with_whom", "note")),
    "network_person": (Where.NETWORKS, ("sealed",)),
    "network_meeting": (Where.NETWORKS, ("sealed",)),
    "network_task": (Where.NETWORKS, ("sealed",)),
    "network_news": (Where.NETWORKS, ("sealed",)),
    "network_need": (Where.NETWORKS, ("sealed",)),
    "network_offer": (Where.NETWORKS, ("sealed",)),
}
_OPEN: dict[str, tuple[Where, tuple[str, ...]]] = {
    "article": (Where.ARTICLES, ("body",)),
    "picture": (Where.PICTURES, ("alt", "credit")),
    "date_notice": (Where.NOTICES, ("note",)),
    "network": (Where.NETWORKS, ("description", "phone")),
}
# By which fields it is known that an object says how to reach somebody.
_CONTACT, _ADDRESS = {"number", "phone", "mail", "email"}, {"address", "description"}
_NAMES = ("name", "alternate_name", "title")  # a place without a name is none
_Wholes = dict[str, tuple[Where, Callable[[dict[str, Any]], Keeper]]]
_WHOLES: _Wholes = {
    "revision": (Where.WORDINGS, listing_from),
    "event": (Where.EVENTS, event_from),
}


@dataclass(frozen=True, slots=True)
class _Change:
    """A row as it is to be, and what it says now: texts, of wordings all their fields.

    `was` is empty of what is only a copy.
    """

    table: str
    rowid: int
    values: Mapping[str, str | bytes | None]
    where: Where
    was: tuple[Any, ...]


def find_traces(db: Database, words: str) -> Traces:
    """Where a telephone number, a mail address or a name stands. Raises TooShortError."""
    secrets = _secrets(words)
    return _traces(db, list(_changes(db, secrets)), secrets)


def erase_everywhere(db: Database, words: str, actor: str) -> Traces:
    """Erase it wherever it stands, in one transaction, and return where that was.

    Mails that say it are forgotten, and those to it that wait are not sent. The record says that
    something was erased, never what. Raises TooShortError.
    """
    secrets = _secrets(words)
    # looking through all takes seconds, in which others may write
    seen, changes = state_of(db), list(_changes(db, secrets))
    with transaction(db):
        if state_of(db) != seen:
            changes = list(_changes(db, secrets))
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


def give_out(db: Database, words: str, actor: str) -> list[tuple[Where, str]]:
    """What is kept of somebody, in the words in which it stands: each passage once.

    For who asks what is known of them (articles 33 and 76 of the same law). It is on record that
    something was given out, never what. Raises TooShortError.
    """
    secrets = _secrets(words)
    passages = [
        (change.where, passage)
        for change in _changes(db, secrets)
        for value in change.was
        for passage in _passages(value, secrets, whole=change.where is Where.MAILS)
    ]
    passages += [
        (Where.ACCOUNTS, f"{name} {email}".strip())
        for _, email, name in read_contacts(db, "closed_at IS NULL")
        if any(_cut(told, secrets) != told for told in (email, name))
    ]
    found = list(dict.fromkeys(passages))
    with transaction(db):
        write_record(db, actor, "give_out", "site", str(len(found)))
    return found


def _secrets(words: str) -> Secrets:
    if len("".join(words.split())) < SHORTEST:
        raise TooShortError(words)
    return spellings_of(words)


def _traces(db: Database, changes: list[_Change], secrets: Secrets) -> Traces:
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
        _cut(told, secrets) != told
        for _, *both in read_contacts(db, "closed_at IS NULL")
        for told in both
    )
    return Traces(counts, tuple(row[0] for row in ids), has_account)


def _changes(db: Database, secrets: Secrets) -> Iterator[_Change]:
    once: dict[str, str] = {}

    def clean(sealed: str) -> str:
        # one sealed text becomes one: an undo compares a row with how its import left it
        if sealed not in once:
            text = unseal_words(db, sealed)
            left = _cleaned(text, secrets)
            once[sealed] = sealed if left == text else seal_words(db, left)
        return once[sealed]

    for table, (where, make) in _WHOLES.items():
        yield from _changed_wholes(db, table, where, make, secrets)
    for table, (where, columns) in _SEALED.items():
        for rowid, row in _rows(db, table, columns):
            values = {name: _like(value, clean(_word(value))) for name, value in row.items()}
            if values != row:
                was = tuple(unseal_words(db, _word(value)) for value in row.values())
                yield _Change(table, rowid, values, where, was)
    for table, (where, columns) in _OPEN.items():
        for rowid, row in _rows(db, table, columns):
            values = {name: _cleaned(_word(value), secrets) for name, value in row.items()}
            if values != row:
                yield _Change(table, rowid, values, where, tuple(map(_word, row.values())))
    for rowid, row in _rows(db, "import_change", ("before", "after")):
        values = {name: value and _cleaned_copy(_word(value), clean) for name, value in row.items()}
        if values != row:
            yield _Change("import_change", rowid, values, Where.LISTS, ())
    for rowid, row in _rows(db, "revision", ("reason_sealed",)):
        values = {"reason_sealed": clean(_word(row["reason_sealed"]))}
        if values != row:
            reason = unseal_words(db, _word(row["reason_sealed"]))
            yield _Change("revision", rowid, values, Where.WORDINGS, (reason,))
    for account, *told in read_contacts(db, "closed_at IS NOT NULL"):
        email, name = (_cut(one, secrets) for one in told)
        if [email, name] != told:
            # no two accounts have one address, and nobody signs in with this one
            contact = contact_columns(db, email or f"erased {account}", name)
            yield _Change("account", account, dict(contact), Where.ACCOUNTS, tuple(told))
    for rowid, row in _rows(db, "mail", ("sealed", "state")):
        sealed = _word(row["sealed"])
        if clean(sealed) != sealed:
            state = "dropped" if row["state"] in ("waiting", "failed", "unsure") else row["state"]
            values = {"sealed": None, "state": state}
            yield _Change("mail", rowid, values, Where.MAILS, (unseal_words(db, sealed),))


def _changed_wholes(
    db: Database,
    table: str,
    where: Where,
    make: Callable[[dict[str, Any]], Keeper],
    secrets: Secrets,
) -> Iterator[_Change]:
    for rowid, row in _rows(db, table, ("body", "sealed")):
        whole = bring_together(db, _word(row["body"]), _word(row["sealed"]))
        left = _without(whole, secrets) | {name: whole[name] for name in _NAMES if name in whole}
        if left != whole:
            body, sealed = set_apart(db, make(left))
            yield _Change(table, rowid, {"body": body, "sealed": sealed}, where, (whole,))


def _cleaned_copy(text: str, clean: Callable[[str], str]) -> str:
    """A row of a listing as an import has kept it."""
    row = json.loads(text)
    row |= {name: clean(row[name]) for name in ("imported_sealed", "reason_sealed")}
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def _cleaned(text: str, secrets: Secrets) -> str:
    """The text without it; of JSON each text in it."""
    if text[:1] in ("{", "["):
        try:
            body = json.loads(text)
            left = _without(body, secrets)
        except (ValueError, RecursionError):  # somebody's words that only begin so
            return _cut(text, secrets)
        return text if left == body else json.dumps(left, ensure_ascii=False)
    return _cut(text, secrets)


def _without(value: Any, secrets: Secrets) -> Any:  # noqa: ANN401 (any JSON)
    if isinstance(value, str):
        return _cleaned(value, secrets)
    if isinstance(value, list):
        left = [_without(one, secrets) for one in value]
        return [one for one, was in zip(left, value, strict=True) if not _is_emptied(one, was)]
    if isinstance(value, dict):
        return {name: _without(one, secrets) for name, one in value.items()}
    return value


def _passages(value: Any, secrets: Secrets, whole: bool = False) -> Iterator[str]:  # noqa: ANN401 (any JSON)
    """The texts in which it stands; of a contact, and of what is given `whole`, all of it."""
    if isinstance(value, str):
        if value[:1] in ("{", "["):
            with suppress(ValueError, RecursionError):
                yield from _passages(json.loads(value), secrets, whole)
                return
        if _cut(value, secrets) != value:
            yield value
        return
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict) and (_CONTACT & value.keys() or value.keys() >= _ADDRESS):
        whole = True
        inside = [one for name, one in value.items() if name != "visibility"]
    texts = [one for one in inside if isinstance(one, str) and one]
    if whole and any(_cut(one, secrets) != one for one in texts):
        yield " / ".join(texts)
        return
    for one in inside:
        yield from _passages(one, secrets, whole)


def _is_emptied(left: object, was: object) -> bool:
    """Whether nothing is left of a contact but what it was for."""
    if not isinstance(left, dict) or not isinstance(was, dict):
        return False
    return any(was.get(name) and not left[name] for name in ("number", "address"))


def _cut(text: str, secrets: Secrets) -> str:
    left = withhold(text, secrets)
    return "" if left == WITHHELD else left


def _rows(
    db: Database, table: str, columns: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str | bytes | None]]]:
    query = f"SELECT rowid, {', '.join(columns)} FROM {table}"  # noqa: S608 (our own names)
    for rowid, *values in db.execute(query).fetchall():
        yield rowid, dict(zip(columns, values, strict=True))


def _word(value: str | bytes | None) -> str:
    return value.decode() if isinstance(value, bytes) else value or ""


def _like(was: str | bytes | None, now: str) -> str | bytes | None:
    """In the type of the column, and null where it was."""
    if was is None:
        return None
    return now.encode() if isinstance(was, bytes) else now
