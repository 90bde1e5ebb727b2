"""What a parent does, in a real browser against the real server."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

Publish = Callable[..., str]
Walks = Callable[..., Any]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_parent_finds_the_next_meal_and_whom_to_call(
    site: str, walk: Walks, tiles: str, width: int, script: bool
) -> None:
    visit = walk(width, script)
    page = visit.page
    page.goto(site)
    page.get_by_label("何をさがしていますか？").fill("子ども食堂")
    page.get_by_label("どこの近く？").fill("西東京市南町5-6-13")
    page.get_by_role("button", name="さがす").click()
    first = page.locator("article.card").first
    assert "みなみ子ども食堂" in first.inner_text()
    assert "以内" in first.inner_text()
    assert "土" in first.inner_text()
    first.get_by_role("heading").get_by_role("link").click()
    page.locator("ul.dates li").first.wait_for()
    assert page.locator("ul.dates li").count() == 6
    assert page.get_by_role("link", name="042-000-0000").get_attribute("href") == "tel:0420000000"
    assert visit.wrong == []
    assert visit.hosts() <= {urlsplit(site).netloc, urlsplit(tiles).netloc}


def test_near_me_rounds_where_someone_is(site: str, walk: Walks) -> None:
    visit = walk(
        360,
        geolocation={"latitude": 35.7212345, "longitude": 139.5467891},
        permissions=["geolocation"],
    )
    page = visit.page
    page.goto(site)
    page.get_by_role("button", name="現在地").click()
    page.wait_for_url("**/search?*")
    assert "near=35.721%2C139.547" in page.url
    assert not any("35.72123" in url for url in visit.asked)
    assert page.locator("h1").inner_text() == "現在地の近くの子どもの居場所"
    assert " m" in page.locator("article.card").first.inner_text()


def test_near_me_refused_says_what_to_do(site: str, walk: Walks) -> None:
    page = walk(360).page
    page.goto(site)
    page.get_by_role("button", name="現在地").click()
    page.get_by_text("住所や町名を入れてください").wait_for()


def test_a_typed_address_leaves_the_address_bar_as_its_town(site: str, walk: Walks) -> None:
    page = walk(1280).page
    page.goto(f"{site}/search?q=食堂&near=西東京市南町5-6-13")
    page.wait_for_function("!decodeURI(location.search).includes('5-6-13')")
    assert page.get_by_label("どこの近く？").input_value() == "西東京市南町5-6-13"


def test_the_way_to_a_listing_by_keyboard_alone(site: str, walk: Walks) -> None:
    visit = walk(1280)
    page = visit.page
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("みなみ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "/listings/" in str(page.evaluate("document.activeElement.href || ''")):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/listings/*")
    assert "みなみ子ども食堂" in page.locator("h1").inner_text()
