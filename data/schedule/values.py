"""From the text of one token to its value: times, dates, months, frequencies."""

import datetime as dt
import re
from dataclasses import replace

from ibasho.data.schedule.model import DayRange
from ibasho.data.schedule.reading import Frequency

_AFTERNOON = re.compile(r"午後|夕方|夜|[Pp][Mm]")
_NUMBER = re.compile(r"\d+")
_REIWA_YEAR_ZERO = 2018
_LONGEST_INTERVAL = 50  # weeks or months: what is rarer, is no interval

_PERIODS: dict[str, DayRange] = {
    "年末": ("12-29", "12-31"),
    "年始": ("01-01", "01-03"),
    "年末年始": ("12-29", "01-03"),
    "盆": ("08-13", "08-16"),
    "正月": ("01-01", "01-03"),
    "が日": ("01-01", "01-03"),
    "GW": ("04-27", "05-08"),
    "ゴールデンウィーク": ("04-27", "05-08"),
}


def weekday(text: str) -> int:
    """土曜日 → 5, counted from Monday."""
    return "月火水木金土日".index(text[0])


def number(text: str) -> int:
    """The first number in the text."""
    return int(_NUMBER.findall(text)[0])


def clock(text: str) -> str | None:
    """午後4時半 → "16:30"; None where that is no time of day."""
    if text.startswith("正午"):
        return "12:00"
    numbers = _NUMBER.findall(text)
    hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
    if "半" in text:
        minute = 30
    if hour < 12 and _AFTERNOON.search(text):
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def says_afternoon(text: str) -> bool:
    """Whether a time says for itself that it is after noon."""
    return bool(_AFTERNOON.search(text))


def names_half_day(text: str) -> bool:
    """Whether a time needs no other word to be placed before or after noon."""
    return not text[0].isdigit()


def later_by_half_a_day(time: str) -> str:
    """ "06:00" → "18:00"."""
    return f"{int(time[:2]) + 12:02}{time[2:]}"


def date(text: str) -> dt.date | None:
    """2026年12月20日, 2026/12/20, 令和8年12月20日, R8.12.20; None where there is no such date."""
    parts = [int(part) for part in re.findall(r"\d+|元", text.replace("元", "1"))]
    try:
        return dt.date(_western(text, parts[0]), parts[1], parts[2])
    except ValueError:
        return None


def year_span(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of 2026年, 2026年12月 or 令和8年度 (April to March)."""
    parts = [int(part) for part in re.findall(r"\d+", text.replace("元", "1"))]
    year = _western(text, parts[0])
    if text.endswith("度"):
        return dt.date(year, 4, 1), dt.date(year + 1, 3, 31)
    if len(parts) == 1:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if not 1 <= parts[1] <= 12:
        return None
    after = dt.date(year + parts[1] // 12, parts[1] % 12 + 1, 1)
    return dt.date(year, parts[1], 1), after - dt.timedelta(days=1)


def month_and_day(text: str) -> tuple[int, int] | None:
    """8月13日 → (8, 13); None where no year has such a day."""
    month, day = (int(part) for part in _NUMBER.findall(text))
    try:
        dt.date(2024, month, day)
    except ValueError:
        return None
    return month, day


def month_days_ending(text: str) -> tuple[int, ...]:
    """5のつく日 → 5, 15, 25; 0のつく日 → 10, 20, 30."""
    endings = {int(part) for part in _NUMBER.findall(text)}
    return tuple(day for day in range(1, 31) if day % 10 in endings)


def period(text: str) -> tuple[tuple[DayRange, ...], bool]:
    """The days of 年末年始 or お盆, and whether they are vague as those of GW: then the widest.

    None at all for school holidays.
    """
    for name in sorted(_PERIODS, key=len, reverse=True):
        if name in text:
            return (_PERIODS[name],), name in ("GW", "ゴールデンウィーク")
    return (), True


def frequency(text: str) -> Frequency | None:
    """月1～2回, 週3日, 年10回, 2か月に1回, 3週に1回 → openings a month; None where one is 0."""
    numbers = [int(part) for part in _NUMBER.findall(text)]
    if not all(numbers):
        return None
    every_few = re.search(r"(か月|週間?)に\s*\d", text)
    if every_few and text[0].isdigit():
        split = len(_NUMBER.findall(text[: every_few.start()]))
        times, spans = numbers[split:], numbers[:split]
        if not every_few[0].startswith("か月"):
            return Frequency.per_week(min(times), max(times)).slowed(min(spans), max(spans))
        return Frequency(min(times), max(times)).slowed(min(spans), max(spans))
    low, high = min(numbers), max(numbers)
    if "週" in text:
        return Frequency.per_week(low, high)
    return Frequency(low / 12, high / 12) if text.startswith("年") else Frequency(low, high)


def interval(text: str) -> Frequency:
    """隔週, 隔月, 2週間おき, 3か月ごと → openings a month."""
    spans = min(number(text), _LONGEST_INTERVAL) if text[0].isdigit() else 2
    widest = spans + 1 if "おき" in text else spans
    if "月" in text:
        return Frequency(1, 1).slowed(max(spans, 1), max(widest, 1))
    slowed = Frequency.per_week(1, 1).slowed(max(spans, 1), max(widest, 1))
    return replace(slowed, every_weeks=spans if spans == widest < _LONGEST_INTERVAL else 0)


def _western(text: str, year: int) -> int:
    return year if text[0].isdigit() else _REIWA_YEAR_ZERO + year
