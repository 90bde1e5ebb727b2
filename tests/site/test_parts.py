"""Who looks after a part of the ward takes nothing out of the parts of others, nor into them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from support import ReadingClient
from werkzeug.test import TestResponse

from ibasho.data.accounts import Scope, set_scope
from ibasho.data.database import Database, transaction
from ibasho.data.listings import Kind, Listing, edit, store
from ibasho.data.pipeline import Lead, OutOfReachError, add_lead, make_listing
from ibasho.data.pipeline.store import set_listing

Publish = Callable[..., str]
OWN, OTHER = "スクラムウエスト", "ひがしネット"
DISTRICT, OTHER_DISTRICT = "にし小学校区", "ひがし小学校区"
NAMES = {"kind": "free_school", "name": "川べりの学び舎"}


@pytest.fixture
def limit(db: Database, client: ReadingClient) -> Callable[..., None]:
    """Signed in as a coordinator; the function gives the account its part of the ward."""
    client.sign_in()
    account = int(db.execute("SELECT max(id) FROM account").fetchone()[0])

    def limit(*networks: str, districts: str = "", listing: str = "") -> None:
        named = [frozenset({one} if one else ()) for one in (districts, listing)]
        set_scope(db, account, Scope(frozenset(networks), *named), "test")

    return limit


def post(client: ReadingClient, address: str, /, **data: str) -> TestResponse:
    token = client.token("/coordinator/")
    return client.post(f"/coordinator/{address}", data={"form_token": token, **data})


def body_of(db: Database, listing: str) -> Listing:
    published = store.read_stored(db, listing).published
    assert published
    return published.body


def waiting(db: Database, listing: str, **fields: str) -> int:
    """A wording that somebody of the whole ward proposed."""
    newest = edit.newest_revision(db, listing)
    assert newest
    return edit.propose_change(db, listing, replace(newest.body, **fields), "ward", newest.id)


# -- leads


@pytest.mark.parametrize(("lead_of", "listing_of"), [(OWN, OTHER), (OTHER, OWN)])
def test_a_lead_belongs_where_its_listing_belongs(
    client: ReadingClient, db: Database, publish: Publish, limit: Callable[..., None],
    lead_of: str, listing_of: str,
) -> None:  # fmt: skip
    lead = add_lead(db, Lead(Kind.FREE_SCHOOL, "学び舎", network=lead_of), "test")
    listing = publish("学び舎", network=listing_of)
    with transaction(db):
        set_listing(db, lead, listing)
    limit(OWN)
    status = 200 if listing_of == OWN else 404
    for address in (f"pipeline/{lead}", f"pipeline/{lead}/change", f"listings/new?lead={lead}"):
        assert client.get(f"/coordinator/{address}").status_code == status, address
    assert (lead in client.get("/coordinator/pipeline").text) is (listing_of == OWN)


def test_a_listing_that_came_of_a_lead_meanwhile_is_not_changed_from_elsewhere(
    db: Database, publish: Publish
) -> None:
    lead = add_lead(db, Lead(Kind.FREE_SCHOOL, "学び舎", network=OWN), "test")
    listing = publish("学び舎", network=OTHER)
    with transaction(db):
        set_listing(db, lead, listing)
    scope = Scope(networks=frozenset({OWN}))
    with pytest.raises(OutOfReachError):
        make_listing(db, lead, replace(body_of(db, listing), name="x"), "test", scope)
    assert store.read_waiting(db, listing) == []
