"""A time of the day: only a place that says its hours is found by it."""

import datetime as dt
from typing import Any

import pytest

from ibasho.search_index.opening import AFTERNOON, EVENING, MORNING, Hours

SUNDAY = dt.date(2026, 11, 22)
SATURDAY = dt.date(2026, 11, 28)


@pytest.fixture
def town(ward: Any) -> Any:
    ward.add("朝の家", opens="毎週土曜 9:00～11:30")
    ward.add("夜の家", opens="毎週土曜 18:00～20:00、毎週水曜 10:00～12:00")
    ward.add("昼またぎ", opens="毎週日曜 11:00～14:00")
    ward.add("時間なし", opens="毎週土曜")
    ward.add("不定期", opens="不定期")
    return ward


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "hours", "meets"),
    [
        ("09:00", "12:00", MORNING, True),
        ("12:00", "14:00", MORNING, False),
        ("11:30", "13:30", AFTERNOON, True),
        ("10:00", "12:00", AFTERNOON, False),
        ("09:00", "21:00", AFTERNOON, True),
        ("22:00", "02:00", EVENING, True),
        ("10:00", None, MORNING, True),
        ("10:00", None, AFTERNOON, False),
        (None, "15:00", AFTERNOON, False),
        (None, None, AFTERNOON, False),
    ],
)
def test_an_opening_meets_hours_where_its_own_are_known(
    opens_at: str | None, closes_at: str | None, hours: Hours, meets: bool
) -> None:
    assert hours.meets(opens_at, closes_at) is meets


def test_who_does_not_say_their_hours_is_not_said_to_be_open(town: Any) -> None:
    assert set(town.names(hours=MORNING)) == {"朝の家", "夜の家", "昼またぎ"}
    assert town.names(hours=EVENING) == ["夜の家"]


def test_the_hours_are_those_of_the_weekday_that_is_asked_for(town: Any) -> None:
    assert town.names(hours=MORNING, weekdays={5}) == ["朝の家"]
    assert town.names(hours=EVENING, weekdays={2}) == []


def test_the_hours_are_those_of_the_day_that_is_asked_for(town: Any) -> None:
    assert town.names(hours=MORNING, days=(SATURDAY, SATURDAY)) == ["朝の家"]
    assert town.names(hours=AFTERNOON, days=(SUNDAY, SUNDAY)) == ["昼またぎ"]


def test_the_next_opening_that_is_told_is_one_at_these_hours(town: Any) -> None:
    (hit,) = town.ask(hours=EVENING).hits
    assert (hit.next.date, hit.next.opens_at) == (SATURDAY, "18:00")


def test_an_opening_far_ahead_is_found(ward: Any) -> None:
    ward.add("春の夜", opens="4月の第1土曜 18:00～20:00")
    (hit,) = ward.ask(hours=EVENING).hits
    assert hit.next.date == dt.date(2027, 4, 3)


def test_the_hours_give_way_before_the_day_does(town: Any) -> None:
    result = town.ask(relax=True, hours=EVENING, days=(SUNDAY, SUNDAY))
    assert result.dropped == ("hours",)
    assert [hit.next.opens_at for hit in result.hits] == ["11:00"]
    assert town.ask("朝の家", relax=True, hours=EVENING, weekdays={1}).dropped == (
        "hours",
        "weekdays",
    )
