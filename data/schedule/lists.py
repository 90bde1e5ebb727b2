"""The lists of the grammar: weekdays, numbers within the month, months, days, times."""

from dataclasses import dataclass
from functools import cached_property

from ibasho.data.schedule import values
from ibasho.data.schedule.reading import (
    Times,
    months_from_to,
    weekdays_from_to,
)
from ibasho.data.schedule.text import Token

_END = Token("END", "")
_ODD_MONTHS, _EVEN_MONTHS = tuple(range(1, 13, 2)), tuple(range(2, 13, 2))
# tokens: all months or days there are, with what joins them
_LONGEST_MONTHS, _LONGEST_DAYS = 24, 62


@dataclass(frozen=True, slots=True)
class WeekdayList:
    """月・水・金, 月～金, 土日祝."""

    weekdays: tuple[int, ...]
    first: int
    is_range: bool
    holidays: bool


class Lists:
    """A row of tokens with a place in it, and the lists that can be read from there."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self._kinds = [token.kind for token in tokens]

    @cached_property
    def _next_month(self) -> list[int]:
        return _next_of("MONTH", self._kinds)

    @cached_property
    def _next_day(self) -> list[int]:
        return _next_of("DAY", self._kinds)

    def peek(self, ahead: int = 0) -> Token:
        """The token at the place, or so many further on or back."""
        index = self.at + ahead
        return self.tokens[index] if 0 <= index < len(self.tokens) else _END

    def kind(self, ahead: int = 0) -> str:
        """The kind of token at the place; END beyond either end."""
        index = self.at + ahead
        return self._kinds[index] if 0 <= index < len(self._kinds) else "END"

    def take(self) -> Token:
        """The token at the place, going on to the next."""
        token = self.peek()
        self.at += 1
        return token

    def pass_over(self, *kinds: str) -> None:
        """Go on past tokens of these kinds."""
        while self.kind() in kinds:
            self.at += 1

    def weekday_list(self, commas: bool) -> WeekdayList | None:
        """Weekdays joined by ・, と or nothing, and by commas where `commas`; or a range."""
        first = self._weekday()
        if first is None:
            return None
        found = {*self._up_to_weekday(first)}
        is_range = len(found) > 1
        holidays = False
        joins = ("JOIN", "COMMA") if commas else ("JOIN",)
        while not holidays:
            start = self.at
            if self.kind() in joins and self.kind(1) in ("WEEKDAY", "OPEN"):
                self.take()
            elif self.peek().spaced and not commas:
                break
            following = self._weekday()
            if following is None:
                self.at = start
                holidays = self._holiday_joined()
                break
            span = self._up_to_weekday(following)
            is_range |= len(span) > 1
            found |= {*span}
        return WeekdayList(tuple(sorted(found)), first, is_range, holidays)

    def _up_to_weekday(self, first: int) -> tuple[int, ...]:
        """～金 after 月, or the one day."""
        if (self.kind(), self.kind(1)) != ("RANGE", "WEEKDAY"):
            return (first,)
        self.take()
        last = values.weekday(self.take().text)
        self.pass_over("UNTIL")
        return weekdays_from_to(first, last)

    def _weekday(self) -> int | None:
        if self.kind() == "WEEKDAY":
            return values.weekday(self.take().text)
        if (self.kind(), self.kind(1), self.kind(2)) == ("OPEN", "WEEKDAY", "SHUT"):
            return self.weekday_in_brackets()
        return None

    def _holiday_joined(self) -> bool:
        """祝 right after a weekday or after ・, unless it begins 祝日を除く."""
        start = self.at
        if self.kind() == "JOIN":
            self.take()
        if self.kind() == "HOLIDAY" and not self.peek().spaced and self.kind(1) != "IF":
            self.take()
            return True
        self.at = start
        return False

    def weekday_in_brackets(self) -> int | None:
        """(日) after a date."""
        if (self.kind(), self.kind(1), self.kind(2)) != ("OPEN", "WEEKDAY", "SHUT"):
            return None
        day = values.weekday(self.peek(1).text)
        self.at += 3
        return day

    def nth_list(self) -> tuple[int, ...] | None:
        """第2・4, 第1～第3, 最終; None where a number is none of a month's weeks."""
        nths = [_nth(self.take().text)]
        while True:
            ahead = 1 if self.kind() in ("JOIN", "COMMA", "RANGE") else 0
            following = self.peek(ahead)
            joined = following.kind == "NTH" or (ahead and following.kind == "NUMBER")
            if not joined:
                break
            is_range = ahead and self.kind() == "RANGE"
            self.at += ahead + 1
            last = _nth(following.text)
            # 第1～99999999 is no list to be made
            is_range = is_range and 1 <= last <= 5
            nths += range(nths[-1], last + 1) if is_range else [last]
        if self.kind() == "WORD" and self.peek().text == "の":
            self.take()
        return (
            tuple(dict.fromkeys(nths)) if all(nth in (1, 2, 3, 4, 5, -1) for nth in nths) else None
        )

    def month_list(self) -> tuple[int, ...] | None:
        """8月, 8・12月, 4月～10月, 奇数月; None (and no move) where that is not written here."""
        kind = self.kind()
        if kind in ("ODD_MONTHS", "EVEN_MONTHS"):
            return _ODD_MONTHS if self.take().kind == "ODD_MONTHS" else _EVEN_MONTHS
        start = self.at
        if kind not in ("MONTH", "NUMBER") or self._next_month[start] - start >= _LONGEST_MONTHS:
            return None
        months: list[int] = []
        complete = 0
        while self.kind() in ("MONTH", "NUMBER") and self.at - start < _LONGEST_MONTHS:
            is_range = bool(months) and self.kind(-1) == "RANGE"
            token = self.take()
            month = values.number(token.text)
            if not 1 <= month <= 12:
                break
            months += months_from_to(months[-1], month) if is_range else [month]
            if token.kind == "MONTH":
                complete = self.at
            if self.kind() not in ("JOIN", "COMMA", "RANGE"):
                break
            self.take()
        # 8、12月 is a list of months only if it ends in one
        ended = self.at - (self.kind(-1) in ("JOIN", "COMMA", "RANGE"))
        if not complete or complete != ended or self.kind(-1) == "RANGE":
            self.at = start
            return None
        self.at = complete
        if (self.kind(), self.kind(-2)) == ("UNTIL", "RANGE"):
            # 4月から11月まで
            self.take()
        return tuple(sorted(set(months)))

    def day_list(self) -> tuple[int, ...] | None:
        """12日, 5・15・25日, 1日と15日, 末日; None (and no move) where that is not written here."""
        start = self.at
        if self._next_day[start] - start >= _LONGEST_DAYS:
            return None
        days: list[int] = []
        complete = start
        while self.kind() in ("DAY", "NUMBER") and self.at - start < _LONGEST_DAYS:
            token = self.take()
            days.append(-1 if token.text.startswith(("末", "月末")) else values.number(token.text))
            if token.kind == "DAY":
                complete = self.at
            if self.kind() not in ("JOIN", "COMMA") or self.kind(1) not in ("DAY", "NUMBER"):
                break
            self.take()
        possible = all(day == -1 or 1 <= day <= 31 for day in days)
        if complete != self.at or complete == start or not possible:
            self.at = start
            return None
        return tuple(sorted(set(days)))

    def times(self) -> Times | None:
        """11:30～14:00, 17～19時, 10時から, 15時まで; None (and no move) where there is no time."""
        start = self.at
        times = self._times()
        if times is None:
            self.at = start
        return times

    def _times(self) -> Times | None:
        is_hour = self.kind() == "NUMBER" and (self.kind(1), self.kind(2)) == ("RANGE", "TIME")
        if self.kind() != "TIME" and not is_hour:
            return None
        first = self.take().text
        opens_at = values.clock(first)
        if opens_at is None:
            return None
        if self.kind() == "UNTIL":
            self.take()
            return None, opens_at
        if self.kind() not in ("RANGE", "FROM"):
            return opens_at, None
        is_range = self.take().kind == "RANGE"
        if not is_range or self.kind() != "TIME":
            return opens_at, None
        closes_at = self._closing(first, opens_at, self.take().text)
        self.pass_over("UNTIL")
        return (opens_at, closes_at) if closes_at else None

    def _closing(self, first: str, opens_at: str, last: str) -> str | None:
        """午後4時～6時 closes at 18:00."""
        closes_at = values.clock(last)
        carried = values.says_afternoon(first) and not values.names_half_day(last)
        if carried and closes_at and closes_at < "12:00" <= opens_at:
            return values.later_by_half_a_day(closes_at)
        return closes_at


def _next_of(kind: str, kinds: list[str]) -> list[int]:
    """For each place, and the end, where the next token of a kind stands; far off if none does."""
    places = [len(kinds) + _LONGEST_DAYS]
    for index in range(len(kinds) - 1, -1, -1):
        places.append(index if kinds[index] == kind else places[-1])
    return places[::-1]


def _nth(text: str) -> int:
    return values.number(text) if any(letter.isdigit() for letter in text) else -1
