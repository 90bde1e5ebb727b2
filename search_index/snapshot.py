"""One state of the index in memory: immutable, and shared by all threads of a process."""

import datetime as dt
from collections.abc import Collection, Iterable
from copy import copy
from functools import cache, cached_property, lru_cache
from itertools import islice
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC, FileIndex
from whoosh.reading import IndexReader

from ibasho.data.listings.facts import FACT_WORDS, Fact
from ibasho.data.listings.kinds import SAID_IN_PASSING, Kind
from ibasho.data.schedule import SchoolHolidays
from ibasho.data.schools import district_key
from ibasho.data.text import fold
from ibasho.search_index.arrays import Arrays, map_arrays
from ibasho.search_index.columns import Columns, Flags, Numbers, columns_of
from ibasho.search_index.dates import Dates, Span
from ibasho.search_index.letters import NOWHERE, Letters, Occurrences, any_of
from ibasho.search_index.opening import Hours
from ibasho.search_index.record import KIND_TEXT, Record
from ibasho.search_index.standing import Standing, standing
from ibasho.search_index.storage import (
    ARRAYS,
    SCHEMA,
    Stored,
    UnreadableIndexError,
    read_records,
    read_words,
)
from ibasho.search_index.weights import Found, with_all_words
from ibasho.search_index.words import remembering

# The words of a query, each with those that stand for it.
Words = tuple[tuple[str, ...], ...]

_KEPT_WORDS = 512
_KEPT_DAYS = 8
_FACT_WORDS = {fact: frozenset(map(fold, words)) for fact, words in FACT_WORDS.items()}
_IN_PASSING = frozenset(map(fold, SAID_IN_PASSING))


class Segment:
    """The documents that one commit wrote, deleted or not: they never change."""

    def __init__(self, arrays: Arrays, known: "Known") -> None:
        self.columns = columns_of(arrays, known.dates.codes, known.districts)
        self.letters = Letters(arrays)
        self.by_id: Numbers = arrays["by_id"]
        self.by_name: Numbers = arrays["by_name"]
        self.names: NDArray[np.bytes_] = arrays["names"]
        self.word = remembering(self._word, _KEPT_WORDS)

    def _word(self, word: str) -> Occurrences:
        """Where a folded word occurs, words of the kind and of the facts included."""
        found = self.letters.occurrences(word)
        kinds, facts = kinds_called(word), _facts(word)
        if not kinds and not facts:
            return found
        called = self.columns.of_kinds(kinds) | self.columns.stating(facts)
        times = called.astype(np.float32)
        named = np.zeros_like(times)
        times[found.documents] += found.times
        named[found.documents] = found.in_name
        documents = np.flatnonzero(times > 0)
        return Occurrences(documents.astype(np.int32), times[documents], named[documents])


class Known:
    """The texts that documents share, by number; they outlive a change of the index."""

    def __init__(self, holidays: SchoolHolidays) -> None:
        self.dates = Dates(holidays)
        self._districts: dict[str, int] = {}
        self._district_names: list[str] = []
        self._sets: dict[frozenset[int], int] = {}
        self._pairs = np.zeros((0, 2), np.int32)

    def districts(self, texts: Iterable[str]) -> Numbers:
        """The numbers of sets of school districts, of which a text has a tab between names."""
        numbers = [self._set(text.split("\t")) for text in texts]
        pairs = [(number, one) for members, number in self._sets.items() for one in members]
        self._pairs = np.array(pairs, np.int32).reshape(-1, 2)
        return np.array(numbers, np.int32)

    def _set(self, names: Iterable[str]) -> int:
        members = frozenset(self._district(name) for name in names if name)
        return self._sets.setdefault(members, len(self._sets))

    def _district(self, name: str) -> int:
        """The number of a district; a new one gets a new number, an old one keeps its spelling."""
        key = district_key(name) or name
        number = self._districts.setdefault(key, len(self._district_names))
        if number == len(self._district_names):
            self._district_names.append(name)
        return number

    def in_district(self, name: str) -> Flags:
        """Of each set of districts whether this one, in any of its spellings, is among them."""
        sets, districts = self._pairs.T
        found = np.zeros(len(self._sets), np.bool_)
        found[sets[districts == self._districts.get(district_key(name) or name, -1)]] = True
        return found

    def count_districts(self, numbers: Numbers) -> dict[str, int]:
        """How often each district is in these sets, by its name as it was first written."""
        sets, districts = self._pairs.T
        times = np.bincount(numbers, minlength=len(self._sets))
        counts = np.bincount(districts, times[sets]).astype(np.int32)
        found = np.flatnonzero(counts)
        names = map(self._district_names.__getitem__, found.tolist())
        return dict(zip(names, counts[found].tolist(), strict=True))


class Snapshot:
    """All documents of one state of the index, numbered through from 0."""

    def __init__(
        self, stored: Stored, segments: dict[str, Segment], deleted: Iterable[int], known: Known
    ) -> None:
        self.stored = stored
        self.segments = segments
        self.known = known
        self.columns = Columns.joined([part.columns for part in segments.values()])
        self.live = np.ones(len(self.columns.ids), np.bool_)
        self.live[list(deleted)] = False
        self.count = int(np.count_nonzero(self.live))
        lengths = [part.letters.lengths for part in segments.values()]
        all_lengths = np.concatenate([np.zeros(0, np.int32), *lengths]).astype(np.float32)
        mean = max(float(all_lengths.mean()), 1.0) if len(all_lengths) else 1.0
        self.relative_lengths = all_lengths / np.float32(mean)
        self._reading = Lock()
        self.found = remembering(self._found, _KEPT_WORDS)
        self.best_first = remembering(self._best_first, _KEPT_WORDS)
        self.first_days = lru_cache(_KEPT_DAYS)(self._first_days)
        self.standing = lru_cache(_KEPT_DAYS)(self._standing)
        self.vocabulary = cache(self._vocabulary)
        self.districts = cache(self._districts)

    @classmethod
    def open(
        cls, stored: Stored, holidays: SchoolHolidays, previous: "Snapshot | None" = None
    ) -> "Snapshot":
        """Read what lies in the folder; what `previous` has read already is taken from it.

        Raises UnreadableIndexError.
        """
        segments_before = previous.segments if previous else {}
        known = previous.known if previous else Known(holidays)
        segments: dict[str, Segment] = {}
        deleted: list[int] = []
        offset = 0
        try:
            for segment in _toc(stored).segments:
                name = segment.segment_id()
                segments[name] = segments_before.get(name) or Segment(
                    map_arrays(stored.maps[name + ARRAYS]), known
                )
                deleted += [offset + number for number in segment.deleted_docs()]
                offset += segment.doc_count_all()
            return cls(stored, segments, deleted, known)
        except Exception as error:  # whatever foreign or half-written pickles come to
            raise UnreadableIndexError(f"{type(error).__name__}: {error}") from error

    def without(self, ids: Collection[str]) -> "Snapshot":
        """The same state of the index, in which these listings are not found."""
        numbers = [number for id_ in ids if (number := self.number(id_)) is not None]
        if not numbers:
            return self
        less = copy(self)
        less.live = self.live.copy()
        less.live[numbers] = False
        less.count = int(np.count_nonzero(less.live))
        less.districts = cache(less._districts)
        return less

    def number(self, id_: str) -> int | None:
        """The document of a listing that can be found, None where there is none."""
        wanted, offset = np.bytes_(id_.encode()), 0
        for part in self.segments.values():
            at = int(part.columns.ids.searchsorted(wanted, sorter=part.by_id))
            while at < len(part.by_id) and part.columns.ids[number := part.by_id[at]] == wanted:
                if self.live[offset + number]:
                    return int(offset + number)
                at += 1
            offset += len(part.by_id)
        return None

    def ids(self) -> frozenset[str]:
        """The listings that can be found."""
        return frozenset(id_.decode() for id_ in self.columns.ids[self.live].tolist())

    def kinds(self) -> frozenset[Kind]:
        """The kinds of which there is any listing to be found."""
        return frozenset(kind for kind in Kind if self.columns.of_kinds([kind])[self.live].any())

    def _districts(self) -> tuple[str, ...]:
        """The school districts in which there is any listing to be found, by their spelling."""
        return tuple(sorted(self.known.count_districts(self.columns.districts[self.live])))

    def records(self) -> dict[str, Record]:
        """What is kept of each listing that can be found, by id; read from the disk's copy."""
        storage = _storage(self.stored)
        found = [
            record
            for segment in _toc(self.stored).segments
            for record in read_records(storage, segment)
        ]
        return {found[number].id: found[number] for number in np.flatnonzero(self.live).tolist()}

    def record(self, number: int) -> Record:
        """What is kept of one document; read from the disk's copy."""
        for segment in _toc(self.stored).segments:
            if number < segment.doc_count_all():
                return read_records(_storage(self.stored), segment, [number])[0]
            number -= segment.doc_count_all()
        raise IndexError("no such document")

    def called(self, beginning: bytes, most: int) -> list[int]:
        """The documents that have a word which begins so, of its first `most`; in no order."""
        # one reader's position in its files is shared by all threads
        with self._reading:
            words = islice(self._words.expand_prefix("words", beginning), most)
            return [n for word in words for n in self._words.postings("words", word).all_ids()]

    @cached_property
    def _words(self) -> IndexReader:
        """Whoosh's own view of the words by which places are called."""
        index: Any = FileIndex(_storage(self.stored), schema=SCHEMA)  # type: ignore[no-untyped-call]
        reader: IndexReader = index.reader()
        return reader

    def word(self, word: str) -> Occurrences:
        """Where a folded word occurs; one that is said in passing only where it is meant."""
        found = self._word(word)
        if word not in _IN_PASSING:
            return found
        is_meant = self.columns.of_kinds(kinds_called(word))[found.documents] | (found.in_name > 0)
        return found.where(is_meant) if is_meant.any() else found

    def _word(self, word: str) -> Occurrences:
        parts = [part.word(word) for part in self.segments.values()]
        if len(parts) <= 1:
            return parts[0] if parts else NOWHERE
        sizes = [len(part.columns.ids) for part in self.segments.values()]
        offsets = np.cumsum([0, *sizes[:-1]]).tolist()
        return Occurrences(
            np.concatenate([p.documents + o for p, o in zip(parts, offsets, strict=True)]),
            np.concatenate([part.times for part in parts]),
            np.concatenate([part.in_name for part in parts]),
        )

    def _found(self, words: Words) -> Found:
        """The documents with all of these folded words, or another of the words beside it."""
        several = [
            self.word(one[0]) if len(one) == 1 else any_of([self.word(word) for word in one])
            for one in words
        ]
        return with_all_words(several, self.relative_lengths)

    def _best_first(self, words: Words, span: Span) -> Numbers:
        """The documents with these words as they are ranked where no place was asked for."""
        found, standing = self.found(words), self.standing(span)
        points = standing.points[found.documents] + found.points
        return found.documents[np.argsort(standing.by_points(found.documents, points))]

    def weekdays(self, day: dt.date, hours: Hours | None) -> NDArray[np.uint8]:
        """The weekdays on which each document opens in four weeks from a day; Monday is bit 0."""
        return self.known.dates.weekdays(self.columns.schedule, day, hours)

    def _first_days(self, span: Span) -> Numbers:
        """Of each document the ordinal of its first opening day in the span, or NEVER."""
        return self.known.dates.first_days(self.columns.schedule, span)

    def _standing(self, span: Span) -> Standing:
        """What each document is worth whoever asks for these days."""
        return standing(self.columns, self.rank, self.first_days(span), span.start)

    def _vocabulary(self) -> dict[int, list[str]]:
        """The words by which places and kinds are called, by their number of characters.

        Those of listings that can't be found any more are among them.
        """
        words = {
            word for text in KIND_TEXT.values() for word in text.split("\n") if " " not in word
        }
        for segment in _toc(self.stored).segments:
            words |= read_words(_storage(self.stored), segment)
        by_length: dict[int, list[str]] = {}
        for word in sorted(words):
            by_length.setdefault(len(word), []).append(word)
        return by_length

    @cached_property
    def rank(self) -> Numbers:
        """The place of each document in the order of their readings, then ids."""
        parts = list(self.segments.values())
        sizes = [len(part.by_name) for part in parts]
        documents = np.repeat(np.cumsum([0, *sizes])[:-1], sizes)
        if parts:
            documents += np.concatenate([part.by_name for part in parts])
        if len(parts) > 1:  # each of them is sorted: a stable sort only merges them
            names = np.concatenate([part.names for part in parts])
            documents = documents[np.argsort(names, kind="stable")]
        return _ranks(documents)


@lru_cache(_KEPT_WORDS)
def kinds_called(word: str) -> frozenset[Kind]:
    """The kinds that have a folded word, or piece of one, among their names."""
    return frozenset(kind for kind, text in KIND_TEXT.items() if word in text)


def _facts(word: str) -> frozenset[Fact]:
    """The facts that a folded word asks for."""
    return frozenset(fact for fact, words in _FACT_WORDS.items() if word in words)


def _ranks(order: NDArray[np.intp]) -> Numbers:
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return ranks


def _storage(stored: Stored) -> RamStorage:
    # Whoosh's storage and TOC carry no annotations.
    storage = RamStorage()  # type: ignore[no-untyped-call]
    storage.files = stored.files
    return storage


def _toc(stored: Stored) -> TOC:
    return TOC.read(_storage(stored), "MAIN", schema=SCHEMA)  # type: ignore[no-untyped-call, no-any-return]
