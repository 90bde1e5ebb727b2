"""How often something was the case in a month, in a file of its own beside the database.

A count has no person, no address and no time of day. The file may be deleted at any time, and what
is older than a year is forgotten.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock, Timer
from typing import Any, Generic, TypeVar

ENOUGH = 5
"""Below this nothing is shown: it could be one person."""
_WRITE_EVERY_S = 60.0
_MONTHS_KEPT = 12
_MOST_WAITING = 10_000

Key = TypeVar("Key", bound=tuple[str, ...])


class Tally(Generic[Key]):
    """The counts of one file: collected in memory, written once a minute at most.

    One object serves all threads of a process; several processes add to one file. The last column
    of a key is the JST month, "2026-12".
    """

    def __init__(self, path: Path, table: str, columns: Sequence[str]) -> None:
        self._path = path
        self._table = table
        self._columns = ", ".join(columns)
        self._lock = Lock()
        self._waiting: Counter[Key] = Counter()
        self._timer: Timer | None = None

    def count(self, keys: Iterable[Key]) -> None:
        """Count these; the file is written later, by another thread."""
        with self._lock:
            for key in keys:
                if key in self._waiting or len(self._waiting) < _MOST_WAITING:
                    self._waiting[key] += 1
            if self._waiting and self._timer is None:
                self._timer = Timer(_WRITE_EVERY_S, self.write)
                self._timer.daemon = True
                self._timer.start()

    def write(self) -> None:
        """Add what was collected to the file; what the disk refuses is forgotten."""
        with self._lock:
            waiting, self._waiting = self._waiting, Counter()
            if self._timer:
                self._timer.cancel()
            self._timer = None
        if not waiting:
            return
        marks = ", ".join("?" for _ in self._columns.split(", "))
        try:
            with closing(self._open()) as file, file:
                file.executemany(
                    f"INSERT INTO {self._table} VALUES ({marks}, ?) ON CONFLICT"  # noqa: S608
                    " DO UPDATE SET times = times + excluded.times",
                    [(*key, times) for key, times in waiting.items()],
                )
                newest = max(key[-1] for key in waiting)
                file.execute(
                    f"DELETE FROM {self._table} WHERE month <= ?",  # noqa: S608
                    (_year_before(newest),),
                )
        except sqlite3.Error:
            return

    def ask(self, query: str, values: Sequence[object]) -> list[Any]:
        """The rows that answer a query; none where nothing was ever counted."""
        if not self._path.exists():
            return []
        with closing(self._open()) as file:
            return file.execute(query, values).fetchall()

    def _open(self) -> sqlite3.Connection:
        self._path.touch(mode=0o600)
        file = sqlite3.connect(self._path, timeout=1)
        columns = self._columns.replace(",", " TEXT NOT NULL,")
        file.execute(
            f"CREATE TABLE IF NOT EXISTS {self._table} ({columns} TEXT NOT NULL,"
            f" times INTEGER NOT NULL, PRIMARY KEY ({self._columns})) WITHOUT ROWID"
        )
        return file


def _year_before(month: str) -> str:
    return f"{int(month[:4]) - _MONTHS_KEPT // 12}{month[4:]}"
