"""What a careful reader takes from phrases and rows that were published, for December 2026.

published.csv holds texts of the lists of children's cafeterias of 西東京市, 大田区, 渋谷区, 板橋区,
目黒区, 国立市, 府中市 and 小金井市, of the public facilities of 野々市市 and of the facilities and
events of 高松市 (CC BY 4.0, each municipality). The days were read off a calendar by hand:
1 December 2026 is a Tuesday. A star says that the date is to be confirmed.
"""

import csv
import datetime as dt
from pathlib import Path

import pytest

from ibasho.data.schedule import Certainty, Schedule, occurrences, read_columns, read_phrase

START, END = dt.date(2026, 12, 1), dt.date(2026, 12, 31)
FILE = Path(__file__).with_name("published.csv")
with FILE.open(encoding="utf-8", newline="") as file:
    PUBLISHED = list(csv.DictReader(file))

# a reader takes more from these: other times in a bracketed condition, at sunset, in a note
MORE_TO_READ = {
    "月火水木金土日 9:00～22:00 日曜、祝日は9:00から18:00まで。"
    "月曜日（祝日にあたる場合はその翌日）は13:00から22:00まで。12月28日から１月４日は利用不可。",
    "月火水木金土日 ～21:00 開始時間は日の出。日曜日・祝日は日の出から日没まで。"
    "12月28日から１月４日は利用不可。",
    "予約状況により、19時、20時または21時に閉館。祝日、12月28日から１月４日は利用不可。",
    "日曜、祝日は9:00から17:00まで。12月28日から１月4日は利用不可。",
    "日曜、祝日は10:00から17:00まで。12月27日から１月５日は利用不可。",
}


def reading(row: dict[str, str]) -> Schedule:
    columns = ("frequency", "weekday", "date", "opens_at", "closes_at", "note")
    if row["phrase"]:
        return read_phrase(row["phrase"])
    return read_columns(**{name: row[name] for name in columns})


def days(schedule: Schedule) -> str:
    found = occurrences(schedule, START, END)
    return " ".join(f"{one.date.day}{'*' if one.confirm else ''}" for one in found)


def hours(schedule: Schedule) -> str:
    found = {
        f"{one.opens_at or '-'} {one.closes_at or '-'}" for one in occurrences(schedule, START, END)
    }
    return " / ".join(sorted(found))


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: "|".join(filter(None, row.values())))
def test_a_published_text_names_the_days_that_a_reader_takes_from_it(row: dict[str, str]) -> None:
    schedule = reading(row)
    named = (days(schedule), hours(schedule))
    if {row["phrase"], row["note"]} & MORE_TO_READ:
        assert schedule.certainty is not Certainty.EXACT
        asserted = {one for one in named[0].split() if not one.endswith("*")}
        assert asserted <= {*row["days"].split()}
        assert named[1] in ("", "- -")
    else:
        assert named == (row["days"], row["times"])
    assert schedule.notes or schedule.certainty is Certainty.EXACT


def test_of_a_hundred_texts_and_more_nearly_all_are_understood() -> None:
    assert len(PUBLISHED) >= 100
    understood = [row for row in PUBLISHED if hours(reading(row)) == row["times"]]
    assert len(understood) >= 0.95 * len(PUBLISHED)
