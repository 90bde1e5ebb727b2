"""The year of Japanese offices (年度): from April to March, in three periods."""

import datetime as dt
from enum import StrEnum

_FIRST_MONTH = 4
_MONTHS_A_PERIOD = 4


class Period(StrEnum):
    """A third of a fiscal year."""

    FIRST = "first"
    """前期: April to July."""
    MIDDLE = "middle"
    """中期: August to November."""
    LAST = "last"
    """後期: December to March."""


def fiscal_year_of(date: dt.date) -> int:
    """The year in which the fiscal year of a JST date began: 2027-03-31 is of 2026年度.

    >>> fiscal_year_of(dt.date(2027, 3, 31)), fiscal_year_of(dt.date(2027, 4, 1))
    (2026, 2027)
    """
    return date.year - (date.month < _FIRST_MONTH)


def period_of(date: dt.date) -> Period:
    """The third of its fiscal year in which a JST date lies.

    >>> period_of(dt.date(2026, 12, 1))
    <Period.LAST: 'last'>
    """
    return tuple(Period)[(date.month - _FIRST_MONTH) % 12 // _MONTHS_A_PERIOD]


def days_of(fiscal_year: int) -> tuple[dt.date, dt.date]:
    """The first and the last JST date of a fiscal year."""
    return dt.date(fiscal_year, _FIRST_MONTH, 1), dt.date(fiscal_year + 1, _FIRST_MONTH - 1, 31)
