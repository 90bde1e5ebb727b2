"""The activity log: what is confidential is sealed, and the counts are those of a fiscal year."""

import datetime as dt

import pytest

from ibasho.data.activities import (
    Activity,
    ActivityKind,
    Count,
    NegativePeopleError,
    UnknownActivityError,
    count_activities,
    keep_activity,
    read_activities,
    read_activity,
    withdraw_activity,
)
from ibasho.data.database import Database
from ibasho.data.fiscal_year import Period
from ibasho.data.record import read_record
from ibasho.data.withdrawn import UnknownEntryError

VISIT = Activity(
    held_on=dt.date(2026, 12, 5),
    kind=ActivityKind.SCHOOL_VISIT,
    with_whom="みなみ小学校の校長",
    people=3,
    network="ひがしネット",
    note="登校をしぶる子への対応を聞いた",
)


def test_an_activity_comes_back_as_it_was_written(db: Database) -> None:
    kept = keep_activity(db, VISIT, "test")
    assert read_activity(db, kept).body == VISIT


def test_what_is_said_of_people_cannot_be_read_in_the_file(db: Database) -> None:
    kept = keep_activity(db, VISIT, "test")
    rows = str(list(db.query("SELECT * FROM activity"))) + str(
        list(db.query("SELECT * FROM record"))
    )
    assert "校長" not in rows
    assert "登校" not in rows
    assert [entry.action for entry in read_record(db, f"activity:{kept}")] == ["keep_activity"]


def test_a_year_counts_its_own_activities_by_kind_and_period(db: Database) -> None:
    keep_activity(db, VISIT, "test")
    for day, kind, people in (
        (dt.date(2027, 3, 31), ActivityKind.SCHOOL_VISIT, None),
        (dt.date(2027, 4, 1), ActivityKind.SCHOOL_VISIT, 9),
        (dt.date(2026, 4, 1), ActivityKind.TRAINING, 40),
    ):
        keep_activity(db, Activity(day, kind, people=people), "test")
    counts = count_activities(db, 2026)
    assert counts[ActivityKind.SCHOOL_VISIT, Period.LAST] == Count(2, 3)
    assert counts[ActivityKind.TRAINING, Period.FIRST] == Count(1, 40)
    assert counts[ActivityKind.HEARING, Period.MIDDLE] == Count()
    assert sum(one.times for one in counts.values()) == 3


def test_a_withdrawn_activity_counts_nowhere_until_it_is_brought_back(db: Database) -> None:
    kept = keep_activity(db, VISIT, "test")
    withdraw_activity(db, kept, True, "test")
    assert not any(one.times for one in count_activities(db, 2026).values())
    assert [one.withdrawn for one in read_activities(db, 2026)] == [True]
    withdraw_activity(db, kept, False, "test")
    assert count_activities(db, 2026)[ActivityKind.SCHOOL_VISIT, Period.LAST] == Count(1, 3)


def test_what_is_not_there_is_not_changed(db: Database) -> None:
    with pytest.raises(UnknownActivityError):
        keep_activity(db, VISIT, "test", "nothing")
    with pytest.raises(UnknownEntryError):
        withdraw_activity(db, "nothing", True, "test")
    with pytest.raises(NegativePeopleError):
        Activity(VISIT.held_on, VISIT.kind, people=-1)
