"""The ways of the desk: its menu, where a page is not to be had, what stands first."""

from collections.abc import Callable
from dataclasses import replace

from flask import Flask
from support import ReadingClient

from ibasho.data.accounts import Role, Scope, set_scope
from ibasho.data.database import Database
from ibasho.data.listings import Kind
from ibasho.data.networks import Network, keep_network
from ibasho.site.config import Settings

Publish = Callable[..., str]
DESK = "/coordinator"


def bar(text: str) -> str:
    return text.split('class="desk-bar"')[1].split("</nav>")[0]


def test_a_page_of_the_desk_has_one_bar_and_no_way_of_the_public_in_it(
    client: ReadingClient,
) -> None:
    client.sign_in()
    page = client.get(f"{DESK}/").text
    header = page.split("<header")[1].split("</header>")[0]
    assert "main-nav" not in header
    assert "受け入れ" in bar(header)
    assert "main-nav" in client.get("/").text


def test_the_activity_log_stands_among_the_records(client: ReadingClient) -> None:
    client.sign_in()
    groups = bar(client.get(f"{DESK}/").text).split("<summary")
    [records] = [group for group in groups if group.split("</summary>")[0].endswith(">記録")]
    assert f"{DESK}/activities" in records
    assert f"{DESK}/record" in records
    assert f"{DESK}/activities" not in client.get(f"{DESK}/contents").text.split("<main")[1]


def test_a_page_that_is_not_there_offers_the_ways_of_the_desk(client: ReadingClient) -> None:
    client.sign_in(Role.ADMIN)
    client.sign_in()
    for address, status in ((f"{DESK}/listings/none", 404), (f"{DESK}/nowhere", 404),
                            (f"{DESK}/people", 403)):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == status
        assert "desk-bar" in answer.text
        main = answer.text.split("<main")[1].split("</main>")[0]
        assert f'action="{DESK}/listings"' in main
        assert f'href="{DESK}/"' in main
        assert "mailto:" in main
        assert 'href="/search"' not in main


def test_who_has_no_desk_is_offered_what_is_public(client: ReadingClient) -> None:
    assert "desk-bar" not in client.get(f"{DESK}/nowhere").text
    client.sign_in(Role.SCHOOL)
    for address in (f"{DESK}/", f"{DESK}/nowhere"):
        page = client.get(address).text
        assert "desk-menu" not in page
        assert 'href="/search"' in page
        assert "mailto:" not in page


def test_listings_are_found_in_whatever_state_they_are(
    client: ReadingClient, publish: Publish
) -> None:
    publish("みなみ子ども食堂")
    client.sign_in()
    assert "みなみ子ども食堂" in client.get(f"{DESK}/listings?state=&q=みなみ").text
    assert "みなみ子ども食堂" not in client.get(f"{DESK}/listings?state=draft").text
    none = client.get(f"{DESK}/listings?state=draft&q=みなみ").text
    assert "state=" in none.split("<main")[1].split("</form>")[1]


def test_links_that_nobody_else_can_open_are_told_on_the_first_page(
    client: ReadingClient, db: Database
) -> None:
    client.sign_in()
    page = client.get(f"{DESK}/").text
    assert "IBASHO_PUBLIC_URL" in page
    assert "http://127.0.0.1:8000" in page
    set_scope(db, 1, Scope(networks=frozenset({"西"})), "test")
    assert "IBASHO_PUBLIC_URL" not in client.get(f"{DESK}/").text


def test_a_network_counts_who_does_something_not_its_openings(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    keep_network(db, Network("西のつながり", "", ""), "test")
    publish("みなみ子ども食堂", network="西のつながり")
    publish("配膳の手伝い", kind=Kind.VOLUNTEER_OPPORTUNITY, network="西のつながり")
    client.sign_in()
    assert "メンバー1団体" in client.get(f"{DESK}/networks").text


def test_a_listing_says_first_what_to_do_next(client: ReadingClient, publish: Publish) -> None:
    listing = publish("みなみ子ども食堂", alternate_name="ミナミコドモショクドウ")
    client.sign_in()
    main = client.get(f"{DESK}/listings/{listing}").text.split("<main")[1]
    order = ("次にすること", "内容を直す", "連絡先", "これまでの記録", "ミナミコドモショクドウ")
    places = [main.index(words) for words in order if words in main]
    assert places == sorted(places)
    assert main.index("次にすること") < main.index("ミナミコドモショクドウ")


def test_where_others_can_open_the_links_nothing_is_told(
    client: ReadingClient, settings: Settings, app: Flask
) -> None:
    client.sign_in()
    app.config["IBASHO"] = replace(settings, public_url="https://ibasho.example.jp")
    assert "IBASHO_PUBLIC_URL" not in client.get(f"{DESK}/").text
