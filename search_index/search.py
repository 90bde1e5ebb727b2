"""Which listings answer a query, in what order, and what gives way when none does.

Order: near a point by distance, those without a known place last. Otherwise, with words, those
named so first, then by relevance (BM25, in steps of a tenth), and always by the next opening day,
the reading of the name and the id: a total order, so that no page loses or repeats a listing.

When nothing meets all conditions they give way one by one: days, free, monthly, age, within_m,
kinds, text, box; then those that need not have given way come back. Words that occur nowhere give
way first, to listings that share most of their pieces (子ども食道 finds 子ども食堂).
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ibasho.data.text import fold
from ibasho.search_index.dates import NEVER, Span
from ibasho.search_index.grams import grams
from ibasho.search_index.query import Hit, SearchQuery, SearchResult
from ibasho.search_index.snapshot import Flags, Floats, Snapshot

_K1, _B = 1.2, 0.75
_ENOUGH_OVERLAP = 0.6
_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class _Texts:
    """What the words of a query come to: which documents, how well, and whether by name."""

    found: Flags
    score: Floats
    in_name: Flags


def search(
    snapshot: Snapshot, query: SearchQuery, today: dt.date, relax: bool = True
) -> SearchResult:
    """One page of what answers a query on a JST date; without `relax` that may be nothing."""
    span = Span(*query.days) if query.days else Span(today)
    distances = snapshot.columns.distances(query.near) if query.near else None
    words = words_of(query.text)
    texts = _containing(snapshot, words) if words else None
    relax = relax and bool(snapshot.live.any())
    dropped: list[str] = []
    if relax and texts and not (texts.found & snapshot.live).any():
        texts, dropped = _similar(snapshot, words), ["text"]
    conditions = _conditions(snapshot, query, distances, texts)
    found = np.logical_and.reduce([snapshot.live, *conditions.values()])
    if relax and not found.any():
        found, more = _relaxed(snapshot.live, conditions)
        dropped += more
        span = Span(today) if "days" in more else span
        texts = None if "text" in more else texts
    numbers = np.flatnonzero(found)
    end = query.offset + query.limit
    page = _first(numbers, _order(snapshot, numbers, distances, texts, span), end)[query.offset :]
    hits = tuple(_hit(snapshot, number, distances, span) for number in page.tolist())
    return SearchResult(len(numbers), hits, bool(dropped), tuple(dict.fromkeys(dropped)))


def words_of(text: str) -> list[str]:
    """The folded words of a query, each once; what holds no letter or digit is no word."""
    words = dict.fromkeys(fold(text[:_LONGEST_TEXT]).split())
    return [word for word in words if any(map(str.isalnum, word))]


def _containing(snapshot: Snapshot, words: Sequence[str]) -> _Texts:
    """The documents with all of the words, scored by BM25 over whole words."""
    columns, count = snapshot.columns, len(snapshot.live)
    found = np.ones(count, np.bool_)
    in_name = np.ones(count, np.bool_)
    score = np.zeros(count)
    norm = _K1 * (1 - _B + _B * columns.length / max(columns.length.mean(), 1)) if count else score
    for word in words:
        hits = snapshot.word(word)
        has = np.zeros(count, np.bool_)
        has[hits.documents] = True
        found &= has
        named = np.zeros(count, np.bool_)
        named[hits.documents] = hits.in_name
        in_name &= named
        rarity = math.log(1 + (count - len(hits.documents) + 0.5) / (len(hits.documents) + 0.5))
        often = hits.frequency
        score[hits.documents] += rarity * often * (_K1 + 1) / (often + norm[hits.documents])
    return _Texts(found, np.round(score, 1), in_name)


def _similar(snapshot: Snapshot, words: Sequence[str]) -> _Texts | None:
    """The documents that share most pieces of the words; None where none shares enough."""
    pieces = {piece for word in words for piece in grams(word) if len(piece) == min(2, len(word))}
    shared = np.sum([snapshot.containing(piece) for piece in pieces], axis=0) / len(pieces)
    found = shared >= _ENOUGH_OVERLAP
    if not (found & snapshot.live).any():
        return None
    return _Texts(found, np.round(shared, 1), np.zeros(len(found), np.bool_))


def _conditions(
    snapshot: Snapshot, query: SearchQuery, distances: Floats | None, texts: _Texts | None
) -> dict[str, Flags]:
    """The documents that meet each stated condition, in the order in which these give way."""
    columns = snapshot.columns
    conditions: dict[str, Flags] = {}
    if query.days:
        first_days = snapshot.dates.first_days(columns.schedule, Span(*query.days))
        conditions["days"] = first_days != NEVER
    if query.free:
        conditions["free"] = columns.free
    if query.monthly_at_most is not None:
        conditions["monthly"] = columns.monthly <= query.monthly_at_most
    if query.age is not None:
        conditions["age"] = columns.of_age(query.age)
    if query.within_m is not None and distances is not None:
        conditions["within_m"] = distances <= query.within_m
    if query.kinds:
        conditions["kinds"] = columns.of_kinds(query.kinds)
    if texts:
        conditions["text"] = texts.found
    if query.box:
        conditions["box"] = columns.inside(query.box)
    return conditions


def _relaxed(live: Flags, conditions: dict[str, Flags]) -> tuple[Flags, list[str]]:
    """What is left when as few conditions as needed have given way, and which did."""
    kept = dict(conditions)
    dropped: list[str] = []
    found = np.zeros_like(live)
    while kept and not found.any():
        dropped.append(next(iter(kept)))
        del kept[dropped[-1]]
        found = np.logical_and.reduce([live, *kept.values()])
    for name in dropped[-2::-1]:
        if (found & conditions[name]).any():
            found = found & conditions[name]
            dropped.remove(name)
    return found, dropped


def _order(
    snapshot: Snapshot,
    numbers: NDArray[np.intp],
    distances: Floats | None,
    texts: _Texts | None,
    span: Span,
) -> list[NDArray[Any]]:
    """What the documents are ordered by, ascending, the most important last; never all equal."""
    rank = snapshot.rank[numbers]
    if distances is not None:
        return [rank, distances[numbers]]
    keys: list[NDArray[Any]] = [
        rank,
        snapshot.dates.first_days(snapshot.columns.schedule[numbers], span),
    ]
    if texts:
        keys += [-texts.score[numbers], ~texts.in_name[numbers]]
    return keys


def _first(numbers: NDArray[np.intp], keys: list[NDArray[Any]], count: int) -> NDArray[np.intp]:
    """The first `count` documents in the order of the keys, as from a sort of all of them."""
    if 0 < count < len(numbers):
        # only what is no worse than the last wanted by the most important key is sorted
        near_enough = keys[-1] <= np.partition(keys[-1], count - 1)[count - 1]
        numbers, keys = numbers[near_enough], [key[near_enough] for key in keys]
    return numbers[np.lexsort(keys)][:count]


def _hit(snapshot: Snapshot, number: int, distances: Floats | None, span: Span) -> Hit:
    distance = float(distances[number]) if distances is not None else math.inf
    return Hit(
        id=snapshot.records[number].id,
        distance_m=int(distance) if math.isfinite(distance) else None,
        next=snapshot.dates.opening(int(snapshot.columns.schedule[number]), span),
    )
