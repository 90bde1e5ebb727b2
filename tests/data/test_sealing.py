"""What is confidential: sealed with the key beside the database, and with no other."""

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from ibasho.data.database import Database, open_database
from ibasho.data.sealing import FILE_NAME, WrongKeyError, seal, unseal

SECRET = "090-0000-0000 のらねこさん"


def test_a_sealed_text_comes_back_and_cannot_be_read_meanwhile(db: Database) -> None:
    sealed = seal(db, SECRET)
    assert unseal(db, sealed) == SECRET
    assert b"090" not in sealed
    assert SECRET.encode() not in sealed


def test_equal_texts_do_not_look_equal(db: Database) -> None:
    assert seal(db, SECRET) != seal(db, SECRET)


def test_the_key_is_for_its_owner_alone(db: Database, data_dir: Path) -> None:
    seal(db, SECRET)
    assert (data_dir / FILE_NAME).stat().st_mode & 0o077 == 0
    assert [one.name for one in data_dir.glob(f"{FILE_NAME}*")] == [FILE_NAME]


def test_another_key_opens_nothing_and_says_what_to_do(db: Database, tmp_path: Path) -> None:
    sealed = seal(db, SECRET)
    other = open_database(tmp_path / "elsewhere")
    seal(other, "")
    with pytest.raises(WrongKeyError, match=FILE_NAME):
        unseal(other, sealed)
    other.close()


def test_a_text_that_was_changed_is_refused(db: Database) -> None:
    sealed = bytearray(seal(db, SECRET))
    sealed[40] ^= 1
    with pytest.raises(WrongKeyError):
        unseal(db, bytes(sealed))


def test_two_processes_that_begin_at_once_make_one_key(data_dir: Path) -> None:
    open_database(data_dir).close()
    program = (
        "import sys, pathlib\n"
        "from ibasho.data.database import open_database\n"
        "from ibasho.data.sealing import seal\n"
        "db = open_database(pathlib.Path(sys.argv[1]))\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "print(seal(db, 'x').decode(), flush=True)\n"
    )
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", program, data_dir],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for one in begun:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in begun:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    sealed = [one.communicate(timeout=60)[0].strip() for one in begun]
    key = Fernet((data_dir / FILE_NAME).read_bytes())
    assert [key.decrypt(one.encode()) for one in sealed] == [b"x", b"x"]
