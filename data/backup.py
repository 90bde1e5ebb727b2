"""A backup is one zip: the database as it was at one moment, and what proves that it is whole.

It is taken while the site serves. What was sealed stays sealed in it, and `data.key` is not in it:
keep a copy of that file in another place, or what is confidential cannot be read again. The search
index, the points of addresses and the counts of searches are not in it; they can be made anew.
"""

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ibasho.data import sealing
from ibasho.data.accounts import COMMAND_LINE, Carried, carry_access, forget_sign_ins
from ibasho.data.clock import now
from ibasho.data.database import FILE_NAME, Database, open_database, transaction
from ibasho.data.links import end_all_links
from ibasho.data.mail import doubt_mails
from ibasho.data.migrations import NewerDatabaseError
from ibasho.data.record import write_record

_MANIFEST = "manifest.json"
_FORMAT = 1
_KEY_WORDS = "the key of this backup"
_PAGES_AT_ONCE = 500  # between them the progress is told
_BLOCK = 1 << 20
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is."""


class UnusableBackupError(Exception):
    """The file proves nothing, or not enough; the message says what to do. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    `made_at` is UTC, `sha256` that of the database in it, `rows` how many each table has. `key` is
    a text sealed with the key of its confidential parts, "" where nothing was ever sealed.
    """

    format: int
    made_at: str
    sha256: str
    rows: dict[str, int]
    key: str


def write_backup(db: Database, file: Path, progress: Progress = lambda *_: None) -> Manifest:
    """Write a backup that has been read again and found whole, and return what it says of itself.

    The file appears complete or not at all, for its owner alone to read. Raises OSError, and
    UnusableBackupError where the database itself is damaged.
    """
    with TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
        copy, made = Path(folder, FILE_NAME), Path(folder, "made.zip")
        _copy(db.conn, copy, progress)
        manifest = Manifest(_FORMAT, now(), _sha256(copy), _prove(copy), _key_words(db))
        made.touch(mode=0o600)
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
            packed.writestr(_MANIFEST, json.dumps(asdict(manifest)))
            packed.write(copy, FILE_NAME)
        read_backup(made)
        made.replace(file)
    return manifest


def record_backup(db: Database, manifest: Manifest) -> str:
    """Note that all that is known was taken along; one transaction.

    Returns why that could not be written (another writer, a full disk), "" where it was.
    """
    try:
        with transaction(db):
            write_record(db, COMMAND_LINE, "take_backup", "site", manifest.made_at)
    except sqlite3.OperationalError as error:
        return str(error)
    return ""


def read_backup(file: Path) -> Manifest:
    """Prove that a backup is whole, and of no later release. Raises UnusableBackupError."""
    with _opened(file) as (manifest, _):
        return manifest


@dataclass(frozen=True, slots=True)
class Restored:
    """What bringing a backup back did to what was there.

    `before` is a backup of it, None where there was no site. `damaged` is the database that was
    there and could not be read, set aside. `carried` says who may come in.
    """

    before: Path | None
    damaged: Path | None
    carried: Carried


def restore_backup(data_dir: Path, file: Path, progress: Progress = lambda *_: None) -> Restored:
    """Put what is in a backup in place of what is known now, and keep the latter.

    The backup proves itself first; then one transaction takes its content over, also under a site
    that serves, and brings its tables up to date. The search index must be rebuilt after it. Mails
    that waited then may have gone out since, so a person decides on them; sessions and links of
    then have ended, and accounts stay as they are now. Raises UnusableBackupError, and OSError
    where the disk is full.
    """
    moment = now()[:19].replace(":", "")
    with _opened(file) as (manifest, copy):
        _check_key(data_dir, manifest)
        sealing.lend_key(data_dir, copy.parent)  # an older database is sealed while it grows
        with closing(_grown(file, copy)) as then:  # before anything is replaced
            before, damaged = _keep_present(data_dir, moment)
            with closing(open_database(data_dir)) as db:
                carried = _close(then, db if before else None)
        with closing(open_database(data_dir)) as db:
            with closing(sqlite3.connect(copy)) as source:
                source.backup(db.conn, progress=lambda _, left, all_: progress(all_ - left, all_))
            db.conn.execute("PRAGMA journal_mode = WAL")
            with db.atomic():
                write_record(db, COMMAND_LINE, "restore_backup", "site", manifest.made_at)
    return Restored(before, damaged, carried)


def _grown(file: Path, copy: Path) -> Database:
    """The database of a backup with its tables brought up to date."""
    try:
        return open_database(copy.parent)
    except NewerDatabaseError as error:
        raise UnusableBackupError(f"{file}: {error}") from error


def _keep_present(data_dir: Path, moment: str) -> tuple[Path | None, Path | None]:
    """A backup of what is there, or else the file of it that cannot be read, set aside."""
    present = data_dir / FILE_NAME
    if not present.exists():
        return None, None
    try:
        with closing(open_database(data_dir)) as db:
            before = data_dir / f"before-restore-{moment}.zip"
            write_backup(db, before)
            return before, None
    except NewerDatabaseError as error:
        raise UnusableBackupError(f"{data_dir}: {error}") from error
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in _DAMAGED:
            raise
    except UnusableBackupError:
        pass
    damaged = data_dir / f"damaged-{moment}.db"
    for end in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{present}{end}").rename(f"{damaged}{end}")
    return None, damaged


def _close(then: Database, present: Database | None) -> Carried:
    """End what was open when a copy was made: it may have been used or taken back since."""
    with transaction(then):
        doubt_mails(then)
        forget_sign_ins(then)
        end_all_links(then)
        return carry_access(then, present)


@contextmanager
def _opened(file: Path) -> Iterator[tuple[Manifest, Path]]:
    """A proven backup: what it says of itself, and its database unpacked for a while."""
    with TemporaryDirectory(prefix="ibasho-") as folder:
        copy = Path(folder, FILE_NAME)
        try:
            with zipfile.ZipFile(file) as packed:
                manifest = _read_manifest(packed)
                with packed.open(FILE_NAME) as inside, copy.open("wb") as outside:
                    shutil.copyfileobj(inside, outside, _BLOCK)
        except (zipfile.BadZipFile, KeyError, EOFError, ValueError, TypeError) as error:
            raise UnusableBackupError(
                f"{file} is no backup, or only a part of one; take another copy of it"
            ) from error
        if _sha256(copy) != manifest.sha256 or _prove(copy) != manifest.rows:
            raise UnusableBackupError(
                f"{file} is damaged; take another copy of it, or an older one"
            )
        yield manifest, copy


def _read_manifest(packed: zipfile.ZipFile) -> Manifest:
    manifest = Manifest(**json.loads(packed.read(_MANIFEST)))
    if manifest.format > _FORMAT:
        raise UnusableBackupError("the backup was made by a later release; install that release")
    return manifest


def _prove(copy: Path) -> dict[str, int]:
    """The number of rows of each table of a database that is whole. Raises UnusableBackupError."""
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as db:
            whole = db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            if not whole or db.execute("PRAGMA foreign_key_check").fetchone():
                raise UnusableBackupError(f"the database in {copy.name} is damaged")
            names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            return {
                name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
                for (name,) in names.fetchall()
            }
    except sqlite3.DatabaseError as error:
        raise UnusableBackupError(f"the database in {copy.name} cannot be read") from error


def _copy(connection: sqlite3.Connection, file: Path, progress: Progress) -> None:
    # one moment is held while others write: without it each of their writes would begin it anew
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        with closing(sqlite3.connect(file)) as target:
            connection.backup(
                target,
                pages=_PAGES_AT_ONCE,
                progress=lambda _, left, all_: progress(all_ - left, all_),
            )
            target.execute("PRAGMA journal_mode = DELETE")  # one file, without others beside it
    finally:
        connection.rollback()


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _key_words(db: Database) -> str:
    return sealing.seal(db, _KEY_WORDS).decode() if sealing.has_key(db) else ""


def _check_key(data_dir: Path, manifest: Manifest) -> None:
    """Refuse a backup whose confidential parts could not be read here."""
    if manifest.key and not sealing.opens(data_dir, manifest.key.encode()):
        raise UnusableBackupError(
            f"{data_dir / sealing.FILE_NAME} is missing or another site's, and without it what is "
            "confidential in the backup cannot be read; bring the key that was kept for it"
        )
