"""Accounts on their pages: signing in with a second step, one's own account, inviting people."""

import re
from collections.abc import Callable

import pyotp
import pytest
from flask import Flask
from support import PASSWORD, Clock, ReadingClient, reader

from ibasho.data import accounts
from ibasho.data.accounts import Role, Scope
from ibasho.data.database import Database
from ibasho.data.mail import Message, read_mails, read_message
from ibasho.site.config import Settings, read_settings

OTHER = "another four words here"
ADMIN = "admin@example.jp"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A site that demands the second step."""
    return Settings(settings.data_dir, settings.secret_key, second_step=True)


def mail(db: Database, template: str) -> Message:
    """The newest mail of a sort."""
    return next(read_message(db, one.id) for one in read_mails(db) if one.template == template)


def link_in(message: Message) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", message.text)
    assert found
    return found[1]


def press(client: ReadingClient, page: str, address: str = "", /, **data: str) -> str:
    """Send a form of a page, to its own address if none is named: where it led, or what it says."""
    answer = client.post(address or page, data={"form_token": client.token(page), **data})
    return answer.headers.get("Location") or answer.text


def secret_on(page: str) -> str:
    found = re.search(r'device-secret"><code>([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def spare_codes_on(page: str) -> list[str]:
    return re.findall(r"<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</code>", page)


def enter(client: ReadingClient, db: Database, role: Role = Role.ADMIN) -> tuple[str, list[str]]:
    """Sign in as a new account that sets up its device; the secret and the spare codes."""
    email = f"{role}@example.jp"
    accounts.add_account(db, email, role, PASSWORD)
    where = press(client, "/sign-in", email=email, password=PASSWORD)
    assert where == "/sign-in/code"
    secret = secret_on(client.get(where).text)
    page = press(client, where, code=pyotp.TOTP(secret).now())
    return secret, spare_codes_on(page)


def test_the_first_sign_in_sets_up_the_second_step_and_shows_spare_codes_once(
    client: ReadingClient, db: Database
) -> None:
    accounts.add_account(db, ADMIN, Role.ADMIN, PASSWORD)
    where = press(client, "/sign-in", email=ADMIN, password=PASSWORD, next="/coordinator/listings")
    page = client.get(where)
    assert "<svg" in page.text
    assert client.get("/coordinator/").status_code == 303, "half is not in"
    assert client.get("/account").status_code == 303
    wrong = client.post(where, data={"form_token": client.token(where), "code": "12345"})
    assert wrong.status_code == 401
    assert secret_on(wrong.text) == secret_on(page.text)
    code = pyotp.TOTP(secret_on(page.text)).now()
    there = {"next": "/coordinator/listings"}
    done = client.post(where, data={"form_token": client.token(where), "code": code, **there})
    assert len(spare_codes_on(done.text)) == 8
    assert 'href="/coordinator/listings"' in done.text
    assert done.headers["Cache-Control"] == "no-store"
    assert client.get("/coordinator/").status_code == 200


def test_the_first_half_is_no_session_even_as_its_cookie(
    client: ReadingClient, db: Database
) -> None:
    accounts.add_account(db, ADMIN, Role.ADMIN, PASSWORD)
    press(client, "/sign-in", email=ADMIN, password=PASSWORD)
    half = client.get_cookie("ibasho-step")
    assert half
    assert half.http_only
    assert client.get_cookie("ibasho") is None
    client.set_cookie("ibasho", half.value)
    assert client.get("/coordinator/").status_code == 303


def test_later_sign_ins_take_a_code_or_a_spare_one_each_once(
    client: ReadingClient, db: Database, clock: Clock
) -> None:
    accounts.add_account(db, ADMIN, Role.ADMIN, PASSWORD)
    where = press(client, "/sign-in", email=ADMIN, password=PASSWORD)
    totp = pyotp.TOTP(secret_on(client.get(where).text))
    first = totp.at(clock.moment)
    spare = spare_codes_on(press(client, where, code=first))[0]
    for code, is_good in ((first, False), (spare, True), (spare, False)):
        client.delete_cookie("ibasho")
        where = press(client, "/sign-in", email=ADMIN, password=PASSWORD)
        assert "device-secret" not in client.get(where).text
        assert (press(client, where, code=code) == "/coordinator/") is is_good, code
    clock.later(seconds=30)
    assert press(client, where, code=totp.at(clock.moment)) == "/coordinator/"


@pytest.mark.parametrize("target", ["https://e.example", "//e.example", "/\\e.example", "///e"])
def test_nobody_is_sent_to_another_site_after_the_second_step(
    client: ReadingClient, db: Database, target: str
) -> None:
    _, codes = enter(client, db)
    client.delete_cookie("ibasho")
    where = press(client, "/sign-in", email=ADMIN, password=PASSWORD, next=target)
    assert where == "/sign-in/code"
    assert press(client, where, code=codes[0], next=target) == "/coordinator/"


def test_the_newest_sign_in_alone_sets_up_a_device(
    app: Flask, client: ReadingClient, db: Database
) -> None:
    accounts.add_account(db, ADMIN, Role.ADMIN, PASSWORD)
    where = press(client, "/sign-in", email=ADMIN, password=PASSWORD)
    older = secret_on(client.get(where).text)
    newest = reader(app)
    press(newest, "/sign-in", email=ADMIN, password=PASSWORD)
    assert 'name="password"' in client.get(where).text
    assert secret_on(newest.get(where).text) != older


def test_without_a_right_password_the_second_step_is_the_sign_in_page(
    client: ReadingClient,
) -> None:
    assert 'name="password"' in client.get("/sign-in/code").text
    client.set_cookie("ibasho-step", "made up")
    page = client.get("/sign-in/code")
    assert 'name="password"' in page.text
    assert "もう一度ログインしてください" in page.text


@pytest.mark.parametrize(
    ("role", "home"),
    [(Role.SCHOOL, "/"), (Role.PROVIDER, "/provider/")],
)
def test_each_role_comes_out_at_its_own_page_without_a_second_step(
    client: ReadingClient, db: Database, role: Role, home: str
) -> None:
    accounts.add_account(db, "x@example.jp", role, PASSWORD)
    assert press(client, "/sign-in", email="x@example.jp", password=PASSWORD) == home
    assert press(client, "/en/sign-in", email="x@example.jp", password=PASSWORD) == f"/en{home}"
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("public", "stated", "demanded"),
    [("", None, False), ("https://w.example", None, True), ("", "1", True),
     ("https://w.example", "0", False)],
)  # fmt: skip
def test_the_second_step_is_demanded_where_visitors_come_unless_the_operator_says_otherwise(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, public: str, stated: str | None,
    demanded: bool,
) -> None:  # fmt: skip
    monkeypatch.setenv("IBASHO_PUBLIC_URL", public)
    if stated is not None:
        monkeypatch.setenv("IBASHO_SECOND_STEP", stated)
    assert read_settings(settings.data_dir).second_step is demanded


# -- old cookies


def test_an_old_cookie_leads_to_the_sign_in_page(client: ReadingClient, db: Database) -> None:
    enter(client, db)
    [admin] = [one.account for one in accounts.read_people(db)]

    def renew() -> str:
        accounts.end_sessions(db, admin.id)
        accounts.remove_second_step(db, admin.id, "test")
        where = press(client, "/sign-in", email=ADMIN, password=PASSWORD)
        press(client, where, code=pyotp.TOTP(secret_on(client.get(where).text)).now())
        cookie = client.get_cookie("ibasho")
        assert cookie
        assert client.get("/account").status_code == 200
        return cookie.value

    def is_dead(cookie: str) -> bool:
        client.set_cookie("ibasho", cookie)
        answer = client.get("/account")
        return answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in")

    cookie = renew()
    press(client, "/account", "/sign-out")
    assert is_dead(cookie)
    client.delete_cookie("ibasho")
    cookie = renew()
    accounts.set_password(db, ADMIN, PASSWORD)
    assert is_dead(cookie)
    client.delete_cookie("ibasho")
    cookie = renew()
    accounts.change_account(db, admin.id, "", Role.COORDINATOR, Scope(), "test")
    assert is_dead(cookie)


# -- one's own account


def test_sessions_are_shown_and_ended(app: Flask, client: ReadingClient, db: Database) -> None:
    client.sign_in(Role.SCHOOL)
    elsewhere = reader(app)
    press(elsewhere, "/sign-in", email="school@example.jp", password=PASSWORD)
    page = client.get("/account").text
    assert page.count("いまのログイン") == 1
    [other] = re.findall(r'name="session" value="(\w+)"', page)
    press(client, "/account", "/account/sessions", session=other)
    assert elsewhere.get("/account").status_code == 303
    elsewhere.delete_cookie("ibasho")
    press(elsewhere, "/sign-in", email="school@example.jp", password=PASSWORD)
    press(client, "/account", "/account/sessions")
    assert elsewhere.get("/account").status_code == 303
    assert client.get("/account").status_code == 200


def test_the_password_is_changed_by_who_knows_it(client: ReadingClient, db: Database) -> None:
    client.sign_in(Role.SCHOOL)
    page = "/account/password"
    assert "パスワードが違います" in press(client, page, old="wrong", password=OTHER)
    assert "12文字より短い" in press(client, page, old=PASSWORD, password="short")
    assert press(client, page, old=PASSWORD, password=OTHER).startswith("/account")
    assert mail(db, "account_changed").to == "school@example.jp"
    assert accounts.sign_in(db, "school@example.jp", OTHER, "x")


def test_a_new_device_and_new_spare_codes_ask_for_the_password(
    client: ReadingClient, db: Database
) -> None:
    secret, codes = enter(client, db)
    for page in ("/account/device", "/account/codes"):
        assert "パスワードが違います" in press(client, page, password="wrong")
    new = spare_codes_on(press(client, "/account/codes", password=PASSWORD))
    assert len(set(new) - set(codes)) == 8
    assert press(client, "/account/device", password=PASSWORD) == "/account/device"
    fresh = secret_on(client.get("/account/device").text)
    assert fresh != secret
    assert "コードが違うか" in press(client, "/account/device", code="1")
    last = spare_codes_on(press(client, "/account/device", code=pyotp.TOTP(fresh).now()))
    assert len(set(last) - set(new)) == 8
    assert "端末" in mail(db, "account_changed").title


def test_a_secret_is_shown_to_the_session_alone_that_asked_for_it(
    app: Flask, client: ReadingClient, db: Database
) -> None:
    client.sign_in(Role.SCHOOL)
    elsewhere = reader(app)
    press(elsewhere, "/sign-in", email="school@example.jp", password=PASSWORD)
    press(client, "/account/device", password=PASSWORD)
    first = secret_on(client.get("/account/device").text)
    assert "device-secret" not in elsewhere.get("/account/device").text
    press(elsewhere, "/account/device", password=PASSWORD)
    second = secret_on(elsewhere.get("/account/device").text)
    assert first != second
    assert "コードが違うか" in press(elsewhere, "/account/device", code=pyotp.TOTP(first).now())
    assert secret_on(client.get("/account/device").text) == first
    assert spare_codes_on(press(client, "/account/device", code=pyotp.TOTP(first).now()))


# -- links in mails


def test_a_forgotten_password_is_chosen_anew(client: ReadingClient, db: Database) -> None:
    accounts.add_account(db, ADMIN, Role.ADMIN, PASSWORD)
    where = press(client, "/sign-in/forgotten", email=ADMIN)
    known = client.get(where).text
    link = link_in(mail(db, "account_reset"))
    for _ in range(2):  # a mail scanner opens it first
        assert ADMIN in client.get(link).text
    assert "短い" in press(client, link, password="short")
    assert press(client, link, password=OTHER) == "/sign-in?done=password"
    assert accounts.sign_in(db, ADMIN, OTHER, "x")
    assert client.get(link).status_code == 404
    assert mail(db, "account_changed").to == ADMIN
    unknown = client.get(press(client, "/sign-in/forgotten", email="nobody@example.jp")).text
    strip = re.compile(r'(nonce|value)="[^"]*"')
    assert strip.sub("", known) == strip.sub("", unknown)


def test_a_person_is_invited_helped_and_closed(
    app: Flask, client: ReadingClient, db: Database
) -> None:
    enter(client, db)
    form = "/coordinator/people/invite"
    assert "name@example.jp のように" in press(client, form, email="aoi", role="coordinator")
    assert "すでにあります" in press(client, form, email=ADMIN, role="coordinator")
    sent = press(
        client, form, email="aoi@example.jp", name="あおい", role="coordinator", network="ひがし"
    )
    people = client.get(sent).text
    assert "あおい" in people
    assert "ひがし" in people
    first = link_in(mail(db, "account_invitation"))
    page = f"/coordinator/people/{max(one.account.id for one in accounts.read_people(db))}"
    press(client, page, f"{page}/help", act="invite")
    stranger = reader(app)
    assert stranger.get(first).status_code == 404
    link = link_in(mail(db, "account_invitation"))
    assert press(stranger, link, password=PASSWORD) == "/sign-in?done=password"
    assert press(stranger, "/sign-in", email="aoi@example.jp", password=PASSWORD) == (
        "/sign-in/code"
    )
    saved = press(client, page, name="あおい", role="school")
    assert "アカウントの変更" in client.get(saved).text
    press(client, page, f"{page}/help", act="close")
    assert accounts.sign_in(db, "aoi@example.jp", PASSWORD, "x") is None
    press(client, page, f"{page}/help", act="reopen")
    assert accounts.sign_in(db, "aoi@example.jp", PASSWORD, "x")


def test_the_administrator_removes_a_second_step_and_the_person_is_told(
    client: ReadingClient, db: Database
) -> None:
    enter(client, db)
    other = accounts.add_account(db, "b@example.jp", Role.COORDINATOR, PASSWORD)
    accounts.begin_device(db, other.id, "t")
    secret = accounts.secret_to_set_up(db, other.id, "t")
    assert secret
    accounts.set_up_device(db, other.id, pyotp.TOTP(secret).now(), "t")
    page = f"/coordinator/people/{other.id}"
    press(client, page, f"{page}/help", act="second_step")
    assert not accounts.has_second_step(db, other.id)
    assert mail(db, "account_changed").to == "b@example.jp"


def test_an_administrator_keeps_the_own_second_step(client: ReadingClient, db: Database) -> None:
    enter(client, db)
    admin = accounts.find_account(db, ADMIN)
    assert admin
    page = f"/coordinator/people/{admin.id}"
    assert 'value="second_step"' not in client.get(page).text
    form = {"form_token": client.token(page), "act": "second_step"}
    assert client.post(f"{page}/help", data=form).status_code == 400
    assert accounts.has_second_step(db, admin.id)


def test_an_administrator_keeps_the_own_role(client: ReadingClient, db: Database) -> None:
    enter(client, db)
    page = f"/coordinator/people/{accounts.read_people(db)[0].account.id}"
    assert "自分の役割は変えられません" in press(client, page, role="school")
    answer = client.post(f"{page}/help", data={"form_token": client.token(page), "act": "close"})
    assert answer.status_code == 400


def test_a_provider_is_invited_for_listings_that_are(
    client: ReadingClient, db: Database, publish: Callable[..., str]
) -> None:
    listing = publish()
    enter(client, db)
    form = "/coordinator/people/invite"
    typed = {"email": "p@example.jp", "role": "provider"}
    assert "管理する掲載を" in press(client, form, **typed)
    assert "nothing" in press(client, form, listings="nothing", **typed)
    press(client, form, listings=f"https://w.example/listings/{listing}", **typed)
    invited = accounts.find_account(db, "p@example.jp")
    assert invited
    assert invited.scope.listings == {listing}


# -- a part of the ward


def test_a_coordinator_of_a_network_writes_listings_of_that_network_alone(
    client: ReadingClient, db: Database, publish: Callable[..., str]
) -> None:
    own, other = "スクラムウエスト", "ひがしネット"
    listing = publish(network=own)
    enter(client, db, Role.COORDINATOR)
    account = accounts.find_account(db, "coordinator@example.jp")
    assert account
    accounts.set_scope(db, account.id, Scope(networks=frozenset({own})), "test")
    new, change = "/coordinator/listings/new", f"/coordinator/listings/{listing}/change"
    assert f'value="{own}"' in client.get(new).text
    for page in (new, change):
        seen = re.search(r'name="based_on" value="(\d*)"', client.get(page).text)
        assert seen
        typed = {"kind": "childrens_cafeteria", "name": "ほしぞら食堂", "visibility": "exact"}
        typed["based_on"] = seen[1]
        for network in (other, ""):
            told = press(client, page, network=network, **typed)
            assert f"あなたの担当範囲：{own}" in told
        assert "/coordinator/revisions/" in press(client, page, network=own, **typed)
