"""The words of a query, and what may be remembered of them."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar, TypeVarTuple

from ibasho.data.text import fold

LONGEST_TEXT = 200
_KEPT_TEXTS = 512
# What may be where somebody lives: 5-6-13, and 五丁目六番.
_NUMBER = re.compile("[0-9０-９]|[〇一二三四五六七八九十](?:丁|番|号|の|-)")

_T = TypeVar("_T")
_More = TypeVarTuple("_More")
_R = TypeVar("_R")


def remembering(call: Callable[[_T, *_More], _R], most: int) -> Callable[[_T, *_More], _R]:
    """The same call, which remembers its last answers, but none about words with a number."""
    remembered = lru_cache(most)(call)

    def answer(words: _T, /, *more: *_More) -> _R:
        if _NUMBER.search(words if isinstance(words, str) else str(words)):
            return call(words, *more)
        return remembered(words, *more)

    return answer


def _words_of(text: str) -> tuple[str, ...]:
    words = dict.fromkeys(fold(text[:LONGEST_TEXT]).split())
    return tuple(word for word in words if any(map(str.isalnum, word)))


_remembered = remembering(_words_of, _KEPT_TEXTS)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a query, each once; what holds no letter or digit is no word."""
    return _remembered(text)
