"""A page is made once a minute for all visitors, and anew as soon as anything changes."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from support import ReadingClient

from ibasho.data.database import Database, open_database
from ibasho.data.listings import AddressVisibility, edit
from ibasho.data.listings.states import State
from ibasho.data.listings.store import read_revision
from ibasho.site import stores

Publish = Callable[..., str]


@pytest.fixture(autouse=True)
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test begin in one minute and end in the next."""
    monkeypatch.setattr("ibasho.site.minute.time", SimpleNamespace(time=lambda: 0.0))


@pytest.fixture
def asked(app: Flask) -> list[str]:
    """The questions put to the database from now on."""
    found: list[str] = []
    with app.app_context():
        stores.database().conn.set_trace_callback(found.append)
    return found


@pytest.fixture
def kept(app: Flask) -> Callable[[], list[object]]:
    """The pages that are kept."""
    return lambda: list(app.extensions["ibasho_minute"].pages)


def test_the_second_visitor_costs_next_to_nothing(
    client: ReadingClient, publish: Publish, asked: list[str]
) -> None:
    publish()
    first = client.get("/search?q=食堂")
    asked.clear()
    second = client.get("/search?q=食堂")
    assert len([one for one in asked if "published" in one]) == 0
    nonces = {page.headers["Content-Security-Policy"] for page in (first, second)}
    assert len(nonces) == 2
    assert second.text != first.text  # its own nonce; ReadingClient compares it with the policy
    assert len(second.text) == len(first.text)


def test_what_is_published_is_there_at_once(client: ReadingClient, publish: Publish) -> None:
    publish(name="ひとつめ")
    assert "ふたつめ" not in client.get("/search").text
    publish(name="ふたつめ")
    assert "ふたつめ" in client.get("/search").text


@pytest.mark.parametrize("address", ["/search?q=かくれが", "/", "/listings.geojson"])
def test_what_is_withdrawn_is_gone_at_once(
    client: ReadingClient, publish: Publish, data_dir: Path, address: str
) -> None:
    listing = publish(name="かくれが", phrase="毎日")
    publish(name="のこる")
    assert "かくれが" in client.get(address).text.replace("「かくれが」", "")
    elsewhere = open_database(data_dir)  # another process
    edit.change_state(elsewhere, listing, State.ARCHIVED, "test", "closed")
    elsewhere.close()
    assert listing not in client.get(address).text


def test_an_address_that_is_hidden_is_gone_at_once(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish(name="かくれが", address="東京都西東京市南町5-6-13")
    assert "5-6-13" in client.get("/search").text
    newest = edit.newest_revision(db, listing)
    assert newest
    body = read_revision(db, newest.id).body
    hidden = replace(body.location, visibility=AddressVisibility.ON_REQUEST)
    change = edit.propose_change(db, listing, replace(body, location=hidden), "test", newest.id)
    edit.approve_revision(db, change, "test")
    assert "5-6-13" not in client.get("/search").text


def test_where_somebody_may_live_is_not_kept(
    client: ReadingClient, publish: Publish, kept: Callable[[], list[object]]
) -> None:
    publish()
    client.get("/search?near=南町")
    before = kept()
    assert len(before) == 1
    for near in (
        "西東京市南町5-6-13", "35.7254,139.5382", "35.725,139.538", "南町五丁目6",
        "南町五の六の十三", "西東京市南町五丁目六番", "南町５番地", "188-0012",
        "〒188-0012 西東京市南町", "下野谷512 子ども食堂",
    ):  # fmt: skip
        client.get("/search", query_string={"near": near})
        client.get("/search", query_string={"q": near})
        client.get("/search", query_string={"near": "南町", "to": near})
    assert kept() == before


@pytest.mark.parametrize(
    "address",
    [
        "/search?near=南町&near=南町5-6-13",
        "/search?near=&near=南町5-6-13",
        "/search?q=食堂&q=南町5-6-13",
        "/search?district=南町5-6-13",
        "/search?kind=南町5-6-13",
        "/search?foo=南町5-6-13",
        "/search?along=35.7,139.5;35.8,139.6&to=南町5-6-13",
        "/search?near=サンハイツ南町",
        f"/search?q={'あ' * 250}5-6-13",
        "/?foo=南町5-6-13",
        "/child?near=南町5-6-13",
        "/child?near=南町",
        "/guide?near=南町5-6-13&who=elementary",
        "/embed?near=南町&near=南町5-6-13",
        "/listings.geojson?district=南町5-6-13",
        "/events?kind=南町5-6-13",
    ],
)
def test_what_no_link_of_ours_says_is_kept_nowhere(
    client: ReadingClient, publish: Publish, kept: Callable[[], list[object]], address: str
) -> None:
    publish()
    assert client.get(address).headers["Cache-Control"] == "no-store"
    assert kept() == []


def test_a_place_with_something_typed_behind_it_is_not_kept(
    client: ReadingClient, publish: Publish, kept: Callable[[], list[object]]
) -> None:
    listing = publish()
    answer = client.get(f"/listings/{listing}?near=南町5-6-13")
    assert answer.headers["Cache-Control"] == "no-store"
    assert kept() == []


@pytest.mark.parametrize(
    "address",
    ["/search?q=死にたい", "/search?kind=consultation_desk", "/child", "/guide"],
)
def test_a_page_about_a_hard_subject_stays_on_no_device(
    client: ReadingClient, publish: Publish, address: str
) -> None:
    publish()
    for _ in range(2):  # the second may come from memory
        assert client.get(address).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "question",
    [
        {"near": "西東京市南町五丁目"},
        {"near": "南町５丁目"},
        {"q": "南町五丁目 食堂"},
        {"q": "小学3年生 土曜"},
    ],
)
def test_a_town_with_a_number_in_its_name_is_no_home(
    client: ReadingClient,
    publish: Publish,
    kept: Callable[[], list[object]],
    question: dict[str, str],
) -> None:
    publish(address="東京都西東京市南町5-6-13")
    client.get("/search", query_string=question)
    assert len(kept()) == 1


def test_staff_are_never_shown_a_kept_page(
    client: ReadingClient, publish: Publish, kept: Callable[[], list[object]]
) -> None:
    publish()
    client.get("/search")
    client.sign_in()
    count = len(kept())
    client.get("/search?q=食堂")
    assert len(kept()) in {0, count}


def test_languages_do_not_mix(client: ReadingClient, publish: Publish) -> None:
    publish()
    assert 'lang="ja"' in client.get("/search").text
    assert '<html lang="en">' in client.get("/en/search").text
    assert '<html lang="ja">' in client.get("/search").text


def test_a_page_for_one_host_is_not_given_to_another(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish()
    forged = client.get(f"/listings/{listing}", headers={"Host": "evil.example"}).text
    assert "evil.example" in forged  # its own address stands in a page for search engines
    assert "evil.example" not in client.get(f"/listings/{listing}").text


def test_what_is_kept_is_bounded_by_its_size(
    client: ReadingClient,
    publish: Publish,
    kept: Callable[[], list[object]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish()
    size = len(client.get("/search?q=食堂").data)
    monkeypatch.setattr("ibasho.site.minute._MOST_BYTES", 3 * size)
    for number in range(10):
        assert client.get(f"/search?q=食堂&x={number}").status_code == 200
    assert 1 <= len(kept()) <= 3


def test_what_is_kept_packed_is_bounded_too(
    app: Flask, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish()
    app.test_client_class = FlaskClient
    client = app.test_client()
    most = 3 * len(client.get("/search?kind=free_school").data)
    monkeypatch.setattr("ibasho.site.minute._MOST_BYTES", most)
    for kind in ("", "free_school", "childrens_cafeteria", "food_pantry"):
        for _ in range(2):
            page = client.get(f"/search?kind={kind}", headers={"Accept-Encoding": "gzip"})
            assert page.status_code == 200
    pages = app.extensions["ibasho_minute"].pages.values()
    pieces = [piece for page in pages for piece in (*page.pieces, *page.packed)]
    assert any(page.packed for page in pages)
    assert sum(map(len, pieces)) <= most


def test_a_kept_page_has_its_readings_once(app: Flask, publish: Publish) -> None:
    for number in range(5):
        publish(name=f"食堂{number}")
    app.test_client_class = FlaskClient
    client = app.test_client()
    lengths = {
        len(client.get("/ruby/search", headers={"Accept-Encoding": "identity"}).data)
        for _ in range(3)
    }
    assert len(lengths) == 1
    packed = [client.get("/ruby/search", headers={"Accept-Encoding": "gzip"}) for _ in range(3)]
    assert {len(gzip.decompress(page.data)) for page in packed} == lengths
