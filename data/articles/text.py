"""The few forms that the text of an article has, read from plain lines.

A line that begins with `## ` is a heading, lines with `- ` are a list, with `1. ` (any number) the
steps of something, all others paragraphs, which an empty line ends. Nothing else is a mark: what
looks like HTML is text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import itemgetter

_HEADING = re.compile(r"##\s+(.+)")
_POINT = re.compile(r"[-・]\s*(.+)")
_STEP = re.compile(r"[0-9０-９]{1,2}[.．、]\s*(.+)")


class BlockKind(StrEnum):
    """What a block of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its one text, or the items of a list."""

    kind: BlockKind
    lines: tuple[str, ...]


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order. Every character but marks and gaps is in one of them."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return tuple(block for paragraph in paragraphs for block in _within(paragraph))


def _within(paragraph: str) -> Iterator[Block]:
    lines = (_read(line.strip()) for line in paragraph.split("\n") if line.strip())
    for kind, group in groupby(lines, key=itemgetter(0)):
        texts = tuple(words for _, words in group)
        if kind is BlockKind.HEADING:
            yield from (Block(kind, (one,)) for one in texts)
        else:
            yield Block(kind, (_joined(texts),) if kind is BlockKind.PARAGRAPH else texts)


def _read(line: str) -> tuple[BlockKind, str]:
    for kind, pattern in (
        (BlockKind.HEADING, _HEADING),
        (BlockKind.LIST, _POINT),
        (BlockKind.STEPS, _STEP),
    ):
        if match := pattern.fullmatch(line):
            return kind, match[1]
    return BlockKind.PARAGRAPH, line


def _joined(lines: Iterable[str]) -> str:
    """The lines of a paragraph as one text; Japanese has no blank where a line ends."""
    return re.sub("(?<![!-~])\n|\n(?![!-~])", "", "\n".join(lines)).replace("\n", " ")
