"""Cutting a folded query into words that are known, and chunks that are not."""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from ibasho.search_index import phrases
from ibasho.search_index.mending import mend_condition
from ibasho.search_index.places import Place

FindPlace = Callable[[str], Place | None]

_MOST_WORDS = 4  # of a phrase with blanks
_LONGEST_CHUNK = 60
_LONGEST_PLACE = 16
_MOST_PLACES = 32  # that are looked up for one chunk


class Known(Enum):
    """What is known of a piece of a query."""

    NOT = auto()
    THING = auto()
    CONDITION = auto()
    PLACE = auto()
    NEAR = auto()
    BEFORE_PLACE = auto()
    JOINING = auto()


JOINING = frozenset({Known.NEAR, Known.BEFORE_PLACE, Known.JOINING})


class Cut(NamedTuple):
    """A piece of a folded query, from `start` to `end`; `meant` is the condition whose word has a
    typing error there."""

    start: int
    end: int
    known: Known
    place: Place | None = None
    meant: str = ""


_WORDS: dict[str, Known] = {
    **dict.fromkeys(phrases.JOINING, Known.JOINING),
    **dict.fromkeys(phrases.BEFORE_PLACE, Known.BEFORE_PLACE),
    **dict.fromkeys(phrases.NEAR, Known.NEAR),
    **dict.fromkeys(phrases.THINGS, Known.THING),
    **dict.fromkeys(phrases.CONDITIONS, Known.CONDITION),
}
# English words stand between blanks
_WITHIN_CHUNKS = {word: known for word, known in _WORDS.items() if not word.isascii()}
_LONGEST = max(map(len, _WITHIN_CHUNKS))


def cut(
    folded: str, find_place: FindPlace, names_place: Callable[[str], bool], things: Container[str]
) -> list[Cut]:
    """The pieces of a folded query, in order; together they are all of it but the blanks.

    At most one of them is a place. See `understanding.understand` for the rest.
    """
    chunks = [match.span() for match in re.finditer("[^ ]+", folded)]
    cuts: list[Cut] = []
    find: FindPlace | None = find_place
    number = 0
    while number < len(chunks):
        phrase = _phrase(folded, chunks[number : number + _MOST_WORDS])
        if phrase:
            cuts.append(phrase)
            while number < len(chunks) and chunks[number][0] < phrase.end:
                number += 1
            continue
        start, end = chunks[number]
        of_chunk = _chunk(folded[start:end], find, things)
        if _is_a_name(of_chunk, folded, (start, end), names_place):
            of_chunk = (Cut(0, end - start, Known.NOT),)
        cuts += [one._replace(start=one.start + start, end=one.end + start) for one in of_chunk]
        if any(one.place for one in of_chunk):
            find = None  # one is enough to measure from
        number += 1
    return _with_whole_places(cuts)


def _phrase(folded: str, chunks: Sequence[tuple[int, int]]) -> Cut | None:
    """The longest phrase of several known words that begins with the first of these chunks."""
    start = chunks[0][0]
    for _, end in reversed(chunks[1:]):
        if known := _WORDS.get(folded[start:end]):
            return Cut(start, end, known)
        if (ages := phrases.ages_at(folded, start)) and ages[0] == end:
            return Cut(start, end, Known.CONDITION)
    return None


def _chunk(chunk: str, find_place: FindPlace | None, things: Container[str]) -> tuple[Cut, ...]:
    """A chunk in as few known words as can be, one of them perhaps a place; else as one piece."""
    size = len(chunk)
    if size > _LONGEST_CHUNK:
        return (Cut(0, size, Known.NOT),)
    if known := _WORDS.get(chunk) or (Known.THING if chunk in things else None):
        return (Cut(0, size, known),)
    words = [list(_words_at(chunk, start, things)) for start in range(size)]
    heads: dict[int, tuple[Cut, ...]] = {0: ()}
    tails: dict[int, tuple[Cut, ...]] = {size: ()}
    for start in range(size):
        for word in words[start] if start in heads else ():
            path = (*heads[start], word)
            if word.end not in heads or len(path) < len(heads[word.end]):
                heads[word.end] = path
    if size in heads:
        return heads[size]
    for start in reversed(range(size)):
        for word in words[start]:
            if word.end in tails and (
                start not in tails or len(tails[word.end]) + 1 < len(tails[start])
            ):
                tails[start] = (word, *tails[word.end])
    spans = ((start, end) for start in heads for end in tails if start < end)
    likely = sorted(
        (span for span in spans if span[1] - span[0] <= _LONGEST_PLACE),
        key=lambda span: span[0] - span[1],
    )[:_MOST_PLACES]
    for start, end in likely if find_place else ():
        if find_place and (place := find_place(chunk[start:end])):
            return (*heads[start], Cut(start, end, Known.PLACE, place), *tails[end])
    for start, end in likely:
        if meant := mend_condition(chunk[start:end]):
            return (*heads[start], Cut(start, end, Known.CONDITION, meant=meant), *tails[end])
    return (Cut(0, size, Known.NOT),)


def _words_at(chunk: str, start: int, things: Container[str]) -> Iterator[Cut]:
    """The known words that begin at a place in a chunk."""
    for end in range(start + 1, min(len(chunk), start + _LONGEST) + 1):
        word = chunk[start:end]
        if known := _WITHIN_CHUNKS.get(word):
            yield Cut(start, end, known)
        elif word in things and not word.isascii():
            yield Cut(start, end, Known.THING)
    if ages := phrases.ages_at(chunk, start):
        yield Cut(start, ages[0], Known.CONDITION)


def _is_a_name(
    cuts: Sequence[Cut], folded: str, span: tuple[int, int], names_place: Callable[[str], bool]
) -> bool:
    """Whether a chunk that could be cut is a name all the same.

    土曜 is none though a 土曜教室 has it in its name; a town alone is one where a listing has it.
    """
    is_town_alone = span == (0, len(folded)) and cuts[0].place is not None
    is_asked = len(cuts) > 1 or is_town_alone or cuts[0].meant
    return bool(is_asked) and names_place(folded[slice(*span)])


def _with_whole_places(cuts: Sequence[Cut]) -> list[Cut]:
    """The same, but 鳳の近く and near 鳳 are one piece."""
    whole: list[Cut] = []
    for one in cuts:
        if one.place and whole and whole[-1].known is Known.BEFORE_PLACE:
            one = one._replace(start=whole.pop().start)
        elif one.known is Known.NEAR:
            behind = len(whole) - 1
            while behind >= 0 and whole[behind].known is Known.JOINING:
                behind -= 1
            if behind >= 0 and whole[behind].place:
                one = whole[behind]._replace(end=one.end)
                del whole[behind:]
        whole.append(one)
    return whole
