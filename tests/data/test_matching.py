"""Matching of offers and needs: by kind, near and soon, and all together as well as can be."""

import datetime as dt
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ibasho.data.geocode import Level
from ibasho.data.listings import Position
from ibasho.data.networks import Help, Need, Offer, Standing
from ibasho.data.networks.matching import PERISHABLE_M, UNKNOWN_M, assign, fits, in_common

DAY = dt.date(2027, 5, 10)
METRES_NORTH = 111_195


def at(metres: int | None, radius_m: int | None = None) -> Position:
    """So many metres north of a point."""
    if metres is None:
        return Position()
    return Position(35.7 + metres / METRES_NORTH, 139.5, Level.PIN, radius_m)


def need(
    number: int,
    metres: int | None = 0,
    days: int | None = None,
    kind: Help = Help.FOOD,
    radius_m: int | None = None,
    words: str = "",
) -> Need:
    until = None if days is None else DAY + dt.timedelta(days=days)
    where = at(metres, radius_m)
    return Need(number, f"l{number}", "食堂", kind, words, "", until, Standing.OPEN, where)


def offer(
    number: int,
    metres: int | None = 0,
    kind: Help = Help.FOOD,
    reach_m: int | None = None,
    is_perishable: bool = False,
    words: str = "",
) -> Offer:
    return Offer(
        kind, "商店", words=words, position=at(metres), reach_m=reach_m, id=number,
        is_perishable=is_perishable,
    )  # fmt: skip


def order(one: Offer, *needs: Need, unfit: set[tuple[int, int]] | None = None) -> list[int]:
    return [fit.need.id for fit in fits(one, needs, DAY, unfit or set())]


def test_only_needs_of_the_same_kind_fit_and_the_nearest_comes_first() -> None:
    assert order(offer(1), need(1, 900), need(2, 300), need(3, 10, kind=Help.SPACE)) == [2, 1]


def test_what_ends_tomorrow_comes_before_what_is_a_little_nearer() -> None:
    assert order(offer(1), need(1, 500, days=14), need(2, 1500, days=1)) == [2, 1]
    assert order(offer(1), need(1, 500, days=14), need(2, 2500, days=1)) == [1, 2]


def test_a_fit_says_how_far_it_is_and_how_many_days_are_left() -> None:
    [fit] = fits(offer(1), [need(1, 1200, days=3)], DAY)
    assert (fit.distance_m, fit.days_left) == (1200, 3)
    [fit] = fits(offer(1), [need(1, None)], DAY)
    assert (fit.distance_m, fit.days_left) == (None, None)
    assert fit.cost > UNKNOWN_M


def test_what_is_beyond_the_reach_of_an_offer_does_not_fit_unless_it_may_lie_nearer() -> None:
    near = offer(1, reach_m=1000)
    assert order(near, need(1, 1200), need(2, 1200, radius_m=250), need(3, None)) == [2, 3]


def test_a_pair_that_was_declined_is_not_named_again() -> None:
    assert order(offer(1), need(1), need(2, 100), unfit={(1, 1)}) == [2]


def test_all_together_serve_more_than_each_one_taking_its_nearest() -> None:
    offers = [offer(1, 0), offer(2, 100, reach_m=150)]
    found = assign(offers, [need(1, 50), need(2, 900)], DAY)
    assert {one: fit.need.id for one, fit in found.items()} == {1: 2, 2: 1}


def test_food_that_does_not_keep_goes_first() -> None:
    offers = [offer(1, 100), offer(2, 900, is_perishable=True)]
    assert set(assign(offers, [need(1)], DAY)) == {2}


def test_rice_goes_where_rice_is_lacking_though_vegetables_do_not_keep() -> None:
    rice = offer(1, 3000, words="精米したての米")
    greens = offer(2, 0, is_perishable=True, words="畑の葉物野菜")
    wanted = need(1, words="次の開催日に使う米")
    assert set(assign([greens, rice], [wanted], DAY)) == {1}
    assert order(rice, need(2, 0, days=1, words="野菜"), wanted) == [1, 2]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("精米したての米", "次の開催日に使う米", 1),
        ("ﾃｰﾌﾞﾙ2台", "折りたたみのテーブル", 1),
        ("牛乳", "牛乳100本", 2),
        ("土曜に来られる人", "日曜に来てくれる人", 0),  # days, people and numbers say nothing
        ("コップを使う", "コピーを使う", 0),
        ("ください", "ください", 0),
        ("", "", 0),
    ],
)
def test_words_in_common_are_those_that_name_things(one: str, other: str, count: int) -> None:
    assert in_common(one, other) == in_common(other, one) == count


def test_the_more_words_in_common_the_better() -> None:
    milk = offer(1, words="牛乳")
    assert order(milk, need(1, words="牛肉"), need(2, 900, words="牛乳")) == [2, 1]


places = st.one_of(st.none(), st.integers(0, 4000))
things = st.sampled_from(["", "米", "野菜", "米と野菜"])
some_needs = st.lists(
    st.builds(
        lambda metres, days, kind, words: (metres, days, kind, None, words),
        places, st.one_of(st.none(), st.integers(0, 40)), st.sampled_from(list(Help)[:2]), things,
    ),
    max_size=7,
)  # fmt: skip
some_offers = st.lists(
    st.tuples(
        places,
        st.sampled_from(list(Help)[:2]),
        st.sampled_from([None, 500, 2000]),
        st.booleans(),
        things,
    ),
    max_size=5,
)


@given(some_offers, some_needs, st.sets(st.tuples(st.integers(0, 4), st.integers(0, 6))))
def test_the_choice_is_the_best_of_all_there_are(
    offered: list[tuple[int | None, Help, int | None, bool, str]],
    needed: list[tuple[int | None, int | None, Help, None, str]],
    unfit: set[tuple[int, int]],
) -> None:
    offers = [offer(at, *one) for at, one in enumerate(offered)]
    needs = [need(at, *one) for at, one in enumerate(needed)]
    costs = {
        (one.id, fit.need.id): fit.cost - PERISHABLE_M * one.is_perishable
        for one in offers
        for fit in fits(one, needs, DAY, unfit)
    }
    found = {one: fit.need.id for one, fit in assign(offers, needs, DAY, unfit).items()}
    assert len(set(found.values())) == len(found)
    total = sum(costs[pair] for pair in found.items())
    assert (-len(found), total) == best(costs, len(offers), len(needs))


def best(costs: dict[tuple[int, int], int], offers: int, needs: int) -> tuple[int, int]:
    """Minus the number of pairs and their cost, tried out one by one."""
    found = (0, 0)
    for count in range(min(offers, needs), 0, -1):
        totals = [
            sum(costs[pair] for pair in zip(some, others, strict=True))
            for some in combinations(range(offers), count)
            for others in permutations(range(needs), count)
            if all(pair in costs for pair in zip(some, others, strict=True))
        ]
        if totals:
            return -count, min(totals)
    return found
