"""The days of the week that a text names, and those of the month that are counted by them."""

from dataclasses import replace

from ibasho.data.schedule.groups import Groups
from ibasho.data.schedule.model import Note
from ibasho.data.schedule.reading import EVERY_DAY, WORKING_DAYS, Closure, Frequency, Selector
from ibasho.data.schedule.remarks import CLAUSE_ENDS
from ibasho.data.schedule.school import EVERY_SEASON
from ibasho.data.schedule.text import Token


class Weekdays(Groups):
    """The days that go into the groups of `reading`."""

    def __init__(self, found: list[Token]) -> None:
        super().__init__(found)
        # the kind of token before the one that is being handled
        self.preceding = "END"
        self.every_month = False
        # times of some months came before the days
        self.times_by_month = False
        self.off_days = False

    def _add(self, selector: Selector) -> bool:
        group = self._group()
        if group.apart:
            self._begin_group(())
        elif group.months and group.times_first and not group.selectors:
            # 4月～10月は18時～、11月～3月は17時～ 毎週水曜: the months are those of the times
            self.times_by_month = True
            if self.reading.selectors:
                self.reading.doubt(Note.AMBIGUOUS)
            self._begin_group(())
        elif group.selectors and group.times and not group.times_first:
            # 第2土曜 10時～、13時～（第4日曜）
            after_time = ("TIME", "RANGE", "FROM", "UNTIL", "OPEN")
            self.times_unsure |= len(group.times) > 1 and self.preceding in after_time
            self._begin_group(group.months)
        elif self._group().selectors and self.peek().text == "は" and self.preceding != "JOIN":
            # 毎日（土日は10時～): the times that follow are not those of every day
            self._begin_group(self._group().months)
        if self.late_scope:
            self.reading.doubt(Note.AMBIGUOUS)
        self.every_month &= bool(selector.month_days)
        self._group().selectors.append(self.with_own_closures(selector))
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
        if len(days.weekdays) == 1 and self.reading.count and self._holiday_has_times():
            days = replace(days, holidays=True)
        # ranges, three days or more, and 土日祝 are hours of opening, never days of a month
        every = days.is_range or days.holidays or len(days.weekdays) >= 3
        selector = Selector(weekdays=days.weekdays, holidays=days.holidays, every=every)
        return self._named_before(selector) or self._add(selector)

    def _holiday_has_times(self) -> bool:
        """毎日 9時～21時、日曜、祝日は17時まで: the comma joins the holidays with the Sunday."""
        joined = self.kind() == "COMMA" and self.kind(1) == "HOLIDAY"
        if not joined or self.peek(2).text != "は" or self.kind(3) != "TIME":
            return False
        self.at += 2
        return True

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
        selector = Selector(weekdays=(days.first,), nths=nths)
        return self._named_before(selector) or self._add(selector)

    def _add_nths_alone(self, nths: tuple[int, ...]) -> bool:
        """土曜（第1・3）, 毎週火曜（第2・4）, and 第3は… of the one weekday that was named."""
        selectors = self._group().selectors
        if self._group().months and not selectors and len(named := self.reading.weekdays) == 1:
            # 毎週水曜 ※7月は第1・3のみ
            return self._add(Selector(weekdays=(*named,), nths=nths))
        if self.peek().text == "は" and (named := self.reading.weekdays):
            if len(named) == 1 and self._named_before(Selector(weekdays=(*named,), nths=nths)):
                return True
        elif selectors and len(selectors[-1].weekdays) == 1 and not selectors[-1].nths:
            only = len(self.reading.weekdays) == 1 and not selectors[-1].holidays
            if only or selectors[-1].bare_weekdays:
                last = selectors[-1]
                selectors[-1] = Selector(weekdays=last.weekdays, nths=nths, closures=last.closures)
                return True
        if any(one.every for one in self.reading.selectors):
            self.reading.doubt(Note.AMBIGUOUS)
        if self.kind() in ("WORKING_DAYS", "HOLIDAY", "EVERY_DAY"):
            # 第1平日
            self.reading.doubt(Note.NOT_UNDERSTOOD)
        return self._add(Selector(nths=nths))

    def _on_week_of_month(self) -> bool:
        self.reading.doubt(Note.AMBIGUOUS)
        self.take()
        return True

    def _on_every_day(self) -> bool:
        # who has no day off speaks of public holidays too
        has_holidays = self.take().text != "毎日"
        selectors = self._group().selectors
        if selectors and not selectors[-1].nths and selectors[-1].weekdays:
            # 火曜から土曜の毎日
            selectors[-1] = replace(selectors[-1], every=True)
            return True
        if self.reading.selectors:
            self.reading.doubt(Note.AMBIGUOUS)
        return self._add(replace(EVERY_DAY, holidays=has_holidays))

    def _on_no_rest(self) -> bool:
        """毎日（祝日も）: of other days it does not say whether further days are added."""
        text, selectors = self.take().text, self._group().selectors
        if selectors and selectors[-1] == EVERY_DAY and "祝" in text:
            selectors[-1] = replace(EVERY_DAY, holidays=True)
        return True

    def _on_working_days(self) -> bool:
        self.take()
        return self._named_before(WORKING_DAYS) or self._add(WORKING_DAYS)

    def _on_holiday(self) -> bool:
        """祝日 beside other days; what 祝日は and （祝日） say of them is uncertain on holidays."""
        self.take()
        apart = self.preceding != "OPEN" and self.peek().text != "は"
        if apart or not self.reading.count:
            return self._add(Selector(holidays=True, every=True))
        self.reading.notes.add(Note.AMBIGUOUS)
        self.reading.closures.append(Closure(holidays=True))
        self.pass_clause()
        return True

    def _on_off_days(self) -> bool:
        """学校休業日 as days of opening: at least those of the long holidays, and of these some."""
        self.take()
        self.pass_over("WORD")
        alone = self.kind() in (*CLAUSE_ENDS, "TIME") and not self.reading.selectors
        self.reading.only_school += EVERY_SEASON
        self.reading.notes |= {Note.SCHOOL_HOLIDAYS, Note.HEDGED}
        self.off_days = True
        self.reading.void |= not alone
        return self._add(EVERY_DAY) if alone else True
