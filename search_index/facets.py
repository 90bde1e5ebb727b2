"""How many listings a further condition would leave."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ibasho.search_index.ages import AgeGroup
from ibasho.search_index.columns import FACTS, KINDS
from ibasho.search_index.query import Facets, SearchQuery
from ibasho.search_index.search import Left, meant, taking
from ibasho.search_index.snapshot import Snapshot

_T = TypeVar("_T")


def facets(
    snapshot: Snapshot, query: SearchQuery, today: dt.date, dropped: Collection[str] = ()
) -> Facets:
    """The counts for a query on a JST date, without the conditions that its search has `dropped`.

    Kinds, districts and groups of age exclude one another: each is counted as if it were chosen
    instead of what is. Weekdays add to those that are set, of which any will do. Facts and `free`
    add to one another: each is counted beside those that are set.
    """
    columns = snapshot.columns
    query = meant(snapshot, query)[0].without(dropped)
    left = Left(snapshot, query, today)
    of_kind = np.bincount(columns.kind[left.but("kinds")], minlength=len(KINDS))
    # hours are those of the weekdays that are set: of others they have to be looked at anew
    other_days = query.hours and Left(snapshot, replace(query, weekdays=frozenset()), today)
    any_day = other_days.every if other_days else left.but("weekdays")
    weekdays = snapshot.weekdays(today, query.hours)
    any_age = left.but("age")
    ages = {
        group: int(np.count_nonzero(taking(columns, any_age, group.ages))) for group in AgeGroup
    }
    return Facets(
        kinds={kind: int(n) for kind, n in zip(KINDS, of_kind, strict=True) if n},
        districts=snapshot.known.count_districts(columns.districts[left.but("district")]),
        weekdays=_with_one_more(weekdays[any_day], query.weekdays),
        ages={group: n for group, n in ages.items() if n},
        facts=_of_bits(columns.facts[left.every], FACTS),
        free=int(np.count_nonzero(columns.free[left.every])),
    )


def _with_one_more(bits: NDArray[np.uint8], chosen: Collection[int]) -> dict[int, int]:
    """How many open on a weekday or one of those that are chosen, where any opens on it."""
    counts = _of_bits(bits, range(7))
    if not chosen:
        return counts
    before = sum(1 << day for day in chosen)
    return {day: int(np.count_nonzero(bits & np.uint8(before | 1 << day))) for day in counts}


def _of_bits(bits: NDArray[Any], names: Iterable[_T]) -> dict[_T, int]:
    counts = {name: int(np.count_nonzero(bits & (1 << n))) for n, name in enumerate(names)}
    return {name: count for name, count in counts.items() if count}
