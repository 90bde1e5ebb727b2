"""The words by which places are called, as terms of the index: to suggest, and to mend typing."""

from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import fields, formats


def to_bytes(word: str) -> bytes:
    """The index term of a word; half a surrogate pair, which no text has, becomes "?"."""
    return word.encode("utf-8", "replace")


class WordsField(fields.FieldType):
    """A field of whole words, handed to the writer as they are: no analyser, no Token objects."""

    def __init__(self) -> None:
        # Whoosh takes None for "no analyser" and bytes for words, but its annotations forget both.
        super().__init__(format=formats.Existence(), analyzer=None)  # type: ignore[arg-type]

    # Whoosh passes settings of its analysers, of any type, and annotates text for bytes.
    def index(self, value: Iterable[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:  # type: ignore[override]  # noqa: ANN401
        """Each word once, in the form in which Whoosh writes postings."""
        for word in value:
            yield to_bytes(word), 1, 1.0, b""
