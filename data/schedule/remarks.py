"""What a text says besides days and times: how often, how surely, and when not."""

import re
from dataclasses import replace

from ibasho.data.schedule import values
from ibasho.data.schedule.closures import Closures
from ibasho.data.schedule.model import Note
from ibasho.data.schedule.named_before import names_again
from ibasho.data.schedule.reading import Closure, Frequency, Reading, Selector
from ibasho.data.schedule.school import EVERY_SEASON, seasons_in
from ibasho.data.schedule.text import Token

# who may come, or from where: 小学生から高校生まで, 0歳から, 駅から徒歩5分
_PEOPLE_OR_WAY = re.compile(
    r"[小中高大]$|歳|才|年生|学生|生徒|児|子|親|大人|園|人|名|方|駅|停|\dF|階"
)
_REPEATED_DAYS = ("NTH", "EVERY_WEEK", "EVERY_DAY", "WORKING_DAYS", "WEEKDAY")
_NAMED_NEXT = ("NTH", "EVERY_WEEK", "EVERY_MONTH", "WEEKDAY", "DAY")
_CLOSING = ("CLOSED", "IF")
CLAUSE_ENDS = frozenset(("STOP", "SHUT", "OPEN", "END"))


class Remarks(Closures):
    """The remarks of the grammar, which go into `reading`."""

    def __init__(self, found: list[Token]) -> None:
        super().__init__(found)
        self.reading = Reading()
        # how many selectors stood before this clause
        self.settled = 0
        # how many stood before this bracket or sentence
        self.before_clause = 0
        # no closing word ends the list up to here
        self.no_closure_before = 0
        self._last_closing = max(
            (at for at, token in enumerate(found) if token.kind in _CLOSING), default=0
        )
        # whose the times are, or what, is unsure
        self.times_unsure = False
        # what is taken out of the days that come next, and of no others
        self.of_next: list[Closure] = []

    # how often, and how surely

    def _on_frequency(self) -> bool:
        frequency = values.frequency(self.take().text)
        self.pass_over("WORD")
        about = self.kind() == "ABOUT"
        if about:
            self.take()
        if frequency is None:
            self.reading.doubt(Note.NOT_UNDERSTOOD)
        else:
            self.reading.frequencies.append(
                Frequency(frequency.low, frequency.high, frequency.weekly, about)
            )
        return True

    def _on_interval(self) -> bool:
        self.reading.frequencies.append(values.interval(self.take().text))
        return True

    def _on_irregular(self) -> bool:
        self.take()
        self.reading.irregular = True
        return True

    def _on_suspended(self) -> bool:
        self.take()
        self.reading.suspended = True
        return True

    def _on_or(self) -> bool:
        self.take()
        self.reading.doubt(Note.HEDGED)
        return True

    _on_about = _on_or

    def _on_count(self) -> bool:
        """12月は1回のみ: which of the days that were named, is not said."""
        self.take()
        self.reading.doubt(Note.DAY_NOT_NAMED)
        return True

    def _on_season(self) -> bool:
        """夏季のみ: no certain months."""
        self.take()
        self.pass_over("WORD")
        if self.kind() == "TIME" or (self.kind(), self.kind(2)) == ("NUMBER", "TIME"):
            # 夏季18時～、冬季17時～: the days are all year, their times are unsure
            self.times_unsure = True
            return True
        self.reading.doubt(Note.NOT_UNDERSTOOD)
        return True

    def _on_sun(self) -> bool:
        """日の出から日没まで: the days hold, and their times are not those of a clock."""
        self.take()
        self.times_unsure = True
        return True

    # 第2日曜の前の土曜
    _on_relative = _on_season

    def _on_from(self) -> bool:
        """秋から: a limit that is not known; 小学生から limits no days."""
        before = "".join(self.peek(-back).text for back in (3, 2, 1))
        self.reading.notes.add(Note.NOT_UNDERSTOOD)
        self.reading.void |= not _PEOPLE_OR_WAY.search(before)
        self.take()
        return True

    _on_until = _on_from

    def _on_maybe(self) -> bool:
        self.take()
        self.reading.notes.add(Note.HEDGED)
        return True

    _on_usually = _on_maybe

    def _on_if(self) -> bool:
        """A condition: neither its own words nor what follows name days for sure."""
        self.reading.notes.add(Note.HEDGED)
        if self.reading.count > self.settled:
            self.reading.void = True
        self.pass_clause()
        return True

    def pass_clause(self) -> None:
        """Go on to the end of the clause."""
        while self.kind() not in CLAUSE_ENDS:
            self.take()

    def _on_period(self) -> bool:
        """年末年始 as days of opening: which of them, is not said."""
        _, vague = values.period(self.take().text)
        self.reading.doubt(Note.SCHOOL_HOLIDAYS if vague else Note.NOT_UNDERSTOOD)
        return True

    # terms and holidays of schools

    def _on_vacation(self) -> bool:
        """夏休み期間中の平日, 毎週水曜（夏休みのみ）; 夏休み期間 alone does not say which days."""
        seasons = seasons_in(self.take().text)
        if self._limits_days():
            self.reading.only_school += seasons
        else:
            self.reading.void = True
        self.reading.notes.add(Note.SCHOOL_HOLIDAYS)
        return True

    def _on_term(self) -> bool:
        """学期中の毎週土曜 is outside of all holidays, 毎週水曜（学期中を除く） within them."""
        in_bracket = self.kind(-1) == "OPEN" and self.kind(1) == "SHUT"
        self.take()
        if self.kind() == "CLOSED":
            self.take()
            self.reading.only_school += EVERY_SEASON
        elif (in_bracket and self.reading.selectors) or self._limits_days():
            self.reading.except_school += EVERY_SEASON
        else:
            self.reading.void = True
        self.reading.notes.add(Note.SCHOOL_HOLIDAYS)
        return True

    def _on_school_days(self) -> bool:
        """登校日, 給食のある日: only the school knows them."""
        self.take()
        self.reading.doubt(Note.SCHOOL_HOLIDAYS)
        return True

    def _limits_days(self) -> bool:
        """Whether the period just passed says when all the days of the text hold."""
        self.pass_over("WORD")
        only = self.kind() == "ONLY"
        self.pass_over("ONLY", "WORD")
        if only and self.kind() in CLAUSE_ENDS:
            return True
        named = self.kind(1) if self.kind() == "OPEN" else self.kind()
        return named in _REPEATED_DAYS and not self.reading.selectors

    # closures

    def _on_closed(self) -> bool:
        """休み:水曜, or a word that closes something unknown."""
        token, attached = self.take(), self.kind(-2) == "OTHER"
        self.pass_over("WORD")
        closures = self.closures(has_days=True)
        if closures and self.kind() in CLAUSE_ENDS | {"COMMA"}:
            self._close(closures)
        elif attached or token.text == "なし":
            self.reading.leftover.append(token.text)
        else:
            self.reading.doubt(Note.NOT_UNDERSTOOD)
        return True

    def closes(self) -> bool:
        """Days with a word that closes them: 8月を除く."""
        if not self.no_closure_before <= self.at < self._last_closing:
            return False
        start = self.at
        closures = self.closures(has_days=self.reading.count > 0)
        # 休み:水曜 closes what follows and not what stands before
        if closures and self.kind() == "CLOSED" and self.peek(1).text != ":":
            if self._describes_next() and self._begins_with_days(start, closures):
                self.no_closure_before = start + 1
                self.at = start
                return False
            joined = self.reading.count and self.kind(start - self.at - 1) in ("JOIN", "COMMA")
            if joined and self._describes_next():
                self.of_next += closures
            else:
                self._close(closures)
            self.take()
            return True
        if closures and self.kind() == "IF":
            return self._close_on_condition(closures)
        self.no_closure_before = self.at
        self.at = start
        return False

    def _describes_next(self) -> bool:
        """8月を除く第4土曜: whether a closing word belongs to the days right behind it."""
        attached = self.kind(1) in _NAMED_NEXT and not self.peek(1).spaced
        return attached and self.peek().text.endswith(("除く", "のぞく", "以外の"))

    def _begins_with_days(self, start: int, closures: list[Closure]) -> bool:
        """毎月第2土曜と8月を除く第4土曜: the second Saturday is none of the days behind 除く.

        It is a day of opening then; where no 毎月 says so, no day of the text is certain.
        """
        *firsts, last = closures
        if not firsts or last.weekdays or last.holidays or last.nths:
            return False
        described = self._described()
        named = [Selector(weekdays=one.weekdays, nths=one.nths) for one in firsts]
        if not all(one.weekdays for one in named) or len(described.weekdays) > 1:
            return False
        if names_again(named, described):
            return False
        every = {"EVERY_WEEK", "EVERY_MONTH"} & {one.kind for one in self.tokens[: start + 1][-2:]}
        # 第5土曜と8月を除く第1～4土曜 only says twice that the fifth is none
        if every and len(described.nths) < 3:
            return True
        self.reading.doubt(Note.AMBIGUOUS)
        return False

    def _described(self) -> Selector:
        """The weekdays behind a closing word; the place stays."""
        start = self.at
        self.take()
        self.pass_over("EVERY_WEEK", "EVERY_MONTH", "WORD")
        nths = (self.nth_list() or ()) if self.kind() == "NTH" else ()
        days = self.weekday_list(commas=False)
        self.at = start
        return Selector(weekdays=days.weekdays if days else (), nths=nths)

    def with_own_closures(self, selector: Selector) -> Selector:
        """Days with what is taken out of them alone, unless they were named before."""
        closures, self.of_next = self.of_next, []
        if not closures:
            return selector
        if names_again(self.reading.selectors, selector):
            self._close(closures)
            return selector
        self._note_vague(closures)
        return replace(selector, closures=(*closures,))

    def _close(self, closures: list[Closure]) -> None:
        self.reading.closures += closures
        self._note_vague(closures)

    def _note_vague(self, closures: list[Closure]) -> None:
        if any(closure.vague for closure in closures):
            self.reading.notes.add(Note.SCHOOL_HOLIDAYS)

    def _forget_condition(self) -> None:
        """火～日（月曜が祝日の場合は…）: a weekday of the condition is no day of opening."""
        condition = self.reading.selectors[self.settled :]
        if self.settled and all(one.bare_weekdays for one in condition):
            for group in self.reading.groups:
                group.selectors = [one for one in group.selectors if one not in condition]

    def _close_on_condition(self, closures: list[Closure]) -> bool:
        """祝日の場合は休み closes; after any other consequence those days are only uncertain."""
        self.take()
        self.pass_over("WORD", "COMMA")
        self._forget_condition()
        self._close(closures)
        if self.kind() == "CLOSED":
            self.take()
            return True
        if any(closure.weekdays for closure in closures):
            self.reading.void = True
        self.settled = self.reading.count
        return self._on_if()
