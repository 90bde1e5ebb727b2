"""A backup is whole or refused, is taken under load, and brings back what it holds."""

import json
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from authenticator import Device
from click.testing import CliRunner, Result
from support import PASSWORD, publisher

from ibasho.data import accounts
from ibasho.data.accounts import Place, Role, Scope, add_account, begin_entering, sign_in
from ibasho.data.backup import UnusableBackupError, read_backup, restore_backup, write_backup
from ibasho.data.database import Database, open_database, transaction
from ibasho.data.links import DeadLinkError, Purpose, make_link, read_link, use_link
from ibasho.data.mail import (
    MailState,
    Message,
    claim_mail,
    count_mails,
    queue_mail,
    read_message,
)
from ibasho.data.record import Wanted, read_record
from ibasho.data.sealing import FILE_NAME as KEY
from ibasho.data.sealing import lend_key
from ibasho.site.commands import main

Publish = Callable[..., str]
HERE = Place("localhost", "http://localhost")
OTHER = "another four words here"
SIGNED_IN = (
    "session", "half_session", "sign_in_attempt", "device_set_up", "passkey_challenge",
)  # fmt: skip


def content(data_dir: Path) -> dict[str, list[dict[str, Any]]]:
    with closing(open_database(data_dir)) as db:
        names = [name for name in db.table_names() if not name.startswith("sqlite_")]
        return {name: list(db.query(f"SELECT * FROM {name}")) for name in names}


def kept(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Without what bringing back writes by itself: its line in the record, what the index does.

    Mails that waited are to be decided on; sessions and links have ended.
    """
    changed = {"record", "index_outbox", "mail", "link", *SIGNED_IN}
    return {name: found for name, found in rows.items() if name not in changed}


def run(data_dir: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(main, ["--data-dir", str(data_dir), *map(str, words)])


def test_what_is_brought_back_elsewhere_is_what_was_there(
    db: Database, data_dir: Path, publish: Publish, tmp_path: Path
) -> None:
    publish()
    mail = queue_mail(db, Message("hana@example.jp", "お願い", "本文"), "k", "test")
    before = content(data_dir)
    assert run(data_dir, "backup", tmp_path / "b.zip").exit_code == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / KEY).write_bytes((data_dir / KEY).read_bytes())
    told = run(elsewhere, "restore", tmp_path / "b.zip")
    assert told.exit_code == 0, told.stderr
    assert kept(content(elsewhere)) == kept(before)
    with closing(open_database(elsewhere)) as there:
        assert read_message(there, mail or 0).to == "hana@example.jp"
        assert claim_mail(there) is None, "it may have been sent since"
        assert count_mails(there) == {MailState.UNSURE: 1}
    found = run(elsewhere, "search", "--json")
    assert json.loads(found.stdout)["total"] == 1


def test_no_contact_can_be_read_in_a_backup_without_its_key(
    db: Database, data_dir: Path, tmp_path: Path
) -> None:
    queue_mail(db, Message("hana@example.jp", "お願い", "本文"), "k", "test")
    write_backup(db, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        assert packed.namelist() == ["manifest.json", "ibasho.db"]
        assert b"hana@example.jp" not in packed.read("ibasho.db")
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    for key in (None, b"x" * 44):
        elsewhere = tmp_path / f"elsewhere{key is None}"
        elsewhere.mkdir()
        if key:
            with closing(open_database(elsewhere)) as other:
                queue_mail(other, Message("a@example.jp", "", ""), "k", "test")
        told = run(elsewhere, "restore", tmp_path / "b.zip")
        assert told.exit_code == 1
        assert KEY in told.stderr
        assert key or not (elsewhere / "ibasho.db").exists()


def test_what_was_there_before_can_be_had_again(
    db: Database, data_dir: Path, publish: Publish, tmp_path: Path
) -> None:
    first = publish("はじめの食堂")
    write_backup(db, tmp_path / "b.zip")
    second = publish("あとの食堂")
    aside = restore_backup(data_dir, tmp_path / "b.zip").before
    assert aside is not None
    assert [row["id"] for row in content(data_dir)["listing"]] == [first]
    restore_backup(data_dir, aside)
    assert {row["id"] for row in content(data_dir)["listing"]} == {first, second}


def test_nobody_comes_in_by_what_was_open_when_the_backup_was_made(
    db: Database, data_dir: Path, tmp_path: Path
) -> None:
    for role, demanded in ((Role.SCHOOL, ()), (Role.ADMIN, (Role.ADMIN,))):
        email = f"{role}@example.jp"
        add_account(db, email, role, PASSWORD)
        assert sign_in(db, email, "wrong words", "here") is None
        assert sign_in(db, email, PASSWORD, "there", demanded)
    begin_entering(db, "a browser", HERE, "there")
    with transaction(db):
        tokens = {purpose: make_link(db, purpose, "account:1", 30) for purpose in Purpose}
        use_link(db, used := make_link(db, Purpose.CHANGE, "abc", 30))
    assert all(content(data_dir)[name] for name in SIGNED_IN)
    [[used_at]] = db.execute("SELECT used_at FROM link WHERE used_at IS NOT NULL").fetchall()
    write_backup(db, tmp_path / "b.zip")
    restore_backup(data_dir, tmp_path / "b.zip")
    there = content(data_dir)
    assert not any(there[name] for name in SIGNED_IN)
    for token in (*tokens.values(), used):
        with pytest.raises(DeadLinkError, match="used"):
            read_link(db, token)
    assert used_at in {row["used_at"] for row in there["link"]}, "that of an answer stays"
    with transaction(db):
        read_link(db, make_link(db, Purpose.CHANGE, "abc", 30))


def with_passkey(db: Database, email: str) -> tuple[accounts.Account, Device, list[str]]:
    """A new account with a passkey: also its device and the spare codes."""
    account, device = add_account(db, email, Role.COORDINATOR, PASSWORD), Device(HERE.origin)
    made = device.make(accounts.begin_passkey(db, account, "t", HERE))
    codes = accounts.add_passkey(db, account, "t", HERE, made, "PC")
    assert codes
    return account, device, codes


def lets_in(db: Database, device: Device) -> bool:
    signed = device.sign(begin_entering(db, "t", HERE, "here"))
    return bool(accounts.enter_with_passkey(db, "t", signed, HERE, "here"))


def test_what_ended_since_the_backup_stays_ended(
    db: Database, data_dir: Path, tmp_path: Path
) -> None:
    aoi, removed, spare = with_passkey(db, "aoi@example.jp")
    ben, _, older = with_passkey(db, "ben@example.jp")
    left = add_account(db, "left@example.jp", Role.ADMIN, PASSWORD)
    write_backup(db, tmp_path / "b.zip")
    added = Device(HERE.origin)
    made = added.make(accounts.begin_passkey(db, aoi, "t", HERE))
    assert accounts.add_passkey(db, aoi, "t", HERE, made, "new") == []
    accounts.remove_passkey(db, aoi, 1, "t")
    assert accounts.take_code(db, aoi.id, spare[0])
    accounts.set_password(db, aoi.email, OTHER)
    newer = accounts.new_spare_codes(db, ben.id)
    accounts.change_account(db, ben.id, "", Role.SCHOOL, Scope(frozenset({"ひがし"})), "x")
    accounts.close_account(db, left.id, "x")
    add_account(db, "since@example.jp", Role.SCHOOL, PASSWORD)

    told = run(data_dir, "restore", tmp_path / "b.zip")
    assert told.exit_code == 0, told.output
    assert "2 accounts come in as just before" in told.stdout
    assert "LOOK AT" not in told.stdout
    assert "invite them again: since@example.jp" in told.stdout
    assert not accounts.take_code(db, aoi.id, spare[0])
    assert accounts.take_code(db, aoi.id, spare[1])
    assert not lets_in(db, removed)
    assert lets_in(db, added)
    assert sign_in(db, aoi.email, PASSWORD, "here") is None
    assert sign_in(db, aoi.email, OTHER, "here")
    assert not accounts.take_code(db, ben.id, older[0])
    assert accounts.take_code(db, ben.id, newer[0])
    assert accounts.read_account(db, ben.id).role is Role.SCHOOL
    assert accounts.read_account(db, ben.id).scope.networks == {"ひがし"}
    assert sign_in(db, left.email, PASSWORD, "here") is None
    assert accounts.find_account(db, "since@example.jp") is None


def damage(file: Path) -> None:
    """Write over the middle of a database, which can then be opened and not read."""
    body = bytearray(file.read_bytes())
    body[4096:] = b"\xff" * (len(body) - 4096)
    file.write_bytes(body)


@pytest.mark.parametrize(
    "spoil",
    [None, damage, lambda file: file.write_bytes(b"no database at all " * 300)],
    ids=["elsewhere", "damaged", "no database"],
)
def test_where_nothing_is_known_of_today_spare_codes_end_and_it_says_what_to_look_at(
    data_dir: Path, tmp_path: Path, spoil: Callable[[Path], object] | None
) -> None:
    with closing(open_database(data_dir)) as before:
        aoi, device, codes = with_passkey(before, "aoi@example.jp")
        write_backup(before, tmp_path / "b.zip")
    place = data_dir if spoil else tmp_path / "elsewhere"
    if spoil:
        spoil(data_dir / "ibasho.db")
    else:
        lend_key(data_dir, place)  # as whoever moves a site brings it along
    told = run(place, "restore", tmp_path / "b.zip")
    assert told.exit_code == 0, told.output
    assert "LOOK AT" in told.stdout
    assert "  aoi@example.jp\n" in told.stdout
    assert "spare codes have ended" in told.stdout
    assert bool(list(place.glob("damaged-*.db"))) is bool(spoil)
    with closing(open_database(place)) as db:
        assert not accounts.take_code(db, aoi.id, codes[0])
        assert accounts.count_spare_codes(db, aoi.id) == 0
        assert lets_in(db, device)


def test_an_account_of_another_site_is_not_taken_for_this_ones(
    db: Database, data_dir: Path, tmp_path: Path
) -> None:
    lend_key(data_dir, tmp_path / "other")
    with closing(open_database(tmp_path / "other")) as other:
        _, device, codes = with_passkey(other, "aoi@example.jp")
        write_backup(other, tmp_path / "b.zip")
    aoi, own, _ = with_passkey(db, "aoi@example.jp")
    told = run(data_dir, "restore", tmp_path / "b.zip", "--json")
    assert told.exit_code == 0, told.output
    told = json.loads(told.stdout)
    assert (told["kept"], told["unknown"], told["gone"]) == ([], [aoi.email], [aoi.email])
    assert not accounts.take_code(db, aoi.id, codes[0])
    assert lets_in(db, device)
    assert not lets_in(db, own)


def test_a_site_that_serves_goes_on_with_what_was_brought_back(
    db: Database, data_dir: Path, publish: Publish, tmp_path: Path
) -> None:
    publish("はじめの食堂")
    write_backup(db, tmp_path / "b.zip")
    publish("あとの食堂")
    restore_backup(data_dir, tmp_path / "b.zip")
    assert db.execute("SELECT count(*) FROM listing").fetchone()[0] == 1
    publish("もっとあとの食堂")
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from support import publisher
from ibasho.data.database import open_database
publish = publisher(open_database(Path(sys.argv[1])))
print("ready", flush=True)
for number in range(100_000):
    publish(f"食堂{number}")
"""


@pytest.fixture
def writing(data_dir: Path) -> Iterator[None]:
    """Another process that publishes one listing after the other."""
    tests = str(Path(__file__).parent.parent)
    command = [sys.executable, "-c", WRITER, str(data_dir), tests]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        yield
        child.kill()


def test_a_backup_under_load_is_of_one_moment(db: Database, writing: None, tmp_path: Path) -> None:
    for number in range(5):
        write_backup(db, tmp_path / f"{number}.zip")
        rows = read_backup(tmp_path / f"{number}.zip").rows
        assert rows["listing"] == rows["revision"] == (rows["record"] + 1) // 2


def damaged(whole: bytes) -> Iterator[bytes]:
    yield b""
    yield whole[: len(whole) // 2]
    yield whole[:-1]
    yield whole[: len(whole) // 2] + bytes(64) + whole[len(whole) // 2 + 64 :]
    yield b"PK" + bytes(100)


def test_a_cut_or_damaged_backup_is_refused_and_changes_nothing(
    db: Database, data_dir: Path, publish: Publish, tmp_path: Path
) -> None:
    publish()
    write_backup(db, tmp_path / "b.zip")
    publish("あとの食堂")
    before = content(data_dir)
    for number, body in enumerate(damaged((tmp_path / "b.zip").read_bytes())):
        broken = tmp_path / f"{number}.zip"
        broken.write_bytes(body)
        told = run(data_dir, "restore", broken)
        assert told.exit_code == 1, number
        assert told.stderr.count("\n") == 1, told.stderr
        with pytest.raises(UnusableBackupError):
            read_backup(broken)
    assert content(data_dir) == before
    assert not list(data_dir.glob("before-restore-*"))


def test_a_backup_of_a_later_release_is_refused(db: Database, tmp_path: Path) -> None:
    newest = dict(next(db.query("SELECT * FROM _sqlite_migrations ORDER BY id DESC")))
    db.table("_sqlite_migrations").insert(newest | {"id": 9999, "name": "9999_later"})
    write_backup(db, tmp_path / "b.zip")
    told = run(tmp_path / "elsewhere", "restore", tmp_path / "b.zip")
    assert told.exit_code == 1
    assert "later release" in told.stderr


def test_a_file_that_is_there_is_not_written_over(
    db: Database, data_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "b.zip").write_text("mine")
    told = run(data_dir, "backup", tmp_path / "b.zip")
    assert told.exit_code == 1
    assert "--force" in told.stderr
    assert (tmp_path / "b.zip").read_text() == "mine"
    assert run(data_dir, "backup", tmp_path / "b.zip", "--force").exit_code == 0
    told = run(data_dir, "restore", tmp_path / "b.zip", "--dry-run", "--json")
    assert json.loads(told.stdout)["dry_run"] is True


def test_without_a_site_or_a_folder_it_says_what_to_do(data_dir: Path, tmp_path: Path) -> None:
    assert "no site" in run(tmp_path / "nowhere", "backup", tmp_path / "b.zip").stderr
    with closing(open_database(data_dir)) as db:
        publisher(db)()
    assert "make it first" in run(data_dir, "backup", tmp_path / "no" / "b.zip").stderr


def test_a_backup_that_was_taken_stands_in_the_record(
    db: Database, data_dir: Path, tmp_path: Path
) -> None:
    assert run(data_dir, "backup", tmp_path / "b.zip").exit_code == 0
    [entry] = read_record(db, Wanted(actions=["take_backup"]))
    assert (entry.actor, entry.subject) == ("command-line", "site")
    assert entry.detail == read_backup(tmp_path / "b.zip").made_at


def test_a_backup_of_a_database_that_cannot_be_written_is_taken_and_says_it_is_not_on_record(
    db: Database, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ibasho.data.database._BUSY_MILLISECONDS", 50)
    with transaction(db):
        told = run(data_dir, "backup", tmp_path / "b.zip", "--json")
    assert told.exit_code == 0
    assert "not on record" in told.stderr
    assert json.loads(told.stdout)["made_at"] == read_backup(tmp_path / "b.zip").made_at
    assert not list(read_record(db, Wanted(actions=["take_backup"])))
