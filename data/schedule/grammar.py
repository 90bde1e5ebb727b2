"""The grammar: from tokens to a `Reading`.

A text is a row of groups, each with months it is limited to, days and times, between which stand
closures (… を除く), frequencies (月1回), hedges and words without meaning for the days. Nothing is
guessed: what has no place in the grammar ends in `Reading.leftover` or makes the reading void.
"""

import datetime as dt
from dataclasses import replace

from ibasho.data.schedule import values
from ibasho.data.schedule.model import Note
from ibasho.data.schedule.reading import (
    ALL_MONTHS,
    EVERY_DAY,
    WORKING_DAYS,
    Closure,
    Frequency,
    Group,
    Reading,
    Selector,
    Times,
)
from ibasho.data.schedule.remarks import CLAUSE_ENDS, Remarks
from ibasho.data.schedule.text import MAX_LENGTH, Token, normalise, tokens

_DAYS = ("NTH", "EVERY_WEEK", "EVERY_DAY", "WORKING_DAYS", "WEEKDAY", "DAY", "DAYS_ENDING")
_FOLLOWS_MONTHS = frozenset((*_DAYS, "HOLIDAY", "NUMBER", "TIME", "WEEK_OF_MONTH", "EVERY_MONTH"))
_ENDS_RANGE = frozenset((*_DAYS, "HOLIDAY", "NUMBER", "DATE", "MONTH_AND_DAY"))
_WITHOUT_MEANING = frozenset(
    ("WORD", "COMMA", "JOIN", "STOP", "OPEN", "SHUT", "NO_REST", "ONLY", "WITHOUT_BOOKING")
)


def read(text: str) -> Reading:
    """What a text says about opening days. Never raises; long texts are the caller's to refuse."""
    normalised = normalise(text)
    if len(normalised) > 2 * MAX_LENGTH:
        # some characters stand for whole sentences
        reading = Reading()
        reading.doubt(Note.TOO_LONG)
        return reading
    return _Reader(tokens(normalised)).read()


class _Reader(Remarks):
    """Reads from left to right; every method either consumes tokens and says True, or neither."""

    def __init__(self, found: list[Token]) -> None:
        super().__init__(found)
        # the kind of token before the one that is being handled
        self.preceding = "END"
        self.every_month = False
        # a period of validity that came after its days: whose it is, is unsure once more days come
        self.late_scope = False

    def read(self) -> Reading:
        """All that the tokens say."""
        while self.kind() != "END":
            if self.closes():
                continue
            self.preceding = self.kind(-1)
            handler = getattr(self, f"_on_{self.kind().lower()}", None)
            if handler is None or not handler():
                self._skip()
        return self.reading

    def _skip(self) -> None:
        token = self.take()
        if token.kind in CLAUSE_ENDS:
            self.every_month = False
        if token.kind in CLAUSE_ENDS or token.kind == "COMMA":
            self.settled = len(self.reading.selectors)
        if token.kind in ("OTHER", "NUMBER"):
            self.reading.leftover.append(token.text)
        elif token.kind not in _WITHOUT_MEANING:
            self.reading.notes.add(Note.NOT_UNDERSTOOD)

    # groups

    def _group(self) -> Group:
        if not self.reading.groups:
            self.reading.groups.append(Group())
        return self.reading.groups[-1]

    def _begin_group(self, months: tuple[int, ...]) -> None:
        """A new group with other months; what is valid from or to a date goes on."""
        last = self._group()
        months = () if months == ALL_MONTHS else months
        if last.selectors or last.times or last.months:
            self.reading.groups.append(
                Group(months, valid_from=last.valid_from, valid_to=last.valid_to)
            )
        else:
            last.months = months

    def _add(self, selector: Selector) -> bool:
        if self._group().selectors and self._group().times:
            self._begin_group(self._group().months)
        elif self._group().selectors and self.peek().text == "は" and self.preceding != "JOIN":
            # 毎日（土日は10時～): the times that follow are not those of every day
            self._begin_group(self._group().months)
        if self.late_scope:
            self.reading.doubt(Note.AMBIGUOUS)
        self.every_month &= bool(selector.month_days)
        self._group().selectors.append(selector)
        return True

    # days of the week

    def _on_every_week(self) -> bool:
        self.take()
        self.pass_over("WORD")
        if days := self.weekday_list(commas=True):
            return self._add(Selector(weekdays=days.weekdays, holidays=days.holidays, every=True))
        self.reading.frequencies.append(Frequency.per_week(1, 7))
        return True

    def _on_weekday(self) -> bool:
        days = self.weekday_list(commas=True)
        if days is None:
            return False
        # ranges, three days or more, and 土日祝 are hours of opening, never days of a month
        every = days.is_range or days.holidays or len(days.weekdays) >= 3
        return self._add(Selector(weekdays=days.weekdays, holidays=days.holidays, every=every))

    def _on_open(self) -> bool:
        if self.kind(1) == "WEEKDAY" and self.kind(2) == "SHUT":
            return self._on_weekday()
        return False

    def _on_nth(self) -> bool:
        nths = self.nth_list()
        if nths is None:
            self.reading.doubt(Note.NOT_UNDERSTOOD)
            return True
        days = self.weekday_list(commas=False)
        if days is None:
            return self._add_nths_alone(nths)
        if len(days.weekdays) > 1 or days.holidays:
            # 第2土日, 第2日曜と祝日: the first weekday is meant in any reading
            self.reading.notes.add(Note.AMBIGUOUS)
            if days.is_range:
                self.reading.void = True
        return self._add(Selector(weekdays=(days.first,), nths=nths))

    def _add_nths_alone(self, nths: tuple[int, ...]) -> bool:
        selectors = self._group().selectors
        if selectors and selectors[-1].bare_weekdays and len(selectors[-1].weekdays) == 1:
            selectors[-1] = Selector(weekdays=selectors[-1].weekdays, nths=nths)
            return True
        return self._add(Selector(nths=nths))

    def _on_week_of_month(self) -> bool:
        self.reading.doubt(Note.AMBIGUOUS)
        self.take()
        return True

    def _on_every_day(self) -> bool:
        self.take()
        selectors = self._group().selectors
        if selectors and not selectors[-1].nths and selectors[-1].weekdays:
            # 火曜から土曜の毎日
            selectors[-1] = replace(selectors[-1], every=True)
            return True
        if self.reading.selectors:
            self.reading.doubt(Note.AMBIGUOUS)
        return self._add(EVERY_DAY)

    def _on_working_days(self) -> bool:
        self.take()
        return self._add(WORKING_DAYS)

    def _on_holiday(self) -> bool:
        """祝日 beside other days; what 祝日は and （祝日） say of them is uncertain on holidays."""
        self.take()
        apart = self.preceding != "OPEN" and self.peek().text != "は"
        if apart or not self.reading.selectors:
            return self._add(Selector(holidays=True, every=True))
        self.reading.notes.add(Note.AMBIGUOUS)
        self.reading.closures.append(Closure(holidays=True))
        self.pass_clause()
        return True

    # days of the month, dates, months, years

    def _on_every_month(self) -> bool:
        self.take()
        self.every_month = True
        if self._group().months:
            self._begin_group(())
        return True

    def _on_days_ending(self) -> bool:
        days = values.month_days_ending(self.take().text)
        return self._add(Selector(month_days=days, every=True))

    def _on_day(self) -> bool:
        days = self.day_list()
        if days is None:
            return False
        self.weekday_in_brackets()
        if self.preceding == "OPEN" and self._group().selectors:
            # 12月第3土曜（19日） tells of one year
            self.reading.notes.add(Note.MONTH_UNKNOWN)
            return True
        last = self._last_date()
        if last is not None and not self.every_month:
            for day in days:
                self._add_date_after(last, last.month, day)
            return True
        every = self.every_month or bool(self._group().months)
        return self._add(Selector(month_days=days, every=every))

    def _on_number(self) -> bool:
        return self._on_month() or self._on_time() or self._on_day()

    def _on_date(self) -> bool:
        ends_range = self.kind(-1) == "RANGE"
        date = values.date(self.take().text)
        named = self.weekday_in_brackets()
        if date is None or (named is not None and named != date.weekday()):
            self.reading.doubt(Note.NOT_UNDERSTOOD if date is None else Note.PARTS_CONTRADICT)
            return True
        if ends_range or self.kind() in ("FROM", "UNTIL", "RANGE"):
            return self._scope_of_date(date, ends_range)
        return self._add(Selector(date=date))

    def _scope_of_date(self, date: dt.date, ends_range: bool) -> bool:
        """2026年4月1日から, until or between: the time within which the days hold."""
        self._note_late_scope()
        if self.kind() == "UNTIL" or ends_range:
            self._group().valid_to = date
        else:
            self._group().valid_from = date
        if self.kind() in ("FROM", "UNTIL") or self.kind(1) == "DATE":
            self.take()
        elif self.kind() == "RANGE" and self.kind(1) in ("MONTH_AND_DAY", "DAY"):
            self.reading.doubt(Note.NOT_UNDERSTOOD)
        return True

    def _note_late_scope(self) -> None:
        if self._group().selectors:
            self.late_scope = True

    def _on_year(self) -> bool:
        span = values.year_span(self.take().text)
        if span and self.kind() == "RANGE" and self.kind(1) == "YEAR":
            self.take()
            last = values.year_span(self.take().text)
            span = (span[0], last[1]) if last else None
        if span is None or self.kind() == "RANGE":
            self.reading.doubt(Note.NOT_UNDERSTOOD)
            return True
        self._note_late_scope()
        self._group().valid_from = None if self.kind() == "UNTIL" else span[0]
        self._group().valid_to = None if self.kind() == "FROM" else span[1]
        self.pass_over("FROM", "UNTIL")
        return True

    def _last_date(self) -> dt.date | None:
        selectors = self._group().selectors
        return selectors[-1].date if selectors else None

    def _add_date_after(self, last: dt.date, month: int, day: int) -> None:
        """A date without a year in a list takes the year before it, if the list goes forward."""
        try:
            date = last.replace(month=month, day=day)
        except ValueError:
            date = last
        if date > last:
            self._group().selectors.append(Selector(date=date))
        else:
            self.reading.doubt(Note.YEAR_UNKNOWN)

    def _on_month_and_day(self) -> bool:
        month_and_day = values.month_and_day(self.take().text)
        self.weekday_in_brackets()
        last = self._last_date()
        if month_and_day and last and self.kind(-2) != "RANGE":
            self._add_date_after(last, *month_and_day)
            return True
        self.reading.notes.add(Note.YEAR_UNKNOWN)
        if month_and_day is None or self.kind() in ("FROM", "UNTIL", "RANGE"):
            self.reading.void = True
        # the times that follow belong to this day and not to the rule before it
        self.reading.groups.append(Group())
        return True

    def _on_month(self) -> bool:
        months = self.month_list()
        if months is None:
            return False
        instead = self.peek().text == "は"
        self.pass_over("WORD", "COMMA")
        only = self.kind() == "ONLY"
        self.pass_over("ONLY", "WORD", "COMMA")
        if only and (self.kind() not in _FOLLOWS_MONTHS or self.kind() == "TIME"):
            self._only(months)
        elif self.kind() in _FOLLOWS_MONTHS:
            self._begin_group(months)
            self._group().instead = instead or only
            self.every_month = False
        else:
            self.reading.doubt(Note.NOT_UNDERSTOOD)
        return True

    def _only(self, months: tuple[int, ...]) -> None:
        """8月のみ; with a time, whether the days or the time are only then, is unsure."""
        self.reading.only_months = months
        if self.kind() == "TIME":
            self.reading.doubt(Note.AMBIGUOUS)

    _on_odd_months = _on_month
    _on_even_months = _on_month

    # times

    def _on_time(self) -> bool:
        set_off = self.kind(-1) in ("JOIN", "COMMA", "STOP") or self.peek().spaced
        times = self.times()
        if times is None:
            return False
        known = self._group().times
        if not known or (set_off and None not in times):
            known.append(times)
        else:
            self.reading.notes.add(Note.NOT_UNDERSTOOD)
        return True

    def _on_range(self) -> bool:
        """~18時; a range of anything else is none of the lists that are known."""
        if self.kind(1) in _ENDS_RANGE:
            self.reading.doubt(Note.NOT_UNDERSTOOD)
        if self.kind(1) != "TIME":
            return False
        self.take()
        closes_at = values.clock(self.take().text)
        if closes_at is None or self._group().times:
            self.reading.notes.add(Note.NOT_UNDERSTOOD)
        else:
            times: Times = (None, closes_at)
            self._group().times.append(times)
        return True
