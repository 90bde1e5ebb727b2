"""The year of Japanese offices begins in April and has three periods."""

import datetime as dt

import pytest

from ibasho.data.fiscal_year import Period, days_of, fiscal_year_of, period_of


@pytest.mark.parametrize(
    ("day", "year", "period"),
    [
        ("2026-03-31", 2025, Period.LAST),
        ("2026-04-01", 2026, Period.FIRST),
        ("2026-07-31", 2026, Period.FIRST),
        ("2026-08-01", 2026, Period.MIDDLE),
        ("2026-11-30", 2026, Period.MIDDLE),
        ("2026-12-01", 2026, Period.LAST),
        ("2027-01-01", 2026, Period.LAST),
    ],
)
def test_a_date_lies_in_one_year_and_one_period(day: str, year: int, period: Period) -> None:
    date = dt.date.fromisoformat(day)
    assert (fiscal_year_of(date), period_of(date)) == (year, period)
    first, last = days_of(year)
    assert first <= date <= last


def test_one_year_ends_where_the_next_begins() -> None:
    assert days_of(2026)[1] + dt.timedelta(days=1) == days_of(2027)[0]
