"""Ways in which one secret may be spelt, looked for only where they can stand.

Compiling an expression costs a hundred times what looking through a sentence costs, and each
listing has secrets of its own: it is done only for a text that has the digits or letters of it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

_NOT_DIGITS = re.compile("[^0-9]+")


class Pattern(Protocol):
    """What finds something in a text: an expression of `re`, or a `Spelling`."""

    def finditer(self, string: str, /) -> Iterator[re.Match[str]]:
        """All places where it stands, from left to right."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """An expression and a quick question; `can_stand` is True of every text in which it matches."""

    source: str
    can_stand: Callable[[str], bool]
    flags: re.RegexFlag = re.NOFLAG

    def finditer(self, string: str, /) -> Iterator[re.Match[str]]:
        """All places where it stands, from left to right."""
        if not self.can_stand(string):
            return iter(())
        return re.compile(self.source, self.flags).finditer(string)


def letters(words: str) -> Spelling:
    """These words, in large letters or small.

    What has no large form stands for itself alone: @, digits, kana; for i there are four letters.
    """
    needed = {one for one in words if one.lower() == one.upper() == one.casefold() == one}
    return Spelling(re.escape(words), lambda text: needed <= set(text), re.IGNORECASE)


def spread_letters(words: str) -> Spelling:
    """These words, with blanks anywhere between their letters."""
    source = r"\s*".join(map(re.escape, words))
    return Spelling(source, lambda text: words in "".join(text.split()))


def exactly(words: str) -> Spelling:
    """These very words."""
    return Spelling(re.escape(words), lambda text: words in text)


def digits_with(source: str, digits: str) -> Spelling:
    """An expression whose matches have exactly these digits in a row, whatever is between them."""
    return Spelling(source, lambda text: digits in _NOT_DIGITS.sub("", text))


def with_each(source: str, *ways: tuple[str, ...]) -> Spelling:
    """An expression whose matches have of each of these one way at least to write it."""
    return Spelling(source, lambda text: all(any(one in text for one in way) for way in ways))
