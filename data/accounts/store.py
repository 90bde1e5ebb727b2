"""The only code that reads and writes the tables of accounts and their sessions."""

import datetime as dt
import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ibasho.data.accounts.passwords import hash_password, needs_rehash, verify_password
from ibasho.data.accounts.scope import WHOLE, Scope
from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.record import write_record

IDLE_LIMIT = dt.timedelta(hours=2)
ABSOLUTE_LIMIT = dt.timedelta(hours=12)
ATTEMPTS = 8  # for one account
ATTEMPTS_OF_ADDRESS = 60  # a whole office may share one network address
ATTEMPTS_WINDOW = dt.timedelta(minutes=15)
_SEEN_EVERY = dt.timedelta(minutes=5)  # a page that is only read should not write each time


class Role(StrEnum):
    """What somebody who signs in may do."""

    COORDINATOR = "coordinator"
    SCHOOL = "school"
    PROVIDER = "provider"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    id: int
    email: str
    role: Role
    scope: Scope = WHOLE

    @property
    def actor(self) -> str:
        """How the record names this person: by number, never by address."""
        return f"account:{self.id}"


class AccountExistsError(Exception):
    """There is an account with that address."""


class UnknownAccountError(LookupError):
    """There is no account with that address."""


class TooManyAttemptsError(Exception):
    """Wait a while: too many wrong passwords for this account or from this address."""


def add_account(db: Database, email: str, role: Role, password: str) -> Account:
    """Make an account. Raises WeakPasswordError and AccountExistsError."""
    password_hash = hash_password(password)
    email = email.strip()
    with transaction(db):
        try:
            cursor = db.execute(
                "INSERT INTO account (email, role, password_hash, created_at) VALUES (?, ?, ?, ?)",
                [email, str(role), password_hash, now()],
            )
        except sqlite3.IntegrityError as error:
            raise AccountExistsError(email) from error
        account = Account(int(cursor.lastrowid or 0), email, role)
        write_record(db, "command-line", "add-account", account.actor, str(role))
    return account


def set_password(db: Database, email: str, password: str) -> None:
    """Give an account a new password and end its sessions.

    Raises WeakPasswordError and UnknownAccountError.
    """
    password_hash = hash_password(password)
    with transaction(db):
        row = db.execute("SELECT id FROM account WHERE email = ?", [email.strip()]).fetchone()
        if row is None:
            raise UnknownAccountError(email)
        db.table("account").update(row[0], {"password_hash": password_hash})
        db.execute("DELETE FROM session WHERE account = ?", [row[0]])
        write_record(db, "command-line", "set-password", f"account:{row[0]}")


def sign_in(db: Database, email: str, password: str, address: str) -> tuple[Account, str] | None:
    """Open a session: the account and the cookie's value, or None where the two don't match.

    A known and an unknown account cost the same work. `address` is the network address; only
    a keyed hash of it is kept, for the throttle. Raises TooManyAttemptsError.
    """
    account_subject = _subject(db, f"account {email.strip().casefold()}")
    limits = {account_subject: ATTEMPTS, _subject(db, address): ATTEMPTS_OF_ADDRESS}
    attempt_ids = _attempt(db, limits)
    row = next(db.query("SELECT * FROM account WHERE email = ?", [email.strip()]), None)
    if not verify_password(row["password_hash"] if row else None, password) or row is None:
        return None
    token = secrets.token_urlsafe(32)
    with transaction(db):
        if needs_rehash(row["password_hash"]):
            db.table("account").update(row["id"], {"password_hash": hash_password(password)})
        db.execute("DELETE FROM sign_in_attempt WHERE subject = ?", [account_subject])
        for attempt in attempt_ids:
            db.execute("DELETE FROM sign_in_attempt WHERE id = ?", [attempt])
        db.execute("DELETE FROM session WHERE started_at < ?", [_before(ABSOLUTE_LIMIT)])
        db.execute(
            "INSERT INTO session (token_hash, account, started_at, seen_at) VALUES (?, ?, ?, ?)",
            [_hash(token), row["id"], now(), now()],
        )
        write_record(db, f"account:{row['id']}", "sign-in", f"account:{row['id']}")
    return _account(db, row), token


def read_session(db: Database, token: str) -> Account | None:
    """Who is signed in with this cookie, unless the session is idle or old."""
    row = next(
        db.query(
            "SELECT account.id, email, role, seen_at FROM session JOIN account"
            " ON account.id = session.account"
            " WHERE token_hash = ? AND started_at > ? AND seen_at > ? AND closed_at IS NULL",
            [_hash(token), _before(ABSOLUTE_LIMIT), _before(IDLE_LIMIT)],
        ),
        None,
    )
    if row is None:
        return None
    if row["seen_at"] < _before(_SEEN_EVERY):
        db.execute("UPDATE session SET seen_at = ? WHERE token_hash = ?", [now(), _hash(token)])
    return _account(db, row)


def set_scope(db: Database, account_id: int, scope: Scope, actor: str) -> None:
    """Say what part of the ward an account is for; it counts from the next page on."""
    parts = {
        "network": scope.networks,
        "district": scope.districts,
        "listing": scope.listings,
    }
    with transaction(db):
        db.execute("DELETE FROM account_scope WHERE account = ?", [account_id])
        for kind, names in parts.items():
            for name in sorted(names):
                db.table("account_scope").insert(
                    {"account": account_id, "kind": kind, "name": name}
                )
        write_record(db, actor, "set_scope", f"account:{account_id}")


def _account(db: Database, row: dict[str, Any]) -> Account:
    """An account with its part of the ward; a coordinator without one has the whole."""
    role, names = Role(row["role"]), dict[str, set[str]]()
    for kind, name in db.execute(
        "SELECT kind, name FROM account_scope WHERE account = ?", [row["id"]]
    ):
        names.setdefault(kind, set()).add(name)
    is_whole = role is Role.ADMIN or (role is Role.COORDINATOR and not names)
    networks, districts, listings = (
        frozenset(names.get(kind, ())) for kind in ("network", "district", "listing")
    )
    scope = Scope(networks, districts, listings, is_whole)
    return Account(row["id"], row["email"], role, scope)


def sign_out(db: Database, token: str) -> None:
    """End the session of this cookie."""
    db.execute("DELETE FROM session WHERE token_hash = ?", [_hash(token)])


def has_accounts(db: Database) -> bool:
    """Whether anybody can sign in yet."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM account)").fetchone()[0])


def _attempt(db: Database, limits: dict[str, int]) -> list[int]:
    """Note an attempt before its password is looked at, so that many at once count as many."""
    attempts = []
    with transaction(db):
        db.execute("DELETE FROM sign_in_attempt WHERE at < ?", [_before(ATTEMPTS_WINDOW)])
        for subject, limit in limits.items():
            count = db.execute(
                "SELECT count(*) FROM sign_in_attempt WHERE subject = ?", [subject]
            ).fetchone()[0]
            if count >= limit:
                raise TooManyAttemptsError(subject)
            cursor = db.execute(
                "INSERT INTO sign_in_attempt (subject, at) VALUES (?, ?)", [subject, now()]
            )
            attempts.append(int(cursor.lastrowid or 0))
    return attempts


def _subject(db: Database, text: str) -> str:
    """A hash that means nothing outside this database: the file's own creation is the salt."""
    salt = db.execute("SELECT min(applied_at) FROM _sqlite_migrations").fetchone()[0]
    return hashlib.blake2b(text.encode(), key=salt.encode()[:64], digest_size=16).hexdigest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _before(span: dt.timedelta) -> str:
    return (dt.datetime.now(dt.UTC) - span).isoformat(timespec="microseconds")
