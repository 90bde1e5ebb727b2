"""What the office did, and how often: the log that the progress report counts."""

from ibasho.data.activities.model import (
    Activity,
    ActivityKind,
    Count,
    Counts,
    NegativePeopleError,
    StoredActivity,
    count,
)
from ibasho.data.activities.store import (
    UnknownActivityError,
    count_activities,
    keep_activity,
    read_activities,
    read_activity,
    record_export,
    withdraw_activity,
    years_with_activities,
)

__all__ = [
    "Activity",
    "ActivityKind",
    "Count",
    "Counts",
    "NegativePeopleError",
    "StoredActivity",
    "UnknownActivityError",
    "count",
    "count_activities",
    "keep_activity",
    "read_activities",
    "read_activity",
    "record_export",
    "withdraw_activity",
    "years_with_activities",
]
