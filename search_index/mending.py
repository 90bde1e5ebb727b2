"""Typing errors: a word that occurs nowhere, and the one known word that is nearest to it.

A name may also be typed in other characters (丸いお皿 for まるいお皿). A word for a condition is
mended more carefully, for it is no longer looked for: where a letter of the same sound was typed
(小学性), or one of a long word in kana or English is wrong.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ibasho.search_index import phrases
from ibasho.search_index.record import KIND_TERMS
from ibasho.search_index.snapshot import Snapshot

_SHORTEST = 3  # characters: of two, another one is another word
_SHORT = 5
_FEWEST_KANA = 2  # of a name that is known by its sound
_MOST_KANJI = 3  # there: each more is three times as many sounds
_MOST_SOUNDS = 3  # letters of the sound of a kanji
_KANJI = re.compile("[一-龥々]")
_KANA_LETTER = re.compile("[ぁ-ん]")
_LONG = 6  # letters of a condition
_KANA = re.compile("[ぁ-んー]+")


def mend(snapshot: Snapshot, words: Iterable[str]) -> dict[str, str]:
    """For each folded word that occurs nowhere, the word that is meant, where that is plain."""
    return {
        word: meant
        for word in words
        if not is_anywhere(snapshot, word)
        and (meant := _meant(snapshot, word) or _by_sound(snapshot, word))
    }


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


def _by_sound(snapshot: Snapshot, word: str) -> str | None:
    """The one known word that a word may sound like; まるいお皿 and まるいおさら are one."""
    kanji, kana = (len(letters.findall(word)) for letters in (_KANJI, _KANA_LETTER))
    if not 0 < kanji <= _MOST_KANJI or kana < _FEWEST_KANA:
        return None
    sound = _sound(word)
    lengths = range(len(word), _MOST_SOUNDS * len(word) + 1)
    known = (one for length in lengths for one in snapshot.vocabulary().get(length, ()))
    near = [one for one in known if sound.fullmatch(one) and is_anywhere(snapshot, one)]
    return next((one for one in near if all(map(_sound(one).fullmatch, near))), None)


def _sound(word: str) -> re.Pattern[str]:
    """What a word may sound like in kana: each kanji up to three letters, or itself."""
    letters = (
        f"(?:{one}|[ぁ-ん]{{1,{_MOST_SOUNDS}}})" if _KANJI.match(one) else re.escape(one)
        for one in word
    )
    return re.compile("".join(letters))


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
