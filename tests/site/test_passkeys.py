"""Passkeys in a real browser with a virtual device, and on pages without one."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from authenticator import Device
from browsing import Walk
from flask import Flask
from playwright.sync_api import CDPSession, Page
from support import PASSWORD, ReadingClient, press, reader

from ibasho.data import accounts
from ibasho.data.accounts import Role
from ibasho.data.database import Database
from ibasho.data.mail import read_mails
from ibasho.data.record import read_record
from ibasho.site.account.places import passkey_address, passkey_place
from ibasho.site.app import create_app
from ibasho.site.config import Settings

EMAIL = "school@example.jp"


@dataclass
class Finger:
    """A virtual device of the browser, with somebody's finger on it."""

    cdp: CDPSession
    id: str

    @classmethod
    def on(cls, page: Page) -> "Finger":
        cdp = page.context.new_cdp_session(page)
        cdp.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }  # fmt: skip
        made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return cls(cdp, made["authenticatorId"])

    def keys(self) -> list[dict[str, Any]]:
        """The passkeys that the device holds."""
        found = self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        keys: list[dict[str, Any]] = found["credentials"]
        return keys

    def turn_back(self, count: int) -> None:
        """Hold the same keys with another count of signatures, as a copy of the device would."""
        for key in self.keys():
            of = {"authenticatorId": self.id, "credentialId": key["credentialId"]}
            self.cdp.send("WebAuthn.removeCredential", of)
            key["signCount"] = count
            self.cdp.send("WebAuthn.addCredential", {"authenticatorId": self.id, "credential": key})


@pytest.fixture
def site(db: Database, serve: Callable[[str], str]) -> str:
    """A site under its name, with one account of a school."""
    accounts.add_account(db, EMAIL, Role.SCHOOL, PASSWORD)
    return serve("").replace("127.0.0.1", "localhost")


def type_password(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.fill("#email", EMAIL)
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.click("form:not([data-passkey]) button:has-text('ログイン'):not(.quiet)")


def add_passkey(page: Page, site: str, name: str = "職場のパソコン") -> None:
    """Add a passkey as somebody who is signed in."""
    page.goto(f"{site}/account/passkeys/new")
    page.fill("#password", PASSWORD)
    page.click("main form button[type=submit]")
    page.fill("#name", name)
    with page.expect_navigation():
        page.click("form[data-passkey] button")


def sign_out(page: Page, site: str) -> None:
    page.goto(f"{site}/account")
    page.click("form[action$='/sign-out'] button")
    page.wait_for_url(f"{site}/")


def try_passkey(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.click("form[data-passkey] button")


def is_in(page: Page, site: str) -> bool:
    page.goto(f"{site}/account")
    return "/sign-in" not in page.url


@contextmanager
def what_is_sent(page: Page, end: str) -> Iterator[dict[str, str]]:
    """The form that the page sends to an address with this end."""
    sent: dict[str, str] = {}

    def look(request: Any) -> None:
        if request.method == "POST" and request.url.endswith(end):
            sent.update(request.post_data_json or {})

    page.on("request", look)
    yield sent
    page.remove_listener("request", look)


def test_a_passkey_is_added_signs_in_by_itself_and_opens_nothing_once_it_is_removed(
    db: Database, site: str, walk: Callable[..., Walk]
) -> None:
    walked = walk()
    page, finger = walked.page, Finger.on(walked.page)
    type_password(page, site)
    add_passkey(page, site)
    assert page.locator(".spare-codes li").count() == 8, "the first that is spare for anything"
    page.click(".actions a")
    assert page.locator("main h2").inner_text() == "職場のパソコン"
    [key] = finger.keys()
    assert key["isResidentCredential"]
    assert key["rpId"] == "localhost"

    sign_out(page, site)
    with what_is_sent(page, "/sign-in/passkey") as sent:
        try_passkey(page, site)
        page.wait_for_url(f"{site}/")
    assert is_in(page, site)
    page.goto(f"{site}/account/passkeys")
    assert "最後の利用" in page.locator("main li").inner_text()

    sign_out(page, site)
    page.goto(f"{site}/sign-in")
    sent["form_token"] = page.locator("[name=form_token]").first.input_value()
    again = page.context.request.post(f"{site}/sign-in/passkey", form=sent)
    assert again.status == 401, "replayed"
    assert not is_in(page, site)

    finger.turn_back(0)
    try_passkey(page, site)
    page.locator("[role=alert]").wait_for()
    assert not is_in(page, site)
    actor = "account:1"
    assert next(read_record(db, actor)).action == "refuse_passkey"
    finger.turn_back(50)
    try_passkey(page, site)
    page.wait_for_url(f"{site}/")

    page.goto(f"{site}/account/passkeys")
    page.click("main a[href*='remove=']")
    page.fill("#password", PASSWORD)
    page.click("main form button[type=submit]")
    page.locator("[role=status]").wait_for()
    assert page.locator("main li").count() == 0
    sign_out(page, site)
    try_passkey(page, site)
    page.locator("[role=alert]").wait_for()
    assert not is_in(page, site)
    assert [one.template for one in read_mails(db)] == ["account_changed"] * 2
    assert walked.wrong == ["Failed to load resource: the server responded with a status of 401 "
                            "(Unauthorized)"] * 2  # fmt: skip
    assert walked.hosts() == {site.removeprefix("http://")}


def test_a_passkey_is_the_second_step_and_one_of_somebody_else_is_not(
    db: Database, site: str, walk: Callable[..., Walk]
) -> None:
    page = walk().page
    finger = Finger.on(page)
    type_password(page, site)
    add_passkey(page, site)
    sign_out(page, site)
    type_password(page, site)
    assert page.url.endswith("/sign-in/code")
    page.click("form[data-passkey] button")
    page.wait_for_url(f"{site}/")
    assert is_in(page, site)
    sign_out(page, site)
    db.execute("UPDATE passkey SET account = ?", [
        accounts.add_account(db, "b@example.jp", Role.SCHOOL, PASSWORD).id
    ])  # fmt: skip
    db.conn.commit()
    with_own = Device(origin=site)
    account = accounts.find_account(db, EMAIL)
    assert account
    place = accounts.Place("localhost", site)
    made = with_own.make(accounts.begin_passkey(db, account, "t", place))
    assert accounts.add_passkey(db, account, "t", place, made, "別の端末") is not None
    type_password(page, site)
    assert len(finger.keys()) == 1
    page.click("form[data-passkey] button")
    page.locator("[data-says]:not(:empty)").wait_for(timeout=20_000)
    assert not is_in(page, site)


def test_without_scripts_the_page_says_so_and_the_password_goes_on(
    db: Database, site: str, walk: Callable[..., Walk]
) -> None:
    page = walk(script=False).page
    page.goto(f"{site}/sign-in")
    assert "JavaScript" in page.locator("main noscript").inner_text()
    assert not page.locator("form[data-passkey]").is_visible()
    type_password(page, site)
    assert page.url == f"{site}/"


def test_under_a_number_there_is_no_button_and_it_says_where_there_is(
    client: ReadingClient, db: Database
) -> None:
    by_number = "http://127.0.0.1:8000/sign-in"
    page = client.get("/sign-in", base_url="http://127.0.0.1:8000").text
    assert "data-passkey" not in page
    assert "http://localhost:8000" in page, by_number
    assert "data-passkey" in client.get("/sign-in", base_url="http://localhost:8000").text
    client.sign_in()
    there = client.get("/account/passkeys/new", base_url="http://localhost")
    assert 'name="password"' in there.text


@pytest.mark.parametrize(
    ("public", "here", "host", "elsewhere"),
    [
        ("", "http://localhost:8000", "localhost", ""),
        ("", "http://127.0.0.1:8000", None, "http://localhost:8000"),
        ("", "http://[::1]:8000", None, "http://localhost:8000"),
        ("", "http://192.168.0.9:8000", None, ""),
        ("", "http://desk.example", None, ""),
        ("https://w.example", "https://w.example", "w.example", ""),
        ("https://w.example:443", "https://w.example", "w.example", ""),
        ("https://w.example", "https://other.example", None, "https://w.example"),
        ("https://w.example", "http://w.example", None, "https://w.example"),
        ("https://居場所.example", "https://xn--rls97gjrg.example", "xn--rls97gjrg.example", ""),
        ("https://203.0.113.7", "https://203.0.113.7", None, ""),
    ],
)
def test_passkeys_belong_to_the_name_of_the_site(
    data_dir: Path, public: str, here: str, host: str | None, elsewhere: str
) -> None:
    app = create_app(Settings(data_dir, "a secret for the tests alone, long enough", public))
    with app.test_request_context("/sign-in", base_url=here):
        place = passkey_place()
        assert (place.host if place else None) == host
        if place:
            assert place.origin == here
        else:
            assert passkey_address().startswith(elsewhere)
            assert bool(passkey_address()) is bool(elsewhere)


def test_a_wrong_password_adds_and_removes_nothing(client: ReadingClient, db: Database) -> None:
    client.sign_in(Role.SCHOOL)
    account = accounts.find_account(db, EMAIL)
    assert account
    place = accounts.Place("localhost", "http://localhost")
    made = Device(origin=place.origin).make(accounts.begin_passkey(db, account, "t", place))
    assert accounts.add_passkey(db, account, "t", place, made, "PC")
    wrong = {"form_token": client.token("/account/passkeys"), "password": "wrong"}
    told = client.post("/account/passkeys/new", data=wrong)
    assert told.status_code == 422
    assert "data-asked" not in told.text
    assert client.post("/account/passkeys", data=wrong | {"passkey": "1"}).status_code == 422
    assert len(accounts.read_passkeys(db, account.id)) == 1
    press(client, "/account/passkeys", "/account/passkeys", passkey="1", name=" ")
    assert accounts.read_passkeys(db, account.id)[0].name == "パスキー"
    press(client, "/account/passkeys", "/account/passkeys", passkey="1", name="職場")
    assert "職場" in client.get("/account/passkeys?remove=1").text


def test_an_answer_counts_in_the_browser_alone_that_asked(
    app: Flask, client: ReadingClient, db: Database
) -> None:
    account = accounts.add_account(db, EMAIL, Role.SCHOOL, PASSWORD)
    place = accounts.Place("localhost", "http://localhost")
    device = Device(origin=place.origin)
    made = device.make(accounts.begin_passkey(db, account, "t", place))
    assert accounts.add_passkey(db, account, "t", place, made, "PC")
    token = {"form_token": client.token("/sign-in")}
    asked = client.post("/sign-in/passkey/ask", data=token)
    cookie = client.get_cookie("ibasho-passkey")
    assert cookie
    assert cookie.http_only
    assert json.loads(asked.text)["rpId"] == "localhost"
    answer = token | {"passkey": device.sign(asked.text), "next": "//e.example"}
    assert reader(app).post("/sign-in/passkey", data=answer).status_code == 401
    entered = client.post("/sign-in/passkey", data=answer)
    assert entered.headers["Location"] == "/"
    assert client.get("/account").status_code == 200
    assert client.get_cookie("ibasho-passkey") is None
