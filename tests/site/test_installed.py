"""The site on the home screen, and without a network."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page
from support import ReadingClient

Publish = Callable[..., str]
Walks = Callable[..., Any]
CONTROLLED = """() => new Promise((found) => navigator.serviceWorker.controller ? found(1)
  : navigator.serviceWorker.addEventListener("controllerchange", () => found(1)))"""
IN_CACHE = """async () => (await (await caches.open("ibasho-pages")).keys())
  .map((one) => decodeURIComponent(new URL(one.url).pathname + new URL(one.url).search))"""


def kept_by(page: Page) -> list[str]:
    """The addresses of the pages that this browser keeps."""
    found: list[str] = page.evaluate(IN_CACHE)
    return found


def until_it_keeps(page: Page, address: str) -> None:
    """Wait until the worker has kept a page."""
    for _ in range(200):
        if address in kept_by(page):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{address} is not kept")


@pytest.fixture
def visit(ward: str, walk: Walks) -> Any:
    """A window whose worker keeps pages already."""
    visit = walk(360)
    visit.page.goto(ward)
    visit.page.evaluate(CONTROLLED)
    until_it_keeps(visit.page, "/offline")
    return visit


def test_a_phone_can_put_the_site_on_its_home_screen(client: ReadingClient) -> None:
    for prefix, language in (("", "ja"), ("/en", "en")):
        address = re.search(r'rel="manifest" href="([^"]+)"', client.get(f"{prefix}/").text)
        assert address
        manifest = client.get(address[1])
        assert manifest.mimetype == "application/manifest+json"
        said = manifest.get_json()
        assert (said["lang"], said["start_url"]) == (language, f"{prefix}/")
        assert {"any", "maskable"} == {icon["purpose"] for icon in said["icons"]}
        for icon in said["icons"]:
            assert client.get(icon["src"]).mimetype == "image/png"


def test_where_somebody_may_live_is_kept_on_no_device(
    client: ReadingClient, publish: Publish
) -> None:
    publish()
    for near, kept in (("南町", "no-cache"), ("西東京市南町5-6-13", "no-store")):
        answer = client.get("/search", query_string={"near": near})
        assert answer.headers["Cache-Control"] == kept
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_the_last_result_is_there_without_a_network_and_says_from_when_it_is(
    ward: str, visit: Any
) -> None:
    page = visit.page
    page.goto(f"{ward}/search?q=食堂")
    names = page.locator("article.card h3").all_inner_texts()
    until_it_keeps(page, "/search?q=食堂")
    assert page.locator("[data-offline]").is_hidden()
    page.context.set_offline(True)
    page.goto(f"{ward}/search?q=食堂")
    assert page.locator("article.card h3").all_inner_texts() == names
    band = page.locator("[data-offline]")
    band.wait_for()
    assert "インターネットにつながっていません" in band.inner_text()
    assert re.search(r"\d{4}年\d+月\d+日 \d+:\d\d", band.inner_text())
    assert page.get_by_text("この日は過ぎました").count() == 0
    page.context.set_offline(False)
    page.reload()
    assert band.is_hidden()


def test_a_kept_date_that_has_passed_is_not_shown_as_open(ward: str, visit: Any) -> None:
    page = visit.page
    page.goto(ward)
    until_it_keeps(page, "/")
    page.context.set_offline(True)
    page.clock.install(time="2099-01-01T00:00:00Z")
    page.goto(ward)
    page.locator("[data-offline]").wait_for()
    dates = page.locator("main time").count()
    assert dates
    assert page.get_by_text("この日は過ぎました").count() == dates
    assert page.locator("main .away").count() == 0
    assert page.get_by_role("heading", name="今日", exact=False).count() == 0


def test_places_that_were_kept_can_be_read_without_a_network(ward: str, visit: Any) -> None:
    page = visit.page
    page.goto(f"{ward}/search?kind=childrens_cafeteria")
    first = page.locator("article.card").first
    name, place = first.locator("h3 a").inner_text(), first.locator("h3 a").get_attribute("href")
    first.locator("[data-keep]").click()
    until_it_keeps(page, place)
    page.context.set_offline(True)
    page.goto(f"{ward}/kept")
    page.locator("[data-kept-page]").get_by_role("link", name=name).click()
    assert page.locator("h1").inner_text().startswith(name)
    assert page.locator("[data-offline]").is_visible()


def test_what_was_never_seen_leads_to_whom_to_call(ward: str, visit: Any) -> None:
    page = visit.page
    page.context.set_offline(True)
    page.goto(f"{ward}/about")
    assert page.get_by_role("link", name="189").first.is_visible()
    page.locator("main").get_by_role("link", name="電話", exact=False).first.click()
    assert page.url == f"{ward}/desks"
    assert page.locator("[data-offline]").is_visible()
    page.goto(f"{ward}/en/about")
    assert page.locator("h1").count() == 1


def test_no_more_than_the_last_pages_are_kept_and_none_that_tells_a_home(
    ward: str, visit: Any
) -> None:
    page = visit.page
    page.goto(f"{ward}/search?near=西東京市南町5-6-13")
    for number in range(24):
        page.goto(f"{ward}/search?age={number}")
    page.goto(f"{ward}/child?near=西東京市南町5-6-13")
    until_it_keeps(page, "/search?age=23")
    kept = kept_by(page)
    assert len(kept) <= 21
    assert "/desks" in kept or "/search?age=23" in kept
    assert not any("near" in one for one in kept)


def test_what_is_withdrawn_is_gone_from_the_device_once_it_is_asked_for(
    ward: str, visit: Any
) -> None:
    page = visit.page
    page.goto(f"{ward}/about")
    until_it_keeps(page, "/about")
    page.evaluate(
        """async () => { const pages = await caches.open("ibasho-pages");
        await pages.put("/listings/gone", (await pages.match("/about")).clone()); }"""
    )
    page.goto(f"{ward}/listings/gone")
    page.goto(f"{ward}/about")
    assert "/listings/gone" not in kept_by(page)


def test_pages_of_the_staff_are_not_kept(ward: str, visit: Any) -> None:
    page = visit.page
    page.goto(f"{ward}/sign-in")
    page.goto(f"{ward}/about")
    until_it_keeps(page, "/about")
    assert "/sign-in" not in kept_by(page)
