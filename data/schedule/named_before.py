"""Days that a text names and then speaks of again: 毎週火曜と金曜（金曜は第1・3のみ）."""

from collections.abc import Iterable
from dataclasses import replace

from ibasho.data.schedule.reading import Group, Selector

_EVERY_NTH = (1, 2, 3, 4, 5)
# which of these the last one of a month is, differs by month
_LATE = frozenset((4, 5, -1))


def names_again(selectors: Iterable[Selector], again: Selector) -> bool:
    """Whether one of the selectors names a day that `again` names."""
    return any(_meet(selector, again) for selector in selectors)


def _meet(selector: Selector, again: Selector) -> bool:
    if not {*selector.weekdays} & {*again.weekdays}:
        return False
    if not selector.nths or not again.nths:
        return True
    return bool({*selector.nths} & {*again.nths}) or _differ_by_month(selector.nths, again.nths)


def _differ_by_month(nths: tuple[int, ...], others: tuple[int, ...]) -> bool:
    return (-1 in nths) != (-1 in others) and bool(_LATE & {*nths} and _LATE & {*others})


def take_out(groups: list[Group], again: Selector) -> list[Selector] | None:
    """Take the days of `again` out of the groups, and return them as they were named there.

    None where that differs by month (毎週土曜、最終土曜は…).
    """
    taken: list[Selector] = []
    for group in groups:
        kept: list[Selector] = []
        for selector in group.selectors:
            if again.holidays and selector.weekdays:
                selector = replace(selector, holidays=False, except_holidays=True)
            if not _meet(selector, again):
                kept.append(selector)
                continue
            nths = selector.nths or _EVERY_NTH
            if again.nths and _differ_by_month(nths, again.nths):
                return None
            left, gone = _split(selector, again, nths)
            kept += left
            taken.append(gone)
        group.selectors = kept
    return taken


def _split(
    selector: Selector, again: Selector, nths: tuple[int, ...]
) -> tuple[list[Selector], Selector]:
    inside = tuple(day for day in selector.weekdays if day in again.weekdays)
    outside = tuple(day for day in selector.weekdays if day not in again.weekdays)
    left = []
    if outside or selector.holidays:
        left.append(replace(selector, weekdays=outside))
    gone = replace(
        selector,
        weekdays=inside,
        holidays=again.holidays,
        except_holidays=selector.except_holidays or again.except_holidays,
    )
    if again.nths:
        others = tuple(nth for nth in nths if nth not in again.nths)
        if others:
            left.append(replace(gone, nths=others, every=False))
        same = tuple(nth for nth in nths if nth in again.nths)
        gone = replace(gone, nths=same, every=False)
    return left, gone


def overlap(groups: list[Group]) -> str:
    """How days that are named twice, as weekly and as some of the month, contradict each other.

    "days" where the second mention must limit the first, "times" where both have times and so may
    be two sessions, "" where there is no such pair.
    """
    plain = [group for group in groups if not group.months]
    weekly = {
        (day, bool(group.times))
        for group in plain
        for one in group.selectors
        if one.every
        for day in one.weekdays
    }
    found = ""
    for group in plain:
        for one in group.selectors:
            if one.every:
                continue
            for day in one.weekdays:
                if (day, False) in weekly or ((day, True) in weekly and not group.times):
                    return "days"
                if (day, True) in weekly:
                    found = "times"
    return found
