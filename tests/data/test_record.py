"""The record: nothing in it changes, each may be found again, and views are noted once a day."""

import datetime as dt
import sqlite3
from collections.abc import Callable

import pytest

from ibasho.data.clock import beginning_of, today
from ibasho.data.database import Database
from ibasho.data.record import Entry, Wanted, read_choices, read_record, record_view, write_record

Publish = Callable[..., str]


def written(db: Database, at: str, actor: str, action: str, subject: str) -> None:
    db.execute(
        "INSERT INTO record (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, '')",
        [at, actor, action, subject],
    )


@pytest.fixture
def some(db: Database) -> Database:
    """Four entries of two persons on three days."""
    for at, actor, action, subject in (
        ("2026-11-27T14:59:59.000000+00:00", "account:1", "approve", "a"),
        ("2026-11-27T15:00:00.000000+00:00", "account:2", "approve", "b"),
        ("2026-11-28T14:59:59.999999+00:00", "account:1", "view", "b"),
        ("2026-11-28T15:00:00.000000+00:00", "account:1", "sign-in", "account:1"),
    ):
        written(db, at, actor, action, subject)
    return db


def found(db: Database, wanted: Wanted | str) -> list[str]:
    return [f"{one.action} {one.subject}" for one in read_record(db, wanted)]


def test_all_of_it_is_read_with_the_newest_first(some: Database) -> None:
    assert found(some, Wanted()) == ["sign-in account:1", "view b", "approve b", "approve a"]
    assert found(some, "b") == ["view b", "approve b"]


@pytest.mark.parametrize(
    ("wanted", "subjects"),
    [
        (Wanted(subjects=["a", "b"]), ["b", "b", "a"]),
        (Wanted(subjects=[]), []),
        (Wanted(actions=["approve", "sign-in"]), ["account:1", "b", "a"]),
        (Wanted(actor="account:2"), ["b"]),
        (Wanted(first=dt.date(2026, 11, 28)), ["account:1", "b", "b"]),
        (Wanted(last=dt.date(2026, 11, 27)), ["a"]),
        (Wanted(first=dt.date(2026, 11, 28), last=dt.date(2026, 11, 28)), ["b", "b"]),
        (Wanted(["b"], ["view"], "account:1"), ["b"]),
        (Wanted(["b"], ["view"], "account:2"), []),
    ],
)
def test_conditions_narrow_it_down_together_and_days_are_those_of_japan(
    some: Database, wanted: Wanted, subjects: list[str]
) -> None:
    assert [one.subject for one in read_record(some, wanted)] == subjects


def test_it_is_read_in_pages_of_which_none_repeats_an_entry(some: Database) -> None:
    first = list(read_record(some, Wanted(), limit=3))
    write_record(some, "account:1", "approve", "c")
    second = list(read_record(some, Wanted(), before=first[-1].id, limit=3))
    assert [one.subject for one in first + second] == ["account:1", "b", "b", "a"]


def test_choices_are_what_there_is_about_these_subjects(some: Database) -> None:
    assert read_choices(some) == (["approve", "sign-in", "view"], ["account:1", "account:2"])
    assert read_choices(some, ["a"]) == (["approve"], ["account:1"])


def test_a_view_is_noted_once_a_day_for_each_person_and_thing(db: Database) -> None:
    written(db, beginning_of(today() - dt.timedelta(days=1)), "account:1", "view", "a")
    for _ in range(3):
        record_view(db, "account:1", "a", "b")
    record_view(db, "account:2", "a")
    record_view(db, "account:2")
    views = [(one.actor, one.subject) for one in read_record(db, Wanted(actions=["view"]))]
    assert sorted(views) == [
        ("account:1", "a"),
        ("account:1", "a"),
        ("account:1", "b"),
        ("account:2", "a"),
    ]


@pytest.mark.parametrize("query", ["DELETE FROM record", "UPDATE record SET actor = 'x'"])
def test_nothing_in_it_can_be_changed(some: Database, query: str) -> None:
    before: list[Entry] = list(read_record(some, Wanted()))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        some.execute(query)
    assert list(read_record(some, Wanted())) == before


@pytest.mark.parametrize(
    "wanted", [Wanted(["a"]), Wanted(actor="account:1"), Wanted(actions=["view"])]
)
def test_no_question_reads_all_of_it(some: Database, wanted: Wanted) -> None:
    asked: list[str] = []
    some.conn.set_trace_callback(asked.append)
    list(read_record(some, wanted, limit=50))
    some.conn.set_trace_callback(None)
    [query] = [one for one in asked if one.startswith("SELECT")]
    plan = some.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
    assert "USING INDEX record_" in str(plan)
