"""The server as a whole: it stops when it is told to, and its workers know the same."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from support import free_port

from ibasho.data.database import Database
from ibasho.data.listings import State, edit


@contextmanager
def both_workers(data_dir: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`ibasho serve` as it comes, with two workers, and its address."""
    port = free_port()
    child = subprocess.Popen(
        [Path(sys.executable).parent / "ibasho", "--data-dir", data_dir, "serve", "--port",
         str(port)],
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                ask(address, "/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield child, address
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def ask(address: str, path: str) -> str:
    """What the site answers over a connection of its own, which either worker may take."""
    with urllib.request.urlopen(address + path, timeout=5) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("after_seconds", [0.0, 0.4, 1.0])
def test_one_ctrl_c_stops_it(data_dir: Path, after_seconds: float) -> None:
    with both_workers(data_dir) as (child, address):
        time.sleep(after_seconds)
        os.killpg(child.pid, signal.SIGINT)  # a terminal sends it to all of them
        child.wait(timeout=20)
        with pytest.raises(OSError, match="refused"):
            ask(address, "/healthz")


def test_both_workers_know_what_was_published_a_moment_ago(
    data_dir: Path, db: Database, publish: Callable[..., str]
) -> None:
    publish("みなみ子ども食堂")
    with both_workers(data_dir) as (_, address):
        for _ in range(20):
            assert "ひだまり食堂" not in ask(address, "/search")
        listing = publish("ひだまり食堂")
        assert all("ひだまり食堂" in ask(address, "/search") for _ in range(20))
        edit.change_state(db, listing, State.UNLISTED, "test", "")
        assert not any("ひだまり食堂" in ask(address, "/search") for _ in range(20))
