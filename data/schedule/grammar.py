"""The grammar: from tokens to a `Reading`.

A text is a row of groups, each with months it is limited to, days and times, between which stand
closures (… を除く), frequencies (月1回), hedges and words without meaning for the days. Nothing is
guessed: what has no place in the grammar ends in `Reading.leftover` or makes the reading void.
"""

import datetime as dt

from ibasho.data.schedule import values
from ibasho.data.schedule.matters import without_other_matters
from ibasho.data.schedule.model import Note
from ibasho.data.schedule.named_before import overlap
from ibasho.data.schedule.reading import (
    ALL_MONTHS,
    Reading,
    Selector,
    Times,
)
from ibasho.data.schedule.remarks import CLAUSE_ENDS
from ibasho.data.schedule.text import MAX_LENGTH, normalise, tokens
from ibasho.data.schedule.weekdays import Weekdays

_DAYS = ("NTH", "EVERY_WEEK", "EVERY_DAY", "WORKING_DAYS", "WEEKDAY", "DAY", "DAYS_ENDING")
_FOLLOWS_MONTHS = frozenset((*_DAYS, "HOLIDAY", "NUMBER", "TIME", "WEEK_OF_MONTH", "EVERY_MONTH"))
_ENDS_RANGE = frozenset((*_DAYS, "HOLIDAY", "NUMBER", "DATE", "MONTH_AND_DAY"))
_WITHOUT_MEANING = frozenset(
    (
        "WORD",
        "COMMA",
        "JOIN",
        "STOP",
        "OPEN",
        "SHUT",
        "NO_REST",
        "ONLY",
        "WITHOUT_BOOKING",
        "ANY_HOUR",
    )
)


def read(text: str) -> Reading:
    """What a text says about opening days. Never raises; long texts are the caller's to refuse."""
    normalised = normalise(text)
    if len(normalised) > MAX_LENGTH:
        # some characters stand for whole sentences
        reading = Reading()
        reading.doubt(Note.TOO_LONG)
        return reading
    kept, unsure = without_other_matters(tokens(normalised))
    reading = _Reader(kept).read()
    if unsure:
        reading.doubt(Note.NOT_UNDERSTOOD)
    return reading


class _Reader(Weekdays):
    """Reads from left to right; every method either consumes tokens and says True, or neither."""

    def read(self) -> Reading:
        """All that the tokens say."""
        while self.kind() != "END":
            if self.closes():
                continue
            self.preceding = self.kind(-1)
            handler = getattr(self, f"_on_{self.kind().lower()}", None)
            if handler is None or not handler():
                self._skip()
        self._settle()
        return self.reading

    def _settle(self) -> None:
        """What is only seen at the end: days that are named twice, times without days."""
        groups = self.reading.groups
        self._close(self.of_next)
        twice = overlap(groups)
        if twice == "days":
            self.reading.doubt(Note.AMBIGUOUS)
        elif twice:
            self.reading.notes.add(Note.AMBIGUOUS)
        if self.off_days and len(self.reading.selectors) > 1:
            self.reading.doubt(Note.AMBIGUOUS)
        if self.times_by_month and not self._has_times_all_year():
            self.reading.doubt(Note.AMBIGUOUS)
        strays = any(
            one.times_first and not (one.selectors or one.months or one.apart) for one in groups
        )
        if self.times_unsure or (strays and self.reading.selectors):
            self.reading.notes.add(Note.TIMES_UNSURE)
            for group in groups:
                group.times = []

    def _has_times_all_year(self) -> bool:
        """8月は10時～ 第2土曜: are the days those of August alone, or only their times?"""
        timed = [one for one in self.reading.groups if one.times]
        months = {month for one in timed for month in one.months or ALL_MONTHS}
        return months == {*ALL_MONTHS}

    def _skip(self) -> None:
        token = self.take()
        if token.kind in CLAUSE_ENDS:
            self.every_month = False
            self.before_clause = self.reading.count
        if token.kind in CLAUSE_ENDS or token.kind == "COMMA":
            self.settled = self.reading.count
        if token.kind in ("OTHER", "NUMBER"):
            self.reading.leftover.append(token.text)
        elif token.kind not in _WITHOUT_MEANING:
            self.reading.notes.add(Note.NOT_UNDERSTOOD)

    # days of the month, dates, months, years

    def _on_every_month(self) -> bool:
        self.take()
        self.every_month = True
        if self._group().months and (self._group().selectors or self._group().times):
            # 4月～11月の毎月第2土曜 goes on; 8月は第4土曜 毎月第1日曜 does not
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
        if self.peek().text == "の" and self.kind(1) == "WEEKDAY":
            # 月末の金曜: the last, or one of the last?
            self.reading.doubt(Note.AMBIGUOUS)
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
        if ends_range or self.kind() in ("FROM", "UNTIL", "RANGE") or self._begins():
            return self._scope_of_date(date, ends_range)
        return self._add(Selector(date=date))

    def _scope_of_date(self, date: dt.date, ends_range: bool) -> bool:
        """2026年4月1日から, until or between: the time within which the days hold."""
        if self.kind() == "UNTIL" or ends_range:
            self._limit(None, date)
        else:
            self._limit(date, None)
            if not self._begins():
                self._group().counted_from = date
        open_end = self.kind() == "RANGE" and self.kind(1) in CLAUSE_ENDS
        if open_end or self.kind() in ("FROM", "UNTIL") or self.kind(1) == "DATE":
            self.take()
        elif self.kind() == "RANGE" and self.kind(1) in ("MONTH_AND_DAY", "DAY"):
            self.reading.doubt(Note.NOT_UNDERSTOOD)
        return True

    def _on_year(self) -> bool:
        ends_range = self.kind(-1) == "RANGE"
        span = values.year_span(self.take().text)
        if span and self.kind() == "RANGE" and self.kind(1) == "YEAR":
            self.take()
            last = values.year_span(self.take().text)
            span = (span[0], last[1]) if last else None
        open_end = self.kind() == "RANGE" and self.kind(1) in CLAUSE_ENDS
        if span is None or (self.kind() == "RANGE" and not open_end):
            self.reading.doubt(Note.NOT_UNDERSTOOD)
            return True
        begins = self.kind() == "FROM" or open_end or self._begins()
        ends = self.kind() == "UNTIL" or ends_range
        self._limit(None if ends else span[0], None if begins else span[1])
        self.pass_over("FROM", "UNTIL", *(("RANGE",) if open_end else ()))
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
        if month_and_day is None or self.kind() in ("FROM", "UNTIL", "RANGE") or self._begins():
            self.reading.void = True
        # the times that follow belong to this day and not to the rule before it
        self._begin_group(())
        self._group().apart = True
        return True

    def _on_month(self) -> bool:
        months = self.month_list()
        if months is None:
            return False
        start = self.at
        self.pass_over("WORD", "COMMA")
        instead = "は" in [token.text for token in self.tokens[start : self.at]]
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
        first = self.peek().text
        times = self.times()
        if times is None:
            return False
        # a meal for children at 5 in the morning is one at 17:00, or is it
        early = (times[0] or times[1] or "") < "06:00"
        self.times_unsure |= early and not values.names_half_day(first)
        if self._group().times_first and self._group().selectors:
            self._begin_group(self._group().months)
        self._group().times_first |= not self._group().selectors
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
