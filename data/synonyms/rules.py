"""Which words a search looks for besides those that were typed."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from ibasho.data.synonyms.model import SynonymGroup
from ibasho.data.text import fold_closed


class Added(NamedTuple):
    """A word of a search, and those that stand for it, all as the coordinator wrote them."""

    word: str
    others: tuple[str, ...]


def also_for(
    words: Iterable[str], groups: tuple[SynonymGroup, ...]
) -> Mapping[str, tuple[str, ...]]:
    """For each of these folded words the folded words that stand for it, where there are any."""
    return {
        word: tuple(map(fold_closed, added.others))
        for word in words
        if (added := _table(groups).get(word))
    }


def added_by(words: Iterable[str], groups: tuple[SynonymGroup, ...]) -> tuple[Added, ...]:
    """What `also_for` adds, as it may be shown."""
    return tuple(added for word in words if (added := _table(groups).get(word)))


def also_within(
    words: Iterable[str], groups: tuple[SynonymGroup, ...]
) -> Mapping[str, tuple[str, ...]]:
    """As `also_for`, for the words of groups that stand within these longer ones."""
    texts = [*words]
    inside = [one for one in _table(groups) if any(one in text for text in texts)]
    return also_for(inside, groups)


@lru_cache(8)
def words_by_group(groups: tuple[SynonymGroup, ...]) -> Mapping[str, str]:
    """For each folded word that stands for others the first word of its group, as it is written."""
    first: dict[str, str] = {}
    for group in groups:
        for word in group.words:
            first.setdefault(fold_closed(word), group.words[0])
    return first


@lru_cache(8)
def _table(groups: tuple[SynonymGroup, ...]) -> Mapping[str, Added]:
    """By each folded word that is in a group, what it adds."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for group in groups:
        for word in group.words:
            _, others = found.setdefault(fold_closed(word), (word, {}))
            for other in (*group.words, *group.finds):
                others.setdefault(fold_closed(other), other)
    return {
        folded: Added(word, tuple(other for key, other in others.items() if key != folded))
        for folded, (word, others) in found.items()
    }
