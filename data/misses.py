"""How often a search found nothing: which word of ours, in which town, in which month. No more.

A miss has no person, no address and no time of day, and no word that a visitor made up: whoever
counts gives terms of a fixed vocabulary. Counts lie in a file of their own beside the database,
which may be deleted at any time, and are forgotten after a year.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from threading import Lock, Timer
from typing import NamedTuple

FILE_NAME = "searches.sqlite"
ENOUGH = 5
"""Below this nothing is shown: it could be one person."""
_WRITE_EVERY_S = 60.0
_MONTHS_KEPT = 12
_MOST_WAITING = 10_000
_TABLE = """
  CREATE TABLE IF NOT EXISTS miss (
    term TEXT NOT NULL, area TEXT NOT NULL, month TEXT NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (term, area, month)
  ) WITHOUT ROWID"""


class Miss(NamedTuple):
    """A term that found nothing, the town or ward it was looked for in, the JST month "2026-12"."""

    term: str
    area: str
    month: str


class Misses:
    """The counts of one data directory: collected in memory, written once a minute at most.

    One object serves all threads of a process; several processes add to one file.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._lock = Lock()
        self._waiting: Counter[Miss] = Counter()
        self._timer: Timer | None = None

    def count(self, misses: Iterable[Miss]) -> None:
        """Count these; the file is written later, by another thread."""
        with self._lock:
            for miss in misses:
                if miss in self._waiting or len(self._waiting) < _MOST_WAITING:
                    self._waiting[miss] += 1
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
        try:
            with closing(self._open()) as file, file:
                file.executemany(
                    "INSERT INTO miss VALUES (?, ?, ?, ?) ON CONFLICT"
                    " DO UPDATE SET times = times + excluded.times",
                    [(*miss, times) for miss, times in waiting.items()],
                )
                newest = max(miss.month for miss in waiting)
                file.execute("DELETE FROM miss WHERE month <= ?", (_year_before(newest),))
        except sqlite3.Error:
            return

    def often(self) -> list[tuple[Miss, int]]:
        """What was missed at least `ENOUGH` times, the newest month first, then the most often."""
        if not self._path.exists():
            return []
        with closing(self._open()) as file:
            rows = file.execute(
                "SELECT term, area, month, times FROM miss WHERE times >= ?"
                " ORDER BY month DESC, times DESC, term, area",
                (ENOUGH,),
            ).fetchall()
        return [(Miss(term, area, month), times) for term, area, month, times in rows]

    def _open(self) -> sqlite3.Connection:
        self._path.touch(mode=0o600)
        file = sqlite3.connect(self._path, timeout=1)
        file.execute(_TABLE)
        return file


def _year_before(month: str) -> str:
    return f"{int(month[:4]) - _MONTHS_KEPT // 12}{month[4:]}"
