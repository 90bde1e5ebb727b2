"""The throttle: how often something may be tried, counted where it survives a restart."""

import datetime as dt
import hashlib
from collections.abc import Callable

from ibasho.data.accounts.model import TooManyAttemptsError
from ibasho.data.clock import now
from ibasho.data.database import Database, transaction

ATTEMPTS = 8  # for one account
ATTEMPTS_OF_ADDRESS = 60  # a whole office may share one network address
ATTEMPTS_WINDOW = dt.timedelta(minutes=15)
_KEPT = dt.timedelta(hours=1)


def _nothing() -> None:
    pass


def note_attempt(
    db: Database,
    what: str,
    address: str,
    most: int = ATTEMPTS,
    if_over: Callable[[], None] = _nothing,
) -> list[int]:
    """Note an attempt before it is looked at, so that many at once count as many; their ids.

    Of `what` is tried and of the network address, keyed hashes alone are kept. `if_over` is part
    of the transaction in which no try of `what` is left. Raises TooManyAttemptsError.
    """
    subject, place = _subject(db, what), _subject(db, address)
    with transaction(db):
        _forget_old(db)
        if _count(db, place) >= ATTEMPTS_OF_ADDRESS:
            raise TooManyAttemptsError
        is_over = _count(db, subject) >= most
        attempts = [_add(db, place)]
        if is_over:
            if_over()
        else:
            attempts.append(_add(db, subject))
    if is_over:
        raise TooManyAttemptsError
    return attempts


def note_in_an_hour(db: Database, what: str, most: int) -> None:
    """Note one more of what may be done so often in an hour; a keyed hash of `what` alone is kept.

    Part of the caller's transaction. Raises TooManyAttemptsError.
    """
    subject = _subject(db, what)
    _forget_old(db)
    if _count(db, subject, _KEPT) >= most:
        raise TooManyAttemptsError
    _add(db, subject)


def forget_attempts(db: Database, what: str, attempts: list[int]) -> None:
    """Let go of what was tried in vain, once it was right; part of the caller's transaction."""
    db.execute("DELETE FROM sign_in_attempt WHERE subject = ?", [_subject(db, what)])
    for attempt in attempts:
        db.execute("DELETE FROM sign_in_attempt WHERE id = ?", [attempt])


def is_locked(db: Database, what: str) -> bool:
    """Whether no try is left for a while."""
    return _count(db, _subject(db, what)) >= ATTEMPTS


def _forget_old(db: Database) -> None:
    db.execute("DELETE FROM sign_in_attempt WHERE at < ?", [now(-_KEPT)])


def _add(db: Database, subject: str) -> int:
    cursor = db.execute("INSERT INTO sign_in_attempt (subject, at) VALUES (?, ?)", [subject, now()])
    return int(cursor.lastrowid or 0)


def _count(db: Database, subject: str, window: dt.timedelta = ATTEMPTS_WINDOW) -> int:
    query = "SELECT count(*) FROM sign_in_attempt WHERE subject = ? AND at >= ?"
    return int(db.execute(query, [subject, now(-window)]).fetchone()[0])


def _subject(db: Database, text: str) -> str:
    """A hash that means nothing outside this database: the file's own creation is the salt."""
    salt = db.execute("SELECT min(applied_at) FROM _sqlite_migrations").fetchone()[0]
    return hashlib.blake2b(text.encode(), key=salt.encode()[:64], digest_size=16).hexdigest()
