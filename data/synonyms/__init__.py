"""Words that stand for one another in a search: what a coordinator says, and what follows."""

from ibasho.data.synonyms.model import (
    LONGEST_WORD,
    MOST_WORDS,
    ShortWordError,
    SynonymGroup,
    TooFewWordsError,
    TooManyWordsError,
    words_in,
)
from ibasho.data.synonyms.rules import (
    Added,
    added_by,
    also_for,
    also_within,
    words_by_group,
)
from ibasho.data.synonyms.store import (
    StaleGroupError,
    StoredGroup,
    UnknownGroupError,
    add_group,
    change_group,
    read_group,
    read_groups,
    read_stored_groups,
    remove_group,
)

__all__ = [
    "LONGEST_WORD",
    "MOST_WORDS",
    "Added",
    "ShortWordError",
    "StaleGroupError",
    "StoredGroup",
    "SynonymGroup",
    "TooFewWordsError",
    "TooManyWordsError",
    "UnknownGroupError",
    "add_group",
    "added_by",
    "also_for",
    "also_within",
    "change_group",
    "read_group",
    "read_groups",
    "read_stored_groups",
    "remove_group",
    "words_by_group",
    "words_in",
]
