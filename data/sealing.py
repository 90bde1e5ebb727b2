"""What is confidential is kept encrypted, with a key that is not in the database.

Sealed are mails, drafts, uploaded lists, second steps, contact persons, notes and minutes, what
visitors report, reasons, whose accounts there are, and of listings and events what only the staff
may know. The key lies beside the database as `data.key`, readable by its owner alone, and is in no
backup. Not sealed are the names of places that nobody has published yet, who did what (by number),
and the texts that are written for everyone.
"""

import hashlib
import hmac
import os
import secrets
import sqlite3
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from ibasho.data.database import FILE_NAME as DATABASE_NAME
from ibasho.data.database import Database

FILE_NAME = "data.key"


class WrongKeyError(Exception):
    """A text was sealed with another key than the one beside this database, or was changed.

    Or there is none, where something is sealed already.
    """


def seal(db: Database, text: str) -> bytes:
    """The text encrypted and signed; made anew each time, so that equal texts do not look so."""
    return seal_bytes(db, text.encode())


def unseal(db: Database, sealed: bytes) -> str:
    """The text that `seal` was given. Raises WrongKeyError."""
    return unseal_bytes(db, sealed).decode()


def seal_bytes(db: Database, data: bytes) -> bytes:
    """What `seal` does, for what is no text."""
    return _lock(_folder(db)).encrypt(data)


def unseal_bytes(db: Database, sealed: bytes) -> bytes:
    """The bytes that `seal_bytes` was given. Raises WrongKeyError."""
    try:
        return _lock(_folder(db)).decrypt(sealed)
    except InvalidToken as error:
        raise WrongKeyError(
            f"{FILE_NAME} is not the key of this database; bring back the one that was kept for it"
        ) from error


def seal_words(db: Database, text: str) -> str:
    """What `seal` does, for a column of text; an empty text stays empty."""
    return seal(db, text).decode() if text else ""


def unseal_words(db: Database, sealed: str) -> str:
    """The text that `seal_words` was given. Raises WrongKeyError."""
    return unseal(db, sealed.encode()) if sealed else ""


def digest(db: Database, text: str) -> str:
    """What is equal for equal texts, and tells nothing of them to who has not the key."""
    return hmac.digest(_digest_key(_folder(db)), text.encode(), hashlib.sha256).hex()


def has_key(db: Database) -> bool:
    """Whether anything was ever sealed here."""
    return (_folder(db) / FILE_NAME).exists()


def has_right_key(db: Database) -> bool:
    """Whether the key that is there opens what is sealed; true where nothing is."""
    try:
        unseal_words(db, _one_sealed(db.conn))
    except WrongKeyError:
        return False
    return True


def opens(data_dir: Path, sealed: bytes) -> bool:
    """Whether the key of a data directory opens this; without a key it does not."""
    if not (data_dir / FILE_NAME).exists():
        return False
    try:
        _lock(data_dir).decrypt(sealed)
    except InvalidToken:
        return False
    return True


def lend_key(data_dir: Path, folder: Path) -> None:
    """Put the key of a data directory into another, for a copy of its database."""
    for one in (data_dir, folder):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)
    lent = folder / FILE_NAME
    lent.touch(mode=0o600)
    lent.write_bytes(_key(data_dir))


def _folder(db: Database) -> Path:
    return Path(db.execute("PRAGMA database_list").fetchone()[2]).parent


@cache
def _lock(folder: Path) -> Fernet:
    try:
        return Fernet(_key(folder))
    except ValueError as error:  # an empty file, or half of one
        raise WrongKeyError(f"{FILE_NAME} is damaged; bring back the copy of it") from error


@cache
def _digest_key(folder: Path) -> bytes:
    # a key of its own for each use, so that neither says anything of the other
    return hmac.digest(_key(folder), b"ibasho digest", hashlib.sha256)


def _key(folder: Path) -> bytes:
    """The key of a data directory, made at its first use. Raises WrongKeyError where it is lost."""
    path = folder / FILE_NAME
    if not path.exists():
        if _holds_sealed(folder / DATABASE_NAME):
            raise WrongKeyError(f"{FILE_NAME} is missing; bring back the copy that was kept of it")
        made = folder / f"{FILE_NAME}.{secrets.token_hex(8)}"
        made.touch(mode=0o600)
        with made.open("wb") as file:
            file.write(Fernet.generate_key())
            file.flush()
            os.fsync(file.fileno())  # what is sealed with it is not to outlive it
        # a link never replaces: of two processes that begin at once, both end with one key
        with suppress(FileExistsError):
            path.hardlink_to(made)
        made.unlink()
    return path.read_bytes().strip()


def _holds_sealed(file: Path) -> bool:
    """Whether anything in a database was sealed with a key."""
    if not file.exists():
        return False
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as db:
        return bool(_one_sealed(db))


def _one_sealed(db: sqlite3.Connection) -> str:
    """Any sealed text of a database: it begins with the version of Fernet; "" where none is."""
    columns = db.execute(
        "SELECT one.name, part.name FROM sqlite_master AS one, pragma_table_info(one.name)"
        " AS part WHERE one.type = 'table' AND part.name LIKE '%sealed'"
    ).fetchall()
    for table, name in columns:
        query = f"SELECT CAST({name} AS TEXT) AS text FROM {table} WHERE text GLOB 'gAAAA*' LIMIT 1"  # noqa: S608 (our names)
        if row := db.execute(query).fetchone():
            return str(row[0])
    return ""
