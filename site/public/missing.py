"""What of a search that found nothing may be counted: words of ours, a town, a month."""

from collections.abc import Iterator
from functools import cache, partial

from flask import current_app

from ibasho.data.clock import today
from ibasho.data.geocode import Level, reverse, town_name
from ibasho.data.listings.kinds import KIND_WORDS
from ibasho.data.misses import Miss
from ibasho.data.synonyms import words_by_group
from ibasho.data.text import fold_closed
from ibasho.search_index import SearchResult, words_of
from ibasho.site import stores
from ibasho.site.asking import Asked
from ibasho.site.minute import each_time

# Where only a day, an age or a price gave way, the place itself is there.
_MISSING = frozenset({"text", "kinds", "facts", "within_m", "along", "district"})


def count_if_missed(asked: Asked, result: SearchResult) -> None:
    """Count a first page on which the place that was asked for is missing, where a site counts."""
    is_missed = asked.page == 1 and not _MISSING.isdisjoint(result.dropped)
    if is_missed and current_app.config["IBASHO"].count_misses:
        area, month = _area(asked), f"{today():%Y-%m}"
        missed = [Miss(term, area, month) for term in set(_terms(asked))]
        each_time(partial(stores.misses().count, missed))


def _terms(asked: Asked) -> Iterator[str]:
    """The words of ours in a search, those of one meaning as one; no other word.

    Ours are the words of the kinds and those that the coordinator says stand for one another, which
    count as the first of them: 無料塾, 寺子屋 and 学習支援 are one gap of the ward.
    """
    if asked.kind:
        yield KIND_WORDS[asked.kind][0]
    yield from (fact.value for fact in asked.facts)
    ours = {**_dictionary(), **words_by_group(stores.synonyms())}
    yield from (ours[word] for word in words_of(asked.query.text) if word in ours)


@cache
def _dictionary() -> dict[str, str]:
    """Each word of a kind by its folded spelling."""
    return {fold_closed(word): word for words in KIND_WORDS.values() for word in words}


def _area(asked: Asked) -> str:
    """The town that was asked for, never less than that; the ward of this site without one."""
    place = asked.origin
    if place is None:
        return stores.ward()
    if place.level is Level.MUNICIPALITY:
        return place.label
    near = reverse(place.point.lat, place.point.lon)
    return f"{near.municipality}{town_name(near.town)}"
