"""What is called by the letters that somebody has typed so far."""

import numpy as np

from ibasho.data.text import fold_closed
from ibasho.search_index.snapshot import Snapshot
from ibasho.search_index.vocabulary import to_bytes

_MOST_WORDS = 200  # that begin alike


def suggest(snapshot: Snapshot, text: str, limit: int) -> tuple[str, ...]:
    """The ids of listings by name: a word of it begins with the text, or else it holds the text.

    Within each of the two by the reading of their names.
    """
    piece = fold_closed(text)
    if not piece:
        return ()
    found = snapshot.word(piece)
    named = found.documents[(found.in_name > 0) & snapshot.live[found.documents]]
    begins = np.isin(named, snapshot.called(to_bytes(piece), _MOST_WORDS))
    best = named[np.lexsort((snapshot.rank[named], ~begins))][:limit]
    return tuple(id_.decode() for id_ in snapshot.columns.ids[best].tolist())
