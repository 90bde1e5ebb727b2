"""What a careful reader takes from the lists that cities publish, for December 2026.

The texts are those of the lists of children's cafeterias of 西東京市, 大田区, 渋谷区, 板橋区, 目黒区,
国立市, 府中市 and 小金井市 (CC BY 4.0, each municipality); the days were read off a calendar by hand.
1 December 2026 is a Tuesday. A star says that the date is to be confirmed.
"""

import datetime as dt

import pytest

from ibasho.data.schedule import Certainty, Schedule, occurrences, read_columns, read_phrase

START, END = dt.date(2026, 12, 1), dt.date(2026, 12, 31)
WORKING_DAYS = "1 2 3 4 7 8 9 10 11 14 15 16 17 18 21 22 23 24 25 28 29* 30* 31*"

PHRASES = [
    ("第2・4水曜日 15時～19時", "9 23", "15:00 19:00"),
    ("第3水曜日 17時30分～19時30分", "16", "17:30 19:30"),
    ("月1回 土曜日 10時30分～", "", ""),
    ("不定期開催 10時～", "", ""),
    ("月1回 15時～", "", ""),
    ("月1回 金曜日 16時～", "", ""),
    ("毎週月曜・木曜 17時～19時", "3 7 10 14 17 21 24 28 31*", "17:00 19:00"),
    ("月2回不定期 16時30分～18時", "", ""),
    ("第4金曜日 17時30分～18時", "25", "17:30 18:00"),
    ("第4日曜日 14時～", "27", "14:00 -"),
    ("第3土曜日 15時～", "19", "15:00 -"),
    ("月2回日曜日 13時～", "", ""),
    ("月1回 17時～19時", "", ""),
    ("第2火曜・第4木曜 14時～", "8 24", "14:00 -"),
    ("月1回不定期 12時～", "", ""),
    ("第1日曜日 11時～", "6", "11:00 -"),
    ("平日 15時30分～", WORKING_DAYS, "15:30 -"),
    ("月1回程度 16時～17時30分", "", ""),
    ("第3木曜日 17時～19時", "17", "17:00 19:00"),
    ("年10回 16時～19時", "", ""),
    ("2ヶ月に1回 第2火曜日 16時～18時", "", ""),
    ("第2・第4土曜日 13時～", "12 26", "13:00 -"),
    ("第1水曜日 17時00分～", "2", "17:00 -"),
    ("不定期 11時～13時", "", ""),
    ("月1、2回 10時～", "", ""),
    ("第3木曜日 17時～18時30分", "17", "17:00 18:30"),
    ("第2土曜日 11時～", "12", "11:00 -"),
    ("第1火曜日 15時50分～17時30分", "1", "15:50 17:30"),
    ("月１回金曜日 17時30分～", "", ""),
    ("第2水曜日他 15時～17時", "9*", "15:00 17:00"),
    ("月1回 17時30分～18時30分", "", ""),
    ("第2水曜・第4水曜 15時～", "9 23", "15:00 -"),
    ("月1回土曜日 16時～19時", "", ""),
    ("月1～2回 10時～", "", ""),
    ("第2金曜日 17時～19時", "11", "17:00 19:00"),
    ("第3日曜日 12時～15時30分", "20", "12:00 15:30"),
    ("第4土曜日 12時～15時", "26", "12:00 15:00"),
    ("第3金曜日 17時～", "18", "17:00 -"),
    ("月2回 9時～11時30分", "", ""),
    ("水曜日 毎月第３", "16", "- -"),
    ("第３土曜日", "19", "- -"),
    ("毎月12日", "12", "- -"),
    ("第２日曜日、第４土曜日", "13 26", "- -"),
    ("第４木曜日", "24", "- -"),
    ("毎週水曜日", "2 9 16 23 30*", "- -"),
    ("固定された開催曜日及び日時はないものの、月に１回のペースで開催", "", ""),
]

# 開催頻度, 開催曜日, 開催日, 開催開始時間, 開催終了時間, 開催日時特記事項
ROWS = [
    (("5", "日", "", "11:00", "12:00", ""), "", ""),
    (("5", "水", "", "17:30", "19:00", "11月～2月は17：00～18：30"), "", ""),
    (("4", "土", "", "11:30", "13:30", ""), "", ""),
    (("5", "水曜日", "毎月第３", "18:00", "17:30", ""), "16", "- -"),
    (("5", "木曜日", "毎月第３", "17:00", "20:00", ""), "17", "17:00 20:00"),
    (
        ("1", "月火木金土日", "", "11:00", "14:00", ""),
        "1 3 4 5 6 7 8 10 11 12 13 14 15 17 18 19 20 21 22 24 25 26 27 28 29* 31*",
        "11:00 14:00",
    ),
    (("2", "金土日", "", "18:30", "20:00", ""), "4 5 6 11 12 13 18 19 20 25 26 27", "18:30 20:00"),
    (("3", "土", "", "11:30", "13:00", ""), "5 12 19 26", "11:30 13:00"),
    (("7", "", "", "", "", ""), "", ""),
    (("5", "", "", "12:00", "13:00", ""), "", ""),
    (("", "", "", "13:00", "15:00", ""), "", ""),
    (("5", "土", "第３土曜日", "10:30", "13:30", ""), "19", "10:30 13:30"),
    (("1", "木", "第３木曜日", "16:00", "18:00", ""), "17", "16:00 18:00"),
    (("5", "", "毎月12日", "14:00", "19:30", ""), "12", "14:00 19:30"),
    (("4", "日土", "第２日曜日、第４土曜日", "11:30", "14:00", ""), "13 26", "11:30 14:00"),
    (
        ("1", "月火水木金土", "", "11:00", "16:30", ""),
        "1 2 3 4 5 7 8 9 10 11 12 14 15 16 17 18 19 21 22 23 24 25 26 28 29* 30* 31*",
        "11:00 16:30",
    ),
    (("3", "水", "毎週水曜日", "18:00", "19:30", ""), "2 9 16 23 30*", "18:00 19:30"),
    (("5", "", "", "", "", ""), "", ""),
]


def days(schedule: Schedule) -> str:
    found = occurrences(schedule, START, END)
    return " ".join(f"{one.date.day}{'*' if one.confirm else ''}" for one in found)


def hours(schedule: Schedule) -> str:
    found = {
        f"{one.opens_at or '-'} {one.closes_at or '-'}" for one in occurrences(schedule, START, END)
    }
    return " / ".join(sorted(found))


@pytest.mark.parametrize(("phrase", "expected", "times"), PHRASES)
def test_a_published_phrase_names_the_days_that_a_reader_takes_from_it(
    phrase: str, expected: str, times: str
) -> None:
    schedule = read_phrase(phrase)
    assert (days(schedule), hours(schedule)) == (expected, times)
    assert expected or schedule.certainty is Certainty.UNKNOWN


@pytest.mark.parametrize(("row", "expected", "times"), ROWS)
def test_a_published_row_names_the_days_that_a_reader_takes_from_it(
    row: tuple[str, ...], expected: str, times: str
) -> None:
    names = ("frequency", "weekday", "date", "opens_at", "closes_at", "note")
    schedule = read_columns(**dict(zip(names, row, strict=True)))
    assert (days(schedule), hours(schedule)) == (expected, times)
    assert schedule.notes or schedule.certainty is Certainty.EXACT
