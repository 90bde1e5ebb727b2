"""How well documents fit the words of a query: BM25, and whether the words are in the name.

BM25 after Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009),
with k1 = 1.2 and b = 0.75; a word in the name counts three times.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ibasho.search_index.columns import Flags, Numbers
from ibasho.search_index.letters import Occurrences

K1, B = 1.2, 0.75
NAME_WEIGHT = 3.0
WORDS, IN_NAME = 40.0, 60.0


@dataclass(frozen=True, slots=True)
class Found:
    """The documents with all words, ascending; their points in `ranking`, and whether by name."""

    documents: Numbers
    points: NDArray[np.float32]
    in_name: Flags


def with_all_words(words: Sequence[Occurrences], relative_lengths: NDArray[np.float32]) -> Found:
    """The documents in which each of the words occurs.

    `relative_lengths` are those of all documents, 1 on average.
    """
    documents = min(words, key=lambda word: len(word.documents)).documents
    for word in words:
        if word.documents is not documents:
            at = word.documents.searchsorted(documents)
            documents = documents[word.documents.take(at, mode="clip") == documents]
            if not len(documents):
                break
    norm = K1 * B * relative_lengths[documents] + K1 * (1 - B)
    weight = np.zeros(len(documents), np.float32)
    in_name = np.ones(len(documents), np.bool_)
    most = 0.0
    for word in words if len(documents) else ():
        times, named = word.times, word.in_name
        if len(documents) < len(word.documents):
            at = word.documents.searchsorted(documents)
            times, named = times[at], named[at]
        missing = len(relative_lengths) - len(word.documents)
        rarity = math.log1p((missing + 0.5) / (len(word.documents) + 0.5))
        often = times + (NAME_WEIGHT - 1) * named
        weight += rarity * (often / (often + norm))
        in_name &= named > 0
        most += rarity
    weight *= WORDS / (most or 1.0)
    weight += np.float32(IN_NAME) * in_name
    return Found(documents, weight, in_name)
