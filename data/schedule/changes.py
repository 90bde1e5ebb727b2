"""What the other parts of a text change of its rules: months, times, closures, school holidays."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from ibasho.data.schedule.model import Note, Repetition, Rule
from ibasho.data.schedule.reading import (
    ALL_MONTHS,
    WORKING_DAYS,
    Closure,
    Group,
    Reading,
    Times,
    months_without,
)


def changed_later(rules: list[Rule], reading: Reading, notes: set[Note]) -> list[Rule]:
    """The rules with what other parts of the text say of them."""
    rules = close_all(_vary(rules, reading, notes), reading.closures, notes)
    rules = [_in_school_year(rule, reading) for rule in rules]
    if not _times_overlap(rules):
        return rules
    notes.add(Note.TIMES_UNSURE)
    return [replace(rule, opens_at=None, closes_at=None) for rule in rules]


def _vary(rules: list[Rule], reading: Reading, notes: set[Note]) -> list[Rule]:
    """11月～2月は17:00～18:30 gives these months other times; 8月のみ leaves only August."""
    for group in reading.groups:
        if group.months and group.times and not group.selectors:
            if rules and not any(_inside(rule, group.months) for rule in rules):
                # 4月～10月 毎週水曜、11月～3月 17時～: on which days, is not said
                notes.add(Note.AMBIGUOUS)
            rules = [part for rule in rules for part in _split(rule, group)]
    if reading.only_months:
        rules = [inside for rule in rules if (inside := _inside(rule, reading.only_months))]
    return rules


def _split(rule: Rule, group: Group) -> Iterator[Rule]:
    if rule.kind is Repetition.ONCE:
        yield rule
        return
    if outside := _outside(rule, group.months):
        yield outside
    if inside := _inside(rule, group.months):
        opens_at, closes_at = in_order(group.times[0], set())
        yield replace(inside, opens_at=opens_at, closes_at=closes_at)


def _inside(rule: Rule, months: Iterable[int]) -> Rule | None:
    return _outside(rule, tuple(month for month in ALL_MONTHS if month not in set(months)))


def _outside(rule: Rule, months: tuple[int, ...]) -> Rule | None:
    left = months_without(rule.months, months)
    return replace(rule, months=() if left == ALL_MONTHS else left) if left else None


def close_all(rules: list[Rule], closures: Iterable[Closure], notes: set[Note]) -> list[Rule]:
    """The rules without the days of the closures; a single date stays."""
    for closure in closures:
        closed = []
        for rule in rules:
            if rule.kind is Repetition.ONCE:
                closed.append(rule)
            else:
                closed += _close(rule, closure, notes)
        rules = closed
    return rules


def _close(rule: Rule, closure: Closure, notes: set[Note]) -> Iterator[Rule]:
    if closure.holidays:
        rule = replace(rule, except_holidays=True, on_holidays=False)
        if not (rule.weekdays or rule.month_days):
            return
    if closure.off_days:
        if (
            rule.on_holidays
            or not {*rule.weekdays} <= {*WORKING_DAYS.weekdays}
            or not rule.weekdays
        ):
            # 毎週土曜（学校休業日を除く）: there is no school on any Saturday
            notes.add(Note.AMBIGUOUS)
            return
        rule = replace(rule, except_holidays=True)
    rule = replace(
        rule,
        closed=rule.closed + closure.periods,
        except_school=rule.except_school + closure.seasons,
    )
    if closure.nths and not closure.weekdays:
        # 毎週土曜（第2を除く）: of the one weekday that there is
        if len(rule.weekdays) != 1:
            notes.add(Note.AMBIGUOUS)
            return
        closure = replace(closure, weekdays=rule.weekdays)
    if not closure.weekdays:
        if outside := _outside(rule, closure.months):
            yield outside
        return
    inside: Rule | None = rule
    if closure.months:
        if outside := _outside(rule, closure.months):
            yield outside
        inside = _inside(rule, closure.months)
    if inside:
        yield from _without_weekdays(inside, closure, notes)


def _without_weekdays(rule: Rule, closure: Closure, notes: set[Note]) -> Iterator[Rule]:
    """水曜休み, 第5土曜を除く."""
    if rule.kind is Repetition.MONTHLY_BY_DAY or (rule.on_holidays and closure.nths):
        notes.add(Note.NOT_UNDERSTOOD)
        return
    others = tuple(day for day in rule.weekdays if day not in closure.weekdays)
    closed_days = tuple(day for day in rule.weekdays if day in closure.weekdays)
    if others or (rule.on_holidays and not closure.nths):
        yield replace(rule, weekdays=others)
    if not closure.nths or not closed_days:
        return
    nths = rule.nths or (1, 2, 3, 4, 5)
    late = {4, 5, -1}
    if (-1 in closure.nths) != (-1 in nths) and late & {*nths} and late & {*closure.nths}:
        # whether the last is the fourth or the fifth differs by month
        notes.add(Note.AMBIGUOUS)
        nths = tuple(nth for nth in nths if nth in (1, 2, 3))
    left = tuple(nth for nth in nths if nth not in closure.nths)
    if left:
        yield replace(rule, kind=Repetition.MONTHLY_BY_WEEKDAY, weekdays=closed_days, nths=left)


def _in_school_year(rule: Rule, reading: Reading) -> Rule:
    """夏休み期間中の and 学期中の limit all days but a date."""
    limited = reading.only_school or reading.except_school
    if rule.kind is Repetition.ONCE or not limited:
        return rule
    return replace(
        rule,
        only_school=tuple(sorted({*reading.only_school})),
        except_school=tuple(sorted({*rule.except_school, *reading.except_school})),
    )


def _times_overlap(rules: list[Rule]) -> bool:
    """Whether one day has two times that are no two sessions: 9時～22時 and 13時～22時."""
    timed = [rule for rule in rules if rule.opens_at or rule.closes_at]
    return any(
        _same_days(one, other)
        and (one.opens_at or "") < (other.closes_at or "24")
        and (other.opens_at or "") < (one.closes_at or "24")
        for one, other in combinations(timed, 2)
        if (one.opens_at, one.closes_at) != (other.opens_at, other.closes_at)
    )


def _same_days(one: Rule, other: Rule) -> bool:
    """Whether two rules of weekdays meet on some days of every year."""
    return (
        bool({*one.weekdays} & {*other.weekdays})
        and bool({*(one.nths or other.nths)} & {*(other.nths or one.nths or ())})
        is bool(one.nths or other.nths)
        and bool({*(one.months or ALL_MONTHS)} & {*(other.months or ALL_MONTHS)})
        and (one.valid_from, one.valid_to) == (other.valid_from, other.valid_to)
    )


def in_order(times: Times, notes: set[Note]) -> Times:
    """The times, or none where the closing time is not after the opening time."""
    opens_at, closes_at = times
    if opens_at and closes_at and closes_at <= opens_at:
        notes.add(Note.TIMES_REVERSED)
        return None, None
    return times
