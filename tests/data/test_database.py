"""The file: its schema, its transactions, and what a kill leaves behind."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ibasho.data.database import NewerDatabaseError, is_busy, open_database, transaction
from ibasho.data.listings import store
from ibasho.data.listings.sources import keep_source

KILLS = int(os.environ.get("IBASHO_TEST_KILLS", "20"))  # `make ordeal` asks for more

WRITER = """
import sys
from pathlib import Path
from ibasho.data.database import open_database
from ibasho.data.listings import Kind, Listing, edit
db = open_database(Path(sys.argv[1]))
number = 0
while True:
    body = Listing(kind=Kind.FOOD_PANTRY, name=f"{number}")
    listing = edit.approve_revision(db, edit.propose_listing(db, body, "test"), "test")
    print(listing, flush=True)
    number += 1
"""


def test_what_was_acknowledged_survives_a_kill_and_nothing_is_half_written(
    data_dir: Path,
) -> None:
    open_database(data_dir).close()
    acknowledged: set[str] = set()
    for kill in range(KILLS):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(data_dir)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout
        acknowledged.add(child.stdout.readline().strip())
        time.sleep(0.003 * (kill % 30))
        os.kill(child.pid, signal.SIGKILL)
        rest = child.stdout.read()
        acknowledged |= set(rest.split("\n")[:-1]) - {""}
        child.stdout.close()
        child.wait()
    db = open_database(data_dir)
    public = {listing.id for listing in store.read_all_public(db)}
    assert acknowledged <= public
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    unfollowed = db.execute("SELECT count(DISTINCT listing) FROM index_outbox").fetchone()[0]
    assert unfollowed == len(public)
    db.close()


def test_a_transaction_that_fails_leaves_no_row(data_dir: Path) -> None:
    db = open_database(data_dir)
    with pytest.raises(RuntimeError), transaction(db):
        keep_source(db, "市の一覧", "")
        raise RuntimeError
    assert db.execute("SELECT count(*) FROM source").fetchone()[0] == 0
    db.close()


def test_a_second_writer_is_told_to_wait(data_dir: Path) -> None:
    first, second = open_database(data_dir), open_database(data_dir)
    second.execute("PRAGMA busy_timeout = 10")
    with transaction(first):
        keep_source(first, "市の一覧", "")
        with pytest.raises(sqlite3.OperationalError) as refused, transaction(second):
            keep_source(second, "別の一覧", "")
        assert is_busy(refused.value)
    first.close()
    second.close()


def test_the_file_of_a_later_release_is_left_alone(data_dir: Path) -> None:
    db = open_database(data_dir)
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('ibasho', '9999_future', '')"
    )
    db.close()
    with pytest.raises(NewerDatabaseError, match="9999_future"):
        open_database(data_dir)


def test_only_its_owner_can_look_into_the_data_directory(data_dir: Path) -> None:
    open_database(data_dir).close()
    assert data_dir.stat().st_mode & 0o077 == 0


def test_all_tables_are_strict(data_dir: Path, publish: Callable[..., str]) -> None:
    db = open_database(data_dir)
    loose = [
        row[0]
        for row in db.execute("SELECT name FROM pragma_table_list WHERE schema = 'main'"
                              " AND type = 'table' AND strict = 0").fetchall()
        if not row[0].startswith(("sqlite_", "_sqlite_"))
    ]  # fmt: skip
    assert loose == []
    db.close()
