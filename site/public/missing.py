"""What of a search that found nothing may be counted: words of ours, a town, a month."""

from collections.abc import Iterator
from functools import cache, partial

from flask import current_app

from ibasho.data.clock import today
from ibasho.data.geocode import Level, reverse, town_name
from ibasho.data.listings.kinds import KIND_WORDS
from ibasho.data.misses import Miss
from ibasho.data.text import fold_closed
from ibasho.search_index import SearchResult
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
    """The words of the dictionary in a search, each in one spelling; no other word."""
    if asked.kind:
        yield KIND_WORDS[asked.kind][0]
    yield from (fact.value for fact in asked.facts)
    dictionary = _dictionary()
    yield from (dictionary[word] for word in map(fold_closed, asked.text.split())
                if word in dictionary)  # fmt: skip


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
