"""Typing errors: a word that occurs nowhere, and the one known word that is nearest to it."""

from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ibasho.search_index.record import KIND_TERMS
from ibasho.search_index.snapshot import Snapshot

_SHORTEST = 3  # characters: of two, another one is another word
_SHORT = 5


def mend(snapshot: Snapshot, words: Iterable[str]) -> dict[str, str]:
    """For each folded word that occurs nowhere, the word that is meant, where that is plain."""
    return {
        word: meant
        for word in words
        if not is_anywhere(snapshot, word) and (meant := _meant(snapshot, word))
    }


def _meant(snapshot: Snapshot, word: str) -> str | None:
    """The one nearest word: one error apart, or two where there are more than five characters.

    Of several as near only a word for a kind is plainly meant: most people look for one. A number
    is no typing error.
    """
    if len(word) < _SHORTEST or any(map(str.isdigit, word)):
        return None
    errors = 1 if len(word) <= _SHORT else 2
    for distance in range(1, errors + 1):
        near = [
            known
            for known in _within(word, distance, snapshot.vocabulary())
            if not any(map(str.isdigit, known)) and is_anywhere(snapshot, known)
        ]
        if near:
            plain = [known for known in near if known in KIND_TERMS] or near
            return plain[0] if len(plain) == 1 else None
    return None


def _within(word: str, distance: int, known: Mapping[int, list[str]]) -> Iterator[str]:
    """The words of a vocabulary within some insertions, losses, changes and swaps."""
    for length in range(max(_SHORTEST, len(word) - distance), len(word) + distance + 1):
        choices = known.get(length, ())
        scored = process.extract(
            word, choices, scorer=OSA.distance, score_cutoff=distance, limit=None
        )
        yield from (choice for choice, _, _ in scored)


def is_anywhere(snapshot: Snapshot, word: str) -> bool:
    """Whether a folded word stands in any listing."""
    return bool(snapshot.live[snapshot.word(word).documents].any())
