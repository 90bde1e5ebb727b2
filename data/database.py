"""The one SQLite file: how it is opened, how its schema grows, how a write is one transaction."""

import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from ibasho.data.migrations import NewerDatabaseError, is_pending, migrate

__all__ = [
    "Database",
    "NewerDatabaseError",
    "is_busy",
    "open_database",
    "state_of",
    "transaction",
]

FILE_NAME = "ibasho.db"
_BUSY_MILLISECONDS = 5_000


def open_database(data_dir: Path, tracer: Callable[..., None] | None = None) -> Database:
    """Open (or make) `ibasho.db` in `data_dir`, bring its schema up to date and return it.

    One connection belongs to one thread or request. `tracer` is called with each SQL statement
    and its parameters. Raises NewerDatabaseError where a later release has written the file.
    """
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Whoever else uses this machine must not read it; SQLite's other files take its mode over.
    with suppress(PermissionError):
        (data_dir / FILE_NAME).touch(mode=0o600)
    connection = sqlite3.connect(
        data_dir / FILE_NAME, timeout=_BUSY_MILLISECONDS / 1000, check_same_thread=False
    )
    db = Database(connection, tracer=tracer, execute_plugins=False)
    try:
        # FULL: an acknowledged write survives a power cut. secure_delete: erased is overwritten.
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON",
                       "secure_delete = ON"):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")
        if is_pending(db):
            with transaction(db):
                migrate(db)
    except BaseException:
        connection.close()
        raise
    return db


@contextmanager
def transaction(db: Database) -> Iterator[Database]:
    """All writes inside are kept together or not at all; the write lock is taken at the start.

    Taking it at once means that two writers wait for each other instead of failing half way.
    Inside another transaction it is part of that one.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield db
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        db.rollback()
        raise
    db.commit()


def state_of(db: Database) -> Hashable:
    """What differs after every write, of this connection or another; no table is read for it.

    It is comparable for one connection only.
    """
    return db.conn.execute("PRAGMA data_version").fetchone()[0], db.conn.total_changes


def is_busy(error: sqlite3.OperationalError) -> bool:
    """Whether another writer, a full disk or a read-only file kept this write from happening."""
    return error.sqlite_errorcode & 0xFF in {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN,
    }  # fmt: skip
