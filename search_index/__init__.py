"""Finding public listings: documents in Whoosh, texts and columns as arrays in memory.

`SearchIndex` follows the database through its outbox, heals itself and answers a `SearchQuery`;
`understand` finds the conditions among
its words, `read_place` reads the place to measure from; `check` compares index and database.
"""

from ibasho.search_index.ages import AgeGroup
from ibasho.search_index.check import Problem, check
from ibasho.search_index.costs import is_free_for_children
from ibasho.search_index.index import SearchIndex
from ibasho.search_index.meaning import kinds_meant, with_synonyms
from ibasho.search_index.opening import Open, days_of
from ibasho.search_index.places import (
    NamedPlaces,
    Place,
    read_landmark,
    read_place,
    read_place_among,
)
from ibasho.search_index.query import (
    Box,
    Facets,
    Hit,
    Point,
    SearchQuery,
    SearchResult,
    Sort,
    Why,
)
from ibasho.search_index.understanding import Understood, understand
from ibasho.search_index.words import words_of

__all__ = [
    "AgeGroup",
    "Box",
    "Facets",
    "Hit",
    "NamedPlaces",
    "Open",
    "Place",
    "Point",
    "Problem",
    "SearchIndex",
    "SearchQuery",
    "SearchResult",
    "Sort",
    "Understood",
    "Why",
    "check",
    "days_of",
    "is_free_for_children",
    "kinds_meant",
    "read_landmark",
    "read_place",
    "read_place_among",
    "understand",
    "with_synonyms",
    "words_of",
]
