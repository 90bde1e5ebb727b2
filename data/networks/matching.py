"""Which need an offer serves best: pure rules over positions and dates.

An offer fits a need of its kind that is within its reach. How well is said in metres, so that near
and soon can be weighed: the distance, and DAY_M for each day that is left (FAR_DAYS at most, which
is also what no end counts). A distance that is unknown counts UNKNOWN_M. So a need that ends
tomorrow, 1.5 km away, comes before one 500 m away that has two weeks. Each word in common takes
WORD_M away, for MOST_WORDS at most: rice goes to who lacks rice before all else.
"""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from ibasho.data.geocode.nearby import metres
from ibasho.data.listings import Position
from ibasho.data.networks.help import Need, Offer

DAY_M = 100
FAR_DAYS = 30
UNKNOWN_M = 3_000
PERISHABLE_M = 10_000
"""What food that does not keep is ahead of other offers when both would serve one need."""

WORD_M = 20_000
MOST_WORDS = 3
"""More than food that does not keep, the days, and the way across a ward make together."""

# a kanji, or a word in katakana or Latin letters; what is in hiragana holds sentences together
_WORD = re.compile(r"[\u4e00-\u9fff]|[\u30a1-\u30fa\u30fc]{2,}|[a-z]{2,}")
_SAY_NOTHING = frozenset("年月日曜週回時間次毎開催人名方様者個台本枚箱円分使用来食品物材料余")
"""Kanji of days, people and amounts, and of what is true of everything of a kind."""

Pair = tuple[int, int]
"""The ids of an offer and a need."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A need that an offer could serve: metres between them and days left, None where unknown.

    `words` is how many words the two have in common.
    """

    need: Need
    distance_m: int | None
    days_left: int | None
    words: int = 0

    @property
    def cost(self) -> int:
        """How much speaks against it, in metres; less than nothing where much speaks for it."""
        days = FAR_DAYS if self.days_left is None else min(self.days_left, FAR_DAYS)
        far = UNKNOWN_M if self.distance_m is None else self.distance_m
        return far + DAY_M * days - WORD_M * min(self.words, MOST_WORDS)


def fits(
    offer: Offer, needs: Sequence[Need], day: dt.date, unfit: Collection[Pair] = ()
) -> list[Fit]:
    """The needs that an offer could serve on a JST date, the best first.

    `unfit` are pairs that somebody has declined.
    """
    found = []
    for need in needs:
        if need.kind is not offer.kind or (offer.id, need.id) in unfit:
            continue
        far = distance_m(offer.position, need.position)
        # each lies somewhere within its radius, so they may be that much nearer
        slack = (offer.position.radius_m or 0) + (need.position.radius_m or 0)
        if far is not None and offer.reach_m is not None and far - slack > offer.reach_m:
            continue
        ends = [until for until in (offer.until, need.until) if until]
        left = (min(ends) - day).days if ends else None
        found.append(Fit(need, far, left, in_common(offer.words, need.words)))
    return sorted(found, key=lambda fit: (fit.cost, fit.need.id))


def assign(
    offers: Sequence[Offer], needs: Sequence[Need], day: dt.date, unfit: Collection[Pair] = ()
) -> dict[int, Fit]:
    """One need at most for each offer and the other way round, by the offer's id.

    As many pairs as can be, and of all such choices one of least cost; food that does not keep is
    PERISHABLE_M cheaper. Exact: each shortest augmenting path (Bellman and Ford, for a path back
    costs less than nothing) leaves the cheapest choice of one pair more, until there is no path.
    """
    costs = {
        (row, fit.need.id): (fit, fit.cost - PERISHABLE_M * offer.is_perishable)
        for row, offer in enumerate(offers)
        for fit in fits(offer, needs, day, unfit)
    }
    taken: dict[int, int] = {}  # the row of the offer, by the need's id
    while path := _shortest_path(len(offers), costs, taken):
        taken |= {need: row for row, need in path}
    return {offers[row].id: costs[row, need][0] for need, row in taken.items()}


def _shortest_path(
    rows: int, costs: dict[Pair, tuple[Fit, int]], taken: dict[int, int]
) -> list[Pair]:
    """The new pairs along the cheapest way from a free offer to a free need; none without one."""
    served = {row: need for need, row in taken.items()}
    to_row: dict[int, float] = {row: 0 for row in range(rows) if row not in served}
    to_need: dict[int, float] = {}
    came: dict[int, int] = {}  # the row from which a need is reached
    for _ in range(rows):
        is_shorter = False
        for (row, need), (_fit, cost) in costs.items():
            length = to_row.get(row, math.inf) + cost
            if taken.get(need) == row or length >= to_need.get(need, math.inf):
                continue
            to_need[need], came[need], is_shorter = length, row, True
            if (other := taken.get(need)) is not None:
                to_row[other] = length - costs[other, need][1]
        if not is_shorter:
            break
    free = [need for need in to_need if need not in taken]
    if not free:
        return []
    at: int | None = min(free, key=lambda need: (to_need[need], need))
    path = []
    while at is not None:
        path.append((came[at], at))
        at = served.get(came[at])
    return path


def in_common(one: str, other: str) -> int:
    """How many words that name things two texts share: each kanji, each word of other letters."""
    return len(_words(one) & _words(other))


def _words(text: str) -> set[str]:
    return {*_WORD.findall(unicodedata.normalize("NFKC", text).lower())} - _SAY_NOTHING


def distance_m(one: Position, other: Position) -> int | None:
    """The straight line between two positions in metres; None where it cannot be measured."""
    if not (one.is_known and other.is_known):
        return None
    if one.lat is None or one.lon is None:
        return None
    there = (np.array([value], dtype=np.float64) for value in (other.lat, other.lon))
    return round(float(metres(one.lat, one.lon, *there)[0]))
