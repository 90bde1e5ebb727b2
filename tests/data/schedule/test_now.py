"""Open at this moment: said only where nothing is in doubt."""

import datetime as dt

import pytest

from ibasho.data.schedule import Occurrence, at, is_over, read_phrase

# Saturday 12 December 2026
SATURDAY = dt.datetime(2026, 12, 12, 12, 0)


@pytest.mark.parametrize(("hour", "minute", "is_open"), [
    (11, 29, False), (11, 30, True), (13, 59, True), (14, 0, False),
])  # fmt: skip
def test_a_place_is_open_from_its_opening_until_before_its_closing(
    hour: int, minute: int, is_open: bool
) -> None:
    schedule = read_phrase("毎月第2土曜日 11:30～14:00")
    found = at(schedule, SATURDAY.replace(hour=hour, minute=minute))
    assert (found.open_now is not None) is is_open


@pytest.mark.parametrize("phrase", ["毎週土曜", "毎週土曜 11:30～", "第2または第3土曜 11:30～14:00",
                                    "", "不定期"])  # fmt: skip
def test_without_certain_times_nothing_is_called_open(phrase: str) -> None:
    assert at(read_phrase(phrase), SATURDAY).open_now is None


def test_a_day_that_is_to_be_confirmed_is_not_called_open() -> None:
    new_year = dt.datetime(2027, 1, 1, 12, 0)
    assert at(read_phrase("毎日 10:00～18:00"), new_year).open_now is None


def test_the_next_opening_is_one_that_has_not_begun() -> None:
    schedule = read_phrase("毎週土曜 9:00～10:00、毎週土曜 18:00～20:00")
    later = at(schedule, SATURDAY).next
    assert later is not None
    assert (later.date, later.opens_at) == (SATURDAY.date(), "18:00")
    tonight = at(schedule, SATURDAY.replace(hour=19)).next
    assert tonight is not None
    assert tonight.date == dt.date(2026, 12, 19)


@pytest.mark.parametrize(("opens_at", "closes_at", "over"), [
    ("10:00", "12:00", True), ("10:00", "12:01", False), ("10:00", None, False),
    (None, None, False), (None, "12:00", True), ("22:00", "02:00", False),
])  # fmt: skip
def test_an_opening_is_over_once_its_closing_time_has_come(
    opens_at: str | None, closes_at: str | None, over: bool
) -> None:
    assert is_over(Occurrence(SATURDAY.date(), opens_at, closes_at, False), SATURDAY) is over


def test_an_opening_of_yesterday_is_over_and_one_of_tomorrow_is_not() -> None:
    day = dt.timedelta(days=1)
    assert is_over(Occurrence(SATURDAY.date() - day, None, None, False), SATURDAY)
    assert not is_over(Occurrence(SATURDAY.date() + day, "09:00", "10:00", False), SATURDAY)
