"""What goes stale this week and only a telephone call can keep true, the most urgent first."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ibasho.data.database import Database
from ibasho.data.freshness.rules import Limits
from ibasho.data.freshness.steps import ToAsk, listings_to_ask

_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class GoingStale:
    """A listing to ask about, how many days old its facts are, and how often it is looked at."""

    asked: ToAsk
    days: int
    views: int

    @property
    def urgency(self) -> int:
        """Views × age: how many people may be sent to a place that is not so any more."""
        return (self.views + 1) * self.days


def going_stale(
    db: Database, day: dt.date, limits: Limits, views: Mapping[str, int]
) -> list[GoingStale]:
    """The public listings that are too old on a JST date or will be within a week.

    `views` is how often the page of each was opened of late; one that is missing counts as never.
    """
    found = [
        GoingStale(one, one.days - _WEEK.days, views.get(one.listing_id, 0))
        for one in listings_to_ask(db, day + _WEEK, limits)
    ]
    return sorted(found, key=lambda one: -one.urgency)
