"""How a folded text becomes index terms: pieces of one and two characters.

Japanese has no blanks between words, so that a word is found through the pieces it is made of.
"""

import operator
from collections.abc import Iterator
from typing import Any

from whoosh import fields, formats


def grams(text: str) -> set[str]:
    """All pieces of one and two characters of a folded text, none across a gap."""
    pieces: set[str] = set()
    for word in text.split():
        pieces.update(word)
        pieces.update(map(operator.add, word, word[1:]))
    return pieces


def cover(word: str) -> list[str]:
    """The fewest pieces that every text with this word has: 食堂の会 → 食堂, の会."""
    if len(word) <= 2:
        return [word]
    pieces = [word[start : start + 2] for start in range(0, len(word) - 1, 2)]
    return [*pieces, word[-2:]] if len(word) % 2 else pieces


def to_bytes(piece: str) -> bytes:
    """The index term of a piece; half a surrogate pair, which no text has, becomes "?"."""
    return piece.encode("utf-8", "replace")


class GramField(fields.FieldType):
    """A field of grams, handed to the writer as they are: no analyser and no Token objects."""

    def __init__(self) -> None:
        # Whoosh takes None for "no analyser" and bytes for grams, but its annotations forget both.
        super().__init__(format=formats.Existence(), analyzer=None)  # type: ignore[arg-type]

    # Whoosh passes settings of its analysers, of any type, and annotates text for bytes.
    def index(self, value: str, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:  # type: ignore[override]  # noqa: ANN401
        """Each gram of the folded text once, in the form in which Whoosh writes postings."""
        for piece in grams(value):
            yield to_bytes(piece), 1, 1.0, b""
