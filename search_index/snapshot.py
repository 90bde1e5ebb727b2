"""One state of the index in memory: immutable, and shared by all threads of a process."""

from collections.abc import Callable, Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache, reduce
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from ibasho.data.listings.kinds import Kind
from ibasho.data.schedule import NONE_KNOWN, SchoolHolidays
from ibasho.search_index.dates import Dates
from ibasho.search_index.grams import cover, to_bytes
from ibasho.search_index.query import Box, Point
from ibasho.search_index.record import KIND_TEXT, Record
from ibasho.search_index.storage import SCHEMA, Stored, UnreadableIndexError

Numbers = NDArray[np.int32]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

_KINDS = list(Kind)
_NAME_WEIGHT = 3.0
_EARTH_M = 6_371_008.8
_KEPT_PIECES = 4096
_KEPT_WORDS = 256


@dataclass(frozen=True, slots=True)
class WordHits:
    """The documents with a word, ascending; how often each has it, and whether in its name."""

    documents: Numbers
    frequency: NDArray[np.float32]
    in_name: Flags


class Segment:
    """The documents that one commit wrote, deleted or not: they never change.

    Posting lists are read from Whoosh's own reader once and kept as arrays.
    """

    # Whoosh hands out its segments without a type
    def __init__(self, storage: RamStorage, segment: Any, dates: Dates) -> None:  # noqa: ANN401
        codec = segment.codec()
        self._terms = codec.terms_reader(storage, segment)
        self._lock = Lock()
        documents = codec.per_document_reader(storage, segment)
        self.records = [
            Record(*documents.stored_fields(number)["record"])
            for number in range(segment.doc_count_all())
        ]
        self.columns = _columns(self.records, dates)
        self.containing = lru_cache(_KEPT_PIECES)(self._containing)
        self.word = lru_cache(_KEPT_WORDS)(self._word)

    def _containing(self, piece: str) -> Numbers:
        """The documents whose text has this piece of one or two characters, ascending."""
        term = ("text", to_bytes(piece))
        # one reader's position in the file is shared by all threads
        with self._lock:
            if term not in self._terms:
                return np.zeros(0, np.int32)
            return _postings(self._terms.matcher(*term, SCHEMA["text"].format))

    def _word(self, word: str) -> WordHits:
        """Where a folded word really occurs, not only its pieces; words of the kind included."""
        candidates = reduce(_common, sorted(map(self.containing, cover(word)), key=len))
        frequency = np.zeros(len(self.records), np.float32)
        in_name = np.zeros(len(self.records), np.bool_)
        for number in candidates.tolist():
            record = self.records[number]
            in_name[number] = named = record.name.count(word)
            frequency[number] = _NAME_WEIGHT * named + record.text.count(word)
        frequency += self.columns.of_kinds(kinds_called(word))
        documents = np.flatnonzero(frequency).astype(np.int32)
        return WordHits(documents, frequency[documents], in_name[documents])


@dataclass(frozen=True, slots=True)
class Columns:
    """One value a document: WGS 84 degrees (NaN where unknown), ages in years, and so on.

    `age_from` is included, `age_below` is not; unknown ages are infinite. `monthly` is in yen,
    infinite where unknown. `schedule` is the number under which `Dates` knows it.
    """

    lat: Floats
    lon: Floats
    kind: NDArray[np.int8]
    free: Flags
    monthly: Floats
    age_from: Floats
    age_below: Floats
    length: Floats
    schedule: Numbers

    def of_kinds(self, kinds: Iterable[Kind]) -> Flags:
        """Which documents are of one of these kinds."""
        wanted = np.zeros(len(_KINDS), np.bool_)
        wanted[[_KINDS.index(kind) for kind in kinds]] = True
        return wanted[self.kind]

    def of_age(self, years: float) -> Flags:
        """Which documents are for this age, as far as they say for whom they are."""
        return (self.age_from <= years) & (years < self.age_below)

    def inside(self, box: Box) -> Flags:
        """Which documents lie in the box, edges included; unknown places do not."""
        return (
            (box.south <= self.lat) & (self.lat <= box.north)
            & (box.west <= self.lon) & (self.lon <= box.east)
        )  # fmt: skip

    def distances(self, point: Point) -> Floats:
        """Metres along the great circle to each document, rounded; infinite where unknown."""
        lat, lon = np.radians(self.lat), np.radians(self.lon)
        south_north = np.sin((lat - np.radians(point.lat)) / 2) ** 2
        west_east = np.sin((lon - np.radians(point.lon)) / 2) ** 2
        chord = south_north + np.cos(lat) * np.cos(np.radians(point.lat)) * west_east
        metres = np.round(2 * _EARTH_M * np.arcsin(np.sqrt(np.minimum(chord, 1))))
        return np.where(np.isnan(metres), np.inf, metres)


class Snapshot:
    """All documents of one state of the index, numbered through from 0."""

    def __init__(
        self, segments: Mapping[str, Segment], deleted: Iterable[int], dates: Dates
    ) -> None:
        self.segments = segments
        self.dates = dates
        self.records = [record for part in segments.values() for record in part.records]
        self.columns = _joined([part.columns for part in segments.values()])
        self.live = np.ones(len(self.records), np.bool_)
        self.live[list(deleted)] = False
        self.numbers = {self.records[n].id: n for n in np.flatnonzero(self.live).tolist()}
        self.rank = _ranks(self.records)

    def without(self, ids: Collection[str]) -> "Snapshot":
        """The same state of the index, in which these listings are not found."""
        numbers = [self.numbers[id_] for id_ in ids if id_ in self.numbers]
        if not numbers:
            return self
        less = copy(self)
        less.live = self.live.copy()
        less.live[numbers] = False
        return less

    @classmethod
    def open(
        cls, stored: Stored, holidays: SchoolHolidays, previous: "Snapshot | None" = None
    ) -> "Snapshot":
        """Read what lies in the folder; what `previous` has read already is taken from it.

        Raises UnreadableIndexError.
        """
        # Whoosh's storage and TOC carry no annotations.
        storage = RamStorage()  # type: ignore[no-untyped-call]
        storage.files = stored.files
        known = previous.segments if previous else {}
        dates = previous.dates if previous else Dates(holidays)
        segments: dict[str, Segment] = {}
        deleted: list[int] = []
        offset = 0
        try:
            toc = TOC.read(storage, "MAIN", schema=SCHEMA)  # type: ignore[no-untyped-call]
            for segment in toc.segments:
                name = segment.segment_id()
                segments[name] = known.get(name) or Segment(storage, segment, dates)
                deleted += [offset + number for number in segment.deleted_docs()]
                offset += segment.doc_count_all()
            return cls(segments, deleted, dates)
        except Exception as error:  # whatever foreign or half-written pickles come to
            raise UnreadableIndexError(f"{type(error).__name__}: {error}") from error

    def word(self, word: str) -> WordHits:
        """Where a folded word occurs."""
        parts = list(self._parts(lambda part: part.word(word)))
        if not parts:
            return WordHits(np.zeros(0, np.int32), np.zeros(0, np.float32), np.zeros(0, np.bool_))
        return WordHits(
            np.concatenate([hits.documents + offset for offset, hits in parts]),
            np.concatenate([hits.frequency for _, hits in parts]),
            np.concatenate([hits.in_name for _, hits in parts]),
        )

    def containing(self, piece: str) -> Flags:
        """Which documents have a piece of one or two characters, words of the kind included."""
        found = self.columns.of_kinds(kinds_called(piece))
        for offset, documents in self._parts(lambda part: part.containing(piece)):
            found[documents + offset] = True
        return found

    def _parts(self, question: Callable[[Segment], Any]) -> Iterable[tuple[int, Any]]:
        offset = 0
        for part in self.segments.values():
            yield offset, question(part)
            offset += len(part.records)


@lru_cache(_KEPT_WORDS)
def kinds_called(word: str) -> frozenset[Kind]:
    """The kinds that have a folded word, or piece of one, among their names."""
    return frozenset(kind for kind, text in KIND_TEXT.items() if word in text)


def _postings(matcher: Any) -> Numbers:  # noqa: ANN401 (its blocks are in no type of Whoosh)
    """All documents of a posting list; block by block where the matcher lets us see them."""
    if not hasattr(matcher, "_next_block"):
        return np.fromiter(matcher.all_ids(), np.int32)
    blocks = []
    while matcher.is_active():
        matcher.id()  # decodes the block
        blocks.append(np.array(matcher._ids, np.int32))
        matcher._next_block()
    return np.concatenate(blocks)


def _common(some: Numbers, others: Numbers) -> Numbers:
    return np.intersect1d(some, others, assume_unique=True)


def _columns(records: list[Record], dates: Dates) -> Columns:
    def numbers(values: Iterable[float | None], unknown: float) -> Floats:
        return np.array([unknown if value is None else value for value in values], np.float64)

    oldest = numbers((record.maximum_age for record in records), np.inf)
    return Columns(
        lat=numbers((record.lat for record in records), np.nan),
        lon=numbers((record.lon for record in records), np.nan),
        kind=np.array([_KINDS.index(Kind(record.kind)) for record in records], np.int8),
        free=np.array([record.free for record in records], np.bool_),
        monthly=numbers((record.monthly_fee for record in records), np.inf),
        age_from=numbers((record.minimum_age for record in records), -np.inf),
        # "up to 18" is up to the nineteenth birthday
        age_below=np.where(oldest == np.floor(oldest), oldest + 1, np.nextafter(oldest, np.inf)),
        length=np.array([len(record.name) + len(record.text) for record in records], np.float64),
        schedule=dates.codes(record.schedule for record in records),
    )


def _joined(parts: list[Columns]) -> Columns:
    parts = parts or [_columns([], Dates(NONE_KNOWN))]
    return Columns(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in Columns.__slots__
        )
    )  # fmt: skip


def _ranks(records: list[Record]) -> Numbers:
    """The place of each document in the order of their readings, then ids."""
    order = sorted(range(len(records)), key=lambda n: (records[n].sort_key, records[n].id))
    ranks = np.empty(len(records), np.int32)
    ranks[order] = np.arange(len(records), dtype=np.int32)
    return ranks
