"""What a search means where the visitor did not say it: places for children, not offers to help."""

from dataclasses import replace
from functools import reduce

from ibasho.data.listings.kinds import VOLUNTEER_KINDS, Kind
from ibasho.data.synonyms import SynonymGroup, also_for, also_within
from ibasho.search_index.query import SearchQuery
from ibasho.search_index.snapshot import kinds_called
from ibasho.search_index.words import words_of

FOR_FAMILIES = frozenset(Kind) - VOLUNTEER_KINDS


def kinds_meant(text: str) -> frozenset[Kind]:
    """The kinds to look among where none was chosen; empty for all of them.

    Offers to help are left out where there are no words, or words that name other kinds alone:
    who looks for ごはん wants to eat, not to wash up. A name that is no kind's may be anything's.
    """
    words = words_of(text)
    named = reduce(frozenset.union, map(kinds_called, words), frozenset[Kind]())
    return FOR_FAMILIES if not words or (named and not named & VOLUNTEER_KINDS) else frozenset()


def with_synonyms(query: SearchQuery, groups: tuple[SynonymGroup, ...]) -> SearchQuery:
    """The same query, which looks for what stands for its words as well.

    Where no kind was chosen, those that are meant are the ones that all these words name. What
    stands for a word within a longer one counts only if that is looked for by its gist.
    """
    words = words_of(query.text)
    also = also_for(words, groups)
    query = replace(query, also={**also_within(words, groups), **also})
    if not also:
        return query
    every = " ".join((query.text, *(other for others in also.values() for other in others)))
    return replace(query, kinds=query.kinds or kinds_meant(every))
