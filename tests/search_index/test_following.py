"""The index follows the database and heals, whatever happened to its folder or its writer."""

import datetime as dt
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ibasho.data.database import transaction
from ibasho.data.listings.store import count_public, has_index_notes, read_all_public
from ibasho.search_index import SearchIndex, SearchQuery, check
from ibasho.search_index.index import _PATIENCE_S
from ibasho.search_index.storage import IndexFolder

TODAY = dt.date(2026, 11, 22)

CHILD = """
import os, sys, pathlib
from ibasho.data.database import open_database
from ibasho.data.listings.edit import approve_revision, propose_listing
from ibasho.data.listings.kinds import Kind
from ibasho.data.listings.model import Listing
from ibasho.search_index import SearchIndex, storage, index

folder = pathlib.Path(sys.argv[1])
db = open_database(folder)
search_index = SearchIndex(folder / "index")
search_index.bring_up_to_date(db)


def die(*args, **kwargs):
    os.kill(os.getpid(), 9)


if sys.argv[2] == "before the index":
    storage._write = die
if sys.argv[2] == "before the swap":
    storage.IndexFolder._publish = die
if sys.argv[2] == "before the outbox is cleared":
    index.clear_index_outbox = die
for number in range(1000):
    listing = Listing(kind=Kind.FREE_SCHOOL, name=f"学校{number}")
    print(approve_revision(db, propose_listing(db, listing, "test"), "test"), flush=True)
    search_index.bring_up_to_date(db)
"""


def agrees(ward: Any, index: SearchIndex | None = None) -> bool:
    """Whether a process that starts now finds exactly what is public."""
    index = index or SearchIndex(ward.folder / "index")
    found = {hit.id for hit in index.search(SearchQuery(limit=10_000), TODAY).hits}
    public = {listing.id for listing in read_all_public(ward.db)}
    return (
        found == public == index.ids() and index.is_current(ward.db) and not check(ward.db, index)
    )


def test_it_follows_what_is_published_changed_and_withdrawn(ward: Any) -> None:
    first, second = ward.add("鳳食堂"), ward.add("浜食堂")
    assert not ward.index.is_current(ward.db)
    assert ward.index.bring_up_to_date(ward.db) == 2
    assert ward.names("食堂") == ["浜食堂", "鳳食堂"]
    ward.change(first, name="鳳の家")
    assert ward.names("食堂") == ["浜食堂"]
    assert ward.names("鳳の家") == ["鳳の家"]
    ward.withdraw(second)
    assert ward.names() == ["鳳の家"]
    assert agrees(ward)
    assert ward.index.count() == count_public(ward.db) == 1


def test_one_change_in_many_writes_one_listing(ward: Any) -> None:
    listings = [ward.add(f"食堂{number}") for number in range(40)]
    assert ward.index.bring_up_to_date(ward.db) == 40
    for listing in listings[:9]:
        ward.change(listing, note="新しい")
        assert ward.index.bring_up_to_date(ward.db) == 1
    assert agrees(ward)


def test_a_second_call_has_nothing_to_do(ward: Any) -> None:
    ward.add("鳳食堂")
    ward.index.bring_up_to_date(ward.db)
    assert ward.index.bring_up_to_date(ward.db) == 0
    assert not has_index_notes(ward.db)


def test_what_is_not_committed_is_not_followed(ward: Any) -> None:
    with transaction(ward.db):
        ward.add("まだ")
        with pytest.raises(RuntimeError, match="committed"):
            ward.index.bring_up_to_date(ward.db)
        with pytest.raises(RuntimeError, match="committed"):
            ward.index.rebuild(ward.db)


def test_a_missing_folder_is_rebuilt_while_the_old_state_answers(ward: Any) -> None:
    ward.add("鳳食堂")
    assert ward.names() == ["鳳食堂"]
    shutil.rmtree(ward.folder / "index")
    assert ward.index.search(SearchQuery("食堂"), TODAY).total == 1
    assert not ward.index.exists()
    ward.index.bring_up_to_date(ward.db)
    assert ward.index.exists()
    assert agrees(ward)


@pytest.mark.parametrize("seed", range(20))
def test_damage_is_noticed_and_rebuilt(ward: Any, seed: int) -> None:
    dice = random.Random(seed)
    for number in range(3):
        ward.add(f"食堂{number}", note="居場所" * number)
    ward.index.bring_up_to_date(ward.db)
    path = dice.choice([p for p in sorted((ward.folder / "index").rglob("*")) if p.is_file()])
    content = bytearray(path.read_bytes())
    for _ in range(dice.randint(1, 4)):
        if content:
            content[dice.randrange(len(content))] ^= dice.randint(1, 255)
    path.write_bytes(content[: dice.choice([None, len(content) // 2, 0])])
    for index in (SearchIndex(ward.folder / "index"), ward.index):
        index.bring_up_to_date(ward.db)
        assert agrees(ward, index)


def test_the_index_of_another_version_is_rebuilt(
    ward: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward.add("鳳食堂")
    ward.index.bring_up_to_date(ward.db)
    monkeypatch.setattr("ibasho.search_index.storage.VERSION", "next")
    newer = SearchIndex(ward.folder / "index")
    assert not newer.exists()
    assert newer.bring_up_to_date(ward.db) == 1
    assert agrees(ward, newer)


def test_the_index_of_another_database_is_rebuilt(ward: Any, new_ward: Any) -> None:
    for name in ("一", "二"):
        ward.add(name)
    ward.index.bring_up_to_date(ward.db)
    other = new_ward()
    other.add("三")
    other.index.bring_up_to_date(other.db)
    shutil.copytree(ward.folder / "index", other.folder / "index", dirs_exist_ok=True)
    SearchIndex(other.folder / "index").bring_up_to_date(other.db)
    assert agrees(other)


@pytest.mark.parametrize(
    "moment", ["before the index", "before the swap", "before the outbox is cleared"]
)
def test_a_writer_killed_at_the_worst_moment_loses_nothing(ward: Any, moment: str) -> None:
    for number in range(9):
        ward.add(f"食堂{number}")
    assert len(ward.names()) == 9
    child = subprocess.run([sys.executable, "-c", CHILD, ward.folder, moment], capture_output=True)
    assert child.returncode == -9, child.stderr
    assert ward.index.search(SearchQuery("食堂"), TODAY).total == 9
    ward.index.bring_up_to_date(ward.db)
    assert agrees(ward)
    assert ward.index.count() == 10


def test_writers_killed_at_any_moment_lose_nothing(ward: Any) -> None:
    dice = random.Random(2)
    for _ in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, ward.folder, ""], stdout=subprocess.PIPE
        )
        with child:
            assert child.stdout
            child.stdout.readline()
            time.sleep(dice.uniform(0, 0.4))
            child.kill()
        ward.index.bring_up_to_date(ward.db)
        assert agrees(ward)


def test_another_process_sees_the_change_at_its_next_search(ward: Any) -> None:
    other = SearchIndex(ward.folder / "index")
    for number in range(1, 6):
        ward.add(f"食堂{number}")
        ward.index.bring_up_to_date(ward.db)
        assert other.search(SearchQuery("食堂"), TODAY).total == number


def test_while_another_writes_the_outbox_waits(ward: Any) -> None:
    ward.add("一")
    ward.index.bring_up_to_date(ward.db)
    ward.add("二")
    with IndexFolder(ward.folder / "index").locked(0) as is_writer:
        assert is_writer
        start = time.monotonic()
        assert ward.index.bring_up_to_date(ward.db) == 0
        assert time.monotonic() - start < _PATIENCE_S + 1
        assert has_index_notes(ward.db)
        assert ward.index.count() == 1
    assert ward.names() == ["一", "二"]


def test_a_disk_that_refuses_leaves_the_old_index(
    ward: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward.add("一")
    ward.index.bring_up_to_date(ward.db)
    ward.add("二")

    def refuse(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("ibasho.search_index.storage._sync", refuse)
        with pytest.raises(OSError, match="No space"):
            ward.index.bring_up_to_date(ward.db)
    assert ward.index.count() == 1
    assert has_index_notes(ward.db)
    assert ward.names() == ["一", "二"]
    assert agrees(ward)


def test_the_folder_is_for_its_owner_alone(ward: Any) -> None:
    (ward.folder / "index").mkdir(mode=0o755)
    ward.add("一")
    ward.index.bring_up_to_date(ward.db)
    assert (ward.folder / "index").stat().st_mode & 0o777 == 0o700


def test_a_rebuild_leaves_nothing_of_what_was_withdrawn(ward: Any) -> None:
    for number in range(30):
        ward.add(f"食堂{number}")
    secret = ward.add("canary-name", note="canary-note")
    ward.index.bring_up_to_date(ward.db)
    ward.withdraw(secret)
    ward.index.rebuild(ward.db)
    files = [path for path in (ward.folder / "index").rglob("*") if path.is_file()]
    assert files
    assert not any(secret.encode() in path.read_bytes() for path in files)
    assert agrees(ward)
