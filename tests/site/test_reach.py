"""A coordinator of one network meets nothing of another's, on any page that there is."""

from collections.abc import Callable

import pytest
from flask import Flask
from support import ReadingClient, entrust
from things import CANARY, NETWORK, addresses, make_things
from werkzeug.routing import Rule

from ibasho.data.accounts import Role, Scope, find_account, set_scope
from ibasho.data.database import Database
from ibasho.site import reach
from ibasho.site.access import ACCESS, Audience

Publish = Callable[..., str]
OWN = "スクラムウエスト"


@pytest.fixture
def theirs(db: Database, publish: Publish) -> dict[str, object]:
    """One thing of each sort that belongs to another network, by the arguments' names."""
    return make_things(db, publish)


@pytest.fixture
def scoped(db: Database, client: ReadingClient) -> ReadingClient:
    """Signed in as coordinator of one network alone."""
    client.sign_in()
    set_scope(db, own_account(db), Scope(networks=frozenset({OWN})), "test")
    return client


def own_account(db: Database) -> int:
    account = find_account(db, "coordinator@example.jp")
    assert account
    return account.id


def staff_rules(app: Flask) -> list[Rule]:
    rules = app.url_map.iter_rules()
    return [rule for rule in rules if ACCESS[rule.endpoint] is not Audience.EVERYONE]


def everything_in(db: Database) -> dict[str, list[dict[str, object]]]:
    """All rows but those in which a session or a sign-in leaves its time."""
    names = [name for name in db.table_names() if not name.startswith(("sqlite_", "session"))]
    return {name: list(db.query(f"SELECT * FROM {name}")) for name in names}


def test_every_argument_of_a_staff_address_has_a_rule(app: Flask) -> None:
    assert {name for rule in staff_rules(app) for name in rule.arguments} <= set(reach.REACH)


def test_no_address_opens_what_belongs_to_another_network(
    app: Flask, db: Database, scoped: ReadingClient, theirs: dict[str, object]
) -> None:
    before = everything_in(db)
    assert len(refused(app, scoped, "/coordinator/", theirs)) > 10
    assert everything_in(db) == before


def test_a_provider_meets_no_listing_of_others(
    app: Flask, db: Database, client: ReadingClient, publish: Publish, theirs: dict[str, object]
) -> None:
    own = publish("うちの食堂", network=NETWORK, school_district="ひがし小学校区")
    client.sign_in(Role.PROVIDER)
    entrust(db, own, networks=frozenset({NETWORK}))
    client.get("/search")  # so that the index has followed
    before = everything_in(db)
    tried = refused(app, client, "/provider/", theirs)
    assert ("POST", f"/provider/places/{theirs['listing_id']}/stopped") in tried
    data = {"form_token": client.token("/provider/"), "seen": f"{theirs['listing_id']}:1"}
    client.post("/provider/", data=data)
    page = client.get("/provider/").text
    assert "うちの食堂" in page
    assert CANARY not in page
    assert everything_in(db) == before


def refused(
    app: Flask, client: ReadingClient, home: str, theirs: dict[str, object]
) -> list[tuple[str, str]]:
    """Try every address of the staff with the things of others; which were tried, all in vain."""
    token, where, tried = client.token(home), addresses(app, theirs), []
    for rule in staff_rules(app):
        address, methods = where[rule.endpoint]
        for method in methods & {"GET", "POST"} if rule.arguments else ():
            data = {"form_token": token} if method == "POST" else None
            answer = client.open(address, method=method, data=data)
            assert answer.status_code in {403, 404}, (method, address)
            assert CANARY not in answer.text, address
            tried.append((method, address))
    return tried


def test_no_page_without_an_argument_names_what_belongs_to_another_network(
    app: Flask, scoped: ReadingClient, publish: Publish, theirs: dict[str, object]
) -> None:
    publish("うちの食堂", network=OWN)
    seen = ""
    for rule in staff_rules(app):
        if not rule.arguments and "GET" in (rule.methods or ()):
            text = scoped.get(rule.rule).text
            assert CANARY not in text, rule.rule
            seen += text
    assert "うちの食堂" in seen


def test_a_district_is_a_part_of_the_ward_as_well(
    db: Database, scoped: ReadingClient, theirs: dict[str, object]
) -> None:
    set_scope(db, own_account(db), Scope(districts=frozenset({"ひがし小学校区"})), "test")
    assert scoped.get(f"/coordinator/listings/{theirs['listing_id']}").status_code == 200
    assert CANARY in scoped.get("/coordinator/listings").text


def test_who_keeps_the_accounts_has_the_whole_ward(
    client: ReadingClient, theirs: dict[str, object]
) -> None:
    client.sign_in(Role.ADMIN)
    assert client.get(f"/coordinator/listings/{theirs['listing_id']}").status_code == 200
