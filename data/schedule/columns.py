"""The six columns about opening days of the むすびえ format (こども食堂データフォーマット, 2022).

Cities fill them in many ways: the same fact stands in 開催曜日, in 開催日, in the note or in
several of them, and now and then two columns exclude each other.
"""

import datetime as dt
from dataclasses import replace
from itertools import chain

from ibasho.data.schedule.build import schedule_of
from ibasho.data.schedule.grammar import read
from ibasho.data.schedule.model import EVERY_WEEKDAY, Certainty, Note, Schedule
from ibasho.data.schedule.reading import Frequency, Group, Reading, Selector, Times
from ibasho.data.schedule.text import MAX_LENGTH, normalise

# 開催頻度 is a code: 1 ほぼ毎日 (週5～7回), 2 週3～4回, 3 週1～2回, 4 2週間に1回, 5 月1回,
# 6 数か月に1回, 7 季節限定 (長期休暇中のみなど), 8 不定期; the published rows agree with this.
_FREQUENCIES = {
    "1": Frequency.per_week(5, 7),
    "2": Frequency.per_week(3, 4),
    "3": Frequency.per_week(1, 2),
    "4": Frequency(2, 3),
    "5": Frequency(1, 1),
    "6": Frequency(1 / 12, 1 / 2),
}
_SEASONAL, _IRREGULAR = "7", "8"


def read_columns(
    *,
    frequency: str = "",
    weekday: str = "",
    date: str = "",
    opens_at: str = "",
    closes_at: str = "",
    note: str = "",
) -> Schedule:
    """The opening days of one row.

    From 開催頻度, 開催曜日, 開催日, 開催開始時間, 開催終了時間 and 開催日時特記事項, all as text as
    in the file. Never raises. The days come from 開催日, completed by 開催曜日 and
    開催頻度; the note may add closures, times of some months and doubts, or stand alone. A weekday
    alone is weekly only where the frequency says so: 開催頻度 5 with 土 is some Saturday of the
    month, and no date. Columns that exclude each other give no date (`Note.COLUMNS_CONTRADICT`);
    a rule that is rarer than its frequency code stays, as a part (第3木曜 beside "ほぼ毎日").

    >>> schedule = read_columns(frequency="5", weekday="水曜日", date="毎月第３", opens_at="17:00")
    >>> schedule.rules[0].rrule(), schedule.rules[0].opens_at
    ('FREQ=MONTHLY;BYDAY=3WE', '17:00')
    """
    columns = [frequency, weekday, date, opens_at, closes_at, note]
    given = [text.strip() for text in columns if text.strip()]
    phrase = " ".join(given)
    if len(phrase) > MAX_LENGTH:
        return Schedule(phrase[:MAX_LENGTH], Certainty.UNKNOWN, notes=(Note.TOO_LONG,))
    reading = read(date)
    others = [read(text) for text in (weekday, note, frequency, opens_at, closes_at)]
    limits = [_limits(one) for one in (reading, *others)]
    _complete(reading, others[0])
    _add_note(reading, others[1])
    _add_frequency(reading, frequency, others[2])
    _add_times(reading, *others[3:])
    for valid_from, valid_to in chain(*limits):
        for group in reading.groups:
            group.limit(valid_from, valid_to)
    return schedule_of(reading, phrase, Note.COLUMNS_CONTRADICT)


def _limits(reading: Reading) -> set[tuple[dt.date | None, dt.date | None]]:
    """From when to when a column says that the days hold: 2027年3月31日まで holds for them all."""
    return {(group.valid_from, group.valid_to) for group in reading.groups}


def _complete(reading: Reading, weekday: Reading) -> None:
    """Days of 開催日 with those of 開催曜日."""
    _take_over(reading, weekday)
    named = {day for selector in weekday.selectors for day in selector.weekdays}
    if not reading.selectors:
        reading.groups = weekday.groups + reading.groups if named else reading.groups
        _share_times(reading)
    elif any(one.nths_alone for one in reading.selectors):
        _add_weekday(reading, named)
    elif named:
        _compare_days(reading, weekday, named)


def _compare_days(reading: Reading, weekday: Reading, named: set[int]) -> None:
    dated = {one for one in reading.selectors if not one.bare_weekdays}
    repeated = {one for one in weekday.selectors if not one.bare_weekdays}
    used = {day for one in reading.selectors for day in _weekdays_of(one)}
    by_day = any(one.month_days for one in dated) and named != {*EVERY_WEEKDAY}
    if by_day or not used <= named or (_specific(dated) and _differ(dated, repeated)):
        reading.doubt(Note.COLUMNS_CONTRADICT)
    elif used < named:
        reading.notes.add(Note.COLUMNS_CONTRADICT)
    if repeated and not dated:
        for group in reading.groups:
            group.selectors = []
        reading.groups = weekday.groups + reading.groups
        _share_times(reading)


def _specific(selectors: set[Selector]) -> bool:
    return any(one.nths or one.every for one in selectors)


def _differ(ours: set[Selector], theirs: set[Selector]) -> bool:
    """Whether both name repetitions and these are not the same; 月～金 is what 月火水木金 means."""
    return _specific(theirs) and {(one.weekdays, one.nths) for one in ours} != {
        (one.weekdays, one.nths) for one in theirs
    }


def _weekdays_of(selector: Selector) -> tuple[int, ...]:
    return (selector.date.weekday(),) if selector.date else selector.weekdays


def _add_weekday(reading: Reading, named: set[int]) -> None:
    """毎月第3 in 開催日 and 水曜日 in 開催曜日 are 第3水曜日."""
    for group in reading.groups:
        group.selectors = [
            replace(one, weekdays=tuple(named)) if one.nths_alone and len(named) == 1 else one
            for one in group.selectors
        ]
    if len(named) > 1:
        reading.notes.add(Note.AMBIGUOUS)


def _share_times(reading: Reading) -> None:
    """Times beside days of another column belong to these days."""
    times = [
        group for group in reading.groups if not (group.selectors or group.months or group.apart)
    ]
    days = [group for group in reading.groups if group.selectors and not group.times]
    for group in days:
        group.times = [one for other in times for one in other.times]


def _take_over(reading: Reading, other: Reading) -> None:
    """All that another column says, except for its days and times."""
    reading.closures += other.closures
    reading.frequencies += other.frequencies
    reading.only_months = reading.only_months or other.only_months
    reading.only_school += other.only_school
    reading.except_school += other.except_school
    reading.notes |= other.notes
    reading.leftover += other.leftover
    reading.void |= other.void
    reading.irregular |= other.irregular
    reading.suspended |= other.suspended


def _add_note(reading: Reading, note: Reading) -> None:
    days = reading.selectors
    _take_over(reading, note)
    if note.selectors and all(one.bare_weekdays for one in days):
        _complete_from(reading, note)
        return
    scoped = [group for group in note.groups if group.months]
    others = [group for group in note.groups if not (group.months or group.apart)]
    if any(one not in days for group in others for one in group.selectors):
        reading.doubt(Note.COLUMNS_CONTRADICT)
    reading.groups += scoped
    timed = [group for group in others if group.times]
    if timed and reading.times:
        reading.notes.add(Note.NOT_UNDERSTOOD)
    elif timed:
        reading.groups += [Group(times=group.times) for group in timed]
        _share_times(reading)


def _complete_from(reading: Reading, other: Reading) -> None:
    """Another column alone names the days, or completes the weekday of 開催曜日."""
    named = {day for one in reading.selectors for day in one.weekdays}
    used = {day for one in other.selectors for day in _weekdays_of(one)}
    if any(one.nths_alone for one in other.selectors) and named:
        _add_weekday(other, named)
    elif named and not used <= named:
        reading.doubt(Note.COLUMNS_CONTRADICT)
    elif used < named:
        reading.notes.add(Note.COLUMNS_CONTRADICT)
    for group in reading.groups:
        group.selectors = []
    reading.groups = other.groups + reading.groups
    _share_times(reading)


def _add_frequency(reading: Reading, frequency: str, said: Reading) -> None:
    code = normalise(frequency).strip().removesuffix(".0")
    if code in _FREQUENCIES:
        reading.frequencies.append(_FREQUENCIES[code])
    elif code == _SEASONAL:
        reading.doubt(Note.SCHOOL_HOLIDAYS)
    elif code == _IRREGULAR:
        reading.irregular = True
    elif code:
        _take_over(reading, said)
        if all(one in reading.selectors for one in said.selectors):
            return
        if all(one.bare_weekdays for one in reading.selectors):
            _complete_from(reading, said)
        else:
            reading.doubt(Note.COLUMNS_CONTRADICT)


def _add_times(reading: Reading, opens: Reading, closes: Reading) -> None:
    """開催開始時間 and 開催終了時間, which may also hold both times, or the days."""
    for column in (opens, closes):
        if column.selectors or column.suspended:
            _take_over(reading, column)
        elif column.notes == {Note.TIMES_UNSURE} and not column.leftover:
            reading.notes.add(Note.TIMES_UNSURE)
        elif column.leftover or column.notes or column.irregular or column.void:
            reading.notes.add(Note.NOT_UNDERSTOOD)
        if column.selectors and not reading.selectors:
            reading.groups = column.groups + reading.groups
        elif any(one not in reading.selectors for one in column.selectors):
            reading.doubt(Note.COLUMNS_CONTRADICT)
    if Note.TIMES_UNSURE in opens.notes | closes.notes:
        for group in reading.groups:
            group.times = []
        return
    stated = _stated(opens, closes)
    if stated == (None, None):
        return
    groups = [group for group in reading.groups if group.selectors]
    if not groups:
        reading.groups.append(Group(times=[stated]))
    elif not any(group.times for group in groups):
        for group in groups:
            group.times = [stated]
    else:
        _compare_times(reading, groups, stated)


def _stated(opens: Reading, closes: Reading) -> Times:
    first = opens.times[0] if opens.times else (None, None)
    last = closes.times[0] if closes.times else (None, None)
    return first[0], last[1] or last[0] or first[1]


def _compare_times(reading: Reading, groups: list[Group], stated: Times) -> None:
    """The times beside the days win where they say more; where they say otherwise, none holds."""
    if len({tuple(group.times) for group in groups}) > 1 or len(groups[0].times) > 1:
        return
    times = groups[0].times[0]
    differs = any(
        ours and theirs and ours != theirs for ours, theirs in zip(times, stated, strict=True)
    )
    if differs:
        reading.notes.add(Note.TIMES_CONTRADICT)
    opens_at, closes_at = times[0] or stated[0], times[1] or stated[1]
    for group in groups:
        group.times = [(None, None) if differs else (opens_at, closes_at)]
