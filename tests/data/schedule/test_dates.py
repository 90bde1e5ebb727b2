"""From rules to dates: to the letter, both ends included, doubtful days marked."""

import calendar
import datetime as dt

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from ibasho.data.schedule import (
    Certainty,
    Note,
    Occurrence,
    Repetition,
    Rule,
    Schedule,
    next_occurrence,
    occurrences,
    public_holidays,
    read_columns,
    read_phrase,
)

TIMES = st.sampled_from([None, "09:00", "11:30", "18:00"])
DATES = st.dates(dt.date(2024, 1, 1), dt.date(2029, 12, 31))
MONTHS = st.lists(st.integers(1, 12), unique=True, max_size=5).map(
    lambda found: tuple(sorted(found))
)
WEEKDAYS = st.lists(st.integers(0, 6), unique=True, min_size=1).map(
    lambda found: tuple(sorted(found))
)
NTHS = st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), unique=True, min_size=1).map(tuple)
MONTH_DAYS = st.lists(st.sampled_from([*range(1, 32), -1]), unique=True, min_size=1, max_size=4)


@st.composite
def plain_rules(draw: st.DrawFn) -> Rule:
    """Rules that an RRULE says in full."""
    kind = draw(
        st.sampled_from(
            [Repetition.WEEKLY, Repetition.MONTHLY_BY_WEEKDAY, Repetition.MONTHLY_BY_DAY]
        )
    )
    by_day = kind is Repetition.MONTHLY_BY_DAY
    return Rule(
        kind=kind,
        weekdays=() if by_day else draw(WEEKDAYS),
        nths=draw(NTHS) if kind is Repetition.MONTHLY_BY_WEEKDAY else (),
        month_days=tuple(draw(MONTH_DAYS)) if by_day else (),
        months=draw(MONTHS),
        opens_at=draw(TIMES),
        valid_to=draw(st.none() | DATES),
    )


@settings(max_examples=100, deadline=None)
@given(DATES, st.integers(2, 5))
def test_every_few_weeks_is_counted_from_the_first_date(first: dt.date, weeks: int) -> None:
    rule = Rule(Repetition.WEEKLY, (first.weekday(),), valid_from=first, interval=weeks)
    end = first + dt.timedelta(days=200)
    schedule = Schedule("", Certainty.EXACT, (rule,))
    ours = [one.date for one in occurrences(schedule, first - dt.timedelta(days=50), end)]
    begin = dt.datetime.combine(first, dt.time())
    theirs = rrulestr(rule.rrule(), dtstart=begin).between(
        begin, dt.datetime.combine(end, dt.time()), inc=True
    )
    assert ours == [moment.date() for moment in theirs]


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any schedule."""
    rules = []
    for rule in draw(st.lists(plain_rules(), max_size=3)):
        closed = draw(st.sampled_from([(), (("12-29", "01-03"),), (("08-13", "08-16"),)]))
        rules.append(
            Rule(
                kind=rule.kind,
                weekdays=rule.weekdays,
                nths=rule.nths,
                month_days=rule.month_days,
                months=rule.months,
                opens_at=rule.opens_at,
                except_holidays=draw(st.booleans()),
                on_holidays=draw(st.booleans()),
                closed=closed,
                hedged=draw(st.booleans()),
                valid_from=draw(st.none() | DATES),
            )
        )
    return Schedule(
        phrase=draw(st.text(max_size=5)),
        certainty=draw(st.sampled_from(Certainty)),
        rules=tuple(rules),
        closed_on=tuple(draw(st.lists(DATES, max_size=3))),
        open_on=tuple(draw(st.lists(DATES, max_size=3))),
        suspended=draw(st.booleans()),
        notes=tuple(draw(st.lists(st.sampled_from(Note), max_size=2))),
    )


def dates(phrase: str, start: str, end: str) -> list[str]:
    found = occurrences(
        read_phrase(phrase), dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    )
    return [one.date.isoformat() for one in found]


@pytest.mark.parametrize(
    ("phrase", "day", "named"),
    [
        ("毎日", "2027-01-01", True),
        ("毎週木曜", "2026-12-31", True),
        ("毎週日曜", "2027-01-03", True),
        ("平日", "2026-11-03", False),
        ("平日", "2026-09-22", False),
        ("月～金", "2026-11-03", True),
        ("土日祝", "2026-11-03", True),
        ("土日祝", "2026-11-04", False),
        ("毎月31日", "2026-11-30", False),
        ("毎月末日", "2028-02-29", True),
        ("第5土曜", "2026-12-26", False),
        ("第5土曜", "2027-01-30", True),
    ],
)
def test_the_words_are_followed_to_the_letter(phrase: str, day: str, named: bool) -> None:
    assert dates(phrase, day, day) == ([day] if named else [])


@pytest.mark.parametrize(
    ("phrase", "day", "confirm"),
    [
        ("毎日（祝日も）", "2027-01-11", False),
        ("年中無休", "2027-01-11", False),
        ("年中無休", "2027-01-01", True),
        ("毎日", "2027-01-11", True),
        ("毎週月曜（祝日も開催）", "2027-01-11", True),
        ("毎日", "2026-12-28", False),
        ("毎日", "2026-12-29", True),
        ("毎日", "2027-01-01", True),
        ("毎日", "2027-01-03", True),
        ("毎日", "2027-01-04", False),
        ("毎日", "2027-08-12", False),
        ("毎日", "2027-08-13", True),
        ("毎日", "2027-08-16", True),
        ("毎日", "2027-08-17", False),
        ("毎週火曜", "2026-11-03", True),
        ("土日祝", "2026-11-03", False),
        ("2026年12月30日", "2026-12-30", False),
        ("原則第2土曜", "2026-12-12", True),
        ("2026年12月5日から隔週土曜", "2026-12-19", False),
        ("2026年12月5日から隔週土曜", "2027-01-16", True),
        ("2026年1月10日から隔週土曜", "2026-12-12", False),
        ("2026年1月10日から隔週土曜", "2027-01-09", True),
        ("2020年12月5日から隔週土曜", "2026-12-12", True),
    ],
)
def test_doubt_about_a_date_is_a_flag(phrase: str, day: str, confirm: bool) -> None:
    date = dt.date.fromisoformat(day)
    assert [one.confirm for one in occurrences(read_phrase(phrase), date, date)] == [confirm]


def test_both_ends_are_included_and_an_empty_span_is_empty() -> None:
    assert dates("毎週水曜", "2026-12-02", "2026-12-09") == ["2026-12-02", "2026-12-09"]
    assert dates("毎週水曜", "2026-12-09", "2026-12-02") == []


def test_substitute_holidays_are_holidays() -> None:
    assert dt.date(2026, 5, 6) in public_holidays(2026)
    assert public_holidays(1900) == public_holidays(2200) == frozenset()


def test_exceptions_stand_above_the_rules() -> None:
    wednesday, friday = dt.date(2026, 12, 2), dt.date(2026, 12, 4)
    schedule = read_phrase("毎週水曜 10時～").with_exceptions([wednesday], [friday])
    found = occurrences(schedule, wednesday, dt.date(2026, 12, 9))
    assert [one.date.day for one in found] == [4, 9]
    closed = schedule.with_exceptions(closed_on=[friday])
    assert [one.date.day for one in occurrences(closed, wednesday, friday)] == []


def test_an_open_date_makes_an_unknown_schedule_partial() -> None:
    date = dt.date(2026, 12, 20)
    schedule = read_phrase("不定期").with_exceptions(open_on=[date])
    assert schedule.certainty is Certainty.PARTIAL
    assert occurrences(schedule, date, date) == [Occurrence(date, None, None, False)]


def test_the_next_occurrence_is_the_first_within_the_horizon() -> None:
    schedule = read_phrase("8月第1土曜 10時～")
    today = dt.date(2026, 12, 1)
    assert next_occurrence(schedule, today) == Occurrence(dt.date(2027, 8, 7), "10:00", None, False)
    assert next_occurrence(schedule, today, horizon_days=200) is None
    assert next_occurrence(schedule, dt.date(2027, 8, 7), horizon_days=0) is not None
    assert next_occurrence(read_phrase("不定期"), today) is None


def test_the_ends_of_the_calendar_are_no_error() -> None:
    schedule = read_phrase("毎日")
    assert len(occurrences(schedule, dt.date(9999, 12, 25), dt.date.max)) == 7
    assert len(occurrences(read_phrase("第1土曜"), dt.date.min, dt.date(1, 2, 28))) == 2
    assert next_occurrence(read_phrase("不定期"), dt.date.max) is None


@settings(max_examples=300, deadline=None)
@given(plain_rules(), DATES)
def test_rrule_names_the_same_dates_to_an_independent_reader(rule: Rule, start: dt.date) -> None:
    end = start + dt.timedelta(days=500)
    schedule = Schedule("", Certainty.EXACT, (rule,))
    ours = [one.date for one in occurrences(schedule, start, end)]
    begin = dt.datetime.combine(start, dt.time())
    theirs = rrulestr(rule.rrule(), dtstart=begin).between(
        begin, dt.datetime.combine(end, dt.time()), inc=True
    )
    assert ours == [moment.date() for moment in theirs]


@settings(max_examples=150, deadline=None)
@given(schedules(), st.tuples(DATES, DATES, DATES).map(sorted))
def test_occurrences_are_ascending_within_bounds_and_add_up(
    schedule: Schedule, bounds: list[dt.date]
) -> None:
    first, middle, last = bounds
    found = occurrences(schedule, first, last)
    order = [(one.date, one.opens_at or "", one.closes_at or "") for one in found]
    assert order == sorted(set(order))
    assert all(first <= one.date <= last for one in found)
    assert not found or (not schedule.suspended and schedule.certainty is not Certainty.UNKNOWN)
    halves = occurrences(schedule, first, middle) + occurrences(
        schedule, middle + dt.timedelta(days=1), last
    )
    assert found == halves
    if found:
        horizon = (last - first).days
        assert next_occurrence(schedule, first, horizon) == found[0]


@settings(max_examples=150, deadline=None)
@given(schedules())
def test_json_gives_the_schedule_back(schedule: Schedule) -> None:
    assert Schedule.from_json(schedule.to_json()) == schedule


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"phrase": "", "certainty": "sure"},
        {"phrase": "", "certainty": "exact", "rules": [{"kind": "weekly", "weekdays": [7]}]},
        {"phrase": "", "certainty": "exact", "rules": [{"kind": "weekly", "closed": ["x"]}]},
        {"phrase": "", "certainty": "exact", "rules": ["weekly"]},
        {"phrase": "", "certainty": "exact", "rules": 3},
        {"phrase": "", "certainty": "exact", "closed_on": ["tomorrow"]},
    ],
)
def test_json_of_something_else_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Schedule.from_json(data)


WORDS = """
第 1 2 4 5 12 31 土 日 月 水曜 土曜日 毎週 毎月 隔週 月1回 週2回 ・ 、 ～ - と （ ） ( ) ※ 。
か または 8月 12月 奇数月 毎日 平日 祝日 年末年始 夏休み を除く 休み は の のみ 除く 場合は 10時
11:30 午後4時半 17時～19時 頃 まで から 12日 末日 2026年12月20日 令和8年 12月20日 最終 程度
原則 不定期 休止中 公民館 なし
"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n"])
PHRASES = st.text(max_size=60) | st.lists(PIECES, max_size=14).map("".join)


@settings(max_examples=600, deadline=None)
@given(PHRASES)
def test_any_phrase_is_read_and_its_certainty_keeps_its_word(phrase: str) -> None:
    schedule = read_phrase(phrase)
    found = occurrences(schedule, dt.date(2026, 12, 1), dt.date(2027, 12, 31))
    if schedule.certainty is Certainty.UNKNOWN:
        assert (schedule.rules, found) == ((), [])
    assert (schedule.certainty is Certainty.EXACT) is not bool(schedule.notes)
    assert Schedule.from_json(schedule.to_json()) == schedule
    for rule in schedule.rules:
        rule.rrule()
        assert not (rule.opens_at and rule.closes_at) or rule.opens_at < rule.closes_at
    assert read_phrase(phrase) == schedule


@settings(max_examples=300, deadline=None)
@given(st.lists(PHRASES, min_size=6, max_size=6))
def test_any_columns_are_read(cells: list[str]) -> None:
    names = ("frequency", "weekday", "date", "opens_at", "closes_at", "note")
    schedule = read_columns(**dict(zip(names, cells, strict=True)))
    if schedule.certainty is Certainty.UNKNOWN:
        assert schedule.rules == ()
    assert (schedule.certainty is Certainty.EXACT) is not bool(schedule.notes)


@pytest.mark.parametrize("nth", [1, 2, 3, 4, 5, -1])
@pytest.mark.parametrize("weekday", range(7))
def test_nth_weekdays_are_those_of_the_calendar_of_the_month(nth: int, weekday: int) -> None:
    phrase = f"{'最終' if nth < 0 else f'第{nth}'}{'月火水木金土日'[weekday]}曜"
    for month in range(1, 13):
        days = [week[weekday] for week in calendar.monthcalendar(2027, month) if week[weekday]]
        wanted = [days[-1]] if nth < 0 else days[nth - 1 : nth]
        last = calendar.monthrange(2027, month)[1]
        found = occurrences(
            read_phrase(phrase), dt.date(2027, month, 1), dt.date(2027, month, last)
        )
        assert [one.date.day for one in found] == wanted
