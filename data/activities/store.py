"""The only code that reads and writes the table of activities; words about people are sealed."""

import datetime as dt
from typing import Any

from ibasho.data.activities.model import Activity, ActivityKind, Counts, StoredActivity, count
from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.fiscal_year import days_of, fiscal_year_of
from ibasho.data.ids import new_id
from ibasho.data.record import write_record
from ibasho.data.sealing import seal, unseal
from ibasho.data.withdrawn import set_withdrawn


class UnknownActivityError(LookupError):
    """There is no activity of that id."""


def keep_activity(
    db: Database, activity: Activity, actor: str, activity_id: str | None = None
) -> str:
    """Keep a new activity, or in place of the one of `activity_id`, and return its id.

    One transaction with its line in the record. Raises UnknownActivityError.
    """
    values = {
        "held_on": activity.held_on.isoformat(),
        "kind": str(activity.kind),
        "with_whom": seal(db, activity.with_whom),
        "people": activity.people,
        "network": activity.network,
        "school": activity.school,
        "listing": activity.listing or None,
        "note": seal(db, activity.note),
    }
    with transaction(db):
        if activity_id is None:
            activity_id = new_id()
            db.table("activity").insert({"id": activity_id, **values, "created_at": now()})
        elif db.table("activity").count_where("id = ?", [activity_id]):
            db.table("activity").update(activity_id, values)
        else:
            raise UnknownActivityError(activity_id)
        write_record(db, actor, "keep_activity", f"activity:{activity_id}")
    return activity_id


def read_activity(db: Database, activity_id: str) -> StoredActivity:
    """One activity, withdrawn or not. Raises UnknownActivityError."""
    for row in db.query("SELECT * FROM activity WHERE id = ?", [activity_id]):
        return _stored(db, row)
    raise UnknownActivityError(activity_id)


def read_activities(db: Database, fiscal_year: int | None = None) -> list[StoredActivity]:
    """The activities of a fiscal year, or all, the newest first; withdrawn ones are among them."""
    first, last = days_of(fiscal_year) if fiscal_year else (dt.date.min, dt.date.max)
    rows = db.query(
        "SELECT * FROM activity WHERE held_on BETWEEN ? AND ?"
        " ORDER BY held_on DESC, created_at DESC, id",
        [first.isoformat(), last.isoformat()],
    )
    return [_stored(db, row) for row in rows]


def count_activities(db: Database, fiscal_year: int) -> Counts:
    """How often what was done in a fiscal year, by kind and period; without withdrawn ones."""
    return count(one.body for one in read_activities(db, fiscal_year) if not one.withdrawn)


def years_with_activities(db: Database) -> list[int]:
    """The fiscal years in which there is any activity, the newest first."""
    dates = db.execute("SELECT DISTINCT held_on FROM activity")
    return sorted({fiscal_year_of(dt.date.fromisoformat(day)) for (day,) in dates}, reverse=True)


def record_export(db: Database, fiscal_year: int, actor: str) -> None:
    """Note that the activities of a fiscal year were taken out as a table."""
    with transaction(db):
        write_record(db, actor, "take_out_activities", f"activities:{fiscal_year}")


def withdraw_activity(db: Database, activity_id: str, withdrawn: bool, actor: str) -> None:
    """Take an activity out of the counts, or bring it back. Raises UnknownEntryError."""
    set_withdrawn(db, "activity", activity_id, withdrawn, actor, f"activity:{activity_id}")


def _stored(db: Database, row: dict[str, Any]) -> StoredActivity:
    body = Activity(
        held_on=dt.date.fromisoformat(row["held_on"]),
        kind=ActivityKind(row["kind"]),
        with_whom=unseal(db, row["with_whom"]),
        people=row["people"],
        network=row["network"],
        school=row["school"],
        listing=row["listing"] or "",
        note=unseal(db, row["note"]),
    )
    return StoredActivity(row["id"], body, bool(row["withdrawn"]))
