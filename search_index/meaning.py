"""What a search means where the visitor did not say it: places for children, not offers to help."""

from functools import reduce

from ibasho.data.listings.kinds import VOLUNTEER_KINDS, Kind
from ibasho.search_index.search import words_of
from ibasho.search_index.snapshot import kinds_called

FOR_FAMILIES = frozenset(Kind) - VOLUNTEER_KINDS


def kinds_meant(text: str) -> frozenset[Kind]:
    """The kinds to look among where none was chosen; empty for all of them.

    Offers to help are left out where there are no words, or words that name other kinds alone:
    who looks for ごはん wants to eat, not to wash up. A name that is no kind's may be anything's.
    """
    words = words_of(text)
    named = reduce(frozenset.union, map(kinds_called, words), frozenset[Kind]())
    return FOR_FAMILIES if not words or (named and not named & VOLUNTEER_KINDS) else frozenset()
