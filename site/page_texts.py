"""The texts of a page that is made already, apart from what no mark-up may stand in."""

import re
from collections.abc import Callable

_PIECES = re.compile(
    r"<!--.*?-->|<(script|style|textarea|title|select|abbr|ruby|svg)\b.*?</\1>|<[^>]*>|[^<]+",
    re.DOTALL,
)

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
         "track", "wbr"}  # fmt: skip


def change_texts(page: str, change: Callable[[str], str], apart: re.Pattern[str]) -> str:
    """The page (HTML) with each text as `change` makes it.

    Attributes, fields, abbreviations, scripts, the title, drawings and what has ruby
    stay, and so do elements with a tag that matches `apart`, whose first group is its name.
    """
    pieces: list[str] = []
    other, depth = "", 0
    for found in _PIECES.finditer(page):
        piece = found[0]
        if piece[0] == "<":
            if other:
                depth += _deeper(piece, other)
                other = other if depth else ""
            elif (opening := apart.match(piece)) and opening[1] not in _VOID:
                other, depth = opening[1], 1
        elif not other:
            piece = change(piece)
        pieces.append(piece)
    return "".join(pieces)


def _deeper(tag: str, name: str) -> int:
    """How much deeper in elements of this name a tag leads."""
    if re.match(f"<{name}\\b", tag):
        return 1
    return -1 if re.match(f"</{name}\\b", tag) else 0
