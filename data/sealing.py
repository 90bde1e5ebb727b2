"""What is confidential is kept encrypted, with a key that is not in the database.

Sealed are mails, drafts, uploaded lists, second steps, contact persons, notes and minutes. The key
lies beside the database as `data.key`, readable by its owner alone, and is in no backup. Not sealed
are the wordings of listings and events, with contacts for the staff and addresses that are not
public, what visitors report, and the addresses of accounts: keep the database and its backups as
you keep a list of telephone numbers of your office.
"""

import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from ibasho.data.database import Database

FILE_NAME = "data.key"


class WrongKeyError(Exception):
    """A text was sealed with another key than the one beside this database, or was changed."""


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


def has_key(db: Database) -> bool:
    """Whether anything was ever sealed here."""
    return (_folder(db) / FILE_NAME).exists()


def opens(data_dir: Path, sealed: bytes) -> bool:
    """Whether the key of a data directory opens this; without a key it does not."""
    if not (data_dir / FILE_NAME).exists():
        return False
    try:
        _lock(data_dir).decrypt(sealed)
    except InvalidToken:
        return False
    return True


def _folder(db: Database) -> Path:
    return Path(db.execute("PRAGMA database_list").fetchone()[2]).parent


@cache
def _lock(folder: Path) -> Fernet:
    """The key of a data directory, made at its first use."""
    path = folder / FILE_NAME
    if not path.exists():
        made = folder / f"{FILE_NAME}.{secrets.token_hex(8)}"
        made.touch(mode=0o600)
        made.write_bytes(Fernet.generate_key())
        # a link never replaces: of two processes that begin at once, both end with one key
        with suppress(FileExistsError):
            path.hardlink_to(made)
        made.unlink()
    return Fernet(path.read_bytes().strip())
