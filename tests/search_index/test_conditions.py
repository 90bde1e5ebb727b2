"""Places, days, ages, costs and pages: what is let through, and in what order."""

import datetime as dt
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ibasho.data.geocode import Level
from ibasho.data.listings.kinds import Kind
from ibasho.data.listings.model import AddressVisibility, CostOption, Location, Position
from ibasho.data.listings.model import PositionSource as Source
from ibasho.search_index import Box, Point, SearchQuery

TODAY = dt.date(2026, 11, 22)
HOME = Point(34.5360, 135.4600)
STEPS = st.integers(0, 8).map(lambda step: 34.5 + step / 100)
BOXES = st.tuples(STEPS, STEPS, STEPS, STEPS).map(
    lambda edge: Box(
        min(edge[0], edge[1]) + 101, min(edge[2:]), max(edge[0], edge[1]) + 101, max(edge[2:])
    )
)


@pytest.fixture
def town(ward: Any) -> Any:
    """Places at 0, about 1.1 and about 5.6 km from home, and two that nobody can measure to."""
    ward.add("近い", at=(34.5360, 135.4600))
    ward.add("隣", at=(34.5460, 135.4600))
    ward.add("遠い", at=(34.5860, 135.4600))
    ward.add("市内", at=(34.5361, 135.4600), level=Level.MUNICIPALITY)
    ward.add("不明")
    return ward


def test_near_is_by_distance_and_unknown_places_come_last(town: Any) -> None:
    result = town.ask(near=HOME)
    assert town.names(near=HOME) == ["近い", "隣", "遠い", "不明", "市内"]
    assert [hit.distance_m for hit in result.hits] == [0, 1112, 5560, None, None]


def test_without_a_place_there_is_no_distance(town: Any) -> None:
    assert {hit.distance_m for hit in town.ask().hits} == {None}


def test_within_a_radius(town: Any) -> None:
    assert town.names(near=HOME, within_m=1112) == ["近い", "隣"]
    assert town.names(near=HOME, within_m=1111) == ["近い"]


def test_a_box_holds_its_edges_and_no_unknown_place(town: Any) -> None:
    assert town.names(box=Box(135.46, 34.536, 135.46, 34.546)) == ["近い", "隣"]
    assert "不明" not in town.names(box=Box(-180, -90, 180, 90))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(STEPS, STEPS), min_size=1, max_size=12), st.lists(st.tuples(BOXES, BOXES))
)
def test_a_box_cut_to_a_smaller_one_is_the_smaller_one(
    new_ward: Callable[[], Any],
    places: list[tuple[float, float]],
    boxes: list[tuple[Box, Box]],
) -> None:
    ward = new_ward()
    points = {ward.add(f"食堂{n}", at=(lat, lon + 101)): (lat, lon + 101)
              for n, (lat, lon) in enumerate(places)}  # fmt: skip
    for one, other in boxes:
        inner = Box(max(one.west, other.west), max(one.south, other.south),
                    min(one.east, other.east), min(one.north, other.north))  # fmt: skip
        for text in ("", "食堂"):
            cut = [
                hit.id
                for hit in ward.ask(text, box=one).hits
                if inner.south <= points[hit.id][0] <= inner.north
                and inner.west <= points[hit.id][1] <= inner.east
            ]
            assert cut == [hit.id for hit in ward.ask(text, box=inner).hits]


@given(st.floats(-1e-4, 1e-4), st.floats(-1e-4, 1e-4))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_true_point_of_a_hidden_address_changes_nothing(
    new_ward: Callable[[], Any], north: float, east: float
) -> None:
    area = Position(34.54, 135.46, Level.TOWN, 500, Source.GEOCODER)
    answers = []
    for shift in (0.0, 1.0):
        ward = new_ward()
        secret = Location(
            municipality="大阪府堺市西区", address="鳳東町6丁600", area="大阪府堺市西区鳳東町",
            visibility=AddressVisibility.AREA_ONLY, area_position=area,
        )  # fmt: skip
        ward.add("隠れ家", at=(34.5360 + north * shift, 135.4600 + east * shift), location=secret)
        ward.add("隣", at=(34.5460, 135.4600))
        answers.append(
            (
                ward.names(near=HOME),
                [hit.distance_m for hit in ward.ask(near=HOME).hits],
                ward.names(near=HOME, within_m=300),
                ward.names(box=Box(135.4599, 34.5359, 135.4601, 34.5361)),
                ward.names("東町6丁600"),
            )
        )
    assert answers[0] == answers[1]
    assert answers[0][2:] == ([], [], [])


def test_distances_are_those_on_the_globe(ward: Any) -> None:
    ward.add("札幌", at=(43.0618, 141.3545))
    (hit,) = ward.ask(near=Point(35.6812, 139.7671)).hits
    assert math.isclose(hit.distance_m or 0, 831_800, rel_tol=0.003)


def test_kinds(ward: Any) -> None:
    ward.add("食堂", kind=Kind.CHILDRENS_CAFETERIA)
    ward.add("塾", kind=Kind.LEARNING_SUPPORT)
    ward.add("学校", kind=Kind.FREE_SCHOOL)
    both = frozenset({Kind.CHILDRENS_CAFETERIA, Kind.LEARNING_SUPPORT})
    assert sorted(ward.names(kinds=both)) == ["塾", "食堂"]


@pytest.mark.parametrize(
    ("age", "names"),
    [
        (2, ["不明"]),
        (6, ["不明", "小学生から"]),
        (15.5, ["不明", "十五まで", "小学生から"]),
        (16, ["不明", "小学生から"]),
        (0, ["不明"]),
    ],
)
def test_an_age_that_does_not_fit_is_left_out_and_an_unknown_one_is_not(
    ward: Any, age: float, names: list[str]
) -> None:
    ward.add("不明")
    ward.add("小学生から", minimum_age=6)
    ward.add("十五まで", minimum_age=12, maximum_age=15)
    ward.add("二歳半まで", minimum_age=0.5, maximum_age=1.5)
    assert sorted(ward.names(age=age)) == names


def test_free_only_where_somebody_said_so(ward: Any) -> None:
    ward.add("零円", costs=(CostOption("elementary", 0), CostOption("adult", 300)))
    ward.add("無料", fees_description="子ども無料、大人300円")
    ward.add("有料", costs=(CostOption("elementary", 100),))
    ward.add("空欄")
    assert sorted(ward.names(free=True)) == ["無料", "零円"]


def test_a_monthly_fee_only_where_somebody_said_so(ward: Any) -> None:
    ward.add("八千八百円", costs=(CostOption("monthly", 18_700), CostOption("monthly", 8_800)))
    ward.add("二万円", fees_description="月額2万円")
    ward.add("無料", fees_description="無料")
    ward.add("一回ごと", costs=(CostOption("elementary", 100),))
    ward.add("空欄")
    assert sorted(ward.names(monthly_at_most=20_000)) == ["二万円", "八千八百円", "無料"]
    assert sorted(ward.names(monthly_at_most=19_999)) == ["八千八百円", "無料"]
    assert ward.names(monthly_at_most=8_799) == ward.names(monthly_at_most=0) == ["無料"]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.none() | st.integers(0, 50_000), min_size=1, max_size=12),
    st.integers(0, 50_000),
)
def test_a_smaller_sum_finds_no_more_and_each_that_is_not_above_it(
    new_ward: Callable[[], Any], fees: list[int | None], most: int
) -> None:
    ward = new_ward()
    said = {ward.add(f"学校{n}", costs=(CostOption("monthly", fee),)): fee
            for n, fee in enumerate(fees)}  # fmt: skip
    found = {hit.id for hit in ward.ask("学校", monthly_at_most=most).hits}
    assert found == {one for one, fee in said.items() if fee is not None and fee <= most}
    assert found >= {hit.id for hit in ward.ask("学校", monthly_at_most=most // 2).hits}


def test_open_on_a_day_or_in_a_span(ward: Any) -> None:
    ward.add("土曜", opens="毎週土曜日 11:30～14:00")
    ward.add("第二水曜", opens="毎月第2水曜日")
    ward.add("不定期", opens="不定期")
    saturday, december = dt.date(2026, 11, 28), dt.date(2026, 12, 1)
    assert ward.names(days=(saturday, saturday)) == ["土曜"]
    assert ward.names(days=(december, december + dt.timedelta(8))) == ["土曜", "第二水曜"]
    assert ward.names(days=(TODAY, TODAY)) == []


def test_the_next_date_is_counted_from_today_or_within_the_asked_days(ward: Any) -> None:
    ward.add("土曜", opens="毎週土曜日 11:30～14:00")
    (hit,) = ward.ask().hits
    assert (hit.next.date, hit.next.opens_at) == (dt.date(2026, 11, 28), "11:30")
    (hit,) = ward.ask(days=(dt.date(2026, 12, 1), dt.date(2026, 12, 31))).hits
    assert hit.next.date == dt.date(2026, 12, 5)
    (hit,) = ward.index.search(SearchQuery(), dt.date(2027, 1, 1)).hits
    assert hit.next.date == dt.date(2027, 1, 2)


def test_without_a_place_the_soonest_comes_first_then_the_reading_of_the_name(ward: Any) -> None:
    ward.add("い", opens="毎週土曜日")
    ward.add("う", opens="毎週月曜日")
    ward.add("浜", alternate_name="あ", opens="毎週土曜日")
    ward.add("ああ")
    assert ward.names() == ["う", "浜", "い", "ああ"]


@pytest.mark.parametrize("conditions", [{}, {"near": HOME}, {"text": "食堂"}])
def test_pages_neither_lose_nor_repeat(ward: Any, conditions: dict[str, Any]) -> None:
    for number in range(25):
        ward.add("食堂", at=(34.5460, 135.4600) if number % 2 else None)
    whole = [hit.id for hit in ward.ask(**conditions).hits]
    pages = [
        hit.id
        for offset in range(0, 28, 4)
        for hit in ward.ask(**conditions, limit=4, offset=offset).hits
    ]
    assert pages == whole
    assert len(set(whole)) == ward.ask(**conditions, limit=0).total == 25
