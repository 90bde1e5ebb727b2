"""A facet promises how many listings its condition leaves, and keeps the promise."""

import datetime as dt
import random
from dataclasses import replace
from typing import Any

import pytest

from ibasho.data.listings.facts import Fact
from ibasho.data.listings.kinds import Kind
from ibasho.search_index import Point, SearchQuery, Why

TODAY = dt.date(2026, 11, 22)  # a Sunday

DAYS = ("毎週土曜日", "毎週日曜日", "第2・4水曜日", "不定期", "")


@pytest.fixture
def town(ward: Any) -> Any:
    """Sixty places of all kinds, days and districts."""
    dice = random.Random(1)
    for number in range(60):
        ward.add(
            f"場所{number}",
            dice.choice(list(Kind)),
            opens=dice.choice(DAYS),
            description=dice.choice(["宿題", "食事", "宿題と食事"]),
            school_district=dice.choice(["みなみ小", "きた小", ""]),
            fees_description=dice.choice(["無料", "100円"]),
            eligibility_description=dice.choice(["誰でも", "小学生"]),
            application_process=dice.choice(["予約不要", "要予約"]),
        )
    ward.index.bring_up_to_date(ward.db)
    return ward


@pytest.mark.parametrize(
    "query",
    [
        SearchQuery(),
        SearchQuery(text="宿題"),
        SearchQuery(text="宿題", kinds=frozenset({Kind.FREE_SCHOOL})),
        SearchQuery(free=True, weekdays=frozenset({5})),
        SearchQuery(weekdays=frozenset({2, 5}), age=9),
        SearchQuery(text="食事", ages=(12, 16), district="きた小"),
        SearchQuery(district="みなみ小", facts=frozenset({Fact.ANYONE})),
    ],
)
def test_following_a_facet_leaves_as_many_as_it_says(town: Any, query: SearchQuery) -> None:
    def left(changed: SearchQuery) -> int:
        total: int = town.index.search(changed, TODAY, relax=False).total
        return total

    found = town.index.facets(query, TODAY)
    assert found.kinds
    for kind, count in found.kinds.items():
        assert left(replace(query, kinds=frozenset({kind}))) == count
    for district, count in found.districts.items():
        assert left(replace(query, district=district)) == count
    for day, count in found.weekdays.items():
        assert left(replace(query, weekdays=query.weekdays | {day})) == count
    for group, count in found.ages.items():
        assert left(replace(query, age=None, ages=group.ages)) == count
    for fact, count in found.facts.items():
        assert left(replace(query, facts=query.facts | {fact})) == count
    assert left(replace(query, free=True)) == found.free


def test_another_weekday_comes_to_the_one_that_is_set(town: Any) -> None:
    saturday = frozenset({5})
    alone = town.index.facets(SearchQuery(), TODAY).weekdays
    beside = town.index.facets(SearchQuery(weekdays=saturday), TODAY).weekdays
    assert set(alone) == set(beside) == {2, 5, 6}
    assert beside == {2: alone[2] + alone[5], 5: alone[5], 6: alone[6] + alone[5]}


@pytest.mark.parametrize(
    "query",
    [
        SearchQuery(text="場所1", age=90, weekdays=frozenset({0})),
        SearchQuery(free=True, district="どこにもない小"),
        SearchQuery(
            along=(Point(0, 0), Point(0, 1)), within_m=50, kinds=frozenset({Kind.FOOD_PANTRY})
        ),
        SearchQuery(text="場所所12", free=True),
    ],
)
def test_where_conditions_gave_way_what_is_shown_is_counted(town: Any, query: SearchQuery) -> None:
    shown = town.index.search(query, TODAY)
    assert shown.relaxed
    similar = {hit.why for hit in shown.hits} == {Why.SIMILAR}
    dropped = [name for name in shown.dropped if not (name == "text" and similar)]
    kept = query.without(dropped)
    found = town.index.facets(query, TODAY, dropped)
    assert found.kinds
    assert found.free or found.facts or found.weekdays
    for kind, count in found.kinds.items():
        assert town.index.search(replace(kept, kinds=frozenset({kind})), TODAY).total == count
    if not kept.kinds:
        assert sum(found.kinds.values()) == shown.total


def test_what_leaves_nothing_is_not_offered(town: Any) -> None:
    nowhere = town.index.facets(SearchQuery(text="どこにもないことば"), TODAY)
    assert (nowhere.kinds, nowhere.districts, nowhere.weekdays, nowhere.facts) == ({}, {}, {}, {})
    assert nowhere.free == 0


def test_an_empty_index_has_no_facets(ward: Any) -> None:
    assert ward.index.facets(SearchQuery(), TODAY).kinds == {}
