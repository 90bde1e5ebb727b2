"""The only code that reads and writes the table of links."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum

from ibasho.data.clock import now
from ibasho.data.database import Database
from ibasho.data.record import write_record

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike: some are typed from paper
_LENGTH = 16  # 79 bits: nobody guesses one, and it fits into a text message


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
    days: int,
    revision: int | None = None,
    detail: str = "",
) -> str:
    """Make a link that is good for some days; return its token, which is kept nowhere.

    Part of the caller's transaction.
    """
    token = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    expires = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
    db.table("link").insert(
        {
            "token_hash": _hash(token),
            "purpose": str(purpose),
            "subject": subject,
            "revision": revision,
            "detail": detail,
            "made_at": now(),
            "expires_at": expires.isoformat(timespec="microseconds"),
            "used_at": None,
        }
    )
    return token


def read_link(db: Database, token: str) -> Link:
    """What a token opens; looking uses nothing up. Raises DeadLinkError."""
    row = next(db.query("SELECT * FROM link WHERE token_hash = ?", [_hash(token)]), None)
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
    db.execute("UPDATE link SET used_at = ? WHERE token_hash = ?", [now(), _hash(token)])
    write_record(db, "link", f"use:{link.purpose}", link.subject)
    return link


def end_links(db: Database, subject: str, *purposes: Purpose) -> None:
    """Use up what is left of some links to a subject; part of the caller's transaction."""
    for purpose in purposes:
        db.execute(
            "UPDATE link SET used_at = ? WHERE subject = ? AND purpose = ? AND used_at IS NULL",
            [now(), subject, str(purpose)],
        )


def _hash(token: str) -> str:
    """As it is typed: small letters, without the blanks and dashes that paper puts in."""
    plain = "".join(token.casefold().split()).replace("-", "")
    return hashlib.sha256(plain.encode()).hexdigest()
