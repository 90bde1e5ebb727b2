"""What a later part of a text says of days that an earlier part named, and of other matters.

The text that denies or limits a day must take it out; what stays beside words that were not
understood is to be confirmed.
"""

import datetime as dt

import pytest

from ibasho.data.schedule import (
    Certainty,
    Note,
    Schedule,
    occurrences,
    read_columns,
    read_phrase,
)

START, END = dt.date(2026, 12, 1), dt.date(2027, 12, 31)
NAMES = ("frequency", "weekday", "date", "opens_at", "closes_at", "note")


def columns(text: str) -> Schedule:
    """頻度|曜日|開催日|開始|終了|特記."""
    return read_columns(**dict(zip(NAMES, text.split("|"), strict=True)))


def rules(schedule: Schedule) -> list[str]:
    """The rules in short, with their opening times."""
    return [
        f"{rule.rrule().split(';', 1)[1]} {rule.opens_at or ''}".strip() for rule in schedule.rules
    ]


REPLACED = [
    (
        "毎月第1土曜日（1月は第2土曜日、8月は休み）",
        ["BYMONTH=2,3,4,5,6,7,9,10,11,12;BYDAY=1SA", "BYMONTH=1;BYDAY=2SA"],
    ),
    (
        "毎月第1土曜日 ※1月は第2土曜日、8月は休み",
        ["BYMONTH=2,3,4,5,6,7,9,10,11,12;BYDAY=1SA", "BYMONTH=1;BYDAY=2SA"],
    ),
    (
        "毎月第2土曜（8月は第3土曜、12月は休み）",
        ["BYMONTH=1,2,3,4,5,6,7,9,10,11;BYDAY=2SA", "BYMONTH=8;BYDAY=3SA"],
    ),
    (
        "毎月第4日曜日（12月は第3日曜日・8月は休み）",
        ["BYMONTH=1,2,3,4,5,6,7,9,10,11;BYDAY=4SU", "BYMONTH=12;BYDAY=3SU"],
    ),
    (
        "毎月第3水曜日（5月は第4水曜日、8月はなし）",
        ["BYMONTH=1,2,3,4,6,7,9,10,11,12;BYDAY=3WE", "BYMONTH=5;BYDAY=4WE"],
    ),
    (
        "毎月第2・第4火曜（8月は第4火曜のみ、1月は第2火曜休み）",
        [
            "BYMONTH=2,3,4,5,6,7,9,10,11,12;BYDAY=2TU,4TU",
            "BYMONTH=1;BYDAY=4TU",
            "BYMONTH=8;BYDAY=4TU",
        ],
    ),
    (
        "第1・3土曜（1月は第3のみ）",
        ["BYMONTH=2,3,4,5,6,7,8,9,10,11,12;BYDAY=1SA,3SA", "BYMONTH=1;BYDAY=3SA"],
    ),
    ("毎週火曜と金曜（金曜は第1・3のみ）", ["BYDAY=TU", "BYDAY=1FR,3FR"]),
    ("毎週水曜・土曜（土曜は第2のみ）", ["BYDAY=WE", "BYDAY=2SA"]),
    ("毎週月・水・金（金は第1・3）", ["BYDAY=MO,WE", "BYDAY=1FR,3FR"]),
    ("月～土（土曜は第2・4のみ）", ["BYDAY=MO,TU,WE,TH,FR", "BYDAY=2SA,4SA"]),
    (
        "毎月第2土曜と8月を除く第4土曜",
        ["BYDAY=2SA", "BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=4SA"],
    ),
    (
        "第2土曜 10時～、8月以外の第4土曜 13時～",
        ["BYDAY=2SA 10:00", "BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=4SA 13:00"],
    ),
    (
        "毎週火曜と1・8月を除く毎月20日",
        ["BYDAY=TU", "BYMONTH=2,3,4,5,6,7,9,10,11,12;BYMONTHDAY=20"],
    ),
    ("毎月第1水曜と8月を除く毎週水曜", ["BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=2WE,3WE,4WE,5WE"]),
    ("日曜と祝日を除く月～土", ["BYDAY=MO,TU,WE,TH,FR,SA"]),
    ("毎週火曜（第2・4）", ["BYDAY=2TU,4TU"]),
    ("毎週火（第1、3、5）", ["BYDAY=1TU,3TU,5TU"]),
    ("第2土曜（前日までに要予約）", ["BYDAY=2SA"]),
]

TIMES = [
    (
        "4月～10月は18:00～、11月～3月は17:00～ 毎週水曜",
        ["BYMONTH=1,2,3,11,12;BYDAY=WE 17:00", "BYMONTH=4,5,6,7,8,9,10;BYDAY=WE 18:00"],
    ),
    (
        "11月～3月は17:00～ 毎週水曜 18:00～",
        ["BYMONTH=4,5,6,7,8,9,10;BYDAY=WE 18:00", "BYMONTH=1,2,3,11,12;BYDAY=WE 17:00"],
    ),
    (
        "11:00～13:00（第1土曜）、17:00～19:00（第3金曜）",
        ["BYDAY=1SA 11:00", "BYDAY=3FR 17:00"],
    ),
    ("17:00～19:00 毎週水曜、11:00～14:00 第2土曜", ["BYDAY=WE 17:00", "BYDAY=2SA 11:00"]),
    ("10:00～12:00 第1土曜、第3日曜", ["BYDAY=1SA 10:00", "BYDAY=3SU 10:00"]),
    ("毎週火・金 15時～18時（金曜は16時～19時）", ["BYDAY=TU 15:00", "BYDAY=FR 16:00"]),
    ("第2・4土曜 11時～（第4土曜は17時～）", ["BYDAY=2SA 11:00", "BYDAY=4SA 17:00"]),
    (
        "毎週木曜 17時～19時（第3木曜は18時～20時）",
        ["BYDAY=1TH,2TH,4TH,5TH 17:00", "BYDAY=3TH 18:00"],
    ),
]

TIMES_UNSURE = [
    "18:00～(11月～3月は17:00～) 毎週水曜",
    "毎週金曜 5時～7時",
    "第2土曜 4時～6時",
    "10:00～12:00 第2土曜 13:00～15:00",
    "第1土曜 11時～13時、17時～19時（第3金曜）",
]

# what is left, all of it to be confirmed
LIMITED = [
    ("4月～10月 毎週水曜 18時～ 11月～3月 17時～", ["BYMONTH=4,5,6,7,8,9,10;BYDAY=WE 18:00"]),
    ("夏季18:00～、冬季17:00～ 毎週水曜", ["BYDAY=WE"]),
    ("毎週水曜 18時～ 冬は17時～", ["BYDAY=WE"]),
    ("毎週水曜、ただし第2は木曜", ["BYDAY=1WE,3WE,4WE,5WE"]),
    ("毎週水曜（第2水曜は木曜）", ["BYDAY=1WE,3WE,4WE,5WE"]),
    ("毎週土曜（第3は日曜）", ["BYDAY=1SA,2SA,4SA,5SA"]),
    ("毎週土曜 ※第1土曜はお弁当配布のみ", ["BYDAY=2SA,3SA,4SA,5SA"]),
    ("毎週土曜 ※当面の間は第2土曜のみ", ["BYDAY=2SA"]),
    ("毎週土曜（現在は第2土曜のみ）", ["BYDAY=2SA"]),
    ("第2土曜 ※12月は9日のみ", ["BYMONTH=1,2,3,4,5,6,7,8,9,10,11;BYDAY=2SA"]),
    ("毎月15日（1月は10日）", ["BYMONTH=2,3,4,5,6,7,8,9,10,11,12;BYMONTHDAY=15"]),
    ("第3土曜（第1土曜は準備）", ["BYDAY=3SA"]),
    ("第3土曜 第1土曜スタッフ会議", ["BYDAY=3SA"]),
    ("第2土曜（予備日：第3土曜）", ["BYDAY=2SA"]),
    ("第2土曜 問い合わせ 平日10時～17時", ["BYDAY=2SA"]),
    ("毎月第3土曜日開催、毎月第1土曜日に予約受付開始", ["BYDAY=3SA"]),
    ("第4日曜（前日の土曜は準備）", ["BYDAY=4SU"]),
    ("第2土曜 申込はLINEで、8月は休み", ["BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=2SA"]),
    ("火～日（月曜が祝日の場合は翌日休館）", ["BYDAY=TU,WE,TH,FR,SA,SU"]),
    ("第2土曜 小学生から高校生まで", ["BYDAY=2SA"]),
]

DENIED = [
    "第2土曜と8月を除く第4土曜",
    "毎月第5土曜と8月を除く第1～4土曜",
    "毎週水曜、8月を除く水曜",
    "8月は10時～12時 第2土曜",
    "毎週水曜 18時～ 8月は10時～ 第2土曜 12時～",
    "4～9月 18時～ 毎週水曜、10～3月 17時～ 毎週木曜",
    "毎週水・土（第5週は休み）",
    "毎週土曜（第1週は休み）",
    "隔週土曜 2026年12月5日開始",
    "2026年12月6日から隔週土曜",
    "2026年8月から隔週土曜",
    "12月5日から隔週土曜",
    "2026年12月5日から隔週土曜・日曜",
    "毎月第2・4水曜 ※12月は1回のみ",
    "毎週水曜（8月は2回）",
    "第2or第4土曜",
    "夏季のみ毎週土曜",
    "冬期のみ毎週土曜",
    "秋から毎週土曜",
    "先月まで毎週土曜",
    "第2土曜の次の日曜",
    "第2日曜の前の土曜",
    "第2土曜の翌週",
    "第3土曜 ※月によって変わります",
    "第3土曜 月により異なる",
    "第2土曜（月によっては第3土曜）",
    "第2土曜の1週間後",
    "祝日 祝日休み",
    "毎週土曜 12月5日開始",
    "4月は11日、5月は9日、6月は13日",
    "毎週火・木（第2・4）",
    "毎週水・金（水曜は4月～9月）",
    "毎週火曜 ※当面は木曜のみ",
    "毎週土曜 第2土曜",
    "毎週木曜日（最終木曜日は16時～）",
    "第2土曜（2024年度は第3土曜）",
    "第2土曜 平成31年4月から",
    "申込締切は毎月第1土曜",
    "申込は毎週月曜まで",
    "ボランティア募集 毎週日曜",
    "電話受付：月～金",
    "事務所は平日のみ",
    "毎月第2土曜日（会議のため8月は休み）",
]

# from when and to when the note or another column lets the days hold
SCOPES = [
    ("5|土|第2土曜|||2024年3月31日まで", None, "2024-03-31"),
    ("5|土|第2土曜|||2026年3月まで", None, "2026-03-31"),
    ("5|土|第2土曜|||R6.3.31まで", None, "2024-03-31"),
    ("5|土|第2土曜|||R6.3まで", None, "2024-03-31"),
    ("5|土|第2土曜|||2024年度", "2024-04-01", "2025-03-31"),
    ("5|土|第2土曜|||2024年4月1日～2025年3月31日", "2024-04-01", "2025-03-31"),
    ("5|土|第2土曜|||2027年4月1日から", "2027-04-01", None),
    ("5|土|第2土曜|||R9.4～", "2027-04-01", None),
    ("5|土 2024年3月31日まで|第2土曜|||", None, "2024-03-31"),
    ("3|毎週土|2024年度|||", "2024-04-01", "2025-03-31"),
    ("毎月 2024年3月31日まで|土|第2土曜|||", None, "2024-03-31"),
    ("5|土|第2土曜|2024年3月31日まで 10時||", None, "2024-03-31"),
    ("||2027年4月5日オープン 毎週水曜|||", "2027-04-05", None),
    ("||第2土曜 10時～、第4日曜 13時～ ※2025年3月まで|||", None, "2025-03-31"),
]


@pytest.mark.parametrize(("phrase", "expected"), REPLACED + TIMES)
def test_a_second_mention_replaces_the_first(phrase: str, expected: list[str]) -> None:
    schedule = read_phrase(phrase)
    assert rules(schedule) == expected
    assert (schedule.certainty, schedule.notes) == (Certainty.EXACT, ())


@pytest.mark.parametrize("phrase", TIMES_UNSURE)
def test_a_time_that_may_belong_elsewhere_is_left_out_and_the_day_stays(phrase: str) -> None:
    schedule = read_phrase(phrase)
    found = occurrences(schedule, START, END)
    assert schedule.notes == (Note.TIMES_UNSURE,)
    assert {(one.opens_at, one.closes_at) for one in found} == {(None, None)}


def test_a_morning_that_is_named_is_a_morning() -> None:
    assert rules(read_phrase("毎週金曜 朝5時～7時")) == ["BYDAY=FR 05:00"]
    assert rules(read_phrase("毎週金曜 夕方5時～7時")) == ["BYDAY=FR 17:00"]


def test_a_column_with_an_hour_before_dawn_gives_no_times() -> None:
    schedule = columns("5|土|第2土曜|5:00|7:00|")
    assert schedule.notes == (Note.TIMES_UNSURE,)
    assert rules(schedule) == ["BYDAY=2SA"]


@pytest.mark.parametrize(("phrase", "expected"), LIMITED)
def test_days_that_the_text_limits_are_out_and_the_others_to_be_confirmed(
    phrase: str, expected: list[str]
) -> None:
    schedule = read_phrase(phrase)
    assert rules(schedule) == expected
    assert schedule.certainty is Certainty.PARTIAL
    assert all(one.confirm for one in occurrences(schedule, START, END))


@pytest.mark.parametrize("phrase", DENIED)
def test_days_that_the_text_denies_are_not_named(phrase: str) -> None:
    schedule = read_phrase(phrase)
    assert schedule.certainty is Certainty.UNKNOWN
    assert not occurrences(schedule, START, END)
    assert schedule.notes


@pytest.mark.parametrize(("row", "valid_from", "valid_to"), SCOPES)
def test_every_column_may_limit_the_time_in_which_the_days_hold(
    row: str, valid_from: str | None, valid_to: str | None
) -> None:
    schedule = columns(row)
    assert schedule.rules
    for rule in schedule.rules:
        assert (rule.valid_from and rule.valid_from.isoformat()) == valid_from
        assert (rule.valid_to and rule.valid_to.isoformat()) == valid_to


@pytest.mark.parametrize(
    "phrase", ["毎週土曜（春・夏・冬休みを除く）", "毎週土曜（春休み、夏休み、冬休みは休み）"]
)
def test_each_school_holiday_of_a_list_is_closed(phrase: str) -> None:
    months = {one.date.month for one in occurrences(read_phrase(phrase), START, END)}
    assert not months & {8}
    assert not occurrences(read_phrase(phrase), dt.date(2027, 3, 10), dt.date(2027, 4, 12))


@pytest.mark.parametrize(
    "phrase",
    [
        "月～金（祝日、年末年始、8月13～16日を除く）",
        "月～金（祝日、8/13～8/16、12/29～1/3を除く）",
        "月～金（祝日・8月13日から16日まで・12月29日から1月3日まで休み）",
    ],
)
def test_a_list_of_closures_closes_all_of_them(phrase: str) -> None:
    schedule = read_phrase(phrase)
    assert schedule.certainty is Certainty.EXACT
    assert not occurrences(schedule, dt.date(2026, 12, 29), dt.date(2027, 1, 3))
    assert not occurrences(schedule, dt.date(2027, 8, 13), dt.date(2027, 8, 16))
    assert not occurrences(schedule, dt.date(2027, 5, 3), dt.date(2027, 5, 5))


@pytest.mark.parametrize(
    "row",
    [
        "5|土|第2土曜|||12月は9日のみ",
        "5|土|第2土曜|||12月は第3土曜、8月は休み",
        "3|水|毎週水曜|||8月は休み、2027年3月まで",
    ],
)
def test_a_note_takes_its_month_out(row: str) -> None:
    first_rule = {one.date for one in occurrences(columns(row), START, END)}
    assert dt.date(2027, 12, 11) not in first_rule
    assert dt.date(2027, 12, 9) not in first_rule


@pytest.mark.parametrize(
    "phrase",
    ["第3土曜日 西公民館にて", "第2土曜、日曜", "第2日曜と祝日", "第2土日", "第3土曜 12月20日"],
)
def test_a_rule_beside_anything_doubtful_is_to_be_confirmed(phrase: str) -> None:
    found = occurrences(read_phrase(phrase), START, END)
    assert found
    assert all(one.confirm for one in found)


def test_who_only_says_another_end_opens_as_before() -> None:
    schedule = read_phrase("平日 8:30～17:15（水曜日は19:00まで）")
    wednesday = dt.date(2026, 12, 2)
    assert [
        (one.opens_at, one.closes_at) for one in occurrences(schedule, wednesday, wednesday)
    ] == [("08:30", "19:00")]


def test_whose_end_is_another_is_unsure_where_days_open_at_different_times() -> None:
    schedule = read_phrase("月～金 9:00～17:00、土日 10:00～17:00（水・土は19:00まで）")
    saturday = dt.date(2026, 12, 5)
    assert all(one.opens_at is None for one in occurrences(schedule, saturday, saturday))
