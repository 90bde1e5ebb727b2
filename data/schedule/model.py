"""What opening days are made of: rules, exceptions, and how sure the reading is.

Every date is a calendar date in Japan, every time is text "HH:MM" on the 24-hour clock or None.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ibasho.data.schedule.school import SchoolHolidays, Season

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY_WEEKDAY = tuple(range(7))

DayRange = tuple[str, str]
"""First and last day of a yearly period as "MM-DD", both included; may run over New Year."""


class Certainty(enum.StrEnum):
    """How far the text names dates that one may rely on."""

    EXACT = "exact"
    """Every part was understood and names certain dates."""
    PARTIAL = "partial"
    """Some dates are certain and given; another part was hedged or not understood."""
    UNKNOWN = "unknown"
    """No certain date: no rule and no occurrence, ask first."""


class Note(enum.StrEnum):
    """Why a reading is less than exact: a key for messages, never prose."""

    NOT_GIVEN = "not_given"
    """Nothing was written."""
    NOT_UNDERSTOOD = "not_understood"
    """Some words were not understood."""
    TOO_LONG = "too_long"
    """The text is longer than a phrase about opening days can be, and was not read."""
    SUSPENDED = "suspended"
    """The place says that it is closed for now (休止中)."""
    IRREGULAR = "irregular"
    """No regular days (不定期, 随時, 未定)."""
    HEDGED = "hedged"
    """The text itself is unsure (程度, 頃, もしくは, 原則, 変更あり)."""
    AMBIGUOUS = "ambiguous"
    """The words have two readings that name different dates (第2土日, 第2週の水曜)."""
    DAY_NOT_NAMED = "day_not_named"
    """How often, but not which day (月1回 土曜日, 隔週木曜, 2ヶ月に1回 第2火曜)."""
    WEEKDAY_ONLY = "weekday_only"
    """A weekday without a word on how often it recurs."""
    MONTH_UNKNOWN = "month_unknown"
    """A day of the month without the month or 毎月."""
    YEAR_UNKNOWN = "year_unknown"
    """A month and day without a year."""
    SCHOOL_HOLIDAYS = "school_holidays"
    """It depends on the school holidays, whose dates are not known here."""
    TIMES_REVERSED = "times_reversed"
    """The closing time is not after the opening time: no times are given."""
    TIMES_CONTRADICT = "times_contradict"
    """Two parts give different times: no times are given."""
    TIMES_UNSURE = "times_unsure"
    """Which times are meant, or of which days, is not certain (5時～7時): no times are given."""
    PARTS_CONTRADICT = "parts_contradict"
    """Two parts of one phrase exclude each other."""
    COLUMNS_CONTRADICT = "columns_contradict"
    """Two columns of one row exclude each other."""


_NOTES = tuple(Note)


class Repetition(enum.StrEnum):
    """How a rule repeats."""

    WEEKLY = "weekly"
    """On `weekdays`, and on public holidays where `on_holidays` is set."""
    MONTHLY_BY_WEEKDAY = "monthly_by_weekday"
    """On each of `nths` × `weekdays` of a month (第2・4土曜, 最終金曜)."""
    MONTHLY_BY_DAY = "monthly_by_day"
    """On `month_days` of a month (毎月12日)."""
    ONCE = "once"
    """On the one date `valid_from`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One repeating rule; `rrule` gives its repetition, `occurrences` all of its meaning.

    Weekdays count from Monday = 0. `nths` are 1 to 5, or -1 for the last (最終). `month_days` are
    1 to 31, or -1 for the last day (末日). Empty `months` means every month. `except_holidays`
    leaves out Japan's public holidays, `on_holidays` adds them. `closed` are yearly periods that
    are left out (年末年始を除く is ("12-29", "01-03")). `hedged` says that the text doubts the
    rule (原則) or has words beside it that were not understood: all of its dates are to be
    confirmed. `interval` is 2 for 隔週, counted in weeks from `valid_from`. `except_school` are the
    school holidays that are left out, at their widest; `only_school` those outside of which the
    rule does not hold, and as their dates are not known here, it names none.
    """

    kind: Repetition
    weekdays: tuple[int, ...] = ()
    nths: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    except_holidays: bool = False
    on_holidays: bool = False
    closed: tuple[DayRange, ...] = ()
    opens_at: str | None = None
    closes_at: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    hedged: bool = False
    interval: int = 1
    except_school: tuple[Season, ...] = ()
    only_school: tuple[Season, ...] = ()

    def rrule(self) -> str:
        """The repetition as an RFC 5545 RRULE value, such as "FREQ=MONTHLY;BYDAY=2SA,4SA".

        RFC 5545 has no word for public holidays, and `closed` would need EXDATEs: who exports a
        calendar takes the dates from `occurrences`. A rule for public holidays alone gives "".
        A single date is "FREQ=DAILY;COUNT=1" with `valid_from` as DTSTART.
        """
        if self.kind is Repetition.ONCE:
            return "FREQ=DAILY;COUNT=1"
        months = f";INTERVAL={self.interval}" if self.interval > 1 else ""
        months += f";BYMONTH={_commas(self.months)}" if self.months else ""
        until = f";UNTIL={self.valid_to:%Y%m%d}" if self.valid_to else ""
        codes = [WEEKDAY_CODES[day] for day in self.weekdays]
        match self.kind:
            case Repetition.MONTHLY_BY_DAY:
                return f"FREQ=MONTHLY{months};BYMONTHDAY={_commas(self.month_days)}{until}"
            case Repetition.MONTHLY_BY_WEEKDAY:
                by_day = _commas(f"{nth}{code}" for code in codes for nth in self.nths)
                return f"FREQ=MONTHLY{months};BYDAY={by_day}{until}"
            case _ if self.weekdays == EVERY_WEEKDAY:
                return f"FREQ=DAILY{months}{until}"
            case _:
                return f"FREQ=WEEKLY{months};BYDAY={_commas(codes)}{until}" if codes else ""

    def to_json(self) -> dict[str, object]:
        """The rule as JSON values; fields at their default are left out."""
        return {
            field.name: _plain(getattr(self, field.name))
            for field in dataclasses.fields(self)
            if getattr(self, field.name) != field.default
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> "Rule":
        """The rule that `to_json` wrote. Raises ValueError on anything else."""
        try:
            rule = cls(
                kind=Repetition(str(data["kind"])),
                weekdays=_numbers(data.get("weekdays")),
                nths=_numbers(data.get("nths")),
                month_days=_numbers(data.get("month_days")),
                months=_numbers(data.get("months")),
                except_holidays=bool(data.get("except_holidays")),
                on_holidays=bool(data.get("on_holidays")),
                closed=tuple((str(first), str(last)) for first, last in _items(data.get("closed"))),
                opens_at=_text(data.get("opens_at")),
                closes_at=_text(data.get("closes_at")),
                valid_from=_date(data.get("valid_from")),
                valid_to=_date(data.get("valid_to")),
                hedged=bool(data.get("hedged")),
                interval=int(str(data.get("interval", 1))),
                except_school=_seasons(data.get("except_school")),
                only_school=_seasons(data.get("only_school")),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("not a rule") from error
        within = (
            all(0 <= day <= 6 for day in rule.weekdays)
            and all(nth == -1 or 1 <= nth <= 5 for nth in rule.nths)
            and all(day == -1 or 1 <= day <= 31 for day in rule.month_days)
            and all(1 <= month <= 12 for month in rule.months)
            and 1 <= rule.interval <= 52
        )
        if not within:
            raise ValueError("a number outside of the calendar")
        return rule


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One opening: its date, its times where they are known, and whether to ask first.

    `confirm` is set on public holidays, New Year (12/29 to 1/3) and Obon (8/13 to 8/16), unless
    the text speaks of that very day, and on every date of a rule that the text itself doubts.
    """

    date: dt.date
    opens_at: str | None
    closes_at: str | None
    confirm: bool

    def to_json(self) -> dict[str, object]:
        """The opening as JSON values, its date as ISO 8601 text."""
        return {
            "date": self.date.isoformat(),
            "opens_at": self.opens_at,
            "closes_at": self.closes_at,
            "confirm": self.confirm,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> "Occurrence":
        """The opening that `to_json` wrote. Raises KeyError, TypeError, ValueError on others."""
        return cls(
            dt.date.fromisoformat(str(data["date"])),
            _text(data["opens_at"]),
            _text(data["closes_at"]),
            bool(data["confirm"]),
        )


@dataclass(frozen=True, slots=True)
class Schedule:
    """The opening days of one listing, as read from `phrase`.

    `closed_on` and `open_on` are single dates that stand above the rules; where a date is in
    both, the place is closed. A `suspended` place has no dates, whatever its rules say.
    `school_rules` hold in school holidays alone (夏休み期間中の平日); they name no dates until
    `with_school_holidays` says when these are. `special` are openings that somebody announced
    for single dates: they take the place of whatever all else says of their dates, even where the
    schedule is suspended or unknown. `confirmed` are openings that the rules name and of which the
    place said that they take place: they are certain, and add nothing where the rules name them no
    more.
    """

    phrase: str
    certainty: Certainty
    rules: tuple[Rule, ...] = ()
    closed_on: tuple[dt.date, ...] = ()
    open_on: tuple[dt.date, ...] = ()
    suspended: bool = False
    notes: tuple[Note, ...] = ()
    school_rules: tuple[Rule, ...] = ()
    special: tuple[Occurrence, ...] = ()
    confirmed: tuple[Occurrence, ...] = ()

    def with_school_holidays(self, holidays: SchoolHolidays) -> "Schedule":
        """The same schedule where the dates of the school holidays are known.

        It names dates of `school_rules`, and those days beside a school holiday that were left out
        as they might have been one. Of years and seasons that `holidays` does not know, nothing is
        added.

        >>> from ibasho.data.schedule import next_occurrence, read_phrase
        >>> schedule = read_phrase("夏休み期間中の平日 10時～")
        >>> next_occurrence(schedule, dt.date(2026, 7, 1)) is None
        True
        >>> summer = SchoolHolidays.from_text("2026-07-21/2026-08-31 夏休み")
        >>> next_occurrence(schedule.with_school_holidays(summer), dt.date(2026, 7, 1)).date
        datetime.date(2026, 7, 21)
        """
        further = [part for rule in self.school_rules for part in holidays.during(rule)]
        further += [part for rule in self.rules for part in holidays.besides(rule)]
        if self.suspended or not further:
            return self
        return dataclasses.replace(
            self,
            certainty=Certainty.PARTIAL if not self.rules else self.certainty,
            rules=self.rules + tuple(further),
        )

    def with_exceptions(
        self, closed_on: Iterable[dt.date] = (), open_on: Iterable[dt.date] = ()
    ) -> "Schedule":
        """The same schedule with further closed and open dates.

        An open date is certain, so an unknown schedule becomes a partial one.
        """
        opened = tuple(sorted({*self.open_on, *open_on}))
        unknown = self.certainty is Certainty.UNKNOWN
        return dataclasses.replace(
            self,
            closed_on=tuple(sorted({*self.closed_on, *closed_on})),
            open_on=opened,
            certainty=Certainty.PARTIAL if opened and unknown else self.certainty,
        )

    def to_json(self) -> dict[str, object]:
        """The schedule as JSON values, dates as ISO 8601 text."""
        return {
            "phrase": self.phrase,
            "certainty": self.certainty.value,
            "rules": [rule.to_json() for rule in self.rules],
            "closed_on": _plain(self.closed_on),
            "open_on": _plain(self.open_on),
            "suspended": self.suspended,
            "notes": _plain(self.notes),
            **(
                {"school_rules": [rule.to_json() for rule in self.school_rules]}
                if self.school_rules
                else {}
            ),
            **({"special": [one.to_json() for one in self.special]} if self.special else {}),
            **({"confirmed": [one.to_json() for one in self.confirmed]} if self.confirmed else {}),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> "Schedule":
        """The schedule that `to_json` wrote. Raises ValueError on anything else."""
        try:
            return cls(
                phrase=str(data["phrase"]),
                certainty=Certainty(str(data["certainty"])),
                rules=tuple(Rule.from_json(rule) for rule in _items(data.get("rules"))),
                closed_on=_dates(data.get("closed_on")),
                open_on=_dates(data.get("open_on")),
                suspended=bool(data.get("suspended")),
                notes=tuple(Note(str(note)) for note in _items(data.get("notes"))),
                school_rules=tuple(map(Rule.from_json, _items(data.get("school_rules")))),
                special=tuple(map(Occurrence.from_json, _items(data.get("special")))),
                confirmed=tuple(map(Occurrence.from_json, _items(data.get("confirmed")))),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a schedule") from error


def ordered(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes without repetition, in the order in which `Note` declares them."""
    return tuple(sorted(set(notes), key=_NOTES.index))


def _commas(items: Iterable[object]) -> str:
    return ",".join(str(item) for item in items)


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, enum.Enum) else value


def _items(value: object) -> list[Mapping[str, object]]:
    """The list inside JSON; what its items are is checked where they are read."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _numbers(value: object) -> tuple[int, ...]:
    return tuple(int(str(item)) for item in _items(value))


def _seasons(value: object) -> tuple[Season, ...]:
    return tuple(Season(str(item)) for item in _items(value))


def _dates(value: object) -> tuple[dt.date, ...]:
    return tuple(dt.date.fromisoformat(str(item)) for item in _items(value))


def _date(value: object) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(str(value))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
