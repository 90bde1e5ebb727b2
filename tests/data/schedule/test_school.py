"""Days that depend on the school holidays: named where their dates are known, unsure elsewhere."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ibasho.data.schedule import (
    Certainty,
    Note,
    Schedule,
    SchoolHoliday,
    SchoolHolidays,
    Season,
    merge,
    occurrences,
    read_columns,
    read_phrase,
)

KNOWN = SchoolHolidays.from_text(
    """
    # the schools of a ward, 2026
    2026-07-21/2026-08-31 夏休み
    2026-12-26/2027-01-07 冬季休業日
    """
)
START, END = dt.date(2026, 7, 1), dt.date(2027, 6, 30)


def days(schedule: Schedule, start: str, end: str) -> str:
    found = occurrences(schedule, dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    return " ".join(f"{one.date:%m-%d}{'*' if one.confirm else ''}" for one in found)


@pytest.mark.parametrize(
    "phrase",
    [
        "毎週水曜（学期中を除く）",
        "毎週水曜 登校日は休み",
        "毎週水曜 給食のある日は休み",
        "毎週水曜 給食の日は休み",
        "毎週水曜（授業日を除く）",
        "毎週水曜（学校のある日を除く）",
        "毎週水曜（学校がある日のみ）",
        "毎週土曜（学校休業日を除く）",
        "1学期中の毎週水曜",
        "毎週水曜（学期ごとに変更）",
        "夏休み期間",
        "夏休み期間中の平日",
        "夏休み（平日のみ）",
        "平日（夏休み期間中のみ）",
        "平日、夏休み期間",
        "毎週水曜（夏休み期間は毎日）",
        "毎週水曜（夏休みも開催）",
        "夏休みの前の水曜",
        "夏休みは毎日 10時～、学期中は毎週水曜",
        "学校休業日",
        "学校休業日の平日",
        "秋休み中の平日",
        "毎週水曜（学校休業日は10時～）",
    ],
)
def test_without_the_dates_of_the_holidays_nothing_is_named(phrase: str) -> None:
    schedule = read_phrase(phrase)
    assert schedule.certainty is Certainty.UNKNOWN
    assert {Note.SCHOOL_HOLIDAYS, Note.NOT_UNDERSTOOD} & {*schedule.notes}
    assert not occurrences(schedule, START, END)


@pytest.mark.parametrize(
    ("phrase", "start", "end", "expected"),
    [
        ("夏休み期間中の平日", "2026-07-15", "2026-07-24", "07-21 07-22 07-23 07-24"),
        ("夏休み（平日のみ）", "2026-08-27", "2026-09-04", "08-27 08-28 08-31"),
        ("平日（夏休み期間中のみ）", "2026-07-20", "2026-07-21", "07-21"),
        ("長期休暇中の毎週水曜", "2026-12-01", "2027-01-31", "12-30* 01-06"),
        ("毎週水曜（学期中を除く）", "2026-08-20", "2026-12-31", "08-26 12-30*"),
        ("毎週水曜（夏休みを除く）", "2026-07-08", "2026-09-09", "07-08 07-15 09-02 09-09"),
        ("毎週水曜（冬休みを除く）", "2026-12-09", "2027-01-20", "12-09 12-16 12-23 01-13 01-20"),
        ("学期中の毎週土曜", "2026-07-04", "2026-09-12", "07-04 07-11 07-18 09-05 09-12"),
        ("学期中の平日", "2026-09-30", "2026-10-02", "09-30 10-01 10-02"),
        ("毎週土曜（学期中のみ）", "2026-08-22", "2026-09-05", "09-05"),
        ("平日（学校休業日を除く）", "2026-08-31", "2026-09-02", "09-01 09-02"),
        ("学校休業日 10時～", "2026-08-30", "2026-09-02", "08-30* 08-31*"),
        ("夏休み期間中の平日（8/13～8/16は休み）", "2026-08-11", "2026-08-18", "08-12 08-17 08-18"),
    ],
)
def test_with_the_dates_of_the_holidays_the_days_are_named(
    phrase: str, start: str, end: str, expected: str
) -> None:
    assert days(read_phrase(phrase).with_school_holidays(KNOWN), start, end) == expected


AUTUMN = SchoolHolidays.from_text("2026-10-09/2026-10-13 秋休み")


@pytest.mark.parametrize(
    ("phrase", "start", "end", "expected"),
    [
        ("学期中の平日", "2026-10-07", "2026-10-15", "10-07 10-08 10-14 10-15"),
        ("学期中の平日", "2027-09-29", "2027-11-12", "09-29 09-30 11-11 11-12"),
        ("平日（学校休業日を除く）", "2026-10-08", "2026-10-14", "10-08 10-14"),
        ("平日（秋休みを除く）", "2026-10-08", "2026-10-14", "10-08 10-14"),
        ("平日（長期休暇を除く）", "2026-10-08", "2026-10-09", "10-08 10-09"),
        ("秋休み中の平日", "2026-10-01", "2026-11-10", "10-09 10-13"),
        ("長期休暇中の平日", "2026-10-01", "2026-11-10", ""),
    ],
)
def test_the_short_holiday_of_autumn_is_no_term_and_no_long_one(
    phrase: str, start: str, end: str, expected: str
) -> None:
    assert days(read_phrase(phrase).with_school_holidays(AUTUMN), start, end) == expected


def test_a_year_whose_summer_is_known_and_no_autumn_has_none() -> None:
    term = read_phrase("学期中の平日")
    assert days(term, "2026-10-01", "2026-11-12") == "11-11 11-12"
    known = term.with_school_holidays(KNOWN)
    assert days(known, "2026-10-08", "2026-10-13") == "10-08 10-09 10-13"
    assert days(known, "2027-10-08", "2027-10-13") == ""


@pytest.mark.parametrize(
    ("phrase", "start", "end", "expected"),
    [
        ("夏休み期間中の平日", "2027-07-01", "2027-09-30", ""),
        ("春休み中の平日", "2026-03-01", "2027-04-30", ""),
        ("毎週水曜（夏休みを除く）", "2027-07-07", "2027-09-08", "07-07 09-08"),
        ("毎週水曜（春休みを除く）", "2027-03-03", "2027-04-14", "03-03 04-14"),
    ],
)
def test_of_years_and_seasons_that_are_not_known_nothing_more_is_named(
    phrase: str, start: str, end: str, expected: str
) -> None:
    assert days(read_phrase(phrase).with_school_holidays(KNOWN), start, end) == expected


@pytest.mark.parametrize(
    "phrase",
    ["毎週水曜 登校日は休み", "夏休み期間", "毎週水曜（夏休み期間は毎日）", "休止中 夏休みの平日"],
)
def test_what_stays_unsure_has_no_days_in_any_year(phrase: str) -> None:
    schedule = read_phrase(phrase).with_school_holidays(KNOWN)
    assert schedule.certainty is Certainty.UNKNOWN
    assert not occurrences(schedule, START, END)


def test_a_stored_schedule_takes_the_holidays_that_come_later() -> None:
    stored = Schedule.from_json(read_phrase("夏休み期間中の平日").to_json())
    assert days(stored, "2026-07-01", "2026-09-30") == ""
    schedule = stored.with_school_holidays(KNOWN)
    assert schedule.certainty is Certainty.PARTIAL
    assert days(schedule, "2026-07-17", "2026-07-22") == "07-21 07-22"


def test_two_holidays_of_one_season_leave_what_is_between_them() -> None:
    known = SchoolHolidays(
        (
            SchoolHoliday(Season.SPRING, dt.date(2027, 4, 1), dt.date(2027, 4, 5)),
            SchoolHoliday(Season.SPRING, dt.date(2027, 3, 26), dt.date(2027, 3, 29)),
        )
    )
    schedule = read_phrase("毎日（春休みを除く）").with_school_holidays(known)
    assert days(schedule, "2027-03-25", "2027-04-06") == "03-25 03-30 03-31 04-06"


def test_the_columns_take_a_term_from_the_note() -> None:
    schedule = read_columns(frequency="3", weekday="水", opens_at="16:00", note="学期中のみ")
    assert days(schedule.with_school_holidays(KNOWN), "2026-08-25", "2026-09-09") == "09-02 09-09"


def test_a_merged_schedule_keeps_the_days_of_the_holidays() -> None:
    schedule = merge([read_phrase("第2土曜"), read_phrase("夏休み中の毎週水曜 10時～")])
    assert days(schedule.with_school_holidays(KNOWN), "2026-08-05", "2026-08-12") == (
        "08-05 08-08 08-12"
    )


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-21 夏休み",
        "2026-07-21/2026-08-31",
        "2026-07-21/2026-08-31 秋休み",
        "2026-07-21/2026-08-31 春夏休み",
        "2026-08-31/2026-07-21 夏休み",
        "2026-07-21/2026-12-31 夏休み",
        "2026-02-30/2026-03-31 春休み",
    ],
)
def test_a_line_that_is_no_school_holiday_is_refused_by_its_number(text: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        SchoolHolidays.from_text(f"# 2026\n{text}\n")


@st.composite
def summers(draw: st.DrawFn) -> SchoolHoliday:
    """Some summer holidays, of which a year may have several."""
    year = draw(st.integers(2026, 2029))
    first = draw(st.dates(dt.date(year, 7, 10), dt.date(year, 9, 5)))
    return SchoolHoliday(Season.SUMMER, first, draw(st.dates(first, dt.date(year, 9, 5))))


@settings(max_examples=100, deadline=None)
@given(st.lists(summers(), max_size=4), st.dates(dt.date(2026, 7, 1), dt.date(2029, 9, 15)))
def test_a_day_is_named_where_it_is_known_to_be_in_or_out_of_the_holidays(
    periods: list[SchoolHoliday], day: dt.date
) -> None:
    known = SchoolHolidays(tuple(periods))
    is_holiday = any(one.first <= day <= one.last for one in periods)
    may_be_one = (7, 10) <= (day.month, day.day) <= (9, 5)
    is_known = not may_be_one or any(one.first.year == day.year for one in periods)
    inside = read_phrase("夏休み期間中は毎日").with_school_holidays(known)
    outside = read_phrase("毎日（夏休みを除く）").with_school_holidays(known)
    assert bool(occurrences(inside, day, day)) is is_holiday
    assert bool(occurrences(outside, day, day)) is (is_known and not is_holiday)
