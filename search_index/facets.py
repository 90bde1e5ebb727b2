"""How many listings a further condition would leave."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ibasho.search_index.columns import FACTS, KINDS, Numbers
from ibasho.search_index.query import Facets, SearchQuery
from ibasho.search_index.search import matching, meant
from ibasho.search_index.snapshot import Snapshot

_T = TypeVar("_T")

AGES = (3, 6, 9, 12, 15)


def facets(snapshot: Snapshot, query: SearchQuery, today: dt.date) -> Facets:
    """The counts for a query on a JST date.

    Kinds, districts, weekdays and ages exclude one another: each is counted as if it were chosen
    instead of what is. `AGES` stand for the steps of childhood. Facts and `free` add to one
    another: each is counted beside those that are set.
    """
    columns = snapshot.columns
    result = matching(snapshot, query, today)
    if not len(result):
        query, _ = meant(snapshot, query)
        result = matching(snapshot, query, today)

    def of(other: SearchQuery) -> Numbers:
        return result if other == query else matching(snapshot, other, today)

    any_kind = of(replace(query, kinds=frozenset()))
    anywhere = of(replace(query, district=""))
    any_day = of(replace(query, weekdays=frozenset()))
    of_kind = np.bincount(columns.kind[any_kind], minlength=len(KINDS))
    names = snapshot.known.district_names()
    in_district = np.bincount(columns.district[anywhere], minlength=len(names))
    return Facets(
        kinds={kind: int(n) for kind, n in zip(KINDS, of_kind, strict=True) if n},
        districts={name: int(n) for name, n in zip(names, in_district, strict=True) if n and name},
        weekdays=_of_bits(snapshot.weekdays(today, query.hours)[any_day], range(7)),
        ages={years: n for years in AGES if (n := len(of(replace(query, age=years))))},
        facts=_of_bits(columns.facts[result], FACTS),
        free=int(np.count_nonzero(columns.free[result])),
    )


def _of_bits(bits: NDArray[Any], names: Iterable[_T]) -> dict[_T, int]:
    counts = {name: int(np.count_nonzero(bits & (1 << n))) for n, name in enumerate(names)}
    return {name: count for name, count in counts.items() if count}
