"""The words of a query, and what may be remembered of them."""

import re
from collections.abc import Callable, Hashable
from typing import Final, TypeVar, TypeVarTuple, cast

from ibasho.data.text import fold

LONGEST_TEXT = 200
_KEPT_TEXTS = 512
# What may be where somebody lives: 5-6-13, and 五丁目六番.
_NUMBER = re.compile("[0-9０-９]|[〇一二三四五六七八九十](?:丁|番|号|の|-)")

_NOTHING: Final = object()

_T = TypeVar("_T")
_More = TypeVarTuple("_More")
_R = TypeVar("_R")


def remembering(call: Callable[[_T, *_More], _R], most: int) -> Callable[[_T, *_More], _R]:
    """The same call, which remembers answers, but none about words with a number.

    Arguments are hashable. When there are `most`, all are forgotten.
    """
    remembered: dict[Hashable, _R] = {}

    def answer(words: _T, /, *more: *_More) -> _R:
        asked = (words, *more)
        # looked for first, for it is asked thousands of times; a number is looked for once
        found = remembered.get(asked, _NOTHING)
        if found is not _NOTHING:
            return cast("_R", found)
        made = call(words, *more)
        if not _NUMBER.search(words if isinstance(words, str) else str(words)):
            if len(remembered) >= most:
                remembered.clear()
            remembered[asked] = made
        return made

    return answer


def _words_of(text: str) -> tuple[str, ...]:
    words = dict.fromkeys(fold(text[:LONGEST_TEXT]).split())
    return tuple(word for word in words if any(map(str.isalnum, word)))


_remembered = remembering(_words_of, _KEPT_TEXTS)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a query, each once; what holds no letter or digit is no word."""
    return _remembered(text)
