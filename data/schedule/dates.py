"""Which dates a schedule names: the one place where rules become calendar dates."""

import calendar
import dataclasses
import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

import holidays

from ibasho.data.schedule.model import Certainty, DayRange, Occurrence, Repetition, Rule, Schedule
from ibasho.data.schedule.school import WIDEST

NEW_YEAR: DayRange = ("12-29", "01-03")
OBON: DayRange = ("08-13", "08-16")

_WEEK = dt.timedelta(days=7)
# days that are looked at together when the next opening is sought: most open within a month
_STRIDE = 32


@lru_cache(maxsize=256)
def public_holidays(year: int) -> frozenset[dt.date]:
    """Japan's public holidays of a year, with substitute holidays (振替休日).

    Years for which no law is known (before 1949, after 2099) have none.
    """
    if not 1949 <= year <= 2099:
        return frozenset()
    return frozenset(holidays.country_holidays("JP", years=year))


def occurrences(schedule: Schedule, start: dt.date, end: dt.date) -> list[Occurrence]:
    """The openings from `start` to `end`, both included, ascending and without repetition.

    The rules are followed to the letter: 毎日 names 1 January, 平日 leaves out public holidays,
    月～金 does not. Doubt about New Year, Obon and public holidays is `Occurrence.confirm`.
    A day with two sessions has two occurrences. A schedule that is unknown or suspended has none
    but those that were announced for single dates.

    >>> from ibasho.data.schedule import read_phrase
    >>> december = dt.date(2026, 12, 21), dt.date(2026, 12, 31)
    >>> [(one.date.day, one.confirm) for one in occurrences(read_phrase("毎週水曜"), *december)]
    [(23, False), (30, True)]
    """
    special = [one for one in schedule.special if start <= one.date <= end]
    if schedule.suspended or schedule.certainty is Certainty.UNKNOWN:
        return sorted(special, key=_order)
    closed = {*schedule.closed_on, *(one.date for one in special)}
    found: dict[tuple[dt.date, str | None, str | None], bool] = {
        (date, None, None): False for date in schedule.open_on if start <= date <= end
    }
    for rule in schedule.rules:
        for date in rule_dates(rule, start, end):
            key = (date, rule.opens_at, rule.closes_at)
            # one certain source is enough: a date stays doubtful only if all its sources are
            found[key] = found.get(key, True) and _needs_confirming(rule, date)
    sure = {(one.date, one.opens_at, one.closes_at) for one in schedule.confirmed}
    timed = {date for date, opens_at, closes_at in found if opens_at or closes_at}
    regular = [
        Occurrence(date, opens_at, closes_at, confirm and (date, opens_at, closes_at) not in sure)
        for (date, opens_at, closes_at), confirm in found.items()
        if date not in closed and (opens_at or closes_at or date not in timed)
    ]
    return sorted(regular + special, key=_order)


def _order(one: Occurrence) -> tuple[dt.date, str, str]:
    return one.date, one.opens_at or "", one.closes_at or ""


def next_occurrence(
    schedule: Schedule, today: dt.date, horizon_days: int = 366
) -> Occurrence | None:
    """The first opening from `today` on (today included) within `horizon_days` days, or None."""
    first = today.toordinal()
    horizon = min(first + horizon_days, dt.date.max.toordinal())
    for day in range(first, horizon + 1, _STRIDE):
        start = dt.date.fromordinal(day)
        end = dt.date.fromordinal(min(day + _STRIDE - 1, horizon))
        if found := occurrences(schedule, start, end):
            return found[0]
    return None


def closed_dates(schedule: Schedule, start: dt.date, end: dt.date) -> list[dt.date]:
    """The dates from `start` to `end`, both included, on which a place is closed out of turn:
    its rules name them, and a single closed date takes them out.

    >>> from ibasho.data.schedule import read_phrase
    >>> friday = dt.date(2026, 12, 11)
    >>> weekly = read_phrase("毎週金曜 17:00～19:00").with_exceptions(closed_on=[friday])
    >>> closed_dates(weekly, dt.date(2026, 12, 1), dt.date(2026, 12, 31)) == [friday]
    True
    """
    always = occurrences(dataclasses.replace(schedule, closed_on=(), special=()), start, end)
    closed = set(schedule.closed_on).difference(one.date for one in schedule.special)
    return sorted({one.date for one in always}.intersection(closed))


def rule_dates(rule: Rule, start: dt.date, end: dt.date) -> Iterator[dt.date]:
    """The dates of one rule from `start` to `end`, both included; the order is not defined."""
    first = max(start, rule.valid_from or start)
    last = min(end, rule.valid_to or end)
    if rule.only_school:
        return
    closed = (*rule.closed, *(WIDEST[season] for season in rule.except_school))
    for date in _candidates(rule, first, last):
        if not first <= date <= last or (rule.months and date.month not in rule.months):
            continue
        if any(in_period(date, period) for period in closed):
            continue
        if not (rule.except_holidays and date in public_holidays(date.year)):
            yield date


def in_period(date: dt.date, period: DayRange) -> bool:
    """Whether a date lies in a yearly period, which may run over New Year."""
    first, last = period
    day = f"{date:%m-%d}"
    return first <= day <= last if first <= last else day >= first or day <= last


def _candidates(rule: Rule, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    if first > last:
        return
    if rule.kind is Repetition.ONCE:
        if rule.valid_from is not None:
            yield rule.valid_from
        return
    if rule.kind is Repetition.WEEKLY:
        yield from _weekly(rule, first, last)
        return
    in_month = _by_day if rule.kind is Repetition.MONTHLY_BY_DAY else _by_weekday
    for index in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield from in_month(rule, index // 12, index % 12 + 1)


def _weekly(rule: Rule, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for weekday in rule.weekdays:
        ahead = (weekday - first.weekday()) % 7
        # counted rather than added up, so that the end of the calendar is no overflow
        for week in range(((last - first).days - ahead) // 7 + 1):
            date = first + dt.timedelta(days=ahead) + week * _WEEK
            if rule.interval == 1 or _in_interval(rule, date):
                yield date
    if rule.on_holidays:
        for year in range(first.year, last.year + 1):
            for date in public_holidays(year):
                if date.weekday() not in rule.weekdays:
                    yield date


def _in_interval(rule: Rule, date: dt.date) -> bool:
    """Whether the week of a date is one of 隔週, counted from the week of the first date."""
    start = rule.valid_from or date
    monday = start - dt.timedelta(days=start.weekday())
    return (date - monday).days // 7 % rule.interval == 0


def _by_day(rule: Rule, year: int, month: int) -> Iterator[dt.date]:
    length = calendar.monthrange(year, month)[1]
    days = {length if day == -1 else day for day in rule.month_days}
    return (dt.date(year, month, day) for day in days if 1 <= day <= length)


def _by_weekday(rule: Rule, year: int, month: int) -> Iterator[dt.date]:
    first_weekday, length = calendar.monthrange(year, month)
    days = set()
    for weekday in rule.weekdays:
        same = range(1 + (weekday - first_weekday) % 7, length + 1, 7)
        days |= {same[nth if nth < 0 else nth - 1] for nth in rule.nths if nth <= len(same)}
    return (dt.date(year, month, day) for day in days)


def _needs_confirming(rule: Rule, date: dt.date) -> bool:
    if rule.hedged:
        return True
    if rule.kind is Repetition.ONCE:
        return False
    if rule.interval > 1 and rule.valid_from and date.year > rule.valid_from.year:
        # the break at New Year may have moved 隔週 by a week
        return True
    if in_period(date, NEW_YEAR) or in_period(date, OBON):
        return True
    return not rule.on_holidays and date in public_holidays(date.year)
