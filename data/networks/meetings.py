"""Meetings of a network: when, what about, who came, what was said and what is to be done.

Place, agenda, minutes and tasks are sealed. Dates are JST, times "HH:MM".
"""

import datetime as dt
import json
from dataclasses import dataclass, replace
from typing import Any

from ibasho.data.database import Database, transaction
from ibasho.data.networks.rows import insert_row, seal_values, unseal_values
from ibasho.data.record import write_record


class UnknownMeetingError(LookupError):
    """There is no such meeting, or task of it, in this network."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a meeting decided: who does it until when; `done_on` is None while it is open."""

    words: str
    owner: str = ""
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    id: int = 0
    meeting_id: int = 0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, planned or past. `present` are keys of members, `people` how many came in all.

    What `is_withdrawn` was entered by mistake, and is shown in no list but that of such.
    """

    held_on: dt.date
    opens_at: str = ""
    closes_at: str = ""
    place: str = ""
    agenda: str = ""
    minutes: str = ""
    present: tuple[str, ...] = ()
    people: int | None = None
    is_off: bool = False
    tasks: tuple[Task, ...] = ()
    id: int = 0
    is_withdrawn: bool = False


def keep_meeting(
    db: Database, network_id: int, meeting: Meeting, actor: str, meeting_id: int | None = None
) -> int:
    """Keep a new meeting, or in place of `meeting_id`, without its tasks; its id.

    Raises UnknownMeetingError.
    """
    sealed = {name: getattr(meeting, name) for name in ("place", "agenda", "minutes")}
    values = {
        "network": network_id, "held_on": meeting.held_on.isoformat(),
        "opens_at": meeting.opens_at, "closes_at": meeting.closes_at, "people": meeting.people,
        "present": json.dumps(meeting.present), "is_off": int(meeting.is_off),
        "sealed": seal_values(db, sealed),
    }  # fmt: skip
    action = "keep_meeting" if meeting_id is None else "correct_meeting"
    with transaction(db):
        if meeting_id is None:
            meeting_id = insert_row(db, "network_meeting", values)
        else:
            read_meeting(db, network_id, meeting_id)
            db.table("network_meeting").update(meeting_id, values)
        write_record(db, actor, action, f"network:{network_id}", str(meeting_id))
    return meeting_id


def withdraw_meeting(
    db: Database, network_id: int, meeting_id: int, is_withdrawn: bool, actor: str
) -> None:
    """Take back a meeting that was entered by mistake, or bring it back with all that was written.

    Raises UnknownMeetingError.
    """
    with transaction(db):
        read_meeting(db, network_id, meeting_id)
        db.table("network_meeting").update(meeting_id, {"withdrawn": int(is_withdrawn)})
        action = "withdraw_meeting" if is_withdrawn else "bring_back_meeting"
        write_record(db, actor, action, f"network:{network_id}", str(meeting_id))


def call_off(db: Database, network_id: int, meeting_id: int, is_off: bool, actor: str) -> None:
    """Say that a meeting does not take place, or does after all. Raises UnknownMeetingError."""
    meeting = replace(read_meeting(db, network_id, meeting_id), is_off=is_off)
    keep_meeting(db, network_id, meeting, actor, meeting_id)


def add_task(db: Database, network_id: int, meeting_id: int, task: Task, actor: str) -> int:
    """Keep what a meeting decided; its id. Raises UnknownMeetingError."""
    with transaction(db):
        read_meeting(db, network_id, meeting_id)
        task_id = insert_row(db, "network_task", {"meeting": meeting_id} | _task_values(db, task))
        write_record(db, actor, "add_decided", f"network:{network_id}", str(task_id))
    return task_id


def change_task(
    db: Database, network_id: int, meeting_id: int, task: Task, task_id: int, actor: str
) -> None:
    """Correct what a meeting decided; whether it is done stays. Raises UnknownMeetingError."""
    with transaction(db):
        read_task(db, network_id, meeting_id, task_id)
        db.table("network_task").update(task_id, _task_values(db, task))
        write_record(db, actor, "correct_decided", f"network:{network_id}", str(task_id))


def finish_task(
    db: Database, network_id: int, meeting_id: int, task_id: int, done_on: dt.date | None,
    actor: str,
) -> None:  # fmt: skip
    """Say on which JST date a task was done, or by None that it is not. UnknownMeetingError."""
    with transaction(db):
        read_meeting(db, network_id, meeting_id)
        row = db.execute(
            "UPDATE network_task SET done_on = ? WHERE id = ? AND meeting = ? RETURNING id",
            [done_on.isoformat() if done_on else None, task_id, meeting_id],
        ).fetchone()
        if row is None:
            raise UnknownMeetingError(str(task_id))
        action = "finish_decided" if done_on else "reopen_decided"
        write_record(db, actor, action, f"network:{network_id}", str(task_id))


def read_meeting(db: Database, network_id: int, meeting_id: int) -> Meeting:
    """One meeting of a network, withdrawn or not. Raises UnknownMeetingError."""
    for meeting in _read(db, network_id):
        if meeting.id == meeting_id:
            return meeting
    raise UnknownMeetingError(str(meeting_id))


def read_task(db: Database, network_id: int, meeting_id: int, task_id: int) -> Task:
    """One thing that a meeting of a network decided. Raises UnknownMeetingError."""
    for task in read_meeting(db, network_id, meeting_id).tasks:
        if task.id == task_id:
            return task
    raise UnknownMeetingError(str(task_id))


def read_meetings(db: Database, network_id: int) -> list[Meeting]:
    """The meetings of a network, the latest first; without those that are withdrawn."""
    return [meeting for meeting in _read(db, network_id) if not meeting.is_withdrawn]


def read_withdrawn(db: Database, network_id: int) -> list[Meeting]:
    """Those that are withdrawn, the latest first."""
    return [meeting for meeting in _read(db, network_id) if meeting.is_withdrawn]


def _read(db: Database, network_id: int) -> list[Meeting]:
    tasks: dict[int, list[Task]] = {}
    rows = db.query(
        "SELECT network_task.* FROM network_task JOIN network_meeting"
        " ON network_meeting.id = meeting WHERE network = ?"
        " ORDER BY due_on IS NULL, due_on, network_task.id",
        [network_id],
    )
    for row in rows:
        tasks.setdefault(row["meeting"], []).append(_task(db, row))
    found = db.query(
        "SELECT * FROM network_meeting WHERE network = ? ORDER BY held_on DESC, id DESC",
        [network_id],
    )
    return [_meeting(db, row, tasks.get(row["id"], [])) for row in found]


def _meeting(db: Database, row: dict[str, Any], tasks: list[Task]) -> Meeting:
    return Meeting(
        held_on=dt.date.fromisoformat(row["held_on"]),
        opens_at=row["opens_at"],
        closes_at=row["closes_at"],
        present=tuple(json.loads(row["present"])),
        people=row["people"],
        is_off=bool(row["is_off"]),
        tasks=tuple(tasks),
        id=row["id"],
        is_withdrawn=bool(row["withdrawn"]),
        **unseal_values(db, row["sealed"]),
    )


def _task_values(db: Database, task: Task) -> dict[str, object]:
    return {
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "sealed": seal_values(db, {"words": task.words, "owner": task.owner}),
    }


def _task(db: Database, row: dict[str, Any]) -> Task:
    return Task(
        **unseal_values(db, row["sealed"]),
        due_on=dt.date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        done_on=dt.date.fromisoformat(row["done_on"]) if row["done_on"] else None,
        id=row["id"],
        meeting_id=row["meeting"],
    )
