"""The days that a text takes out: 8月, 第1水曜, 日曜・祝日, 年末年始, 12月29日～1月3日."""

import datetime as dt

from ibasho.data.schedule import values
from ibasho.data.schedule.lists import Lists
from ibasho.data.schedule.model import DayRange
from ibasho.data.schedule.reading import Closure
from ibasho.data.schedule.school import EVERY_SEASON, seasons_in

_LONGEST_CLOSURE = dt.timedelta(days=400)


class Closures(Lists):
    """The lists that a closing word may follow."""

    def closures(self, has_days: bool) -> list[Closure]:
        """The days that a closing word may follow: one or several, joined.

        ・ joins anything. A comma or space joins like with like, and a weekday with holidays only
        where the text named its days before (`has_days`) or at the start of a bracket: 月～土、
        祝日を除く does not close from Monday to Saturday.
        """
        bracketed = self.kind(-1) in ("OPEN", "STOP")
        found: list[Closure] = []
        while True:
            replaced = self._replaces()
            closure = self._closure_of_one()
            if closure is None:
                break
            found.append(closure)
            end = self.at
            if replaced:
                # 1月は第2土曜、8月は休み: the first is no closure
                break
            loose = self.kind() != "JOIN"
            self.pass_over("JOIN", "COMMA")
            start = self.at
            following = self._closure_of_one()
            self.at = start
            unlike = (loose and not bracketed) or (closure.months and closure.nths)
            if following is None or (unlike and not _alike(closure, following, has_days)):
                self.at = end
                break
        return found

    def _replaces(self) -> bool:
        """8月は第3土曜, which says for itself what is then."""
        start = self.at
        months = self.month_list()
        replaced = bool(months) and self.peek().text == "は" and self.kind(1) in ("NTH", "WEEKDAY")
        self.at = start
        return replaced

    def _closure_of_one(self) -> Closure | None:
        self_start = self.at
        if self.kind() in ("EVERY_WEEK", "EVERY_MONTH"):
            self.take()
        months = self.month_list() or ()
        if months:
            self.pass_over("WORD")
        match self.kind():
            case "NTH":
                nths, days = self.nth_list(), self.weekday_list(commas=False)
                if nths:
                    weekdays = days.weekdays if days else ()
                    joined = bool(days and days.holidays)
                    return Closure(months=months, weekdays=weekdays, nths=nths, holidays=joined)
            case "WEEKDAY":
                if days := self.weekday_list(commas=False):
                    return Closure(months=months, weekdays=days.weekdays, holidays=days.holidays)
            case "WORKING_DAYS" if not months:
                self.take()
                return Closure(weekdays=(0, 1, 2, 3, 4))
            case "HOLIDAY" if not months:
                self.take()
                return Closure(holidays=True)
            case "PERIOD" if not months:
                periods, vague = values.period(self.take().text)
                return Closure(periods=self._days_in_brackets() or periods, vague=vague)
            case "VACATION" if not months:
                seasons = seasons_in(self.take().text)
                stated = self._days_in_brackets()
                return Closure(periods=stated, seasons=() if stated else seasons, vague=True)
            case "OFF_DAYS" if not months:
                self.take()
                return Closure(seasons=EVERY_SEASON, off_days=True, vague=True)
            case "WEEK_OF_MONTH" if not months and values.number(self.peek().text) == 5:
                # 第5週は休み: the first to fourth of each weekday are left
                self.take()
                return Closure(nths=(5,))
            case "MONTH_AND_DAY" if not months:
                return self._closure_of_days(self_start)
            case "DATE" if not months:
                return self._closure_of_dates(self_start)
        if months:
            return Closure(months=months)
        self.at = self_start
        return None

    def _days_in_brackets(self) -> tuple[DayRange, ...]:
        """年末年始（12/29～1/3）: the bracket says which days the word before it means."""
        start = self.at
        if self.kind() == "OPEN" and self.kind(1) == "MONTH_AND_DAY":
            self.take()
            closure = self._closure_of_days(self.at)
            if closure and self.kind() == "SHUT":
                self.take()
                return closure.periods
        self.at = start
        return ()

    def _closure_of_days(self, start: int) -> Closure | None:
        """8月13日, 8月13日～16日, 12月29日～1月3日, of every year."""
        first = values.month_and_day(self.take().text)
        self.weekday_in_brackets()
        last = first
        if self.kind() == "RANGE" and self.kind(1) in ("MONTH_AND_DAY", "DAY"):
            self.take()
            token = self.take()
            month = f"{first[0]}月" if first and token.kind == "DAY" else ""
            last = values.month_and_day(month + token.text) if token.text[0].isdigit() else None
            self.weekday_in_brackets()
            self.pass_over("UNTIL")
        if first is None or last is None:
            self.at = start
            return None
        return Closure(periods=((_month_day(first), _month_day(last)),))

    def _closure_of_dates(self, start: int) -> Closure | None:
        """2026年8月12日, or from one date to another."""
        first = values.date(self.take().text)
        self.weekday_in_brackets()
        last = first
        if self.kind() == "RANGE" and self.kind(1) == "DATE":
            self.take()
            last = values.date(self.take().text)
            self.weekday_in_brackets()
            self.pass_over("UNTIL")
        if first is None or last is None or not dt.timedelta() <= last - first < _LONGEST_CLOSURE:
            self.at = start
            return None
        days = (last - first).days + 1
        return Closure(dates=tuple(first + dt.timedelta(days=day) for day in range(days)))


def _month_day(day: tuple[int, int]) -> str:
    return f"{day[0]:02}-{day[1]:02}"


def _alike(closure: Closure, following: Closure, has_days: bool) -> bool:
    kinds = {_closure_kind(closure), _closure_kind(following)}
    return len(kinds) == 1 or (has_days and kinds == {"weekday", "holidays"})


def _closure_kind(closure: Closure) -> str:
    if closure.nths:
        return "nth of months" if closure.months else "nth"
    if closure.weekdays:
        return "weekday"
    return "months" if closure.months else "holidays"
