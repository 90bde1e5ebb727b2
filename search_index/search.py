"""Which listings answer a query, in what order, and what gives way when none does.

When nothing meets all conditions they give way one by one, in the order of `_conditions`, the box
last; then those that need not have given way come back. Words that occur nowhere are first taken
for typing errors (子ども食道 is 子ども食堂); where no word is plainly meant they give way first, to
listings that share most of their pieces.
"""

import datetime as dt
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce

import numpy as np

from ibasho.search_index.ages import Ages
from ibasho.search_index.columns import KINDS, Columns, Flags, Numbers, among, bits_of
from ibasho.search_index.dates import NEVER, Span
from ibasho.search_index.gist import gist
from ibasho.search_index.meaning import kinds_meant
from ibasho.search_index.mending import is_anywhere, mend
from ibasho.search_index.query import Hit, Point, SearchQuery, SearchResult, Sort, Why
from ibasho.search_index.ranking import distances, first, order, within
from ibasho.search_index.snapshot import Snapshot, Words, kinds_called
from ibasho.search_index.ways import metres_to_way
from ibasho.search_index.weights import Found
from ibasho.search_index.words import words_of

_ENOUGH_OVERLAP = 0.6

# Which documents, given by number or all of them, meet a condition.
Condition = Callable[[Numbers | slice], Flags]
_ALL = slice(None)


def search(
    snapshot: Snapshot, query: SearchQuery, today: dt.date, relax: bool = True
) -> SearchResult:
    """One page of what answers a query on a JST date; without `relax` that may be nothing."""
    if not snapshot.count:
        return SearchResult(0, (), False, ())
    span = _span(query, today)
    found = _with_words(snapshot, query)
    having = found.documents if found else None
    # what words alone put into order is remembered so
    is_ranked = found is not None and _sort(query, found) is Sort.BEST and not query.near
    if is_ranked:
        having = snapshot.best_first(_words(query), span)
    documents = _meeting(snapshot, having, _conditions(snapshot, query, today))
    mended: dict[str, str] = {}
    phrases: dict[str, str] = {}
    dropped: list[str] = []
    why = None
    if relax and not len(documents):
        query, mended, phrases = meant(snapshot, query)
        found = _with_words(snapshot, query)
        conditions = _conditions(snapshot, query, today)
        documents = _meeting(snapshot, found.documents if found else None, conditions)
        if not len(documents):
            words = words_of(query.text)
            documents, found, why, dropped = _relaxed(snapshot, words, found, conditions)
        span = _span(query, today, dropped)
        is_ranked = False
    last = query.offset + query.limit
    if is_ranked:
        page = documents[query.offset : last]
    else:
        keys = order(snapshot, documents, _sort(query, found), found, query.near, span)
        page = first(documents, keys, last)[query.offset :]
    reasons: list[Why | None] = [why] * len(page)
    if found and not why:
        reasons = _reasons(snapshot, page, words_of(query.text), query.also, found)
    hits = _hits(snapshot, page, query.near, reasons, span)
    return SearchResult(len(documents), hits, bool(dropped), tuple(dropped), mended, phrases)


def meant(
    snapshot: Snapshot, query: SearchQuery
) -> tuple[SearchQuery, dict[str, str], dict[str, str]]:
    """The query without its typing errors and phrases; the ones, then the others, with the words
    that were meant."""
    words = words_of(query.text)
    found = _with_words(snapshot, query)
    if found is None or snapshot.live[found.documents].any():
        return query, {}, {}
    mended = mend(snapshot, words)
    phrases: dict[str, str] = {}
    for word in words:
        if word in mended or is_anywhere(snapshot, word) or _is_like_a_name(snapshot, word):
            continue
        if said := gist(snapshot, word, query):
            phrases[word] = " ".join(said)
    instead = {**mended, **phrases}
    if not instead:
        return query, {}, {}
    text = " ".join(dict.fromkeys(instead.get(word, word) for word in words))
    # the kind that was meant shows only now
    return replace(query, text=text, kinds=query.kinds or kinds_meant(text)), mended, phrases


class Left:
    """The documents that some of the conditions of a query leave, each looked at once only."""

    def __init__(self, snapshot: Snapshot, query: SearchQuery, today: dt.date) -> None:
        """Where its words occur nowhere, what is similar to them is found, as in a search."""
        words = words_of(query.text)
        found = _with_words(snapshot, query)
        if found and not snapshot.live[found.documents].any():
            found = _similar(snapshot, words) or found
        self._which: Numbers | slice = _ALL if found is None else found.documents
        self._live = snapshot.live[self._which]
        conditions = _conditions(snapshot, query, today)
        self._met = {name: condition(self._which) for name, condition in conditions.items()}
        self.every = self._meeting(self._met)

    def but(self, name: str) -> Numbers:
        """Those that meet every condition but the one of this name, in no order of theirs."""
        if name not in self._met:
            return self.every
        return self._meeting(other for other in self._met if other != name)

    def _meeting(self, names: Iterable[str]) -> Numbers:
        met = (self._met[name] for name in names)
        left = np.flatnonzero(reduce(np.logical_and, met, self._live)).astype(np.int32)
        return left if isinstance(self._which, slice) else self._which[left]


def is_in_a_name(snapshot: Snapshot, word: str) -> bool:
    """Whether a folded word stands in the name of a listing."""
    found = snapshot.word(word)
    return bool((snapshot.live[found.documents] & (found.in_name > 0)).any())


def _span(query: SearchQuery, today: dt.date, dropped: Collection[str] = ()) -> Span:
    """The days and hours from which the first opening of each place is taken."""
    start, end = (None if "days" in dropped else query.days) or (today, None)
    return Span(start, end, None if "hours" in dropped else query.hours)


def _sort(query: SearchQuery, found: Found | None) -> Sort:
    if query.sort is Sort.DISTANCE and not query.near:
        return Sort.DATE
    if query.sort:
        return query.sort
    if query.near:
        return Sort.DISTANCE
    return Sort.BEST if found else Sort.DATE


def _words(query: SearchQuery) -> Words:
    """The words of a query, each with those that stand for it."""
    return tuple([(word, *query.also.get(word, ())) for word in words_of(query.text)])


def _with_words(snapshot: Snapshot, query: SearchQuery) -> Found | None:
    """The documents with all words, or what stands for them; None where there is no word."""
    words = _words(query)
    return snapshot.found(words) if words else None


def _conditions(snapshot: Snapshot, query: SearchQuery, today: dt.date) -> dict[str, Condition]:
    """Each stated condition but the words, in the order in which they give way."""
    columns = snapshot.columns
    conditions: dict[str, Condition] = {}
    wanted_days = np.uint8(sum(1 << day for day in query.weekdays))
    if query.hours:
        # on one of the days that are asked for as well, so they give way before these do
        at_hours = snapshot.first_days(_span(query, today)) != NEVER
        if query.weekdays:
            at_hours &= (snapshot.weekdays(today, query.hours) & wanted_days) != 0
        conditions["hours"] = lambda which: at_hours[which]
    if query.days:
        first_days = snapshot.first_days(Span(*query.days))
        conditions["days"] = lambda which: first_days[which] != NEVER
    if query.weekdays:
        weekdays = snapshot.weekdays(today, None)
        conditions["weekdays"] = lambda which: (weekdays[which] & wanted_days) != 0
    if query.facts:
        wanted_facts = np.uint32(bits_of(query.facts))
        conditions["facts"] = lambda which: (columns.facts[which] & wanted_facts) == wanted_facts
    if query.free:
        conditions["free"] = lambda which: columns.free[which]
    if (most := query.monthly_at_most) is not None:
        conditions["monthly"] = lambda which: columns.monthly[which] <= most
    if (years := query.age) is not None:
        conditions["age"] = lambda which: (
            (columns.age_from[which] <= years) & (years < columns.age_below[which])
        )
    elif ages := query.ages:
        conditions["age"] = lambda which: taking(columns, which, ages)
    if (near := query.near) and (within_m := query.within_m) is not None and not query.along:
        conditions["within_m"] = lambda which: within(snapshot, which, near, within_m)
    if way := query.along:
        conditions["along"] = lambda which: (
            metres_to_way(columns.lat[which], columns.lon[which], way) <= query.beside_m
        )
    if query.district:
        inside = snapshot.known.in_district(query.district)
        conditions["district"] = lambda which: inside[columns.districts[which]]
    if query.kinds:
        wanted_kinds = among(query.kinds)
        conditions["kinds"] = lambda which: wanted_kinds[columns.kind[which]]
    if box := query.box:
        conditions["box"] = lambda which: (
            (box.south <= columns.lat[which]) & (columns.lat[which] <= box.north)
            & (box.west <= columns.lon[which]) & (columns.lon[which] <= box.east)
        )  # fmt: skip
    return conditions


def taking(columns: Columns, which: Numbers | slice, ages: Ages) -> Flags:
    """Which of these documents take some of these ages."""
    first_age, below = ages
    return (columns.age_from[which] < below) & (first_age < columns.age_below[which])


def _meeting(
    snapshot: Snapshot, documents: Numbers | None, conditions: dict[str, Condition]
) -> Numbers:
    """Those of some documents, in their order, or of all that meet every condition."""
    if documents is None:
        masks = (condition(_ALL) for condition in conditions.values())
        return np.flatnonzero(reduce(np.logical_and, masks, snapshot.live)).astype(np.int32)
    if snapshot.count < len(snapshot.live):
        documents = documents[snapshot.live[documents]]
    for condition in conditions.values():
        documents = documents[condition(documents)]
    return documents


def _relaxed(
    snapshot: Snapshot,
    words: Sequence[str],
    found: Found | None,
    conditions: dict[str, Condition],
) -> tuple[Numbers, Found | None, Why | None, list[str]]:
    """What is left when as few conditions as needed have given way, and which did."""
    dropped: list[str] = []
    why = None
    if found and not snapshot.live[found.documents].any():
        found, dropped = _similar(snapshot, words), ["text"]
        why = Why.SIMILAR if found else None
        documents = _meeting(snapshot, found.documents if found else None, conditions)
        if len(documents):
            return documents, found, why, dropped
    masks = {name: condition(_ALL) for name, condition in conditions.items()}
    if found:
        # places may lie elsewhere sooner than words may say something else
        masks["text"] = np.zeros_like(snapshot.live)
        masks["text"][found.documents] = True
        masks |= {"box": masks.pop("box")} if "box" in masks else {}
    kept, more = _giving_way(snapshot.live, masks)
    found = None if "text" in more else found
    return np.flatnonzero(kept).astype(np.int32), found, why, [*dict.fromkeys([*dropped, *more])]


def _giving_way(live: Flags, conditions: dict[str, Flags]) -> tuple[Flags, list[str]]:
    """What is left when as few conditions as needed have given way, and which did."""
    kept = dict(conditions)
    dropped: list[str] = []
    found = np.zeros_like(live)
    while kept and not found.any():
        dropped.append(next(iter(kept)))
        del kept[dropped[-1]]
        found = reduce(np.logical_and, kept.values(), live)
    for name in dropped[-2::-1]:
        if (found & conditions[name]).any():
            found = found & conditions[name]
            dropped.remove(name)
    return found, dropped


def _similar(snapshot: Snapshot, words: Sequence[str]) -> Found | None:
    """The documents that share most pieces of the words; None where none shares enough."""
    pieces = _pieces(words)
    shared = np.zeros(len(snapshot.live), np.float32)
    for piece in pieces:
        shared[snapshot.word(piece).documents] += 1 / len(pieces)
    documents = np.flatnonzero((shared >= _ENOUGH_OVERLAP - 1e-6) & snapshot.live).astype(np.int32)
    if not len(documents):
        return None
    return Found(documents, shared[documents], np.zeros(len(documents), np.bool_))


def _is_like_a_name(snapshot: Snapshot, word: str) -> bool:
    """Whether the name of any listing shares most pieces of a word."""
    pieces = _pieces([word])
    shared = np.zeros(len(snapshot.live), np.float32)
    for piece in pieces:
        found = snapshot.word(piece)
        shared[found.documents] += (found.in_name > 0) / len(pieces)
    return bool((shared[snapshot.live] >= _ENOUGH_OVERLAP - 1e-6).any())


def _pieces(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word[at : at + 2] for word in words for at in range(max(1, len(word) - 1)))


def _hits(
    snapshot: Snapshot,
    page: Numbers,
    near: Point | None,
    reasons: Sequence[Why | None],
    span: Span,
) -> tuple[Hit, ...]:
    metres: list[int | None] = [None] * len(page)
    if near:
        away = distances(snapshot, page, near).tolist()
        metres = [round(far) if math.isfinite(far) else None for far in away]
    ids = snapshot.columns.ids[page].tolist()
    openings = snapshot.known.dates.openings(snapshot.columns.schedule[page].tolist(), span)
    return tuple(map(Hit, map(bytes.decode, ids), metres, openings, reasons))


def _reasons(
    snapshot: Snapshot,
    page: Numbers,
    words: Sequence[str],
    also: Mapping[str, tuple[str, ...]],
    found: Found,
) -> list[Why | None]:
    """Where the words, or those that stand for them, are in each document of the page."""
    others = [other for word in words for other in also.get(word, ())]
    reasons: list[Why | None] = [Why.IN_TEXT] * len(page)
    if others:
        has_all = np.ones(len(page), np.bool_)
        for word in words:
            has_all &= np.isin(page, snapshot.word(word).documents)
        reasons = [Why.IN_TEXT if typed else Why.IN_OTHER_WORDS for typed in has_all.tolist()]
    if called := {KINDS.index(kind) for word in (*words, *others) for kind in kinds_called(word)}:
        kinds = snapshot.columns.kind[page].tolist()
        reasons = [
            Why.OF_KIND if kind in called else why for kind, why in zip(kinds, reasons, strict=True)
        ]
    is_named = found.in_name[found.documents.searchsorted(page)].tolist()
    return [Why.IN_NAME if named else why for named, why in zip(is_named, reasons, strict=True)]
