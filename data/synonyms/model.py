"""What a group of words is, and how it is written."""

import re
from dataclasses import dataclass

from ibasho.data.text import fold_closed, printable

SEPARATOR = "、"
LONGEST_WORD = 40  # characters
MOST_WORDS = 30  # in one half of a group
_FEWEST_CHARACTERS = 2  # one character occurs in half of all places
_BETWEEN_WORDS = re.compile(r"[\n\r、，,]+")


class TooFewWordsError(ValueError):
    """One word alone stands for nothing."""


class TooManyWordsError(ValueError):
    """More than `MOST_WORDS`: nobody can overlook what such a group does."""


class ShortWordError(ValueError):
    """A word of one character, or longer than `LONGEST_WORD`; it is the error's text."""


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Words, as people write them, that stand for one another in a search.

    Who asks for one of `words` finds what says any other of them, and what says one of `finds`;
    who asks for one of `finds` does not find `words` by that. Raises TooFewWordsError,
    TooManyWordsError, ShortWordError.
    """

    words: tuple[str, ...]
    finds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for word in (*self.words, *self.finds):
            if len(fold_closed(word)) < _FEWEST_CHARACTERS or len(word) > LONGEST_WORD:
                raise ShortWordError(word)
        if not self.words or len(self.words) + len(self.finds) < 2:
            raise TooFewWordsError
        if max(len(self.words), len(self.finds)) > MOST_WORDS:
            raise TooManyWordsError


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text, one a line or between commas; of two that fold alike the first."""
    words = (word.strip() for word in _BETWEEN_WORDS.split(printable(text)))
    return tuple({fold_closed(word): word for word in reversed([*words]) if word}.values())[::-1]
