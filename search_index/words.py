"""The words of a query."""

from functools import lru_cache

from ibasho.data.text import fold

LONGEST_TEXT = 200
_KEPT_TEXTS = 512


@lru_cache(_KEPT_TEXTS)
def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a query, each once; what holds no letter or digit is no word."""
    words = dict.fromkeys(fold(text[:LONGEST_TEXT]).split())
    return tuple(word for word in words if any(map(str.isalnum, word)))
