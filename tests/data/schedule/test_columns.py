"""The columns of the むすびえ format in the ways in which cities fill them."""

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from ibasho.data.schedule import (
    Certainty,
    Note,
    Schedule,
    merge,
    occurrences,
    read_columns,
    read_phrase,
)

REAL = Path(__file__).parents[3].parent / "shared" / "real"
COLUMNS = {
    "frequency": "開催頻度",
    "weekday": "開催曜日",
    "date": "開催日",
    "opens_at": "開催開始時間",
    "closes_at": "開催終了時間",
    "note": "開催日時特記事項",
}
START, END = dt.date(2026, 12, 1), dt.date(2027, 12, 31)


def columns(text: str) -> Schedule:
    """頻度|曜日|開催日|開始|終了|特記."""
    return read_columns(**dict(zip(COLUMNS, text.split("|"), strict=True)))


EXACT = [
    ("5|土|第３土曜日|10:30|13:30|", "MONTHLY;BYDAY=3SA", "10:30", "13:30"),
    ("||第２・４水曜日　１５時～１９時|15:00|19:00|", "MONTHLY;BYDAY=2WE,4WE", "15:00", "19:00"),
    ("||第3土曜日　15時～|15:00||", "MONTHLY;BYDAY=3SA", "15:00", None),
    ("||第3土曜日　15時～|15:00|17:00|", "MONTHLY;BYDAY=3SA", "15:00", "17:00"),
    ("5|木曜日|毎月第３|17:00|20:00|", "MONTHLY;BYDAY=3TH", "17:00", "20:00"),
    ("|水曜日|第3|17:00||", "MONTHLY;BYDAY=3WE", "17:00", None),
    ("5||毎月12日|14:00|19:30|", "MONTHLY;BYMONTHDAY=12", "14:00", "19:30"),
    ("5||12日|14:00|19:30|", "MONTHLY;BYMONTHDAY=12", "14:00", "19:30"),
    ("3|水|毎週水曜日|18:00|19:30|", "WEEKLY;BYDAY=WE", "18:00", "19:30"),
    (
        "4|日土|第２日曜日、第２土曜日|9:00|11:00|",
        "MONTHLY;BYDAY=2SU MONTHLY;BYDAY=2SA",
        "09:00",
        "11:00",
    ),
    ("1|月火水木金||15:00|20:00|", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "15:00", "20:00"),
    ("|月火水木金||15:00|20:00|", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "15:00", "20:00"),
    ("2|金土日||18:30|20:00|", "WEEKLY;BYDAY=FR,SA,SU", "18:30", "20:00"),
    ("3|土||11:30|13:00|", "WEEKLY;BYDAY=SA", "11:30", "13:00"),
    ("3.0|土||11:30:00|13:00:00|", "WEEKLY;BYDAY=SA", "11:30", "13:00"),
    ("毎週|土||11:30|13:00|", "WEEKLY;BYDAY=SA", "11:30", "13:00"),
    ("3|水・土||11:30|13:00|", "WEEKLY;BYDAY=WE,SA", "11:30", "13:00"),
    ("毎週|水・土||11:30|13:00|", "WEEKLY;BYDAY=WE,SA", "11:30", "13:00"),
    ("週2回|水・土||11:30|13:00|", "WEEKLY;BYDAY=WE,SA", "11:30", "13:00"),
    ("週1回|土曜日||11:30|13:00|", "WEEKLY;BYDAY=SA", "11:30", "13:00"),
    ("5|第4金曜日||17:00||", "MONTHLY;BYDAY=4FR", "17:00", None),
    ("5|土||11:00|13:00|第2土曜日に開催", "MONTHLY;BYDAY=2SA", "11:00", "13:00"),
    ("5||||| 第2土曜日 11:00～13:00", "MONTHLY;BYDAY=2SA", "11:00", "13:00"),
    ("5|||第2土曜 11:00～13:00||", "MONTHLY;BYDAY=2SA", "11:00", "13:00"),
    (
        "5|土|第2土曜|11:00|13:00|8月を除く",
        "MONTHLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=2SA",
        "11:00",
        "13:00",
    ),
    (
        "6||偶数月の第2火曜|16:00|18:00|",
        "MONTHLY;BYMONTH=2,4,6,8,10,12;BYDAY=2TU",
        "16:00",
        "18:00",
    ),
    ("毎週土曜|土||11:30|13:00|", "WEEKLY;BYDAY=SA", "11:30", "13:00"),
    (
        "5|土|第2土曜|11:00|13:00|12月は第3土曜",
        "MONTHLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11;BYDAY=2SA MONTHLY;BYMONTH=12;BYDAY=3SA",
        "11:00",
        "13:00",
    ),
    ("8||2026年12月20日|10:00|12:00|", "DAILY;COUNT=1", "10:00", "12:00"),
]

UNSURE = [
    ("|||||", "unknown", Note.NOT_GIVEN),
    ("5|||||", "unknown", Note.DAY_NOT_NAMED),
    ("5|土||12:00|13:00|", "unknown", Note.DAY_NOT_NAMED),
    ("4|日||12:00|13:00|", "unknown", Note.DAY_NOT_NAMED),
    ("|土||12:00|13:00|", "unknown", Note.WEEKDAY_ONLY),
    ("|日土||12:00|13:00|", "unknown", Note.WEEKDAY_ONLY),
    ("2|土日||12:00|13:00|", "unknown", Note.DAY_NOT_NAMED),
    ("|||11:00|13:00|", "unknown", Note.DAY_NOT_NAMED),
    ("||月1回　土曜日　10時30分～|10:30||", "unknown", Note.DAY_NOT_NAMED),
    ("6||第2火曜|16:00|18:00|", "unknown", Note.DAY_NOT_NAMED),
    ("7|||||", "unknown", Note.SCHOOL_HOLIDAYS),
    ("8|土||10:00||", "unknown", Note.IRREGULAR),
    ("8|土|第2土曜|10:00||", "unknown", Note.IRREGULAR),
    ("5|土|第3日曜日|10:00|12:00|", "unknown", Note.COLUMNS_CONTRADICT),
    ("5|第4土曜|第3土曜|10:00|12:00|", "unknown", Note.COLUMNS_CONTRADICT),
    ("5|土|毎月12日|10:00|12:00|", "unknown", Note.COLUMNS_CONTRADICT),
    ("5|月火水木金||10:00|12:00|", "unknown", Note.COLUMNS_CONTRADICT),
    ("5|水|毎週水曜日|10:00|12:00|", "unknown", Note.COLUMNS_CONTRADICT),
    ("5|土|第2土曜|10:00|12:00|第4日曜日に開催", "unknown", Note.COLUMNS_CONTRADICT),
    ("5|土|2026年12月20日|10:00|12:00|", "unknown", Note.COLUMNS_CONTRADICT),
    ("5|土日|第1・3|10:00|12:00|", "unknown", Note.AMBIGUOUS),
    ("5|土|第2土曜|10:00|12:00|現在休止中", "unknown", Note.SUSPENDED),
    (
        "5||||| 曜日及び日時は固定されていないが、月に1回のペースで開催",
        "unknown",
        Note.DAY_NOT_NAMED,
    ),
    ("1|木|第３木曜日|16:00|18:00|", "partial", Note.COLUMNS_CONTRADICT),
    ("4|土日|第2土曜|16:00|18:00|", "partial", Note.COLUMNS_CONTRADICT),
    ("5|水曜日|毎月第３|18:00|17:30|", "partial", Note.TIMES_REVERSED),
    ("5|土|第2土曜 10時～|11:00|12:00|", "partial", Note.TIMES_CONTRADICT),
    ("5|土|第2土曜|10:00|12:00|変更の場合あり", "partial", Note.HEDGED),
    ("5|土|第2土曜|未定||", "partial", Note.NOT_UNDERSTOOD),
    ("5|土|第2土曜|10:00|12:00|駐車場なし", "partial", Note.NOT_UNDERSTOOD),
]


@pytest.mark.parametrize(("row", "rules", "opens_at", "closes_at"), EXACT)
def test_columns_that_agree_are_exact(
    row: str, rules: str, opens_at: str | None, closes_at: str | None
) -> None:
    schedule = columns(row)
    assert (schedule.certainty, schedule.notes) == (Certainty.EXACT, ())
    assert [rule.rrule() for rule in schedule.rules] == [f"FREQ={rule}" for rule in rules.split()]
    first = occurrences(schedule, START, END)[0]
    assert (first.opens_at, first.closes_at) == (opens_at, closes_at)


@pytest.mark.parametrize(("row", "certainty", "note"), UNSURE)
def test_columns_that_are_not_certain_say_why(row: str, certainty: str, note: Note) -> None:
    schedule = columns(row)
    assert schedule.certainty == certainty
    assert note in schedule.notes
    assert bool(occurrences(schedule, START, END)) is (certainty == "partial")


@pytest.mark.parametrize("row", ["5|水曜日|毎月第３|18:00|17:30|", "5|土|第2土曜 10時～|11:00||"])
def test_times_that_exclude_each_other_leave_the_date(row: str) -> None:
    found = occurrences(columns(row), START, END)
    assert found
    assert {(one.opens_at, one.closes_at) for one in found} == {(None, None)}


def test_the_note_gives_other_times_for_some_months() -> None:
    schedule = columns("3|水|毎週水曜|17:30|19:00|11月～2月は17：00～18：30")
    times = {one.date.month: one.opens_at for one in occurrences(schedule, START, END)}
    assert (times[11], times[12], times[2], times[3]) == ("17:00", "17:00", "17:00", "17:30")


class TestMerge:
    """Several schedules of one listing."""

    def test_exact_rows_make_an_exact_union(self) -> None:
        merged = merge([read_phrase("第2土曜 10時～"), read_phrase("第4日曜 11時～")])
        assert merged.certainty is Certainty.EXACT
        assert [rule.rrule()[-3:] for rule in merged.rules] == ["2SA", "4SU"]

    def test_an_unknown_row_beside_dates_is_partial(self) -> None:
        merged = merge([read_phrase("第2土曜"), read_phrase("月1回 土曜")])
        assert merged.certainty is Certainty.PARTIAL
        assert merged.notes == (Note.DAY_NOT_NAMED,)
        assert len(merged.rules) == 1

    @pytest.mark.parametrize(
        "doubtful", ["8月は休み", "月1回 土曜", "不定期", "休止中", "原則第4土曜"]
    )
    def test_beside_a_doubtful_part_every_date_is_to_be_confirmed(self, doubtful: str) -> None:
        merged = merge([read_phrase("第2土曜"), read_phrase(doubtful)])
        assert all(one.confirm for one in occurrences(merged, START, END))

    def test_only_unknown_rows_stay_unknown(self) -> None:
        assert merge([read_phrase("不定期"), read_phrase("月1回")]).certainty is Certainty.UNKNOWN
        assert merge([]).notes == (Note.NOT_GIVEN,)

    def test_a_suspended_row_does_not_close_the_other(self) -> None:
        merged = merge([read_phrase("第2土曜"), read_phrase("休止中")])
        assert not merged.suspended
        assert merged.certainty is Certainty.PARTIAL
        assert occurrences(merged, START, END)
        assert merge([read_phrase("休止中"), read_phrase("休会中")]).suspended

    def test_a_date_with_times_replaces_the_same_date_without(self) -> None:
        merged = merge([read_phrase("第2土曜"), read_phrase("第2土曜 10時～12時")])
        assert [one.opens_at for one in occurrences(merged, START, dt.date(2026, 12, 31))] == [
            "10:00"
        ]


@pytest.mark.skipif(not REAL.is_dir(), reason="the published files are not beside the project")
class TestRealFiles:
    """What cities publish."""

    def test_every_row_is_certain_or_honestly_unsure(self) -> None:
        counts: Counter[str] = Counter()
        for path in sorted((REAL / "kodomo-shokudo").glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    given = {name.lstrip("?"): text or "" for name, text in row.items() if name}
                    cells = {key: given.get(column, "") for key, column in COLUMNS.items()}
                    schedule = read_columns(**cells)
                    assert Schedule.from_json(schedule.to_json()) == schedule
                    said = any(cells.values())
                    counts[schedule.certainty if said else "nothing written"] += 1
                    if schedule.certainty is Certainty.EXACT:
                        assert occurrences(schedule, START, END)
                    else:
                        assert schedule.notes
        print(dict(counts))
        assert counts["exact"] >= 50

    def test_the_ward_page(self) -> None:
        path = next((REAL / "ward-page").glob("*.csv"))
        with path.open(encoding="utf-8-sig", newline="") as file:
            said = [read_phrase(row["内容"]) for row in csv.DictReader(file)]
        assert [one.certainty.value for one in said].count("exact") == 4
        assert [one.certainty.value for one in said].count("unknown") == 2
