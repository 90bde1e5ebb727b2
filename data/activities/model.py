"""What an activity is: something that the office did on one day, with somebody."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ibasho.data.fiscal_year import Period, period_of


class ActivityKind(StrEnum):
    """What was done."""

    SCHOOL_VISIT = "school_visit"
    """学校訪問."""
    HEARING = "hearing"
    """ヒアリング."""
    PRINCIPALS = "principals"
    """校長会."""
    TRAINING = "training"
    """研修."""
    MEETING = "meeting"
    """会議."""
    PUBLICITY = "publicity"
    """広報."""
    OTHER = "other"


class NegativePeopleError(ValueError):
    """Nobody meets fewer than no people."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity on a JST date.

    `with_whom` and `note` are confidential. `people` is how many took part, None where nobody
    counted. `network` is a name, `school` an id of the list of schools, `listing` an id; "" where
    it concerns none. Raises NegativePeopleError.
    """

    held_on: dt.date
    kind: ActivityKind
    with_whom: str = ""
    people: int | None = None
    network: str = ""
    school: str = ""
    listing: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.people is not None and self.people < 0:
            raise NegativePeopleError(self.people)


@dataclass(frozen=True, slots=True)
class StoredActivity:
    """An activity as it is kept; a withdrawn one counts nowhere."""

    id: str
    body: Activity
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Count:
    """How many activities there were, and how many people took part where somebody counted."""

    times: int = 0
    people: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.times + other.times, self.people + other.people)


Counts = Mapping[tuple[ActivityKind, Period], Count]
"""A count for every kind in every period of one fiscal year."""


def count(activities: Iterable[Activity]) -> Counts:
    """The counts of the activities of one fiscal year."""
    counts = {(kind, period): Count() for kind in ActivityKind for period in Period}
    for one in activities:
        counts[one.kind, period_of(one.held_on)] += Count(1, one.people or 0)
    return counts
