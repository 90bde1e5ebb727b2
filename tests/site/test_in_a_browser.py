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
    assert page.locator("ul.dates li").count() == 6
    assert page.get_by_role("link", name="042-000-0000").get_attribute("href") == "tel:042-000-0000"
    assert visit.wrong == []
    assert visit.hosts() <= {urlsplit(site).netloc, urlsplit(tiles).netloc}


def test_the_map_shows_the_places_of_the_list_and_runs_no_name_as_code(
    site: str, walk: Walks, tiles: str
) -> None:
    visit = walk(1280)
    page = visit.page
    page.goto(f"{site}/search")
    page.locator(".place").first.wait_for()
    names = page.eval_on_selector_all(".place", "all => all.map(one => one.ariaLabel)")
    assert any("危ない名前" in name for name in names if name) or page.locator(".cluster").count()
    for marker in page.locator(".place:not(.cluster)").all():
        marker.dispatch_event("click")
        page.locator(".leaflet-popup-content a").last.wait_for()
    page.locator(".place").first.focus()
    page.keyboard.press("Enter")
    assert visit.wrong == []
    assert visit.hosts() == {urlsplit(site).netloc, urlsplit(tiles).netloc}
    assert page.locator("img[src=x]").count() == 0


def test_on_a_phone_the_tiles_come_only_when_the_map_is_asked_for(
    site: str, walk: Walks, tiles: str
) -> None:
    visit = walk(360)
    page = visit.page
    page.goto(f"{site}/search")
    page.wait_for_load_state("networkidle")
    assert visit.hosts() == {urlsplit(site).netloc}
    assert not any("leaflet" in url for url in visit.asked)
    page.get_by_role("button", name="地図を見る").click()
    page.locator(".place").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert urlsplit(tiles).netloc in visit.hosts()


def test_moving_the_map_asks_for_the_places_in_the_box(site: str, walk: Walks) -> None:
    visit = walk(1280)
    page = visit.page
    page.goto(f"{site}/search?q=食堂")
    page.locator(".place").first.wait_for()
    with page.expect_request(lambda request: "bbox=" in request.url) as asked:
        page.locator(".leaflet-control-zoom-out").click()
    assert "q=%E9%A3%9F%E5%A0%82" in asked.value.url
    assert asked.value.response().status == 200
    assert visit.wrong == []


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


@pytest.mark.parametrize("address", ["/", "/search?near=西東京市南町", "/desks", "/sign-in", "/x"])
def test_nothing_runs_off_the_side_of_a_small_screen(site: str, walk: Walks, address: str) -> None:
    page = walk(320).page
    page.goto(site + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_page_is_good_without_tiles(site: str, walk: Walks, tiles: str) -> None:
    visit = walk(1280)
    visit.page.route(f"http://{urlsplit(tiles).netloc}/**", lambda route: route.abort())
    visit.page.goto(f"{site}/search")
    visit.page.locator(".place").first.wait_for()
    assert visit.page.locator("article.card").count() == 4


def test_the_map_is_drawn_where_no_tiles_are_set(
    publish: Publish, serve: Callable[[str], str], walk: Walks
) -> None:
    publish()
    address = serve("")
    visit = walk(1280)
    visit.page.goto(f"{address}/search")
    visit.page.locator(".place").first.wait_for()
    assert visit.hosts() == {urlsplit(address).netloc}
    assert visit.wrong == []
