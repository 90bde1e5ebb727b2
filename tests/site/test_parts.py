"""Who looks after a part of the ward takes nothing out of the parts of others, nor into them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from support import ReadingClient, seen_on
from typed import NEW
from werkzeug.test import TestResponse

from ibasho.data.accounts import Scope, set_scope
from ibasho.data.activities import Activity, ActivityKind, keep_activity
from ibasho.data.clock import today
from ibasho.data.database import Database, transaction
from ibasho.data.listings import Kind, Listing, edit, store
from ibasho.data.networks import Network, keep_network
from ibasho.data.pipeline import Lead, OutOfReachError, add_lead, make_listing, read_lead
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


def test_a_lead_stays_in_the_part_of_who_changes_it(
    client: ReadingClient, db: Database, limit: Callable[..., None]
) -> None:
    lead = add_lead(
        db, Lead(Kind.FREE_SCHOOL, "x", network=OWN, school_district=OTHER_DISTRICT), "test"
    )
    limit(OWN, districts=DISTRICT)
    address = f"pipeline/{lead}/change"
    kept = {"network": OWN, "school_district": OTHER_DISTRICT}

    def seen() -> str:
        return seen_on(client.get(f"/coordinator/{address}").text)

    assert post(client, address, **NAMES, **kept, seen=seen()).status_code == 303
    for wrong in ({"school_district": "みなみ小学校区"}, {"network": OTHER}, {"network": ""}):
        sent = NAMES | kept | wrong | {"seen": seen()}
        assert post(client, address, **sent).status_code == 422, wrong
    stray = {"network": OWN, "school_district": OTHER_DISTRICT}
    assert post(client, "pipeline/new", **NAMES, **stray).status_code == 422
    assert read_lead(db, lead).body.school_district == OTHER_DISTRICT


# -- the form of a listing


def test_a_listing_is_given_to_no_other_part(
    client: ReadingClient, db: Database, publish: Publish, limit: Callable[..., None]
) -> None:
    listing = publish(network=OTHER, school_district=DISTRICT)
    limit(OWN, districts=DISTRICT, listing=listing)
    newest = store.read_stored(db, listing).published
    assert newest
    address, seen = f"listings/{listing}/change", {"based_on": str(newest.id)}
    before = {"network": OTHER, "school_district": DISTRICT}
    for wrong in ({"network": "みなみネット"}, {"school_district": OTHER_DISTRICT}):
        answer = post(client, address, **NAMES | seen | before | wrong)
        assert answer.status_code == 422, wrong
        assert f'href="#{next(iter(wrong))}"' in answer.text
    assert store.read_waiting(db, listing) == []
    assert post(client, address, **NAMES | seen | before).status_code == 303


def test_a_listing_alone_goes_into_no_network(
    client: ReadingClient, db: Database, publish: Publish, limit: Callable[..., None]
) -> None:
    listing = publish()
    limit(listing=listing)
    answer = post(client, f"listings/{listing}/change", **NAMES, network=OTHER)
    assert answer.status_code == 422
    assert 'href="#network"' in answer.text


def test_a_new_listing_names_no_part_of_others(
    client: ReadingClient, db: Database, limit: Callable[..., None]
) -> None:
    limit(OWN, districts=DISTRICT)
    new = NEW | {"network": OWN}
    stray = new | {"school_district": OTHER_DISTRICT}
    assert post(client, "listings/new", **stray).status_code == 422
    assert store.read_waiting(db) == []
    assert post(client, "listings/new", **new).status_code == 303


def test_who_has_networks_alone_says_in_which_district_a_place_lies(
    client: ReadingClient, limit: Callable[..., None]
) -> None:
    limit(OWN)
    new = NEW | {"network": OWN, "school_district": OTHER_DISTRICT}
    assert post(client, "listings/new", **new).status_code == 303


def test_nobody_takes_a_listing_out_of_a_network_of_others(
    client: ReadingClient, db: Database, publish: Publish, limit: Callable[..., None]
) -> None:
    listing = publish(network=OTHER, school_district=DISTRICT)
    limit(OWN, districts=DISTRICT)
    newest = store.read_stored(db, listing).published
    assert newest
    emptied = {"based_on": str(newest.id), "network": "", "school_district": DISTRICT}
    answer = post(client, f"listings/{listing}/change", **NAMES | emptied)
    assert answer.status_code == 422


# -- approving, taking back, bringing back


def test_who_looks_after_a_part_approves_nothing_that_moves_into_another(
    client: ReadingClient, db: Database, publish: Publish, limit: Callable[..., None]
) -> None:
    listing = publish(network=OWN)
    revision = waiting(db, listing, network=OTHER)
    limit(OWN)
    answer = post(client, f"revisions/{revision}/approve")
    assert answer.status_code == 403
    assert OWN in answer.text
    assert body_of(db, listing).network == OWN
    revision = waiting(db, listing, network="", name="あたらしい名前")
    assert post(client, f"revisions/{revision}/approve").status_code == 303
    assert body_of(db, listing).name == "あたらしい名前"


def test_a_form_publishes_nothing_that_moves_into_another_part(
    client: ReadingClient, db: Database, publish: Publish, limit: Callable[..., None]
) -> None:
    listing = publish("川べりの学び舎", network=OWN, kind=Kind.FREE_SCHOOL)
    revision = waiting(db, listing, network=OTHER)
    limit(OWN, listing=listing)
    fields = {"network": OTHER, "address": "東京都西東京市南町5-6-13", "step": "publish",
              "based_on": str(revision), "schedule_text": "毎月第2土曜日 11:30～14:00"}  # fmt: skip
    answer = post(client, f"listings/{listing}/change", **NAMES, **fields)
    assert "/revisions/" in answer.headers["Location"]
    assert body_of(db, listing).network == OWN


def test_no_way_back_leads_into_another_part(
    client: ReadingClient, db: Database, publish: Publish, limit: Callable[..., None]
) -> None:
    listing = publish(network=OTHER)
    first = store.read_stored(db, listing).published
    assert first
    second = waiting(db, listing, network=OWN)
    edit.approve_revision(db, second, "ward")
    limit(OWN)
    assert post(client, f"revisions/{first.id}/restore").status_code == 403
    assert post(client, f"revisions/{second}/undo").status_code == 403
    assert body_of(db, listing).network == OWN
    assert store.read_waiting(db, listing) == []


# -- networks, activities


def test_no_listing_is_taken_out_of_the_network_of_others(
    client: ReadingClient, db: Database, publish: Publish, limit: Callable[..., None]
) -> None:
    network = keep_network(db, Network(OWN, ""), "test")
    theirs = publish("よその食堂", network=OTHER, school_district=DISTRICT)
    free = publish("みなみ食堂", address="東京都西東京市南町1-1-1", school_district=DISTRICT)
    limit(OWN, districts=DISTRICT)
    page = client.get(f"/coordinator/networks/{network}/members").text
    assert free in page
    assert theirs not in page
    address = f"networks/{network}/members/add"
    assert post(client, address, listing=theirs).status_code == 404
    assert post(client, address, listing=free).status_code == 303
    assert body_of(db, theirs).network == OTHER
    assert body_of(db, free).network == OWN


def test_the_years_of_the_log_are_those_of_the_own_part(
    client: ReadingClient, db: Database, limit: Callable[..., None]
) -> None:
    for years, network in ((3, OTHER), (5, OWN)):
        day = today().replace(year=today().year - years, month=7, day=1)
        keep_activity(db, Activity(day, ActivityKind.MEETING, network=network), "test")
    limit(OWN)
    page = client.get("/coordinator/activities").text
    assert f"year={today().year - 5}" in page
    assert f"year={today().year - 3}" not in page
