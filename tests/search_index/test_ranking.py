"""What comes first, by the documented sum of points, and by what a visitor asks for instead."""

import datetime as dt
import random
from typing import Any

import pytest

from ibasho.data.listings.kinds import Kind
from ibasho.search_index import Point, Sort, Why

TODAY = dt.date(2026, 11, 22)  # a Sunday

HERE = Point(34.5360, 135.4600)


def test_every_word_in_the_name_beats_any_number_of_them_in_the_text(ward: Any) -> None:
    ward.add("宿題の家", description="とても長い説明" * 40)
    ward.add("あおぞら", description="宿題 " * 20, opens="毎日", at=(34.536, 135.46))
    assert ward.names("宿題")[0] == "宿題の家"


def test_of_two_alike_the_one_that_opens_sooner_comes_first(ward: Any) -> None:
    ward.add("あ", description="宿題", opens="毎週土曜日")
    ward.add("い", description="宿題", opens="毎週月曜日")
    ward.add("う", description="宿題", opens="不定期")
    assert ward.names("宿題") == ["い", "あ", "う"]  # asked on a Sunday


def test_the_same_words_for_other_days_come_in_the_order_of_those_days(ward: Any) -> None:
    ward.add("あ", description="宿題", opens="毎週土曜日")
    ward.add("い", description="宿題", opens="毎週月曜日")
    saturday = TODAY + dt.timedelta(days=6)
    assert ward.names("宿題") == ["い", "あ"]
    assert ward.names("宿題", days=(saturday, saturday + dt.timedelta(days=2))) == ["あ", "い"]
    assert ward.names("宿題") == ["い", "あ"]


def test_of_two_alike_the_one_that_was_confirmed_comes_first(ward: Any) -> None:
    ward.add("あ", description="宿題")
    ward.add("い", description="宿題", assured_date=TODAY - dt.timedelta(days=30))
    ward.add("う", description="宿題", assured_date=TODAY - dt.timedelta(days=900))
    assert ward.names("宿題") == ["い", "う", "あ"]


def test_of_two_alike_the_one_that_says_more_comes_first(ward: Any) -> None:
    ward.add("あ", description="宿題の家です")
    ward.add("い", description="宿題の家です", url="https://example.jp")
    assert ward.names("宿題") == ["い", "あ"]


def test_a_visitor_may_ask_for_another_order(ward: Any) -> None:
    ward.add("あさひ", at=(34.60, 135.46), opens="毎週土曜日", description="宿題")
    ward.add("宿題の家", at=(34.55, 135.46), opens="不定期")
    ward.add("そら", at=(34.54, 135.46), opens="毎週月曜日", description="宿題")
    assert ward.names("宿題", near=HERE) == ["そら", "宿題の家", "あさひ"]
    assert ward.names("宿題", near=HERE, sort=Sort.DISTANCE) == ["そら", "宿題の家", "あさひ"]
    assert ward.names("宿題", near=HERE, sort=Sort.DATE) == ["そら", "あさひ", "宿題の家"]
    assert ward.names("宿題", near=HERE, sort=Sort.NAME) == ["あさひ", "そら", "宿題の家"]
    assert ward.names("宿題", near=HERE, sort=Sort.BEST)[0] == "宿題の家"


def test_without_a_place_the_order_by_distance_is_that_by_date(ward: Any) -> None:
    ward.add("あ", opens="毎週土曜日")
    ward.add("い", opens="毎週月曜日")
    assert ward.names(sort=Sort.DISTANCE) == ["い", "あ"]


@pytest.mark.parametrize("near", [None, HERE])
@pytest.mark.parametrize("sort", [None, *Sort])
def test_page_after_page_nothing_is_lost_or_repeated(
    ward: Any, sort: Sort | None, near: Point | None
) -> None:
    dice = random.Random(3)
    for _ in range(70):
        ward.add(
            dice.choice(["宿題", "そら", "あさひ"]),
            at=dice.choice([None, (34.54, 135.46), (34.55, 135.46)]),
            opens=dice.choice(["毎日", "不定期", "毎週土曜日"]),
            description=dice.choice(["宿題", "宿題 宿題", "宿題の家"]),
        )
    everything = [hit.id for hit in ward.ask("宿題", near=near, sort=sort).hits]
    assert len(set(everything)) == 70
    for size in (1, 7, 20):
        pages = [
            hit.id
            for offset in range(0, 80, size)
            for hit in ward.ask("宿題", near=near, sort=sort, limit=size, offset=offset).hits
        ]
        assert pages == everything


def test_each_result_says_why_it_is_there(ward: Any) -> None:
    ward.add("宿題の家")
    ward.add("そら", description="宿題もできます")
    ward.add("にじ", Kind.LEARNING_SUPPORT)
    why = {ward.index.records()[hit.id].name: hit.why for hit in ward.ask("宿題").hits}
    assert why == {"宿題の家": Why.IN_NAME, "そら": Why.IN_TEXT, "にじ": Why.OF_KIND}
    assert {hit.why for hit in ward.ask("").hits} == {None}


def test_words_that_stand_for_another_are_found_too(ward: Any) -> None:
    ward.add("子ども食堂ひまわり")
    ward.add("地域食堂にじ")
    ward.add("そら")
    also = {"こども食堂": ("地域食堂",)}
    assert ward.names("こども食堂") == ["こども食堂ひまわり"]
    assert sorted(ward.names("こども食堂", also=also)) == ["こども食堂ひまわり", "地域食堂にじ"]
