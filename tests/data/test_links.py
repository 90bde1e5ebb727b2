"""One-use links: what they open, how long, and that nobody can read one from the database."""

from pathlib import Path

import pytest
from support import Clock

from ibasho.data.database import Database, open_database, transaction
from ibasho.data.links import DeadLinkError, Purpose, end_links, make_link, read_link, use_link


def make(db: Database, days: float = 7, subject: str = "abc") -> str:
    with transaction(db):
        return make_link(db, Purpose.STILL_TRUE, subject, days, revision=3, detail="mail")


def why_dead(db: Database, token: str) -> str:
    with pytest.raises(DeadLinkError) as dead:
        read_link(db, token)
    return str(dead.value)


def test_a_link_opens_what_it_is_for_and_looking_uses_nothing_up(db: Database) -> None:
    token = make(db)
    assert read_link(db, token) == read_link(db, token)
    link = read_link(db, token)
    assert (link.purpose, link.subject, link.revision, link.detail) == (
        Purpose.STILL_TRUE, "abc", 3, "mail",
    )  # fmt: skip


def test_a_link_is_used_once(db: Database) -> None:
    token = make(db)
    use_link(db, token)
    assert why_dead(db, token) == "used"
    with pytest.raises(DeadLinkError):
        use_link(db, token)


def test_a_use_that_failed_leaves_the_link_as_it_was(db: Database) -> None:
    token = make(db)
    with pytest.raises(ZeroDivisionError), transaction(db):
        use_link(db, token)
        raise ZeroDivisionError
    assert read_link(db, token)


def test_a_link_grows_old(db: Database, clock: Clock) -> None:
    week, hour = make(db), make(db, 1 / 24)
    clock.later(minutes=59)
    assert read_link(db, hour)
    clock.later(minutes=1)
    assert why_dead(db, hour) == "old"
    clock.later(days=7)
    assert why_dead(db, week) == "old"


def test_what_nobody_made_opens_nothing(db: Database) -> None:
    for token in ("", "abc", "x" * 5000, "ど", make(db)[:-1]):
        assert why_dead(db, token) == "unknown"


def test_a_link_may_be_typed_from_paper(db: Database) -> None:
    token = make(db)
    assert read_link(db, f" {token[:4].upper()}-{token[4:8]} {token[8:]} ")


def test_the_links_to_a_subject_end_together_and_others_stay(db: Database) -> None:
    first, other = make(db), make(db, subject="other")
    end_links(db, "abc", Purpose.CHANGE)
    assert read_link(db, first)
    end_links(db, "abc", Purpose.STILL_TRUE)
    assert why_dead(db, first) == "used"
    assert read_link(db, other)


def test_only_a_hash_is_kept(db: Database, data_dir: Path) -> None:
    token = make(db)
    use_link(db, token)
    db.close()
    for file in data_dir.iterdir():
        assert token.encode() not in file.read_bytes(), file.name
    open_database(data_dir).close()
