"""The only code that reads and writes the table of links."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ibasho.data.clock import now
from ibasho.data.database import Database
from ibasho.data.ids import code_hash, new_code
from ibasho.data.record import write_record


class Purpose(StrEnum):
    """What a link is for."""

    STILL_TRUE = "still_true"
    """A provider says that all of a listing is true."""
    CHANGE = "change"
    """A provider corrects a listing."""
    STOPPED = "stopped"
    """A provider says that a place has ended."""
    PROVIDER = "provider"
    """A provider's own page of a listing: closed days, the light. Used again and again."""
    CONFIRM_MAIL = "confirm_mail"
    """Whoever registered a place reads mail at the address they gave."""
    INVITATION = "invitation"
    """Somebody takes up an account."""
    UNDO = "undo"
    """A provider takes back what was said a moment ago."""
    MEETINGS = "meetings"
    """Members of a network have its meetings in their calendars. Used again and again."""
    RESET = "reset"
    """Somebody who has forgotten a password chooses a new one."""


class DeadLinkError(LookupError):
    """The link is unknown, was used, or is too old; the message is `unknown`, `used` or `old`."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is for: `subject` is a listing's id or an account, `revision` a wording."""

    purpose: Purpose
    subject: str
    revision: int | None
    detail: str


def make_link(
    db: Database,
    purpose: Purpose,
    subject: str,
    days: float,
    revision: int | None = None,
    detail: str = "",
) -> str:
    """Make a link that is good for some days (1 / 24 is an hour).

    Return its token, which is kept nowhere. Part of the caller's transaction.
    """
    token = new_code()
    db.table("link").insert(
        {
            "token_hash": code_hash(token),
            "purpose": str(purpose),
            "subject": subject,
            "revision": revision,
            "detail": detail,
            "made_at": now(),
            "expires_at": now(dt.timedelta(days=days)),
            "used_at": None,
        }
    )
    return token


def read_link(db: Database, token: str) -> Link:
    """What a token opens; looking uses nothing up. Raises DeadLinkError."""
    row = next(db.query("SELECT * FROM link WHERE token_hash = ?", [code_hash(token)]), None)
    if row is None:
        raise DeadLinkError("unknown")
    if row["used_at"] is not None:
        raise DeadLinkError("used")
    if row["expires_at"] <= now():
        raise DeadLinkError("old")
    return Link(Purpose(row["purpose"]), row["subject"], row["revision"], row["detail"])


def use_link(db: Database, token: str) -> Link:
    """The same, and the link is used up with the caller's transaction. Raises DeadLinkError."""
    link = read_link(db, token)
    db.execute("UPDATE link SET used_at = ? WHERE token_hash = ?", [now(), code_hash(token)])
    write_record(db, "link", f"use:{link.purpose}", link.subject)
    return link


def end_links(db: Database, subject: str, *purposes: Purpose) -> list[str]:
    """Use up what is left of some links to a subject; part of the caller's transaction.

    Returns what `reopen_links` needs to bring them back.
    """
    ended = []
    for purpose in purposes:
        rows = db.execute(
            "UPDATE link SET used_at = ? WHERE subject = ? AND purpose = ? AND used_at IS NULL"
            " RETURNING token_hash",
            [now(), subject, str(purpose)],
        ).fetchall()
        ended += [str(row[0]) for row in rows]
    return ended


def reopen_links(db: Database, ended: Sequence[str]) -> None:
    """Let links that were ended open their pages again; part of the caller's transaction."""
    db.execute(
        "UPDATE link SET used_at = NULL WHERE token_hash IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ended))],
    )


def end_all_links(db: Database) -> None:
    """Use up what is left of every link; part of the caller's transaction."""
    db.execute("UPDATE link SET used_at = ? WHERE used_at IS NULL", [now()])
