"""What people write, in whole clauses: one that says a thing and nothing more can promise it."""

import re
import unicodedata

_CLAUSE = re.compile(r"[^。\n]+")


def clauses_of(text: str) -> list[str]:
    """The sentences and lines of a text, in their order."""
    return [clause.strip() for clause in _CLAUSE.findall(text) if clause.strip()]


def plain(clause: str) -> str:
    """A clause in narrow letters, without blanks and the marks that only give it air."""
    return re.sub(r"[\s!！、]", "", unicodedata.normalize("NFKC", clause))
