"""The search index of one data directory: follows the database, heals itself, answers."""

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterator
from functools import partial
from pathlib import Path
from threading import Lock

from ibasho.data.areas import read_outlines
from ibasho.data.database import Database, transaction
from ibasho.data.listings.kinds import Kind
from ibasho.data.listings.model import AddressVisibility
from ibasho.data.listings.public import PublicListing
from ibasho.data.listings.store import (
    clear_index_outbox,
    count_public,
    has_index_notes,
    read_all_public,
    read_index_outbox,
    read_public,
)
from ibasho.data.schedule import NONE_KNOWN, SchoolHolidays
from ibasho.data.text import fold_closed
from ibasho.search_index import facets, search, suggesting
from ibasho.search_index.query import Facets, SearchQuery, SearchResult
from ibasho.search_index.record import Record, record_of
from ibasho.search_index.snapshot import Snapshot
from ibasho.search_index.storage import IndexFolder, UnreadableIndexError

_PATIENCE_S = 0.25
_LONG_PATIENCE_S = 120.0
_BATCH = 500

Recorder = Callable[[PublicListing], Record]


class SearchIndex:
    """A cache of the public listings that answers searches; SQLite is the truth.

    One object serves all threads of a process, and any number of processes share the folder.
    Every search looks whether another process has changed the index.
    """

    def __init__(self, folder: Path, holidays: SchoolHolidays = NONE_KNOWN) -> None:
        self._folder = IndexFolder(folder)
        self._holidays = holidays
        self._opening = Lock()
        self._stamp: tuple[int, int] | None = None
        self._readable = False
        self._snapshot: Snapshot | None = None

    # -- asking

    def search(
        self,
        query: SearchQuery,
        today: dt.date,
        relax: bool = True,
        without: Collection[str] = (),
    ) -> SearchResult:
        """One page of what answers a query on a JST date; `without` are ids to leave out.

        When nothing does and `relax` is set, conditions give way until something is found; an
        empty index answers nothing.
        """
        snapshot = self._latest()
        if snapshot is None:
            return SearchResult(0, (), False, ())
        return search.search(snapshot.without(without), query, today, relax)

    def facets(
        self,
        query: SearchQuery,
        today: dt.date,
        dropped: Collection[str] = (),
        without: Collection[str] = (),
    ) -> Facets:
        """How many listings further conditions would leave; see `facets`."""
        snapshot = self._latest()
        if snapshot is None:
            return Facets({}, {}, {}, {}, {}, 0)
        return facets.facets(snapshot.without(without), query, today, dropped)

    def suggest(self, text: str, limit: int, without: Collection[str] = ()) -> tuple[str, ...]:
        """The ids of listings whose name has a word that begins so, then of those that hold it."""
        snapshot = self._latest()
        return suggesting.suggest(snapshot.without(without), text, limit) if snapshot else ()

    def state(self) -> Hashable:
        """What differs after every change of the index; None where there is none."""
        return self._folder.stamp()

    def count(self) -> int:
        """How many listings can be found."""
        snapshot = self._latest()
        return snapshot.count if snapshot else 0

    def names_listing(self, text: str) -> bool:
        """Whether a text stands in the name of a listing that can be found."""
        snapshot = self._latest()
        return snapshot is not None and search.is_in_a_name(snapshot, fold_closed(text))

    def kinds(self) -> frozenset[Kind]:
        """The kinds of which there is any listing to be found."""
        snapshot = self._latest()
        return snapshot.kinds() if snapshot else frozenset()

    def districts(self, without: Collection[str] = ()) -> tuple[str, ...]:
        """The school districts in which there is any listing to be found, but for these."""
        snapshot = self._latest()
        return snapshot.without(without).districts() if snapshot else ()

    def ids(self) -> frozenset[str]:
        """The listings that can be found."""
        snapshot = self._latest()
        return snapshot.ids() if snapshot else frozenset()

    def records(self) -> dict[str, Record]:
        """What is kept of each listing that can be found, by id."""
        snapshot = self._latest()
        return snapshot.records() if snapshot else {}

    def exists(self) -> bool:
        """Whether there is an index on the disk that this version can read."""
        self._latest()
        return self._folder.stamp() is not None and self._readable

    def is_current(self, db: Database) -> bool:
        """Whether the index has followed everything that is written in the database."""
        return self.exists() and not has_index_notes(db) and self.count() == count_public(db)

    # -- following

    def bring_up_to_date(self, db: Database) -> int:
        """Follow what was written since, and return how many listings were put into the index.

        An index that is missing, damaged, of another version or of another database is rebuilt.
        Where another process is writing, nothing happens and the outbox stays for the next call.
        Raises OSError when the disk refuses; the index stays as it was. Raises RuntimeError inside
        a transaction: what is not committed must not be found.
        """
        _check_committed(db)
        wait_s = _PATIENCE_S if self._latest() else _LONG_PATIENCE_S
        with self._folder.locked(wait_s) as is_writer:
            return self._follow(db) if is_writer else 0

    def rebuild(self, db: Database) -> int:
        """Write a new index beside the old one, swap while readers read, and return its size.

        Nothing is left of what the old one held. Raises TimeoutError where another process keeps
        writing, OSError when the disk refuses, RuntimeError inside a transaction.
        """
        _check_committed(db)
        with self._folder.locked(_LONG_PATIENCE_S) as is_writer:
            if not is_writer:
                raise TimeoutError("another process is writing the search index; try again")
            return self._replace(db)

    def _follow(self, db: Database) -> int:
        newest, ids = read_index_outbox(db)
        snapshot = self._latest()
        try:
            stored = self._folder.read(snapshot.stored if snapshot else None)
        except UnreadableIndexError:
            return self._replace(db)
        if snapshot is None or not self._readable:
            return self._replace(db)
        live = snapshot.count
        # rewriting is cheaper than carrying many dead documents, and leaves nothing of them
        dead = len(snapshot.live) - live + len(ids)
        if dead * 4 > live or (not ids and live != count_public(db)):
            return self._replace(db)
        if not ids:
            return 0
        record = recorder(db)
        if self._is_hiding(db, snapshot, ids, record):
            return self._replace(db)
        written = self._folder.update(stored, ids, map(record, _read_public(db, ids)))
        self._forget(db, newest)
        return written

    def _is_hiding(
        self, db: Database, snapshot: Snapshot, ids: list[str], record: Recorder
    ) -> bool:
        """Whether an address has been hidden: then no file may hold it any longer."""
        return any(
            (number := snapshot.number(listing.id)) is not None
            and listing.address_visibility is not AddressVisibility.EXACT
            and snapshot.record(number) != record(listing)
            for listing in _read_public(db, ids)
        )

    def _replace(self, db: Database) -> int:
        newest, _ = read_index_outbox(db)
        written = self._folder.replace(map(recorder(db), read_all_public(db)))
        self._forget(db, newest)
        return written

    def _forget(self, db: Database, newest: int) -> None:
        """Clear the outbox; only ever after the index is on the disk."""
        if newest:
            with transaction(db):
                clear_index_outbox(db, newest)

    # -- reading

    def _latest(self) -> Snapshot | None:
        """The newest state of the index; the one before where the newest can't be read."""
        if self._folder.stamp() in (None, self._stamp):
            return self._snapshot
        with self._opening:
            while (stamp := self._folder.stamp()) not in (None, self._stamp):
                try:
                    before = self._snapshot.stored if self._snapshot else None
                    stored = self._folder.read(before)
                    self._snapshot = Snapshot.open(stored, self._holidays, self._snapshot)
                    self._stamp, self._readable = stamp, True
                except UnreadableIndexError:
                    # it may only have been replaced while it was read
                    if stamp == self._folder.stamp():
                        self._stamp, self._readable = stamp, False
        return self._snapshot


def _check_committed(db: Database) -> None:
    if db.conn.in_transaction:
        raise RuntimeError("the search index follows committed changes only")


def recorder(db: Database) -> Recorder:
    """What makes the documents of this database, which knows its school districts."""
    return partial(record_of, outlines=read_outlines(db))


def _read_public(db: Database, ids: list[str]) -> Iterator[PublicListing]:
    for start in range(0, len(ids), _BATCH):
        yield from read_public(db, ids[start : start + _BATCH])
