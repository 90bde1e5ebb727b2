"""A search that nothing answers shows the nearest there is, and says what gave way."""

import datetime as dt
from typing import Any

import pytest

from ibasho.data.listings.kinds import Kind
from ibasho.data.listings.model import CostOption
from ibasho.search_index import Box, Point, Why

HOME = Point(34.5360, 135.4600)
SUNDAY = dt.date(2026, 11, 22)


@pytest.fixture
def town(ward: Any) -> Any:
    """A cafeteria near and one far, both on Saturdays for money, and a free school."""
    pay = (CostOption("elementary", 100),)
    near, far = (34.5460, 135.4600), (34.5860, 135.4600)
    cafeteria = Kind.CHILDRENS_CAFETERIA
    ward.add("鳳食堂", cafeteria, near, "毎週土曜日", costs=pay, maximum_age=15)
    ward.add("浜食堂", cafeteria, far, "毎週土曜日", costs=pay)
    ward.add("空の学校", Kind.FREE_SCHOOL, far)
    return ward


@pytest.mark.parametrize(
    ("conditions", "dropped", "names"),
    [
        ({"days": (SUNDAY, SUNDAY), "text": "鳳"}, ("days",), ["鳳食堂"]),
        ({"free": True, "text": "鳳"}, ("free",), ["鳳食堂"]),
        ({"monthly_at_most": 9_999, "text": "鳳"}, ("monthly",), ["鳳食堂"]),
        ({"age": 17, "text": "鳳"}, ("age",), ["鳳食堂"]),
        ({"near": HOME, "within_m": 500, "text": "食堂"}, ("within_m",), ["鳳食堂", "浜食堂"]),
        ({"kinds": frozenset({Kind.FOOD_PANTRY}), "text": "鳳"}, ("kinds",), ["鳳食堂"]),
        ({"days": (SUNDAY, SUNDAY), "free": True, "text": "浜"}, ("days", "free"), ["浜食堂"]),
        ({"box": Box(130, 30, 131, 31), "text": "鳳"}, ("text", "box"), None),
        ({"box": Box(130, 30, 131, 31)}, ("box",), None),
    ],
)
def test_as_few_conditions_as_needed_give_way(
    town: Any, conditions: dict[str, Any], dropped: tuple[str, ...], names: list[str] | None
) -> None:
    result = town.ask(relax=True, **conditions)
    assert result.relaxed
    if names is None:
        assert "box" in result.dropped
        assert result.total
    else:
        assert result.dropped == dropped
        assert town.names(relax=True, **conditions) == names


def test_what_need_not_give_way_comes_back(town: Any) -> None:
    saturday = dt.date(2026, 11, 28)
    result = town.ask("鳳", relax=True, days=(saturday, saturday), age=17)
    assert result.dropped == ("age",)
    assert result.hits[0].next.date == saturday


def test_a_name_that_is_only_like_another_finds_it(town: Any) -> None:
    town.add("ひまわりこどもの広場")
    result = town.ask("あのひまわりこどもの大広場へ", relax=True)
    assert (result.total, result.dropped, result.mended) == (1, ("text",), {})
    assert [hit.why for hit in result.hits] == [Why.SIMILAR]


def test_similar_words_keep_the_other_conditions(town: Any) -> None:
    for at in ((34.5460, 135.4600), (34.5860, 135.4600)):
        town.add("ひまわりこどもの広場", at=at)
    near = {"near": HOME, "within_m": 2000}
    result = town.ask("あのひまわりこどもの大広場へ", relax=True, **near)
    assert (result.total, result.dropped) == (1, ("text",))


def test_a_phrase_keeps_the_other_conditions(town: Any) -> None:
    result = town.ask("みんなの地域食堂ごはん", relax=True, near=HOME, within_m=2000)
    assert (result.total, result.dropped) == (1, ())


def test_words_that_nothing_resembles_leave_the_nearest(town: Any) -> None:
    result = town.ask("zzzzzz", relax=True, near=HOME)
    assert (result.total, result.dropped) == (3, ("text",))
    assert [hit.distance_m for hit in result.hits] == [1112, 5560, 5560]


def test_without_relaxing_nothing_is_nothing(town: Any) -> None:
    result = town.ask("zzzzzz")
    assert (result.total, result.hits, result.relaxed, result.dropped) == (0, (), False, ())


def test_what_answers_is_not_relaxed(town: Any) -> None:
    result = town.ask("鳳", relax=True)
    assert (result.relaxed, result.dropped) == (False, ())


@pytest.mark.parametrize("text", ["", "食堂"])
def test_an_empty_index_answers_nothing(ward: Any, text: str) -> None:
    days = (SUNDAY, SUNDAY)
    result = ward.ask(text, relax=True, near=HOME, within_m=5, free=True, days=days)
    assert (result.total, result.hits, result.relaxed, result.dropped) == (0, (), False, ())
