"""What a phrase is about: 宿題を見てくれる asks for 宿題, お金がない for お金.

People type whole phrases into a search. One that stands nowhere as it is, and is no typing error,
is looked for by its words that do stand somewhere: those that are known, and runs of one script.
"""

import re
import unicodedata
from collections.abc import Container, Iterator

import numpy as np

from ibasho.data.text import fold_closed
from ibasho.search_index.columns import Numbers
from ibasho.search_index.mending import is_anywhere
from ibasho.search_index.query import SearchQuery
from ibasho.search_index.record import KIND_TERMS
from ibasho.search_index.snapshot import Snapshot

_LONGEST_WORD = 16
# What is folded to hiragana is an ending or a particle, unless it is known or was katakana.
_RUN = re.compile("[おご]?(?P<kanji>[一-龥々]+)|[^\\sぁ-んー一-龥々]{2,}")
_KATAKANA = re.compile("[ァ-ヴー]{3,}")


def gist(snapshot: Snapshot, word: str, query: SearchQuery) -> tuple[str, ...]:
    """The words of a folded phrase that listings have together, in its order; () for none.

    The rarest counts most: what has it and none of the others is found sooner than what has not.
    One character says little, and is asked for only where nothing longer is found.
    """
    known = KIND_TERMS.union(
        query.also, map(fold_closed, _KATAKANA.findall(unicodedata.normalize("NFKC", query.text)))
    )
    parts = [*dict.fromkeys(_parts(snapshot, word, known))]
    found = {part: _documents(snapshot, part, query) for part in parts if part != word}
    there = {part: documents for part, documents in found.items() if len(documents)}
    chosen = {part: documents for part, documents in there.items() if len(part) > 1} or there
    kept: set[str] = set()
    together: Numbers | None = None
    for part in sorted(chosen, key=lambda part: len(chosen[part])):
        both = chosen[part] if together is None else np.intersect1d(together, chosen[part])
        if len(both):
            together = both
            kept.add(part)
    return tuple(part for part in chosen if part in kept)


def _parts(snapshot: Snapshot, word: str, words: Container[str]) -> Iterator[str]:
    """The words in a phrase: the longest that is known at each place, else a run of one script."""
    at = 0
    while at < len(word):
        if known := _known_at(word, at, words):
            yield known
            at += len(known)
        elif run := _RUN.match(word, at):
            yield from _kanji(snapshot, run) if run["kanji"] else [run[0]]
            at = run.end()
        else:
            at += 1


def _known_at(word: str, start: int, words: Container[str]) -> str:
    for end in range(min(len(word), start + _LONGEST_WORD), start + 1, -1):
        if (piece := word[start:end]) in words:
            return piece
    return ""


def _kanji(snapshot: Snapshot, run: re.Match[str]) -> Iterator[str]:
    """A run of kanji, with お before it or without; where it stands nowhere, pieces of it that do.

    The pieces are the longest, and have two characters or more.
    """
    if whole := next((one for one in (run[0], run["kanji"]) if is_anywhere(snapshot, one)), None):
        yield whole
        return
    text, start = run["kanji"], 0
    while start < len(text):
        ends = range(min(len(text), start + _LONGEST_WORD), start + 1, -1)
        end = next((end for end in ends if is_anywhere(snapshot, text[start:end])), None)
        if end:
            yield text[start:end]
        start = end or start + 1


def _documents(snapshot: Snapshot, part: str, query: SearchQuery) -> Numbers:
    """The documents with a word, or with one that stands for it."""
    documents = snapshot.found(((part, *query.also.get(part, ())),)).documents
    return documents[snapshot.live[documents]]
