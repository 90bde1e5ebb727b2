"""Finding public listings: text through Whoosh, everything else as columns in memory.

`SearchIndex` follows the database through its outbox, heals itself and answers a `SearchQuery`;
`read_place` reads the place to measure from; `check` compares index and database.
"""

from ibasho.search_index.check import Problem, check
from ibasho.search_index.costs import is_free_for_children
from ibasho.search_index.index import SearchIndex
from ibasho.search_index.meaning import kinds_meant
from ibasho.search_index.places import Place, read_landmark, read_place, read_place_among
from ibasho.search_index.query import Box, Hit, Point, SearchQuery, SearchResult

__all__ = [
    "Box",
    "Hit",
    "Place",
    "Point",
    "Problem",
    "SearchIndex",
    "SearchQuery",
    "SearchResult",
    "check",
    "is_free_for_children",
    "kinds_meant",
    "read_landmark",
    "read_place",
    "read_place_among",
]
