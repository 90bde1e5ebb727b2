"""What a change of the words that stand for one another does to searches."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ibasho.data.clock import today
from ibasho.data.synonyms import SynonymGroup
from ibasho.site import stores
from ibasho.site.asking import also_asked, read_asked

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Some:
    """How many listings, and the names of the first ten."""

    count: int
    names: tuple[str, ...]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.names)


@dataclass(frozen=True, slots=True)
class Effect:
    """How many listings a search for a word finds before and after, and which make the difference.

    Nothing gives way for them: a search that finds nothing finds 0.
    """

    word: str
    before: int
    after: int
    comes: Some
    goes: Some


def effects_on(
    words: Iterable[str], before: tuple[SynonymGroup, ...], after: tuple[SynonymGroup, ...]
) -> list[Effect]:
    """What becomes of a search for each of these words."""
    effects = []
    for word in dict.fromkeys(words):
        old, new = _found(word, before), _found(word, after)
        comes, goes = (
            _some([id_ for id_ in a if id_ not in b]) for a, b in [(new, old), (old, new)]
        )
        effects.append(Effect(word, len(old), len(new), comes, goes))
    return effects


def _found(word: str, groups: tuple[SynonymGroup, ...]) -> dict[str, None]:
    """The listings that a visitor finds by a word, the best first."""
    day = today()
    query = also_asked(read_asked({"q": word}, day, stores.find_place), groups).query
    everything = replace(query, limit=max(1, stores.index().count()))
    return dict.fromkeys(hit.id for hit in stores.find(everything, day, relax=False).hits)


def _some(ids: list[str]) -> Some:
    return Some(len(ids), tuple(listing.name for listing in stores.listings(ids[:_SHOWN])))
