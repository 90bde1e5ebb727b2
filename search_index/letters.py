"""Where words occur in many texts: every three characters in a row, with all their places.

Japanese has no blanks between words, so a word may begin anywhere. All texts stand in one row of
UTF-16 units, and the places in that row are sorted by the three units that stand there: those of a
word of up to three characters are one slice, those of a longer one are the places of its rarest
three at which the others stand too. Nothing has to be decoded, and no text is searched through.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ibasho.search_index.arrays import Arrays

Numbers = NDArray[np.int32]
_Units = NDArray[np.uint16]

_GAPS = tuple(map(ord, "\0\n "))  # no word holds one


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The documents in which a word occurs, ascending; how often, and how often in the name."""

    documents: Numbers
    times: NDArray[np.float32]
    in_name: NDArray[np.float32]

    def where(self, which: NDArray[np.bool_]) -> "Occurrences":
        """Those of some of its documents."""
        return Occurrences(self.documents[which], self.times[which], self.in_name[which])


NOWHERE = Occurrences(np.zeros(0, np.int32), np.zeros(0, np.float32), np.zeros(0, np.float32))


def sort_letters(
    names: Sequence[str], texts: Sequence[str], uncounted: Sequence[int] = ()
) -> Arrays:
    """What `Letters` needs, from the folded names and other texts of all documents.

    `uncounted` is how many characters of each are no part of its length; none without it.
    """
    documents = [
        f"{name}\n{text}".replace("\0", " ") for name, text in zip(names, texts, strict=True)
    ]
    units = _units("\0" + "\0".join(documents) + "\0\0\0")
    starts = np.flatnonzero(units[:-3] == 0)[: len(documents)] + 1
    places = np.flatnonzero(~np.isin(units[:-3], _GAPS))
    for third in (2, 1, 0):  # stable sorts by the last unit first, each of them a radix sort
        places = places[np.argsort(units[places + third], kind="stable")]
    triples = _triple(*(units[places + offset].astype(np.uint64) for offset in range(3)))
    first = np.ones(len(places), np.bool_)
    np.not_equal(triples[1:], triples[:-1], out=first[1:])
    name_ends = starts + [len(_units(name)) for name in names]
    lengths = np.diff(starts, append=len(units) - 2) - 1 - np.array(uncounted or 0)
    return {
        "units": units,
        "name_ends": name_ends.astype(np.int32),
        "lengths": lengths.astype(np.int32),
        "places": places.astype(np.int32),
        "documents": (np.searchsorted(starts, places, "right") - 1).astype(np.int32),
        "triples": triples[first],
        "slices": np.append(np.flatnonzero(first), len(places)).astype(np.int32),
    }


class Letters:
    """The sorted places of all texts of one segment."""

    def __init__(self, arrays: Arrays) -> None:
        self.lengths: Numbers = arrays["lengths"]
        """Characters of each document that count when its words are weighed."""
        self._units: _Units = arrays["units"]
        self._name_ends: Numbers = arrays["name_ends"]
        self._places: Numbers = arrays["places"]
        self._documents: Numbers = arrays["documents"]
        self._triples: NDArray[np.uint64] = arrays["triples"]
        self._slices: Numbers = arrays["slices"]

    def occurrences(self, word: str) -> Occurrences:
        """Where a folded word without blanks occurs."""
        units = _units(word).tolist()
        if not len(self._triples):
            return NOWHERE
        if len(units) < 3:
            return self._of_few(units)
        triples = np.array([*map(_triple, units, units[1:], units[2:])], np.uint64)
        found = self._triples.searchsorted(triples)
        if (self._triples.take(found, mode="clip") != triples).any():
            return NOWHERE
        first, last = self._slices[found], self._slices[found + 1]
        rarest = int((last - first).argmin())
        begin, end = int(first[rarest]), int(last[rarest])
        places = self._places[begin:end]
        documents = self._documents[begin:end]
        if len(units) > 3:
            places = places - rarest
            for offset, unit in enumerate(units):
                if not rarest <= offset < rarest + 3:
                    # clipped, a place before or after the row meets a gap
                    fits = self._units.take(places + offset, mode="clip") == unit
                    places, documents = places[fits], documents[fits]
        return _gathered(documents, places < self._name_ends[documents])

    def _of_few(self, units: list[int]) -> Occurrences:
        """Of one or two units: several slices beside each other."""
        *before, last = units
        bounds = [_triple(*(*before, unit, 0, 0)[:3]) for unit in (last, last + 1)]
        begin, end = self._slices[self._triples.searchsorted(np.array(bounds, np.uint64))].tolist()
        documents, places = self._documents[begin:end], self._places[begin:end]
        if len(documents) * 8 < len(self.lengths):
            packed = np.sort(documents << 1 | (places < self._name_ends[documents]))
            return _gathered(packed >> 1, packed & 1)
        times = np.bincount(documents, minlength=len(self.lengths))
        named = np.bincount(documents[places < self._name_ends[documents]], minlength=len(times))
        found = np.flatnonzero(times > 0)
        return Occurrences(
            found.astype(np.int32), times[found].astype(np.float32), named[found].astype(np.float32)
        )


def any_of(words: Sequence[Occurrences]) -> Occurrences:
    """Where any of several words occurs."""
    documents, row = np.unique(np.concatenate([w.documents for w in words]), return_inverse=True)
    times = np.bincount(row, np.concatenate([word.times for word in words]))
    named = np.bincount(row, np.concatenate([word.in_name for word in words]))
    return Occurrences(documents, times.astype(np.float32), named.astype(np.float32))


def _gathered(documents: Numbers, is_named: NDArray[np.bool_] | Numbers) -> Occurrences:
    """One entry a document, from one a place in the order of documents."""
    if not len(documents):
        return NOWHERE
    is_edge = np.ones(len(documents) + 1, np.bool_)
    np.not_equal(documents[1:], documents[:-1], out=is_edge[1:-1])
    edges = is_edge.nonzero()[0]
    firsts = edges[:-1]
    times = (edges[1:] - firsts).astype(np.float32)
    return Occurrences(
        documents[firsts], times, np.add.reduceat(is_named, firsts, dtype=np.float32)
    )


# plain integers or arrays of them
def _triple(first: Any, second: Any, third: Any) -> Any:  # noqa: ANN401
    """Three units as one number."""
    return (first << 32) + (second << 16) + third


def _units(text: str) -> _Units:
    # half of a surrogate pair, which no text has, is a unit like any other
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
