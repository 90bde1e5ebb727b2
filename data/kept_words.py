"""Where words of people are kept: every column that can hold some, read as one text after another.

Whoever gives out or erases what is known of somebody goes through all of them, sealed or not, older
wordings and mails included. What a place or an event is called is left out: a name is changed where
it was given.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ibasho.data.accounts.contact import contact_columns, read_contacts
from ibasho.data.database import Database
from ibasho.data.events.codec import event_from
from ibasho.data.listings.apart import bring_together, set_apart
from ibasho.data.listings.codec import listing_from
from ibasho.data.listings.withhold import WITHHELD, Keeper, Secrets, spellings_of, withhold
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


# Every column with words in them: all are sealed but those of OPEN, and those named further down.
SEALED: dict[str, tuple[Where, tuple[str, ...]]] = {
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
OPEN: dict[str, tuple[Where, tuple[str, ...]]] = {
    "article": (Where.ARTICLES, ("body",)),
    "picture": (Where.PICTURES, ("alt", "credit")),
    "date_notice": (Where.NOTICES, ("note",)),
    "network": (Where.NETWORKS, ("description", "phone")),
}
_NAMES = ("name", "alternate_name", "title")  # a place without a name is none
_Wholes = dict[str, tuple[Where, Callable[[dict[str, Any]], Keeper]]]
WHOLES: _Wholes = {
    "revision": (Where.WORDINGS, listing_from),
    "event": (Where.EVENTS, event_from),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A row as it is to be, and what it says now: texts, of wordings all their fields.

    `was` is empty of what is only a copy.
    """

    table: str
    rowid: int
    values: Mapping[str, str | bytes | None]
    where: Where
    was: tuple[Any, ...]


def spelt(words: str) -> Secrets:
    """How these words may be written. Raises TooShortError."""
    if len("".join(words.split())) < SHORTEST:
        raise TooShortError(words)
    return spellings_of(words)


def changes_without(db: Database, secrets: Secrets) -> Iterator[Change]:
    """Every row that says it, as it is to be without."""
    once: dict[str, str] = {}

    def clean(sealed: str) -> str:
        # one sealed text becomes one: an undo compares a row with how its import left it
        if sealed not in once:
            text = unseal_words(db, sealed)
            left = _cleaned(text, secrets)
            once[sealed] = sealed if left == text else seal_words(db, left)
        return once[sealed]

    for table, (where, make) in WHOLES.items():
        yield from _changed_wholes(db, table, where, make, secrets)
    for table, (where, columns) in SEALED.items():
        for rowid, row in _rows(db, table, columns):
            values = {name: _like(value, clean(_word(value))) for name, value in row.items()}
            if values != row:
                was = tuple(unseal_words(db, _word(value)) for value in row.values())
                yield Change(table, rowid, values, where, was)
    for table, (where, columns) in OPEN.items():
        for rowid, row in _rows(db, table, columns):
            values = {name: _cleaned(_word(value), secrets) for name, value in row.items()}
            if values != row:
                yield Change(table, rowid, values, where, tuple(map(_word, row.values())))
    for rowid, row in _rows(db, "import_change", ("before", "after")):
        values = {name: value and _cleaned_copy(_word(value), clean) for name, value in row.items()}
        if values != row:
            yield Change("import_change", rowid, values, Where.LISTS, ())
    for rowid, row in _rows(db, "revision", ("reason_sealed",)):
        values = {"reason_sealed": clean(_word(row["reason_sealed"]))}
        if values != row:
            reason = unseal_words(db, _word(row["reason_sealed"]))
            yield Change("revision", rowid, values, Where.WORDINGS, (reason,))
    for account, *told in read_contacts(db, "closed_at IS NOT NULL"):
        email, name = (cut(one, secrets) for one in told)
        if [email, name] != told:
            # no two accounts have one address, and nobody signs in with this one
            contact = contact_columns(db, email or f"erased {account}", name)
            yield Change("account", account, dict(contact), Where.ACCOUNTS, tuple(told))
    for rowid, row in _rows(db, "mail", ("sealed", "state")):
        sealed = _word(row["sealed"])
        if clean(sealed) != sealed:
            state = "dropped" if row["state"] in ("waiting", "failed", "unsure") else row["state"]
            values = {"sealed": None, "state": state}
            yield Change("mail", rowid, values, Where.MAILS, (unseal_words(db, sealed),))


def _changed_wholes(
    db: Database,
    table: str,
    where: Where,
    make: Callable[[dict[str, Any]], Keeper],
    secrets: Secrets,
) -> Iterator[Change]:
    for rowid, row in _rows(db, table, ("body", "sealed")):
        whole = bring_together(db, _word(row["body"]), _word(row["sealed"]))
        left = _without(whole, secrets) | {name: whole[name] for name in _NAMES if name in whole}
        if left != whole:
            body, sealed = set_apart(db, make(left))
            yield Change(table, rowid, {"body": body, "sealed": sealed}, where, (whole,))


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
            return cut(text, secrets)
        return text if left == body else json.dumps(left, ensure_ascii=False)
    return cut(text, secrets)


def _without(value: Any, secrets: Secrets) -> Any:  # noqa: ANN401 (any JSON)
    if isinstance(value, str):
        return _cleaned(value, secrets)
    if isinstance(value, list):
        left = [_without(one, secrets) for one in value]
        return [one for one, was in zip(left, value, strict=True) if not _is_emptied(one, was)]
    if isinstance(value, dict):
        return {name: _without(one, secrets) for name, one in value.items()}
    return value


def _is_emptied(left: object, was: object) -> bool:
    """Whether nothing is left of a contact but what it was for."""
    if not isinstance(left, dict) or not isinstance(was, dict):
        return False
    return any(was.get(name) and not left[name] for name in ("number", "address"))


def cut(text: str, secrets: Secrets) -> str:
    """The text without it; "" where it says nothing else."""
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
