"""The only code that reads and writes `addresses.sqlite`, the points finer than a town.

The file is big, replaceable and not the truth: deleting it costs nothing but its import. Towns are
kept by their full names in the town table, points in millionths of a degree (WGS 84).
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from ibasho.data.clock import now, today
from ibasho.data.database import Database, transaction

FILE_NAME = "addresses.sqlite"
_FORMAT = 1
_MICRO = 1_000_000
_BUSY_SECONDS = 5

_TABLES = (
    """CREATE TABLE municipality (
         id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, points INTEGER NOT NULL,
         radius_m INTEGER NOT NULL, source TEXT NOT NULL, kept_at TEXT NOT NULL) STRICT""",
    """CREATE TABLE town (
         id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
         municipality INTEGER NOT NULL REFERENCES municipality (id) ON DELETE CASCADE) STRICT""",
    "CREATE INDEX town_of ON town (municipality)",
    """CREATE TABLE point (
         town INTEGER NOT NULL REFERENCES town (id) ON DELETE CASCADE, block TEXT NOT NULL,
         lat INTEGER NOT NULL, lon INTEGER NOT NULL, spread_m INTEGER NOT NULL,
         is_lot INTEGER NOT NULL, PRIMARY KEY (town, block)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE asked (
         address TEXT PRIMARY KEY, answers TEXT NOT NULL, asked_on TEXT NOT NULL) STRICT""",
)


class UnusableAddressesError(Exception):
    """`addresses.sqlite` is damaged or of another release; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Block:
    """The point of a block, or of a lot (地番) where `is_lot`.

    WGS 84 degrees. `spread_m` is how far, in metres, further points of the same number lie from
    it; 0 where it is the only one.
    """

    lat: float
    lon: float
    is_lot: bool
    spread_m: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A block that was found, and the radius in metres within which its places lie."""

    block: str
    lat: float
    lon: float
    is_lot: bool
    radius_m: int


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of one municipality: how many points, their radius (metres), from which file."""

    municipality: str
    points: int
    radius_m: int
    source: str
    kept_at: str


def open_addresses(data_dir: Path) -> Database | None:
    """The points of a data directory; None where there are none, or none that can be read."""
    if not (data_dir / FILE_NAME).exists():
        return None
    try:
        return make_addresses(data_dir)
    except UnusableAddressesError:
        return None  # `ibasho addresses` says so; everybody else has the towns


def make_addresses(data_dir: Path) -> Database:
    """Open the points of a data directory, or begin them; for one thread.

    Raises UnusableAddressesError, and OSError where the directory cannot be written.
    """
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = data_dir / FILE_NAME
    with suppress(PermissionError):
        path.touch(mode=0o600)
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False)
    db = Database(connection, execute_plugins=False)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("PRAGMA foreign_keys = ON")
        # What is forgotten is overwritten, not only left out of the lists.
        connection.execute("PRAGMA secure_delete = ON")
        if version == 0:
            connection.execute("PRAGMA journal_mode = WAL")
            _begin(db)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise UnusableAddressesError(
            f"{path} cannot be read ({error}); delete it and import its files again"
        ) from error
    if version not in (0, _FORMAT):
        connection.close()
        raise UnusableAddressesError(
            f"{path} is of another release; delete it and import its files again"
        )
    return db


def _begin(db: Database) -> None:
    with transaction(db):
        if db.execute("PRAGMA user_version").fetchone()[0] == 0:
            for statement in _TABLES:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {_FORMAT}")


def find_point(db: Database, town: str, blocks: Sequence[str]) -> Found | None:
    """The first of these blocks of a town that is kept; None also where the file is damaged."""
    query = """
      SELECT block, lat, lon, is_lot, radius_m + spread_m FROM town
      JOIN municipality ON municipality.id = town.municipality
      JOIN point ON point.town = town.id WHERE town.name = ? AND block = ?"""
    for block in blocks:
        try:
            row = db.execute(query, [town, block]).fetchone()
        except sqlite3.DatabaseError:
            return None
        if row:
            return Found(row[0], row[1] / _MICRO, row[2] / _MICRO, bool(row[3]), row[4])
    return None


def read_held(db: Database) -> list[Held]:
    """What is kept, by municipality."""
    rows = db.execute(
        "SELECT name, points, radius_m, source, kept_at FROM municipality ORDER BY name"
    )
    return [Held(*row) for row in rows]


def keep_municipality(
    db: Database,
    name: str,
    towns: Mapping[str, Mapping[str, Block]],
    radius_m: int,
    source: str,
) -> None:
    """Keep the points of a municipality, by town and block, in place of those that it had.

    Part of the caller's transaction.
    """
    db.execute("DELETE FROM municipality WHERE name = ?", [name])
    count = sum(map(len, towns.values()))
    cursor = db.execute(
        "INSERT INTO municipality (name, points, radius_m, source, kept_at) VALUES (?, ?, ?, ?, ?)",
        [name, count, radius_m, source, now()],
    )
    municipality = cursor.lastrowid
    for town, blocks in towns.items():
        cursor = db.execute(
            "INSERT INTO town (name, municipality) VALUES (?, ?)", [town, municipality]
        )
        number = cursor.lastrowid
        db.conn.executemany(
            "INSERT INTO point (town, block, lat, lon, spread_m, is_lot)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                (number, block, round(point.lat * _MICRO), round(point.lon * _MICRO),
                 point.spread_m, point.is_lot)
                for block, point in blocks.items()
            ),
        )  # fmt: skip


# -- what a service on the network has answered


def read_answer(db: Database, address: str, since: str) -> list[tuple[str, float, float]] | None:
    """Titles and points (WGS 84) that were answered to an address; [] when nothing was found.

    None where it was not asked on the JST date `since` or later.
    """
    row = db.execute(
        "SELECT answers FROM asked WHERE address = ? AND asked_on >= ?", [address, since]
    ).fetchone()
    return [(title, lat, lon) for title, lat, lon in json.loads(row[0])] if row else None


def keep_answer(db: Database, address: str, answers: Iterable[tuple[str, float, float]]) -> None:
    """Keep what was answered to an address today; nothing found is an answer too."""
    with transaction(db):
        db.execute(
            "INSERT OR REPLACE INTO asked (address, answers, asked_on) VALUES (?, ?, ?)",
            [address, json.dumps(list(answers), ensure_ascii=False), today().isoformat()],
        )


def forget_answers(data_dir: Path, kept: Callable[[], tuple[str, ...]]) -> None:
    """Forget, with every trace, what was answered to addresses that end like none of `kept()`.

    `kept` is called only where there are answers. A busy or damaged file is left to the next time.
    """
    db = open_addresses(data_dir)
    if db is None:
        return
    with closing(db), suppress(sqlite3.DatabaseError):
        asked = [address for (address,) in db.execute("SELECT address FROM asked")]
        endings = kept() if asked else ()
        gone = [[address] for address in asked if not address.endswith(endings)]
        if gone:
            with transaction(db):
                db.conn.executemany("DELETE FROM asked WHERE address = ?", gone)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
