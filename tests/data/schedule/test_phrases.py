"""What a phrase means: how sure it is, which rules it makes and which dates these name."""

import datetime as dt
import time

import pytest

from ibasho.data.schedule import Certainty, Note, occurrences, read_phrase

START, END = dt.date(2026, 12, 1), dt.date(2027, 12, 31)

# phrase, rules, the first dates from 1 December 2026 (a Tuesday) and the times of the first one
EXACT = [
    (
        "毎月第2・4土曜日 11:30～14:00",
        ["MONTHLY;BYDAY=2SA,4SA"],
        "12-12 12-26 01-09",
        "11:30 14:00",
    ),
    ("第2・4水曜日 15時～19時", ["MONTHLY;BYDAY=2WE,4WE"], "12-09 12-23 01-13", "15:00 19:00"),
    ("第３土曜日", ["MONTHLY;BYDAY=3SA"], "12-19 01-16", "- -"),
    ("第2土曜", ["MONTHLY;BYDAY=2SA"], "12-12 01-09", "- -"),
    ("第二火曜と第四木曜", ["MONTHLY;BYDAY=2TU", "MONTHLY;BYDAY=4TH"], "12-08 12-24", "- -"),
    ("第②④土曜", ["MONTHLY;BYDAY=2SA,4SA"], "12-12 12-26", "- -"),
    ("第2㈯・第4㈰", ["MONTHLY;BYDAY=2SA", "MONTHLY;BYDAY=4SU"], "12-12 12-27", "- -"),
    ("第１、第３土曜日", ["MONTHLY;BYDAY=1SA,3SA"], "12-05 12-19", "- -"),
    ("第1～第3土曜", ["MONTHLY;BYDAY=1SA,2SA,3SA"], "12-05 12-12 12-19 01-02", "- -"),
    ("土曜（第1・3）", ["MONTHLY;BYDAY=1SA,3SA"], "12-05 12-19", "- -"),
    ("月1回 第2土曜日", ["MONTHLY;BYDAY=2SA"], "12-12 01-09", "- -"),
    ("毎週土曜（第5週は休み）", ["MONTHLY;BYDAY=1SA,2SA,3SA,4SA"], "12-05 12-12", "- -"),
    (
        "2026年12月5日から隔週土曜 11時～",
        ["WEEKLY;INTERVAL=2;BYDAY=SA"],
        "12-05 12-19 01-02 01-16",
        "11:00 -",
    ),
    ("隔週土曜（2026年12月5日～）", ["WEEKLY;INTERVAL=2;BYDAY=SA"], "12-05 12-19", "- -"),
    ("最終金曜", ["MONTHLY;BYDAY=-1FR"], "12-25 01-29", "- -"),
    ("毎週水曜", ["WEEKLY;BYDAY=WE"], "12-02 12-09 12-16 12-23 12-30", "- -"),
    ("毎週月・水・金", ["WEEKLY;BYDAY=MO,WE,FR"], "12-02 12-04 12-07", "- -"),
    ("毎週火木", ["WEEKLY;BYDAY=TU,TH"], "12-01 12-03", "- -"),
    ("週1回水曜日", ["WEEKLY;BYDAY=WE"], "12-02 12-09", "- -"),
    ("週2回 火・木 16:00～18:00", ["WEEKLY;BYDAY=TU,TH"], "12-01 12-03", "16:00 18:00"),
    ("月～金", ["WEEKLY;BYDAY=MO,TU,WE,TH,FR"], "12-01 12-02 12-03 12-04 12-07", "- -"),
    ("月ー金 10-15時", ["WEEKLY;BYDAY=MO,TU,WE,TH,FR"], "12-01 12-02", "10:00 15:00"),
    ("火・木～土", ["WEEKLY;BYDAY=TU,TH,FR,SA"], "12-01 12-03 12-04 12-05 12-08", "- -"),
    ("金～月", ["WEEKLY;BYDAY=MO,FR,SA,SU"], "12-04 12-05 12-06 12-07 12-11", "- -"),
    ("月～土 9:00～17:00", ["WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA"], "12-01", "09:00 17:00"),
    ("平日", ["WEEKLY;BYDAY=MO,TU,WE,TH,FR"], "12-01 12-02 12-03 12-04 12-07", "- -"),
    ("毎日", ["DAILY"], "12-01 12-02 12-03", "- -"),
    ("毎日 10:00～18:00 年末年始も休みません", ["DAILY"], "12-01 12-02", "10:00 18:00"),
    (
        "毎週水曜 年末年始(12/29～1/3)を除く",
        ["WEEKLY;BYDAY=WE"],
        "12-02 12-09 12-16 12-23 01-06",
        "- -",
    ),
    (
        "平日 8:30～17:15（水曜日は19:00まで）",
        ["WEEKLY;BYDAY=MO,TU,TH,FR", "WEEKLY;BYDAY=WE"],
        "12-01 12-02 12-03",
        "08:30 17:15",
    ),
    ("24時間365日", ["DAILY"], "12-01 12-02 12-03", "- -"),
    ("月～金 24時間受付", ["WEEKLY;BYDAY=MO,TU,WE,TH,FR"], "12-01 12-02", "- -"),
    ("第2土曜 11:00～14:00（なくなり次第終了）", ["MONTHLY;BYDAY=2SA"], "12-12", "11:00 14:00"),
    ("毎週水曜 16時～売り切れ次第終了", ["WEEKLY;BYDAY=WE"], "12-02 12-09", "16:00 -"),
    ("要電話予約 第2土曜", ["MONTHLY;BYDAY=2SA"], "12-12 01-09", "- -"),
    ("土日祝", ["WEEKLY;BYDAY=SA,SU"], "12-05 12-06 12-12 12-13", "- -"),
    ("毎月12日", ["MONTHLY;BYMONTHDAY=12"], "12-12 01-12", "- -"),
    ("毎月5・15・25日", ["MONTHLY;BYMONTHDAY=5,15,25"], "12-05 12-15 12-25 01-05", "- -"),
    ("5のつく日", ["MONTHLY;BYMONTHDAY=5,15,25"], "12-05 12-15 12-25 01-05", "- -"),
    ("毎月末日", ["MONTHLY;BYMONTHDAY=-1"], "12-31 01-31 02-28", "- -"),
    (
        "毎月第1日曜 10:00-12:00、第3土曜 17:00-19:00",
        ["MONTHLY;BYDAY=1SU", "MONTHLY;BYDAY=3SA"],
        "12-06 12-19",
        "10:00 12:00",
    ),
    (
        "月～金 15時～18時、土曜 10時～17時",
        ["WEEKLY;BYDAY=MO,TU,WE,TH,FR", "WEEKLY;BYDAY=SA"],
        "12-01 12-02 12-03 12-04 12-05 12-07",
        "15:00 18:00",
    ),
    ("偶数月の第2火曜", ["MONTHLY;BYMONTH=2,4,6,8,10,12;BYDAY=2TU"], "12-08 02-09", "- -"),
    ("奇数月 第3日曜", ["MONTHLY;BYMONTH=1,3,5,7,9,11;BYDAY=3SU"], "01-17 03-21", "- -"),
    ("4月～翌3月の第2土曜", ["MONTHLY;BYDAY=2SA"], "12-12 01-09", "- -"),
    ("毎週火曜 8月のみ", ["WEEKLY;BYMONTH=8;BYDAY=TU"], "08-03 08-10 08-17", "- -"),
    ("2026年12月20日", ["DAILY;COUNT=1"], "12-20", "- -"),
    ("令和8年12月20日(日) 10時～", ["DAILY;COUNT=1"], "12-20", "10:00 -"),
    ("2026/12/20、27日", ["DAILY;COUNT=1", "DAILY;COUNT=1"], "12-20 12-27", "- -"),
    (
        "令和8年度 毎月第1土曜",
        ["MONTHLY;BYDAY=1SA;UNTIL=20270331"],
        "12-05 01-02 02-06 03-06",
        "- -",
    ),
    ("2026年12月10日から毎週水曜", ["WEEKLY;BYDAY=WE"], "12-16 12-23", "- -"),
    ("2027年3月まで毎週水曜", ["WEEKLY;BYDAY=WE;UNTIL=20270331"], "12-02 12-09", "- -"),
    ("毎月曜日", ["WEEKLY;BYDAY=MO"], "12-07 12-14", "- -"),
    ("毎日曜", ["WEEKLY;BYDAY=SU"], "12-06 12-13", "- -"),
    ("火曜日から土曜日の毎日", ["WEEKLY;BYDAY=TU,WE,TH,FR,SA"], "12-01 12-02", "- -"),
    ("毎週木曜 午後4時半～6時", ["WEEKLY;BYDAY=TH"], "12-03", "16:30 18:00"),
    ("午後4～6時 毎週金曜", ["WEEKLY;BYDAY=FR"], "12-04", "16:00 18:00"),
    ("毎週火曜 17時～19時頃", ["WEEKLY;BYDAY=TU"], "12-01", "17:00 19:00"),
    ("第1木曜、午前10時から正午まで", ["MONTHLY;BYDAY=1TH"], "12-03", "10:00 12:00"),
    ("第1木曜 ～18時", ["MONTHLY;BYDAY=1TH"], "12-03", "- 18:00"),
]

CLOSURES = [
    ("第2土曜（8月を除く）", "2027-07-10 2027-09-11", "2027-07-01"),
    ("第2土曜、8月は休み", "2027-07-10 2027-09-11", "2027-07-01"),
    ("第2土曜（8月・12月を除く）", "2027-01-09", "2026-12-01"),
    ("毎週水曜（祝日を除く）", "2026-12-30 2027-01-06", "2026-12-30"),
    ("毎週火曜（祝日を除く）", "2026-11-10 2026-11-17 2026-11-24", "2026-11-04"),
    ("毎週月曜（祝日除く）", "2026-11-16 2026-11-30", "2026-11-16"),
    ("毎日（年末年始を除く）", "2026-12-28 2027-01-04 2027-01-05", "2026-12-28"),
    ("毎日（12月29日～1月3日は休み）", "2026-12-28 2027-01-04", "2026-12-28"),
    ("毎日（水曜定休）", "2026-12-01 2026-12-03", "2026-12-01"),
    ("毎日10時～18時 日曜、祝日は休み", "2026-11-21 2026-11-24", "2026-11-21"),
    ("火～日 休み:月曜・年末年始", "2026-12-27 2027-01-05", "2026-12-27"),
    ("月～土、祝日を除く", "2026-11-21 2026-11-24", "2026-11-21"),
    ("毎週水曜（第5水曜を除く）", "2026-12-23 2027-01-06", "2026-12-23"),
    ("毎週土曜（第2・4を除く）", "2026-12-05 2026-12-19 2027-01-02", "2026-12-01"),
    ("毎週水曜 2026年12月9日は休み", "2026-12-02 2026-12-16", "2026-12-01"),
    ("毎月第1土曜、1月のみ第2土曜", "2026-12-05 2027-01-09 2027-02-06", "2026-12-01"),
    ("毎月第2土曜（12月は第3土曜）", "2026-12-19 2027-01-09", "2026-12-01"),
    ("毎月第2土曜（祝日の場合は休み）", "2026-12-12", "2026-12-01"),
]

# phrase, certainty, a note that says why
UNSURE = [
    ("", "unknown", Note.NOT_GIVEN),
    ("月1回程度", "unknown", Note.DAY_NOT_NAMED),
    ("月1回 土曜日", "unknown", Note.DAY_NOT_NAMED),
    ("月1、2回　10時～", "unknown", Note.DAY_NOT_NAMED),
    ("月2回日曜日　13時～", "unknown", Note.DAY_NOT_NAMED),
    ("年10回 第2土曜", "unknown", Note.DAY_NOT_NAMED),
    ("2ヶ月に1回　第2火曜日", "unknown", Note.DAY_NOT_NAMED),
    ("2~3か月に1度 フードパントリー", "unknown", Note.DAY_NOT_NAMED),
    ("隔週木曜日 登録制", "unknown", Note.DAY_NOT_NAMED),
    ("隔月第2土曜", "unknown", Note.DAY_NOT_NAMED),
    ("土曜以外", "unknown", Note.DAY_NOT_NAMED),
    ("第3もしくは第4土曜", "unknown", Note.HEDGED),
    ("第2か第3土曜", "unknown", Note.HEDGED),
    ("第2・4土曜日のどちらか", "unknown", Note.HEDGED),
    ("第2土曜ごろ", "unknown", Note.HEDGED),
    ("ほぼ毎日", "unknown", Note.HEDGED),
    ("不定期", "unknown", Note.IRREGULAR),
    ("毎月第三土曜日（不定期）", "unknown", Note.IRREGULAR),
    ("夏休み期間", "unknown", Note.SCHOOL_HOLIDAYS),
    ("毎週水曜（夏休み期間は毎日）", "unknown", Note.SCHOOL_HOLIDAYS),
    ("休止中", "unknown", Note.SUSPENDED),
    ("毎週水曜 ※現在、休止しています", "unknown", Note.SUSPENDED),
    ("毎週水曜日でしたが終了しました", "unknown", Note.SUSPENDED),
    ("土曜日 13時～", "unknown", Note.WEEKDAY_ONLY),
    ("土日", "unknown", Note.WEEKDAY_ONLY),
    ("水・土", "unknown", Note.WEEKDAY_ONLY),
    ("12日", "unknown", Note.MONTH_UNKNOWN),
    ("12月20日", "unknown", Note.YEAR_UNKNOWN),
    ("4月1日から毎週水曜", "unknown", Note.YEAR_UNKNOWN),
    ("2026年12月20日(月)", "unknown", Note.PARTS_CONTRADICT),
    ("月1回 第2・4土曜", "unknown", Note.PARTS_CONTRADICT),
    ("第2週の水曜", "unknown", Note.AMBIGUOUS),
    ("毎月12日（土日の場合は翌月曜）", "unknown", Note.HEDGED),
    ("第5土曜がある場合は休み", "unknown", Note.HEDGED),
    ("第3土曜日は都合によりお休みします", "unknown", Note.NOT_UNDERSTOOD),
    ("第4土曜日は第3土曜日に変更", "unknown", Note.NOT_UNDERSTOOD),
    ("第3土曜日 → 第4土曜日", "unknown", Note.NOT_UNDERSTOOD),
    ("第6土曜", "unknown", Note.NOT_UNDERSTOOD),
    ("誕生日", "unknown", Note.NOT_UNDERSTOOD),
    ("西公民館", "unknown", Note.NOT_UNDERSTOOD),
    ("第3土曜日の翌日", "unknown", Note.NOT_UNDERSTOOD),
    ("第2土曜ではなく第3土曜", "unknown", Note.NOT_UNDERSTOOD),
    ("毎月第2土曜日に開催していましたが、現在は休止しています", "unknown", Note.SUSPENDED),
    ("毎月10～20日", "unknown", Note.NOT_UNDERSTOOD),
    ("第1火曜～金曜", "unknown", Note.AMBIGUOUS),
    ("月1回 次回12日", "unknown", Note.MONTH_UNKNOWN),
    ("月曜（祝日）", "unknown", Note.AMBIGUOUS),
    ("第2土曜 8月のみ10時～", "unknown", Note.AMBIGUOUS),
    ("毎週水曜（学校がある日のみ）", "unknown", Note.SCHOOL_HOLIDAYS),
    ("毎週水曜日、隔週土曜日", "unknown", Note.PARTS_CONTRADICT),
    ("毎月第2土曜日（次回は15日）", "partial", Note.MONTH_UNKNOWN),
    ("毎週水曜 ※祝日は木曜", "partial", Note.AMBIGUOUS),
    ("第2日曜と祝日", "partial", Note.AMBIGUOUS),
    ("原則第2土曜", "partial", Note.HEDGED),
    ("月1回程度 第2土曜", "partial", Note.HEDGED),
    ("第2土曜（変更になる場合があります）", "partial", Note.HEDGED),
    ("第2水曜日他　15時～17時", "partial", Note.HEDGED),
    ("毎月第2土曜（祝日の場合は翌週）", "partial", Note.HEDGED),
    ("第2土日", "partial", Note.AMBIGUOUS),
    ("月2回 第2土曜", "partial", Note.PARTS_CONTRADICT),
    ("毎週水曜（夏休みを除く）", "partial", Note.SCHOOL_HOLIDAYS),
    ("第4土曜 18:00～17:30", "partial", Note.TIMES_REVERSED),
    ("第3土曜日 西公民館にて", "partial", Note.NOT_UNDERSTOOD),
    ("第1木曜 25:00～", "partial", Note.NOT_UNDERSTOOD),
    ("第2土曜、日曜", "partial", Note.WEEKDAY_ONLY),
]


def dates(phrase: str, start: dt.date = START, end: dt.date = END) -> list[str]:
    return [one.date.isoformat() for one in occurrences(read_phrase(phrase), start, end)]


@pytest.mark.parametrize(("phrase", "rules", "first", "times"), EXACT)
def test_an_exact_phrase_gives_its_rules_dates_and_times(
    phrase: str, rules: list[str], first: str, times: str
) -> None:
    schedule = read_phrase(phrase)
    assert (schedule.certainty, schedule.notes) == (Certainty.EXACT, ())
    assert [rule.rrule() for rule in schedule.rules] == [f"FREQ={rule}" for rule in rules]
    found = occurrences(schedule, START, END)
    expected = first.split()
    assert [f"{one.date:%m-%d}" for one in found[: len(expected)]] == expected
    assert [found[0].opens_at or "-", found[0].closes_at or "-"] == times.split()


@pytest.mark.parametrize(("phrase", "expected", "start"), CLOSURES)
def test_what_is_taken_out_is_not_named(phrase: str, expected: str, start: str) -> None:
    wanted = expected.split()
    assert read_phrase(phrase).certainty is Certainty.EXACT
    assert dates(phrase, dt.date.fromisoformat(start))[: len(wanted)] == wanted


@pytest.mark.parametrize(("phrase", "certainty", "note"), UNSURE)
def test_what_is_not_certain_stays_so_and_says_why(phrase: str, certainty: str, note: Note) -> None:
    schedule = read_phrase(phrase)
    assert schedule.certainty == certainty
    assert note in schedule.notes
    assert bool(dates(phrase)) is (certainty == "partial")
    assert bool(schedule.rules) is (certainty == "partial")


def test_suspended_is_said_apart_from_unknown() -> None:
    assert read_phrase("第2土曜 休会中").suspended
    assert not read_phrase("不定期").suspended


def test_months_may_have_other_times() -> None:
    schedule = read_phrase("毎週水曜 17:30～19:00 11月～2月は17：00～18：30")
    winter = occurrences(schedule, dt.date(2026, 12, 2), dt.date(2026, 12, 2))[0]
    spring = occurrences(schedule, dt.date(2027, 3, 3), dt.date(2027, 3, 3))[0]
    assert (winter.opens_at, winter.closes_at) == ("17:00", "18:30")
    assert (spring.opens_at, spring.closes_at) == ("17:30", "19:00")


def test_two_sessions_of_a_day_are_two_occurrences() -> None:
    schedule = read_phrase("毎週土曜 10時～12時、13時～15時")
    found = occurrences(schedule, dt.date(2026, 12, 5), dt.date(2026, 12, 11))
    assert [(one.opens_at, one.closes_at) for one in found] == [
        ("10:00", "12:00"),
        ("13:00", "15:00"),
    ]


def test_the_school_holidays_are_left_out_at_their_widest() -> None:
    assert dates("毎週水曜（夏休みを除く）", dt.date(2027, 7, 1), dt.date(2027, 9, 15)) == [
        "2027-07-07",
        "2027-09-08",
        "2027-09-15",
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "月・",
        "8、",
        "1~",
        "になる",
        "変更の場合",
        "8月1日・",
        "第1土・",
        "祝・",
        "\ufdfa",
        "十",
        "あ",
    ],
)
@pytest.mark.parametrize("length", [500, 100_000])
def test_no_length_hangs(unit: str, length: int) -> None:
    started = time.process_time()
    read_phrase((unit * length)[:length])
    assert time.process_time() - started < 1  # it takes milliseconds; what backtracks, minutes


def test_a_text_too_long_is_refused() -> None:
    schedule = read_phrase("毎週水曜 " * 1000)
    assert schedule.certainty is Certainty.UNKNOWN
    assert schedule.notes == (Note.TOO_LONG,)
    assert len(schedule.phrase) == 500


def test_letters_that_stand_for_several_count_as_these() -> None:
    assert read_phrase("平日㈯" * 80).certainty is Certainty.EXACT
    assert read_phrase("平日㈯" * 120).notes == (Note.TOO_LONG,)
    assert read_phrase("毎週水曜" + "\ufdfa" * 28).notes == (Note.TOO_LONG,)


@pytest.mark.parametrize(
    "phrase",
    [
        "第1～12345678901234567890土曜",
        "第1～99999999土曜",
        "12345678901234567890週ごと 土曜",
        "2026年12月5日から999999週ごと土曜",
        "12345678901234567890月1日",
        "99999999999日",
        "月99999999999回",
        "令和99年99月99日",
        "R0.0",
    ],
)
def test_a_number_of_any_size_is_no_error_and_no_day(phrase: str) -> None:
    schedule = read_phrase(phrase)
    assert not dates(phrase)
    assert schedule.notes
