"""From a `Reading` to a `Schedule`: which of the days that were named are certain."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ibasho.data.schedule.changes import changed_later, close_all, in_order
from ibasho.data.schedule.dates import rule_dates
from ibasho.data.schedule.grammar import read
from ibasho.data.schedule.model import Certainty, Note, Repetition, Rule, Schedule, ordered
from ibasho.data.schedule.reading import (
    ALL_MONTHS,
    WEEKS_A_MONTH,
    Frequency,
    Group,
    Reading,
    Selector,
    months_without,
)
from ibasho.data.schedule.text import MAX_LENGTH

# words that may take a date back; where one is left over, no date is certain
_TAKES_BACK = re.compile(
    r"休|除|外|中止|閉|廃|延期|変更|終了|ない|なく|ません|未定|調整|代わ|代替|振替|[→⇒➡]"
    r"|異な|変わ|違|なる(?!べく)|変則|限|学期|平成|昭和|令和|^20[12]\d$"
    r"|前日|前の|前週|翌|次の|直前|直後|旧|以前|過去|でした|ました|[今来昨去先][週月年]|本日|明日"
)
# 次回12日 beside 月1回 is not the 12th of every month
_ONE_TIME = re.compile(r"次回|今回|初回")
# beside one of these no rule stands without a doubt
DOUBTS = frozenset(
    (
        Note.HEDGED,
        Note.NOT_UNDERSTOOD,
        Note.AMBIGUOUS,
        Note.DAY_NOT_NAMED,
        Note.WEEKDAY_ONLY,
        Note.MONTH_UNKNOWN,
        Note.YEAR_UNKNOWN,
    )
)
# 月1回 holds for one opening a month; 隔週 for the two of 第2・4
_TOLERANCE = 1.2


def read_phrase(phrase: str) -> Schedule:
    """The opening days that a phrase names: 毎月第2・4土曜日 11:30～14:00 (8月を除く).

    Never raises. A text of more than `MAX_LENGTH` characters, also once ㈱ is written as (株), is
    not read (`Note.TOO_LONG`); where the phrase itself is longer, its beginning is kept as the
    phrase.

    >>> read_phrase("月1回 土曜日").notes
    (<Note.DAY_NOT_NAMED: 'day_not_named'>,)
    >>> read_phrase("2026年12月5日から隔週土曜 11時～").rules[0].rrule()
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=SA'
    """
    if len(phrase) > MAX_LENGTH:
        return Schedule(phrase[:MAX_LENGTH], Certainty.UNKNOWN, notes=(Note.TOO_LONG,))
    return schedule_of(read(phrase), phrase, Note.PARTS_CONTRADICT)


def schedule_of(reading: Reading, phrase: str, contradiction: Note) -> Schedule:
    """The schedule that a reading makes certain; `contradiction` names a clash of its parts."""
    if reading.suspended:
        return Schedule(phrase, Certainty.UNKNOWN, suspended=True, notes=(Note.SUSPENDED,))
    notes = set(reading.notes)
    selectors = reading.selectors
    rules = list(dict.fromkeys(_named_rules(reading, selectors, notes))) if selectors else []
    if any(one.nths_alone for one in selectors) and any(one.weekdays for one in selectors):
        # 水曜：第1・3 金曜：第2・4
        notes.add(Note.AMBIGUOUS)
        rules = []
    if _dates_differ(rules):
        notes.add(Note.AMBIGUOUS)
    if reading.irregular and not (rules and all(rule.kind is Repetition.ONCE for rule in rules)):
        notes.add(Note.IRREGULAR)
        rules = []
    notes |= _too_rare(rules, reading.frequencies, contradiction)
    if rules:
        rules = changed_later(rules, reading, notes)
    if clash := _too_frequent(rules, reading.frequencies, contradiction):
        notes.add(clash)
        rules = []
    if reading.leftover:
        notes.add(Note.NOT_UNDERSTOOD)
    if reading.void or any(_TAKES_BACK.search(text) for text in reading.leftover):
        rules = []
    if not rules and (not notes or (reading.frequencies and not selectors)):
        notes.add(_reason(reading))
    if notes & DOUBTS:
        rules = [replace(rule, hedged=True) for rule in rules]
    always = tuple(dict.fromkeys(rule for rule in rules if not rule.only_school))
    closed_on = sorted({date for closure in reading.closures for date in closure.dates})
    known = Certainty.PARTIAL if notes else Certainty.EXACT
    return Schedule(
        phrase,
        known if always else Certainty.UNKNOWN,
        always,
        closed_on=tuple(closed_on) if rules else (),
        notes=ordered(notes),
        school_rules=tuple(dict.fromkeys(rule for rule in rules if rule.only_school)),
    )


def _dates_differ(rules: list[Rule]) -> bool:
    """第2土曜（2026年12月12日、2027年1月16日）: a date that the rule beside it does not name."""
    dates = [rule.valid_from for rule in rules if rule.kind is Repetition.ONCE]
    named = [rule for rule in rules if rule.kind is not Repetition.ONCE] if dates else []
    return bool(named) and not all(
        date and any(list(rule_dates(rule, date, date)) for rule in named) for date in dates
    )


def _reason(reading: Reading) -> Note:
    named = reading.frequencies or reading.times or reading.closures or reading.groups
    return Note.DAY_NOT_NAMED if named else Note.NOT_GIVEN


# days


def _named_rules(reading: Reading, selectors: list[Selector], notes: set[Note]) -> list[Rule]:
    frequencies = reading.frequencies
    one_time = any(_ONE_TIME.search(text) for text in reading.leftover)
    weekly = _weekly_by_frequency(frequencies, selectors) if frequencies else _by_company(selectors)
    monthly = not one_time and any(frequency.low >= 1 for frequency in frequencies)
    by_weekday = any(one.weekdays for one in selectors)
    rules: list[Rule] = []
    for index, group in enumerate(reading.groups):
        months, is_said = _months_left_by_others(reading.groups, index)
        if not is_said:
            notes.add(Note.AMBIGUOUS)
        for selector in group.selectors:
            certain = selector
            if (weekly and selector.bare_weekdays) or (monthly and selector.month_days):
                certain = replace(selector, every=True)
            if group.counted_from and len(selectors) == 1:
                certain = _every_few_weeks(certain, group, frequencies)
            note = _why_uncertain(certain, frequencies)
            if group.instead and certain.month_days and (by_weekday or len(group.months) == 1):
                # 12月は9日のみ is the calendar of one year
                note = Note.YEAR_UNKNOWN
            if note is None:
                named = list(_rules_of(certain, group, months, notes))
                rules += close_all(named, certain.closures, notes)
            else:
                notes.add(note)
    return rules


def _weekly_by_frequency(frequencies: list[Frequency], selectors: list[Selector]) -> bool:
    """Whether 週2回 and the like say that the bare weekdays recur every week."""
    count = len({day for one in selectors if one.bare_weekdays for day in one.weekdays})
    return any(
        frequency.weekly is not None and frequency.weekly[0] <= count <= frequency.weekly[1]
        for frequency in frequencies
    )


def _every_few_weeks(selector: Selector, group: Group, frequencies: list[Frequency]) -> Selector:
    """2026年12月5日から隔週土曜, where that day is a Saturday and no other day is named."""
    weeks = [one.every_weeks for one in frequencies]
    first = group.counted_from
    alone = selector.bare_weekdays and not selector.holidays
    if len(weeks) != 1 or not weeks[0] or first is None or first != group.valid_from or not alone:
        return selector
    if selector.weekdays != (first.weekday(),):
        return selector
    return replace(selector, every=True, interval=weeks[0])


def _by_company(selectors: list[Selector]) -> bool:
    """月～金 15時～、土曜 10時～ are hours of opening, and Saturday is every Saturday."""
    return any(one.every and 3 <= len(one.weekdays) < 7 for one in selectors)


def _months_left_by_others(groups: list[Group], index: int) -> tuple[tuple[int, ...], bool]:
    """毎月第2土曜、8月は第4土曜: the first rule is not certain in August; whether は says so."""
    group = groups[index]
    if group.months or not group.selectors:
        return group.months, True
    others = [other for other in groups if other.selectors and other.months]
    taken = tuple(month for other in others for month in other.months)
    left = months_without((), taken) if taken else ()
    # where no month is left, nobody can say what the rule is for
    return left, all(other.instead for other in others) and bool(left or not taken)


def _why_uncertain(selector: Selector, frequencies: list[Frequency]) -> Note | None:
    if selector.nths_alone:
        return Note.DAY_NOT_NAMED
    if selector.bare_weekdays:
        return Note.DAY_NOT_NAMED if frequencies else Note.WEEKDAY_ONLY
    if selector.month_days and not selector.every:
        return Note.MONTH_UNKNOWN
    return None


def _rules_of(
    selector: Selector, group: Group, months: tuple[int, ...], notes: set[Note]
) -> Iterator[Rule]:
    kind = _kind(selector)
    for opens_at, closes_at in group.times or [(None, None)]:
        opens_at = opens_at or (group.opens_as_before if closes_at else None)
        opens_at, closes_at = in_order((opens_at, closes_at), notes)
        yield Rule(
            kind=kind,
            weekdays=selector.weekdays,
            nths=selector.nths,
            month_days=selector.month_days,
            months=() if kind is Repetition.ONCE else months,
            except_holidays=selector.except_holidays,
            on_holidays=selector.holidays,
            opens_at=opens_at,
            closes_at=closes_at,
            valid_from=selector.date or group.valid_from,
            valid_to=selector.date or group.valid_to,
            interval=selector.interval,
        )


def _kind(selector: Selector) -> Repetition:
    if selector.date is not None:
        return Repetition.ONCE
    if selector.month_days:
        return Repetition.MONTHLY_BY_DAY
    return Repetition.MONTHLY_BY_WEEKDAY if selector.nths else Repetition.WEEKLY


# how often


def _too_rare(rules: list[Rule], frequencies: list[Frequency], contradiction: Note) -> set[Note]:
    """Rules that are rarer than the text says are certain, but not all."""
    notes: set[Note] = set()
    if not frequencies:
        return notes
    a_month = _openings_a_month(rules)
    for frequency in frequencies:
        if 0 < a_month < frequency.low / _TOLERANCE:
            notes.add(contradiction)
        if frequency.approximate:
            notes.add(Note.HEDGED)
    return notes


def _too_frequent(
    rules: list[Rule], frequencies: list[Frequency], contradiction: Note
) -> Note | None:
    """Why rules that are more frequent than the text says are not certain, or None.

    年10回 第2土曜 does not say which two are left out, so less than monthly is taken exactly.
    """
    if not frequencies:
        return None
    a_month = _openings_a_month(rules)
    for frequency in frequencies:
        if a_month > frequency.high * (_TOLERANCE if frequency.high >= 1 else 1.01):
            return Note.DAY_NOT_NAMED if frequency.high < 1 else contradiction
    return None


def _openings_a_month(rules: list[Rule]) -> float:
    """The days that repeating rules name in an average month; two sessions are one day."""
    days = {
        replace(rule, opens_at=None, closes_at=None)
        for rule in rules
        if rule.kind is not Repetition.ONCE
    }
    return sum(_days_a_month(rule) for rule in days)


def _days_a_month(rule: Rule) -> float:
    share = len(rule.months or ALL_MONTHS) / 12
    if rule.kind is Repetition.WEEKLY:
        return len(rule.weekdays) * WEEKS_A_MONTH * share / rule.interval
    return (len(rule.month_days) or len(rule.weekdays) * len(rule.nths)) * share
