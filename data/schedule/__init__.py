"""Opening days: from a phrase as people write it to rules, and from rules to dates.

>>> from datetime import date
>>> schedule = read_phrase("毎月第2・4土曜日 11:30～14:00（8月を除く）")
>>> schedule.certainty
<Certainty.EXACT: 'exact'>
>>> [rule.rrule() for rule in schedule.rules]
['FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=2SA,4SA']
>>> next_occurrence(schedule, date(2026, 12, 1))
Occurrence(date=datetime.date(2026, 12, 12), opens_at='11:30', closes_at='14:00', confirm=False)

The one rule above all: a text that names no certain date gives no date. 月1回 土曜日 does not say
which Saturday, 隔週木曜 not in which week it starts, 12月20日 not in which year: they are
`unknown`, have no occurrences, and `Schedule.notes` says why. What is understood in part is
`partial`: the dates that are given are named by the text, but it says more, or doubts itself; where
words were not understood, or name days that are not certain, all of them are to be confirmed.

- `read_phrase` reads a phrase, `read_columns` the columns of the むすびえ format, `merge` makes one
  schedule of several. They take any text, never raise, and take time in proportion to its length.
- `occurrences` answers which dates there are from one date to another, `next_occurrence` which is
  the next, `at` what is open at a moment. They follow the words to the letter: 毎日 names
  1 January, 毎週木曜 names 31 December, 平日 leaves out public holidays (Japan's), 月～金 does not.
  Doubt about such a date is `Occurrence.confirm`.
- Days in or beside school holidays (夏休み期間中の平日, 毎週水曜（夏休みを除く）) are named where
  `Schedule.with_school_holidays` is told when these are.
- `Schedule.to_json` and `Schedule.from_json` store a schedule; `Rule.rrule` gives RFC 5545.

Dates are calendar dates in Japan; times are text such as "09:00", or None where not known. 17時～
19時頃 gives 17:00 and 19:00: 頃 beside a time makes neither the date nor the time unknown.
"""

from ibasho.data.schedule.build import read_phrase
from ibasho.data.schedule.columns import read_columns
from ibasho.data.schedule.dates import (
    closed_dates,
    next_occurrence,
    occurrences,
    public_holidays,
)
from ibasho.data.schedule.merge import merge
from ibasho.data.schedule.model import Certainty, Note, Occurrence, Repetition, Rule, Schedule
from ibasho.data.schedule.now import Moment, at, is_over
from ibasho.data.schedule.school import NONE_KNOWN, SchoolHoliday, SchoolHolidays, Season

__all__ = [
    "NONE_KNOWN",
    "Certainty",
    "Moment",
    "Note",
    "Occurrence",
    "Repetition",
    "Rule",
    "Schedule",
    "SchoolHoliday",
    "SchoolHolidays",
    "Season",
    "at",
    "closed_dates",
    "is_over",
    "merge",
    "next_occurrence",
    "occurrences",
    "public_holidays",
    "read_columns",
    "read_phrase",
]
