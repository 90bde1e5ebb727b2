"""First opening days of many listings, worked out once for each schedule and question."""

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ibasho.data.schedule import (
    Occurrence,
    Schedule,
    SchoolHolidays,
    next_occurrence,
    occurrences,
)
from ibasho.search_index.opening import Hours
from ibasho.search_index.record import schedule_of

NEVER = np.iinfo(np.int32).max
_NOT_ASKED = 0
_KEPT_SPANS = 16


@dataclass(slots=True)
class _Answers:
    """Per schedule: the day of its first opening in one span as an ordinal, and the opening."""

    days: NDArray[np.int32]
    openings: dict[int, Occurrence | None] = field(default_factory=dict)


_WEEKS = 4
_YEAR = dt.timedelta(days=366)


class Span(NamedTuple):
    """JST dates, both included; without an end, the year that begins at `start`. With hours, only
    openings that certainly meet them count."""

    start: dt.date
    end: dt.date | None = None
    hours: Hours | None = None


class Dates:
    """Schedules by number: many listings share one, and most outlive a change of the index."""

    def __init__(self, holidays: SchoolHolidays) -> None:
        self._holidays = holidays
        self._lock = Lock()
        self._codes: dict[str, int] = {}
        self._schedules: list[Schedule] = []
        self._answers: OrderedDict[Span, _Answers] = OrderedDict()
        self._weekdays: dict[Hours | None, tuple[dt.date, NDArray[np.uint8]]] = {}

    def codes(self, texts: Iterable[str]) -> NDArray[np.int32]:
        """The numbers of schedules as records keep them; new ones get a new number."""
        with self._lock:
            return np.array([self._code(text) for text in texts], np.int32)

    def first_days(self, codes: NDArray[np.int32], span: Span) -> NDArray[np.int32]:
        """Of each schedule the ordinal of its first day in the span, or NEVER."""
        with self._lock:
            answers = self._answers_for(span)
            days = answers.days[codes]
            for code in np.unique(codes[days == _NOT_ASKED]).tolist():
                self._answer(answers, code, span)
            return answers.days[codes]

    def openings(self, codes: Sequence[int], span: Span) -> list[Occurrence | None]:
        """The first opening of each schedule in the span."""
        with self._lock:
            answers = self._answers_for(span)
            known = answers.openings
            for code in codes:
                if code not in known:
                    self._answer(answers, code, span)
            return [known[code] for code in codes]

    def weekdays(
        self, codes: NDArray[np.int32], day: dt.date, hours: Hours | None
    ) -> NDArray[np.uint8]:
        """The weekdays on which each schedule opens in four weeks from a day; Monday is bit 0.

        With hours, only openings that certainly meet them count.
        """
        with self._lock:
            known_on, bits = self._weekdays.get(hours, (day, np.zeros(0, np.uint8)))
            bits = bits if known_on == day else np.zeros(0, np.uint8)
            new = self._schedules[len(bits) :]
            more = [_weekday_bits(schedule, day, hours) for schedule in new]
            bits = np.concatenate([bits, np.array(more, np.uint8)])
            self._weekdays[hours] = day, bits
            return bits[codes]

    def _code(self, text: str) -> int:
        code = self._codes.get(text)
        if code is None:
            code = self._codes[text] = len(self._schedules)
            self._schedules.append(schedule_of(text).with_school_holidays(self._holidays))
        return code

    def _answer(self, answers: _Answers, code: int, span: Span) -> None:
        opening = _first(self._schedules[code], span)
        answers.openings[code] = opening
        answers.days[code] = opening.date.toordinal() if opening else NEVER

    def _answers_for(self, span: Span) -> _Answers:
        answers = self._answers.get(span)
        if answers is None:
            answers = self._answers[span] = _Answers(np.zeros(0, np.int32))
            if len(self._answers) > _KEPT_SPANS:
                self._answers.popitem(last=False)
        self._answers.move_to_end(span)
        missing = len(self._schedules) - len(answers.days)
        if missing:
            answers.days = np.pad(answers.days, (0, missing), constant_values=_NOT_ASKED)
        return answers


def _first(schedule: Schedule, span: Span) -> Occurrence | None:
    if span.hours:
        return _first_at(schedule, span, span.hours)
    if span.end is None:
        return next_occurrence(schedule, span.start)
    return next(iter(occurrences(schedule, span.start, span.end)), None)


def _first_at(schedule: Schedule, span: Span, hours: Hours) -> Occurrence | None:
    # most that never meet the hours are known by their rules: no year of dates for them
    named = [(one.opens_at, one.closes_at) for one in schedule.rules]
    named += [(one.opens_at, one.closes_at) for one in schedule.special]
    if not any(hours.meets(opens_at, closes_at) for opens_at, closes_at in named):
        return None
    start, end = span.start, span.end or span.start + _YEAR
    while start <= end:
        last = min(end, start + dt.timedelta(weeks=_WEEKS, days=-1))
        for one in occurrences(schedule, start, last):
            if hours.meets(one.opens_at, one.closes_at):
                return one
        start = last + dt.timedelta(1)
    return None


def _weekday_bits(schedule: Schedule, day: dt.date, hours: Hours | None) -> int:
    openings = occurrences(schedule, day, day + dt.timedelta(weeks=_WEEKS, days=-1))
    weekdays = {
        one.date.weekday()
        for one in openings
        if hours is None or hours.meets(one.opens_at, one.closes_at)
    }
    return sum(1 << weekday for weekday in weekdays)
