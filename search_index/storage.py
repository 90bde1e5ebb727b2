"""The index folder: what lies in it, how it is read whole, written by one, and swapped.

    CURRENT    which subfolder counts, by which version it was written, its files with checksums
    LOCK       held by the one process that writes
    <name>/    the files of one Whoosh index, and beside each segment its arrays

Whoosh keeps the documents, the words by which they are called, and which segments count; what is
searched through lies in arrays beside each segment (see `columns` and `letters`). A change is
written into a new subfolder, which begins as links to the files of the old one, and counts from the
moment at which CURRENT is replaced: whoever is killed before leaves the old state whole. Readers
check the files that CURRENT names, and hold them: those of Whoosh in memory, the arrays as maps,
which outlive the names of their files. No file is changed once it is written.

Whoosh keeps pickles, and unpickling can run code: the folder belongs to the application's user
(mode 0700), and an index is never uploaded, downloaded or restored from a backup. SQLite is the
truth, the index is a cache of it.
"""

import fcntl
import inspect
import json
import os
import secrets
import shutil
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

import numpy as np
import whoosh
from numpy.typing import NDArray
from whoosh import fields
from whoosh.index import FileIndex, create_in, open_dir
from whoosh.writing import OPTIMIZE, SegmentWriter

from ibasho.data import text
from ibasho.data.areas import outlines
from ibasho.data.listings import clauses, facts, first_visit, public, stated
from ibasho.search_index import arrays, columns, costs, letters, record, vocabulary
from ibasho.search_index.arrays import map_file, write_arrays
from ibasho.search_index.columns import arrays_of
from ibasho.search_index.letters import sort_letters
from ibasho.search_index.record import Record

SCHEMA = fields.Schema(
    id=fields.ID(unique=True), words=vocabulary.WordsField(), record=fields.STORED()
)
ARRAYS = ".arrays"
_COMMIT = 100_000  # listings in one segment at most: what is sorted at once stays under 3 GB
_MEMORY_MB = 2048  # below what a commit needs Whoosh would sort on the disk, four times as slow
_SMALL = 256  # listings in a segment
_MANY = 16  # segments
_POLL_S = 0.01


class UnreadableIndexError(Exception):
    """There is no index, or it is damaged, or another version wrote it: it must be rebuilt."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One state of the index: its subfolder, its files, those that are mapped, their checksums."""

    name: str
    files: dict[str, bytes]
    maps: dict[str, NDArray[np.uint8]]
    sums: dict[str, int]


def _version() -> str:
    """Changes with everything that decides what stands in the index, and with Whoosh."""
    of_records = (text, clauses, facts, first_visit, stated, public, record, costs, outlines)
    of_files = (vocabulary, arrays, columns, letters)
    sources = "".join(inspect.getsource(module) for module in (*of_records, *of_files))
    return f"{whoosh.versionstring()} {zlib.crc32(sources.encode()):08x}"


VERSION = _version()


class IndexFolder:
    """The folder of one index, shared by all processes that serve it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._current = str(path / "CURRENT")  # asked for at every search

    def stamp(self) -> tuple[int, int] | None:
        """What differs after every change, at the cost of one `stat`; None without an index."""
        try:
            found = os.stat(self._current)  # noqa: PTH116 (four times as fast as by a Path)
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def read(self, known: Stored | None = None) -> Stored:
        """The files that count; those that `known` has are taken from it.

        Raises UnreadableIndexError.
        """
        try:
            current = json.loads((self._path / "CURRENT").read_bytes())
            if current["version"] != VERSION:
                raise UnreadableIndexError("another version wrote it")
            folder = self._path / current["name"]
            sums = current["files"]
            files: dict[str, bytes] = {}
            maps: dict[str, NDArray[np.uint8]] = {}
            for name, total in sums.items():
                is_known = known is not None and known.sums.get(name) == total
                if name.endswith(ARRAYS):
                    maps[name] = known.maps[name] if known and is_known else map_file(folder / name)
                    content = maps[name].data
                else:
                    path = folder / name
                    files[name] = known.files[name] if known and is_known else path.read_bytes()
                    content = memoryview(files[name])
                if not is_known and zlib.crc32(content) != total:
                    raise UnreadableIndexError(f"{name} is damaged")
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableIndexError(str(error)) from error
        return Stored(folder.name, files, maps, sums)

    @contextmanager
    def locked(self, wait_s: float) -> Iterator[bool]:
        """Whether this is the one writer; another one is waited for up to `wait_s` seconds.

        The lock ends with the process that holds it, however it ends.
        """
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.chmod(0o700)
        until = time.monotonic() + wait_s
        while (lock := self._lock()) is None and time.monotonic() < until:
            time.sleep(_POLL_S)
        try:
            yield lock is not None
        finally:
            if lock is not None:
                os.close(lock)

    def replace(self, records: Iterable[Record]) -> int:
        """Write an index of these beside the old one, swap, and return how many there are."""
        with self._next_state() as folder:
            return _write(folder, create_in(str(folder), SCHEMA), (), records)

    def update(self, stored: Stored, ids: Iterable[str], records: Iterable[Record]) -> int:
        """Take these ids out, put these records in, and return how many were put in."""
        with self._next_state(stored) as folder:
            return _write(folder, open_dir(str(folder), schema=SCHEMA), ids, records)

    def _lock(self) -> int | None:
        path = self._path / "LOCK"
        try:
            lock = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        except FileNotFoundError:
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
            return None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # whoever removed the folder removed the lock with it: a new one counts
            if os.fstat(lock).st_ino == path.stat().st_ino:
                return lock
        except OSError:
            pass
        os.close(lock)
        return None

    @contextmanager
    def _next_state(self, stored: Stored | None = None) -> Iterator[Path]:
        """A subfolder to write into, with the files of `stored`; afterwards it is what counts."""
        folder = self._path / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
        try:
            if stored:
                for name in stored.sums:
                    _link(self._path / stored.name / name, folder / name)
            yield folder
            self._publish(folder, stored.sums if stored else {})
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _sync(self._path)
        for other in self._path.iterdir():
            if other.is_dir() and other != folder:
                shutil.rmtree(other, ignore_errors=True)

    def _publish(self, folder: Path, known: Mapping[str, int]) -> None:
        """Make a subfolder the one that counts, once its files are on the disk."""
        sums = {}
        for path in folder.iterdir():
            if path.name in known:
                sums[path.name] = known[path.name]  # files of an index never change
            elif path.is_file() and not path.name.endswith("LOCK"):
                sums[path.name] = zlib.crc32(path.read_bytes())
                _sync(path)
        current = folder / "CURRENT"
        content = {"version": VERSION, "name": folder.name, "files": sums}
        current.write_text(json.dumps(content), "utf-8")
        _sync(current)
        _sync(folder)
        current.replace(self._path / "CURRENT")


def _write(folder: Path, index: FileIndex, ids: Iterable[str], records: Iterable[Record]) -> int:
    """Out with the ids, in with the records, and the arrays of whatever segments that makes."""
    count = 0
    leaving, rest = list(ids), iter(records)
    while (batch := list(islice(rest, _COMMIT))) or leaving:
        writer: Any = index.writer(compound=False, limitmb=_MEMORY_MB)
        with writer:
            writer.mergetype = _merge_small
            with index.searcher() as searcher:
                for id_ in leaving:
                    writer.delete_by_term("id", id_, searcher=searcher)
            for one in batch:
                # a plain tuple: unpickling it needs no class of ours
                writer.add_document(id=one.id, words=one.words, record=tuple(one))
        count += len(batch)
        leaving = []
        _write_arrays(folder, index)
    return count


def _write_arrays(folder: Path, index: FileIndex) -> None:
    """Beside each segment that has none yet, the arrays of its documents, deleted ones included."""
    for segment in index._segments():  # type: ignore[no-untyped-call]
        path = folder / segment.make_filename(ARRAYS)
        if not path.exists():
            records = read_records(index.storage, segment)
            texts = sort_letters(
                [one.name for one in records],
                [one.text for one in records],
                [one.translated for one in records],
            )
            write_arrays(path, arrays_of(records) | texts)


# Whoosh hands out its segments without a type
def read_records(
    storage: Any,  # noqa: ANN401
    segment: Any,  # noqa: ANN401
    numbers: Iterable[int] | None = None,
) -> list[Record]:
    """The documents of one segment, deleted or not; those of some numbers, or all."""
    documents = segment.codec().per_document_reader(storage, segment)
    try:
        numbers = range(segment.doc_count_all()) if numbers is None else numbers
        return [Record(*documents.stored_fields(number)["record"]) for number in numbers]
    finally:
        documents.close()


def read_words(storage: Any, segment: Any) -> set[str]:  # noqa: ANN401 (as above)
    """The words by which the listings of one segment are called."""
    terms = segment.codec().terms_reader(storage, segment)
    try:
        found = takewhile(lambda term: term[0] == "words", terms.terms_from("words", b""))
        return {word.decode() for _, word in found}
    finally:
        terms.close()


def _merge_small(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """Merge what small changes left, when there is much of it; large segments stay as they are.

    Whoosh's own policy would now and then rewrite a large index because of one change.
    """
    small = [segment for segment in segments if segment.doc_count_all() <= _SMALL]
    if len(small) < _MANY:
        return segments
    OPTIMIZE(writer, small)  # type: ignore[no-untyped-call] # Whoosh annotates its classes only
    return [segment for segment in segments if segment not in small]


def _link(old: Path, new: Path) -> None:
    """The same file under a second name, or a copy where the file system knows no links."""
    try:
        new.hardlink_to(old)
    except OSError:
        shutil.copyfile(old, new)


def _sync(path: Path) -> None:
    """Have a file or folder on the disk itself: what is forgotten elsewhere relies on it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
