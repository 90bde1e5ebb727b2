"""Listings quickly made, a client that looks at every page, and where the real files lie."""

import datetime as dt
import re
import socket
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ibasho.data.accounts import Role, Scope, find_account, set_scope
from ibasho.data.accounts.model import actor_of
from ibasho.data.accounts.passwords import hash_password
from ibasho.data.accounts.sessions import open_session
from ibasho.data.accounts.store import COMMAND_LINE, insert_account
from ibasho.data.database import Database, open_database, transaction
from ibasho.data.listings import Kind, Listing, Location, edit, locate
from ibasho.data.record import write_record
from ibasho.data.schedule import read_phrase
from ibasho.site.session import cookie_name

ROOT = Path(__file__).parent.parent
REAL = ROOT.parent / "shared" / "real"
PASSWORD = "four words make a key"

needs_real_files = pytest.mark.skipif(
    not REAL.is_dir(), reason="the cities' files are not beside this checkout"
)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Clock:
    """A clock that stands still until the test moves it on."""

    def __init__(self) -> None:
        self.moment = dt.datetime(2026, 12, 12, 1, 0, 3, tzinfo=dt.UTC)

    def later(self, **span: float) -> None:
        """Move on, by what `timedelta` takes."""
        self.moment += dt.timedelta(**span)

    def as_module(self) -> SimpleNamespace:
        """What stands for the module `datetime` where this clock is read."""
        clock = self

        class Standing(dt.datetime):
            @classmethod
            def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
                return clock.moment.astimezone(tz)

        return SimpleNamespace(datetime=Standing, timedelta=dt.timedelta, date=dt.date, UTC=dt.UTC)


def publisher(db: Database) -> Callable[..., str]:
    """A function that publishes a listing; `address` and `phrase` are short for more."""

    def publish(
        name: str = "みなみ子ども食堂",
        address: str = "東京都西東京市南町5-6-13",
        phrase: str = "毎月第2土曜日 11:30～14:00",
        location: Location | None = None,
        kind: Kind = Kind.CHILDRENS_CAFETERIA,
        **fields: Any,
    ) -> str:
        listing = Listing(
            kind=kind,
            name=name,
            location=location or locate("", address),
            schedule=read_phrase(phrase),
            schedule_text=phrase,
            **fields,
        )
        return edit.approve_revision(db, edit.propose_listing(db, listing, "test"), "test")

    return publish


class ReadingClient(FlaskClient):
    """A client that looks at every page it is given, whatever the test is about."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, buffered=True, **kwargs)
        if response.mimetype == "text/html" and response.data:
            check_page(response)
        return response

    def token(self, address: str) -> str:
        """The form token of the page at this address."""
        found = re.search(r'name="form_token" value="([^"]+)"', self.get(address).text)
        assert found, f"{address} has no form"
        return found[1]

    def sign_in(self, role: Role = Role.COORDINATOR) -> "ReadingClient":
        """Be signed in as a new account of this role.

        The page where one signs in is not asked: a password costs much work, and other tests do.
        """
        with self.application.app_context():
            db = open_database(self.application.config["IBASHO"].data_dir)
            with transaction(db):
                account = insert_account(db, f"{role}@example.jp", "", role, password_hash())
                write_record(db, COMMAND_LINE, "add-account", actor_of(account), str(role))
                write_record(db, actor_of(account), "sign-in", actor_of(account))
                token = open_session(db, account)
            db.close()
            name = cookie_name()
        self.set_cookie(name, token, httponly=True, samesite="Lax")
        return self


@cache
def password_hash() -> str:
    """What is kept of PASSWORD, worked out once."""
    return hash_password(PASSWORD)


def entrust(db: Database, *listings: str, networks: frozenset[str] = frozenset()) -> None:
    """Let the provider who is signed in look after these listings."""
    account = find_account(db, f"{Role.PROVIDER}@example.jp")
    assert account
    set_scope(db, account.id, Scope(networks, listings=frozenset(listings)), "test")


def check_page(response: TestResponse) -> None:
    """HTML 5, one h1 that the title begins with, no double id, a nonce on every script."""
    redirect = 300 <= response.status_code < 400
    if redirect:
        return
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.text)
    for word in tree.iter("ruby"):
        for reading in [one for one in word if one.tag in {"rt", "rp"}]:
            word.remove(reading)
    headings = ["".join(heading.itertext()).strip() for heading in tree.iter("h1")]
    title = "".join(tree.find("head/title").itertext()).strip()
    assert len(headings) == 1, headings
    assert title.removeprefix("エラー：").strip().startswith(headings[0]), (title, headings)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    policy = response.headers["Content-Security-Policy"]
    for script in tree.iter("script"):
        assert f"'nonce-{script.get('nonce')}'" in policy
    for element in tree.iter():
        assert element.get("style") is None, "a style attribute is refused by the policy"
        assert not [name for name in element.attrib if name.startswith("on")]
    for field in tree.iter():
        is_field = field.tag in {"input", "select", "textarea"}
        if is_field and field.get("type") not in {"hidden", "submit"}:
            label = tree.find(f".//label[@for='{field.get('id')}']")
            assert label is not None, f"{field.get('name')} has no label"


def reader(app: Flask) -> ReadingClient:
    """A reading client of an app that stands by itself."""
    app.test_client_class = ReadingClient
    client = app.test_client()
    assert isinstance(client, ReadingClient)
    return client


def send(client: ReadingClient, address: str, /, **data: str) -> str:
    """Fill the form at an address, send it, and return where it led or what it says."""
    page = client.get(address).text
    seen = re.search(r'name="based_on" value="(\d*)"', page)
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    values = {"form_token": token[1], "based_on": seen[1] if seen else ""}
    if shown := re.search(r'name="seen" value="([^"]*)"', page):
        values["seen"] = shown[1]
    answer = client.post(address, data=values | data)
    return answer.headers.get("Location") or answer.text


def seen_on(page: str) -> str:
    """What a page sends back of what it showed."""
    found = re.search('name="seen" value="([^"]+)"', page)
    assert found
    return found[1]


def press(client: ReadingClient, page: str, address: str, /, **data: str) -> str:
    """Press the button on a page whose form goes to an address."""
    answer = client.post(address, data={"form_token": client.token(page), **data})
    return answer.headers.get("Location", "")


def take_back(client: ReadingClient, address: str) -> str:
    """Press the way back that a page offers in what it says was done; where that leads."""
    said = re.search(
        r'role="status">.*?action="([^"]+)">(.*?)</form>', client.get(address).text, re.DOTALL
    )
    assert said
    values = dict(re.findall(r'name="([^"]+)" value="([^"]+)"', said[2]))
    return str(client.post(said[1].replace("&amp;", "&"), data=values).headers["Location"])
