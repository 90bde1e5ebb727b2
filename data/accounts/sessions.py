"""Sessions, and halves whose second step is not done; of their tokens only hashes are kept."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from ibasho.data.clock import now
from ibasho.data.database import Database, transaction

IDLE_LIMIT = dt.timedelta(hours=2)
ABSOLUTE_LIMIT = dt.timedelta(hours=12)
HALF_LIMIT = dt.timedelta(minutes=15)  # to fetch the telephone, and to set it up the first time
_SEEN_EVERY = dt.timedelta(minutes=5)  # a page that is only read should not write each time
_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Session:
    """Where somebody is signed in; moments are UTC. `is_this`: the one that asks."""

    id: str
    started_at: str
    seen_at: str
    is_this: bool


def open_session(db: Database, account_id: int) -> str:
    """Let somebody in; the cookie's value. Part of the caller's transaction."""
    token = secrets.token_urlsafe(32)
    db.execute("DELETE FROM session WHERE started_at < ?", [now(-ABSOLUTE_LIMIT)])
    db.execute(
        "INSERT INTO session (token_hash, account, started_at, seen_at) VALUES (?, ?, ?, ?)",
        [token_hash(token), account_id, now(), now()],
    )
    return token


def account_of_session(db: Database, token: str) -> int | None:
    """Whose session this is, unless it is idle or old or the account is closed."""
    row = next(
        db.query(
            "SELECT account, seen_at FROM session JOIN account ON account.id = session.account"
            " WHERE token_hash = ? AND started_at > ? AND seen_at > ? AND closed_at IS NULL",
            [token_hash(token), now(-ABSOLUTE_LIMIT), now(-IDLE_LIMIT)],
        ),
        None,
    )
    if row is None:
        return None
    if row["seen_at"] < now(-_SEEN_EVERY):
        db.execute(
            "UPDATE session SET seen_at = ? WHERE token_hash = ?", [now(), token_hash(token)]
        )
    return int(row["account"])


def read_sessions(db: Database, account_id: int, token: str) -> list[Session]:
    """Where an account is signed in, the newest first; `token` is that of who asks."""
    rows = db.execute(
        "SELECT token_hash, started_at, seen_at FROM session"
        " WHERE account = ? AND started_at > ? AND seen_at > ? ORDER BY seen_at DESC",
        [account_id, now(-ABSOLUTE_LIMIT), now(-IDLE_LIMIT)],
    )
    return [
        Session(name[:_ID_LENGTH], begun, seen, is_this=name == token_hash(token))
        for name, begun, seen in rows
    ]


def sign_out(db: Database, token: str) -> None:
    """End the session of this cookie."""
    db.execute("DELETE FROM session WHERE token_hash = ?", [token_hash(token)])


def end_session(db: Database, account_id: int, session_id: str) -> None:
    """End one of an account's own sessions; nothing where it has ended."""
    db.execute(
        "DELETE FROM session WHERE account = ? AND substr(token_hash, 1, ?) = ?",
        [account_id, _ID_LENGTH, session_id],
    )


def end_sessions(db: Database, account_id: int, but: str | None = None) -> None:
    """End all sessions of an account, and what is half begun, but that of the token `but`."""
    kept = token_hash(but) if but else ""
    with transaction(db):
        db.execute("DELETE FROM session WHERE account = ? AND token_hash <> ?", [account_id, kept])
        end_halves(db, account_id)


def end_halves(db: Database, account_id: int) -> None:
    """Let everybody who has typed the password of an account alone begin anew."""
    db.execute("DELETE FROM half_session WHERE account = ?", [account_id])


def forget_sign_ins(db: Database) -> None:
    """End the sessions of everybody, whole and half, and forget what was tried in vain."""
    with transaction(db):
        db.execute("DELETE FROM session")
        db.execute("DELETE FROM half_session")
        db.execute("DELETE FROM device_set_up")
        db.execute("DELETE FROM passkey_challenge")
        db.execute("DELETE FROM sign_in_attempt")


def open_half(db: Database, account_id: int) -> str:
    """Note that the password was right; what proves it to the second step."""
    token = secrets.token_urlsafe(32)
    db.execute("DELETE FROM half_session WHERE started_at < ?", [now(-HALF_LIMIT)])
    db.execute(
        "INSERT INTO half_session (token_hash, account, started_at) VALUES (?, ?, ?)",
        [token_hash(token), account_id, now()],
    )
    return token


def account_of_half(db: Database, token: str) -> int | None:
    """Whose second step this token waits for, unless that took too long."""
    row = db.execute(
        "SELECT account FROM half_session JOIN account ON account.id = half_session.account"
        " WHERE token_hash = ? AND started_at > ? AND closed_at IS NULL",
        [token_hash(token), now(-HALF_LIMIT)],
    ).fetchone()
    return int(row[0]) if row else None


def end_half(db: Database, token: str) -> None:
    """Forget a token of the second step."""
    db.execute("DELETE FROM half_session WHERE token_hash = ?", [token_hash(token)])


def token_hash(token: str) -> str:
    """What is kept of a cookie's value."""
    return hashlib.sha256(token.encode()).hexdigest()
