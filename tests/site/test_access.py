"""Who may open what, what a form must carry, what every answer says about itself."""

import ast
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from support import PASSWORD, ROOT, ReadingClient, entrust
from things import addresses, make_things

from ibasho.data.accounts import Role, TooManyAttemptsError, add_account
from ibasho.data.accounts import sign_in as sign_in_now
from ibasho.data.database import Database, open_database
from ibasho.data.record import Wanted, read_record
from ibasho.site.access import ACCESS, ROLES, Audience
from ibasho.site.app import create_app
from ibasho.site.config import Settings, UnsafeConfigurationError, read_settings

Publish = Callable[..., str]


@pytest.mark.parametrize("role", [None, *Role])
def test_every_role_opens_exactly_what_the_table_says(
    app: Flask, db: Database, client: ReadingClient, publish: Publish, role: Role | None
) -> None:
    things = make_things(db, publish)
    where = addresses(app, things)
    if role:
        client.sign_in(role)
    if role is Role.PROVIDER:
        entrust(db, str(things["listing_id"]))
    for endpoint, (address, methods) in where.items():
        if "GET" not in methods:
            continue
        audience = ACCESS[endpoint]
        expected = 404 if endpoint == "public.sheet_pdf" else 200  # of no places there is none
        if audience is not Audience.EVERYONE:
            expected = 303 if role is None else 200 if role in ROLES[audience] else 403
        assert client.get(address).status_code == expected, (role, endpoint)


def test_an_address_that_is_not_in_the_table_is_open_to_nobody(
    app: Flask, client: ReadingClient
) -> None:
    app.add_url_rule("/new", "new", lambda: "open")
    assert client.get("/new").status_code == 403
    client.sign_in(Role.ADMIN)
    assert client.get("/new").status_code == 403


def test_the_table_names_no_address_that_is_gone(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(ACCESS)


def test_these_addresses_stay(app: Flask) -> None:
    """Others link to them and scripts ask them: removing one needs a redirect first."""
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    assert rules >= {
        "/", "/search", "/listings/<listing_id>", "/listings.geojson", "/areas.geojson", "/events",
        "/events/<event_id>", "/desks", "/guide", "/child", "/about", "/healthz", "/robots.txt",
        "/sign-in", "/sign-out", "/coordinator/", "/search.csv", "/api/services", "/kept",
        "/sheet", "/articles", "/articles/<article_id>", "/accessibility", "/embed", "/events.ics",
        "/events/<event_id>.ics", "/listings/<listing_id>.ics", "/listings/<listing_id>/report",
        "/manifest.webmanifest", "/sitemap.xml", "/sw.js", "/offline", "/register",
        "/confirm/<token>", "/p/<token>",
    }  # fmt: skip


def test_every_post_without_a_good_token_is_refused(
    app: Flask, db: Database, client: ReadingClient, publish: Publish
) -> None:
    where = addresses(app, make_things(db, publish))
    strangers = client.token("/sign-in")
    client.sign_in()
    before = list(db.query("SELECT * FROM listing"))
    for endpoint, (address, methods) in where.items():
        if "POST" in methods:
            for data in ({}, {"form_token": "x"}, {"form_token": strangers}):
                assert client.post(address, data=data).status_code == 400, (endpoint, data)
    assert list(db.query("SELECT * FROM listing")) == before


def test_a_form_sent_from_another_site_is_refused(client: ReadingClient) -> None:
    answer = client.post(
        "/sign-in",
        data={"form_token": client.token("/sign-in")},
        headers={"Origin": "https://elsewhere.example"},
    )
    assert answer.status_code == 400


def test_a_site_with_a_japanese_name_takes_its_own_forms(client: ReadingClient) -> None:
    here = "http://xn--rls97gjrg.example"  # 居場所.example, as a browser writes it
    data = {"form_token": client.token("/sign-in"), "email": "a@example.jp", "password": "x"}
    answer = client.post("/sign-in", data=data, headers={"Origin": here}, base_url=here)
    assert answer.status_code == 401


def test_reading_writes_nothing_but_who_saw_what_is_confidential(
    app: Flask, db: Database, client: ReadingClient, publish: Publish
) -> None:
    where = addresses(app, make_things(db, publish))
    client.sign_in()
    client.get("/")  # the index follows what was published
    tables = [name for name in db.table_names() if not name.startswith("sqlite_")]
    tables.remove("record")
    before = {name: list(db.query(f"SELECT * FROM {name}")) for name in tables}
    recorded = next(read_record(db, Wanted())).id
    for address, methods in where.values():
        if "GET" in methods:
            client.get(address)
    assert {name: list(db.query(f"SELECT * FROM {name}")) for name in tables} == before
    new = {one.action for one in read_record(db, Wanted()) if one.id > recorded}
    assert new == {"view", "export"}


@pytest.mark.parametrize("address", ["/", "/search", "/desks", "/nowhere", "/listings.geojson"])
def test_headers_are_exactly_these(client: ReadingClient, address: str) -> None:
    headers = dict(client.get(address).headers)
    nonce = re.search("'nonce-([^']+)'", headers["Content-Security-Policy"])
    assert nonce
    is_page = headers.pop("Content-Type").startswith("text/html")
    headers.pop("Content-Length")
    varies = set(headers.pop("Vary", "").split(", ")) - {""}
    # a page offers the browser's language; what is large is compressed
    assert varies - {"Accept-Encoding"} == ({"Accept-Language"} if is_page else set())
    assert headers == {
        "Content-Security-Policy": (
            f"default-src 'none'; script-src 'self' 'nonce-{nonce[1]}'; style-src 'self'; "
            "img-src 'self' data: https://cyberjapandata.gsi.go.jp; connect-src 'self'; "
            "manifest-src 'self'; worker-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
    }


def test_a_nonce_is_used_once(client: ReadingClient) -> None:
    policies = {client.get("/").headers["Content-Security-Policy"] for _ in range(5)}
    assert len(policies) == 5


def test_visitors_get_no_cookie(client: ReadingClient, publish: Publish) -> None:
    listing = publish()
    for address in ("/", "/search?q=食堂", f"/listings/{listing}", "/desks", "/sign-in", "/x"):
        assert "Set-Cookie" not in client.get(address).headers, address


def test_pages_of_the_staff_are_kept_nowhere(client: ReadingClient) -> None:
    assert client.sign_in().get("/coordinator/").headers["Cache-Control"] == "no-store"


def test_no_view_asks_the_database_in_sql_or_builds_html() -> None:
    for path in (ROOT / "site").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                assert not re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE)\s", text), path
                # these write into pages that are made already
                if path.name not in {
                    "address_words.py",
                    "furigana.py",
                    "marked_japanese.py",
                    "page_texts.py",
                }:
                    assert not re.match(r"\s*<(?!a href=)[a-z]", text), (path, text)


# -- signing in


def sign_in(client: ReadingClient, email: str, password: str, **more: str) -> int:
    data = {"email": email, "password": password, "form_token": client.token("/sign-in"), **more}
    return client.post("/sign-in", data=data).status_code


def test_a_session_ends_with_sign_out_and_a_new_one_has_another_cookie(
    client: ReadingClient,
) -> None:
    client.sign_in()
    first = client.get_cookie("ibasho")
    assert first
    assert first.http_only
    assert first.same_site == "Lax"
    client.post("/sign-out", data={"form_token": client.token("/coordinator/")})
    client.set_cookie("ibasho", first.value)
    assert client.get("/coordinator/").status_code == 303
    client.delete_cookie("ibasho")
    assert sign_in(client, "coordinator@example.jp", PASSWORD) == 303
    second = client.get_cookie("ibasho")
    assert second
    assert second.value != first.value


def test_known_and_unknown_accounts_are_answered_alike(client: ReadingClient) -> None:
    client.sign_in()
    client.post("/sign-out", data={"form_token": client.token("/coordinator/")})
    token = client.token("/sign-in")
    answers = []
    for email in ("coordinator@example.jp", "nobody@example.jp"):
        data = {"email": email, "password": "not the right words", "form_token": token}
        answer = client.post("/sign-in", data=data)
        body = re.sub(r'(nonce|value)="[^"]*"', "", answer.text)
        answers.append((answer.status_code, body))
    assert answers[0] == answers[1]
    assert answers[0][0] == 401


def test_guessing_is_slowed_for_one_account_and_survives_a_restart(
    client: ReadingClient, settings: Settings
) -> None:
    client.sign_in()
    client.post("/sign-out", data={"form_token": client.token("/coordinator/")})
    codes = [sign_in(client, "coordinator@example.jp", f"wrong words {n}") for n in range(9)]
    assert codes == [401] * 8 + [429]
    db = open_database(settings.data_dir)
    kept = str(list(db.query("SELECT subject FROM sign_in_attempt")))
    assert "example.jp" not in kept
    assert "127.0.0.1" not in kept
    db.close()


@pytest.mark.parametrize(
    "target",
    ["https://e.example", "//e.example", "/\\e.example", "\\\\e.example", "javascript:alert(1)",
     "http:e.example", "/%09/e.example\t", "///e.example", "https:/e.example", " //e.example"],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(client: ReadingClient, target: str) -> None:
    client.sign_in()
    data = {
        "email": "coordinator@example.jp",
        "password": PASSWORD,
        "next": target,
        "form_token": client.token("/sign-in"),
    }
    where = client.post("/sign-in", data=data).headers["Location"]
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))


# -- what must not start


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IBASHO_SECRET_KEY", "secret"),
        ("IBASHO_PUBLIC_URL", "http://ward.example"),
        ("FLASK_DEBUG", "1"),
        ("IBASHO_TILES", "javascript:alert(1)"),
        ("IBASHO_EXIT_URL", "javascript:alert(1)"),
        ("IBASHO_SCHOOL_HOLIDAYS", "no such file"),
    ],
)
def test_an_unsafe_setting_does_not_start(
    monkeypatch: pytest.MonkeyPatch, data_dir: Path, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UnsafeConfigurationError) as refused:
        read_settings(data_dir)
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(data_dir: Path) -> None:
    first = read_settings(data_dir).secret_key
    assert read_settings(data_dir).secret_key == first
    assert (data_dir / "secret.key").stat().st_mode & 0o077 == 0


def test_behind_https_the_cookie_is_for_this_host_alone(data_dir: Path) -> None:
    settings = Settings(data_dir, "a secret for the tests alone, long enough", "https://w.example")
    app = create_app(settings)
    app.test_client_class = ReadingClient
    client = app.test_client()
    assert isinstance(client, ReadingClient)
    client.environ_base["wsgi.url_scheme"] = "https"
    client.sign_in()
    assert client.get_cookie("__Host-ibasho")
    assert "Strict-Transport-Security" in client.get("/").headers


def test_many_guesses_at_once_count_as_many(db: Database) -> None:
    add_account(db, "a@example.jp", Role.COORDINATOR, PASSWORD)

    def guess(number: int) -> str:
        own = open_database(Path(db.execute("PRAGMA database_list").fetchone()[2]).parent)
        try:
            return "in" if sign_in_now(own, "a@example.jp", f"wrong words {number}", "x") else "no"
        except TooManyAttemptsError:
            return "wait"
        finally:
            own.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(24)))
    assert answers.count("no") <= 8


@pytest.mark.parametrize("target", ["//[", "http://[", "//a℀b", "/%00", "/\ud800"])
def test_no_target_breaks_the_sign_in_page(client: ReadingClient, target: str) -> None:
    answer = client.get("/sign-in", query_string={"next": target.encode("utf-8", "replace")})
    assert answer.status_code == 200


def test_a_revision_beyond_all_numbers_is_not_found(client: ReadingClient) -> None:
    client.sign_in()
    assert client.get(f"/coordinator/revisions/{'9' * 30}").status_code == 404


def test_a_database_is_for_its_owner_even_in_an_open_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    open_database(tmp_path).close()
    assert (tmp_path / "ibasho.db").stat().st_mode & 0o077 == 0
