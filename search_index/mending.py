"""Typing errors: a word that occurs nowhere, and the one known word that is nearest to it.

A word for a condition is mended more carefully, for it is no longer looked for: where a letter of
the same sound was typed (小学性), or one letter of a long word in kana or English is wrong.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ibasho.search_index import phrases
from ibasho.search_index.record import KIND_TERMS
from ibasho.search_index.snapshot import Snapshot

_SHORTEST = 3  # characters: of two, another one is another word
_SHORT = 5
_LONG = 6  # letters of a condition
_KANA = re.compile("[ぁ-んー]+")


def mend(snapshot: Snapshot, words: Iterable[str]) -> dict[str, str]:
    """For each folded word that occurs nowhere, the word that is meant, where that is plain."""
    return {
        word: meant
        for word in words
        if not is_anywhere(snapshot, word) and (meant := _meant(snapshot, word))
    }


@lru_cache(512)
def mend_condition(word: str) -> str | None:
    """The word for a condition that a folded word is meant to be, where that is plain."""
    if len(word) < _SHORTEST - 1 or word in phrases.CONDITIONS:
        return None
    if alike := _SOUND_ALIKE.get(word):
        return alike
    if len(word) < _LONG or not (_KANA.fullmatch(word) or (word.isascii() and word.isalpha())):
        return None
    near = [known for known in _within(word, 1, _LONG_CONDITIONS) if known[0] == word[0]]
    return near[0] if len(near) == 1 else None


def _sound_alike() -> Iterator[tuple[str, str]]:
    """Each condition with a letter of the same sound in the place of one of its own."""
    for known in sorted(phrases.CONDITIONS):
        for at, letter in enumerate(known):
            for other in phrases.SOUND_ALIKE.get(letter, ""):
                yield known[:at] + other + known[at + 1 :], known


_SOUND_ALIKE = dict(_sound_alike())
_LONG_CONDITIONS = {
    length: [word for word in sorted(phrases.CONDITIONS) if len(word) == length]
    for length in range(_LONG - 1, max(map(len, phrases.CONDITIONS)) + 1)
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
