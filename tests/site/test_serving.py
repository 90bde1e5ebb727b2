"""The server as a whole: it stops when it is told to, and its workers know the same."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
from support import free_port

from ibasho.data.database import Database
from ibasho.data.listings import State, edit
from ibasho.data.mail import read_mails, read_message
from ibasho.site.commands.serving import address_of
from ibasho.site.config import UnsafeConfigurationError, read_settings


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


def test_links_in_mails_begin_with_the_address_that_is_served(data_dir: Path, db: Database) -> None:
    with both_workers(data_dir) as (_, address):
        token = re.search(r'name="form_token" value="([^"]+)"', ask(address, "/register"))
        assert token
        form = {
            "form_token": token[1], "form_key": "a-form", "kind": "childrens_cafeteria",
            "name": "ほしぞら食堂", "municipality": "東京都西東京市", "address": "南町5-6-13",
            "visibility": "exact", "schedule_text": "毎月第2土曜日", "phone": "042-000-0000",
            "person": "川口", "mail": "kawaguchi@example.jp", "consent": "y", "step": "send",
        }  # fmt: skip
        urllib.request.urlopen(f"{address}/register", urlencode(form).encode(), timeout=5).close()
        [mail] = read_mails(db)
        assert f"{address}/confirm/" in read_message(db, mail.id).text


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8001"),
        ("0.0.0.0", "http://127.0.0.1:8001"),
        ("192.0.2.7", "http://192.0.2.7:8001"),
        ("::1", "http://[::1]:8001"),
        ("::", "http://[::1]:8001"),
    ],
)
def test_serve_names_an_address_that_opens_in_a_browser(host: str, address: str) -> None:
    assert address_of(host, 8001) == address


def test_other_commands_keep_the_usual_address_unless_told(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_settings(data_dir).address == "http://127.0.0.1:8000"
    monkeypatch.setenv("IBASHO_SERVED_AT", "http://127.0.0.1:8001/")
    assert read_settings(data_dir).address == "http://127.0.0.1:8001"
    monkeypatch.setenv("IBASHO_SERVED_AT", "127.0.0.1:8001")
    with pytest.raises(UnsafeConfigurationError, match="IBASHO_SERVED_AT"):
        read_settings(data_dir)


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
