"""The groups of a text, and what a later part says of the days of an earlier one."""

import datetime as dt
from dataclasses import replace

from ibasho.data.schedule.model import Note
from ibasho.data.schedule.named_before import names_again, take_out
from ibasho.data.schedule.reading import ALL_MONTHS, EVERY_DAY, Group, Selector
from ibasho.data.schedule.remarks import Remarks
from ibasho.data.schedule.text import Token


class Groups(Remarks):
    """The groups that go into `reading`."""

    def __init__(self, found: list[Token]) -> None:
        super().__init__(found)
        # a period of validity that came after its days: whose it is, is unsure once more days come
        self.late_scope = False

    def _group(self) -> Group:
        if not self.reading.groups:
            self.reading.groups.append(Group())
        return self.reading.groups[-1]

    def _begin_group(self, months: tuple[int, ...]) -> None:
        """A new group with other months; what is valid from or to a date goes on."""
        last = self._group()
        months = () if months == ALL_MONTHS else months
        if last.selectors or last.times or last.months or last.apart:
            self.reading.groups.append(
                Group(months, valid_from=last.valid_from, valid_to=last.valid_to)
            )
        else:
            last.months = months

    # days that were named before

    def _named_before(self, again: Selector) -> bool:
        """金曜は第1・3のみ, 第2水曜は木曜, 土曜は10時～ after a rule for these days.

        The rule no longer holds for them; what holds instead is only taken where it is certain.
        """
        if self.peek().text != "は" or not names_again(self.reading.selectors, again):
            return False
        self.take()
        opened = {
            opens_at
            for group in self.reading.groups
            if names_again(group.selectors, again)
            for opens_at, _ in group.times
        }
        taken = None if self._group().months else take_out(self.reading.groups, again)
        if taken is None:
            self.reading.doubt(Note.AMBIGUOUS)
            return True
        self._begin_group(())
        self._group().selectors += self._instead(again, taken)
        self._group().opens_as_before = opened.pop() if len(opened) == 1 else None
        if not self._group().selectors:
            self._group().apart = True
            self.reading.notes.add(Note.AMBIGUOUS)
        return True

    def _instead(self, again: Selector, taken: list[Selector]) -> list[Selector]:
        """The days that hold instead of those that were taken out; none where that is unsure."""
        if self.kind() in ("TIME", "SUN") or (self.kind(), self.kind(2)) == ("NUMBER", "TIME"):
            return taken
        if (self.kind(), self.kind(1)) == ("RANGE", "TIME") or self.kind() == "WITHOUT_BOOKING":
            return taken
        if self.kind() == "EVERY_WEEK" and not again.nths and self.kind(1) != "WEEKDAY":
            self.take()
            return [replace(again, every=True)]
        if self.kind() == "WEEKDAY":
            self.weekday_list(commas=False)
            return []
        nths = self.nth_list() if self.kind() == "NTH" else None
        if nths is None:
            return []
        days = self.weekday_list(commas=False)
        if days and (len(days.weekdays) > 1 or days.holidays):
            return []
        self.pass_over("ONLY")
        weekdays = days.weekdays if days else again.weekdays
        return [Selector(weekdays=(day,), nths=nths) for day in weekdays]

    def _on_only(self) -> bool:
        """毎週土曜（現在は第2土曜のみ） limits what was named before."""
        *others, last = self.reading.selectors or [EVERY_DAY]
        if self.kind(-1) == "WORKING_DAYS" and others:
            # 毎日（平日のみ）
            self.reading.doubt(Note.AMBIGUOUS)
        if self.kind(-1) != "WEEKDAY" or not others or self._group().months:
            return False
        limits = last.nths and all(
            one.every and one.weekdays == last.weekdays and not one.holidays for one in others
        )
        if limits and len(others) == 1:
            self._group().selectors.pop()
            first = next(group for group in self.reading.groups if group.selectors)
            first.selectors = [last]
        elif names_again(others, last) or (self.before_clause > 0 and self.kind(1) != "TIME"):
            self.reading.doubt(Note.AMBIGUOUS)
        self.take()
        return True

    # from when to when

    def _begins(self) -> bool:
        """2027年4月5日開始."""
        return self.peek().text in ("開始", "オープン", "開店", "開所", "開催開始")

    def _limit(self, valid_from: dt.date | None, valid_to: dt.date | None) -> None:
        """Limit the days that follow, or all that were named before."""
        named = self.reading.selectors
        self.late_scope |= bool(named)
        if len(named) > 1 and self.kind(-2) not in ("STOP", "RANGE"):
            self.reading.notes.add(Note.AMBIGUOUS)
        for group in self.reading.groups if named else [self._group()]:
            group.limit(valid_from, valid_to)
