"""On a phone the list and the map of a search are one tap apart."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

Walks = Callable[..., Any]


def switch(page: Page, name: str) -> Any:
    return page.locator(".list-or-map").get_by_role("button", name=name, exact=True)


def pressed(page: Page) -> str:
    """Which of the two is shown."""
    return str(page.locator(".list-or-map [aria-pressed=true]").inner_text())


def show_map(page: Page) -> None:
    switch(page, "地図").click()
    page.locator(".place").first.wait_for()


def top_at(page: Page, x: float, y: float, selector: str) -> bool:
    """Whether what lies on top at this point is inside of what is looked for."""
    script = "([x, y, selector]) => Boolean(document.elementFromPoint(x, y)?.closest(selector))"
    return bool(page.evaluate(script, [x, y, selector]))


def scrolled(page: Page) -> float:
    return float(page.evaluate("scrollY"))


def test_the_map_fills_the_view_and_the_list_stays_where_it_was(ward: str, walk: Walks) -> None:
    visit = walk(360)
    page = visit.page
    page.goto(f"{ward}/search?near=田無駅")
    page.locator("article.card").nth(5).scroll_into_view_if_needed()
    before = scrolled(page)
    assert before > 500
    assert pressed(page) == "一覧"
    show_map(page)
    assert pressed(page) == "地図"
    frame = page.locator(".map-frame").bounding_box()
    assert frame["x"] == frame["y"] == 0
    assert frame["width"] == 360
    assert frame["height"] > 700
    switch(page, "一覧").click()
    assert page.locator(".map-frame").is_hidden()
    assert scrolled(page) == before
    assert page.locator("article.card").nth(5).is_visible()
    assert visit.wrong == []


def test_the_switch_is_large_and_in_reach_and_covers_no_last_place(ward: str, walk: Walks) -> None:
    page = walk(360).page
    page.goto(f"{ward}/search?near=田無駅")
    for name in ("一覧", "地図"):
        box = switch(page, name).bounding_box()
        assert min(box["width"], box["height"]) >= 44
        assert 750 < box["y"] < box["y"] + box["height"] <= 900
    page.locator(".results").evaluate("one => { one.scrollIntoView(false); scrollBy(0, 72); }")
    link = page.get_by_role("link", name="CSV").bounding_box()
    bar = page.locator(".list-or-map > div").bounding_box()
    assert link["y"] + link["height"] <= bar["y"]
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert not top_at(page, 180, 870, ".list-or-map")


def test_nothing_is_asked_of_the_tiles_before_the_map(site: str, walk: Walks, tiles: str) -> None:
    visit = walk(360)
    page = visit.page
    page.goto(f"{site}/search")
    page.wait_for_load_state("networkidle")
    assert visit.hosts() == {urlsplit(site).netloc}
    show_map(page)
    page.wait_for_load_state("networkidle")
    assert urlsplit(tiles).netloc in visit.hosts()


@pytest.mark.parametrize(("width", "script"), [(768, True), (1280, True), (360, False)])
def test_there_is_no_switch_where_it_would_do_nothing(
    ward: str, walk: Walks, width: int, script: bool
) -> None:
    page = walk(width, script).page
    page.goto(f"{ward}/search")
    assert page.locator(".list-or-map").is_hidden()
    if script:
        page.locator(".place").first.wait_for()


def test_by_keyboard_one_comes_into_the_map_and_back(ward: str, walk: Walks) -> None:
    page = walk(360).page
    page.goto(f"{ward}/search?near=みなみ小学校&kind=food_pantry")
    switch(page, "地図").focus()
    page.keyboard.press("Enter")
    page.locator(".place:not(.cluster)").first.wait_for()
    assert page.evaluate("document.activeElement.matches('section.map')")
    page.locator(".place:not(.cluster)").first.focus()
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup-content a").wait_for()
    page.keyboard.press("Escape")
    page.locator(".leaflet-popup").wait_for(state="detached")
    assert pressed(page) == "地図"
    page.keyboard.press("Escape")
    assert pressed(page) == "一覧"
    assert page.evaluate("document.activeElement.dataset.show") == "map"
    assert page.locator("[inert]").count() == 0


def test_what_lies_behind_the_map_is_out_of_reach(ward: str, walk: Walks) -> None:
    page = walk(360).page
    page.goto(f"{ward}/search")
    show_map(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('body, .map *, .list-or-map *')")


def test_back_in_the_browser_leads_from_the_map_to_its_list(ward: str, walk: Walks) -> None:
    page = walk(360).page
    page.goto(f"{ward}/search?near=田無駅")
    address = page.url
    show_map(page)
    page.go_back()
    page.wait_for_function("() => !document.documentElement.matches('.map-fills')")
    assert pressed(page) == "一覧"
    assert urlsplit(page.url).path == urlsplit(address).path
    show_map(page)
    assert pressed(page) == "地図"


def test_it_works_in_the_result_that_took_the_place_of_another(ward: str, walk: Walks) -> None:
    visit = walk(360)
    page = visit.page
    page.goto(f"{ward}/search?near=田無駅")
    page.locator("main").get_by_role("link", name="子どもは無料", exact=True).first.click()
    page.wait_for_url("**free=1**")
    show_map(page)
    page.locator("[data-map-here]").click()
    page.wait_for_url("**bbox=**")
    page.locator(".place").first.wait_for()
    page.wait_for_function("() => document.activeElement.dataset.show === 'map'")
    assert pressed(page) == "地図"
    assert page.locator(".map-frame").bounding_box()["y"] == 0
    switch(page, "一覧").click()
    assert page.locator("article.card").first.is_visible()
    assert page.locator("[inert]").count() == 0
    page.locator(".chips a.on").filter(has_text="子どもは無料").click()
    page.wait_for_function("() => !location.search.includes('free')")
    assert pressed(page) == "一覧"
    assert page.locator(".map-frame").is_hidden()
    assert visit.wrong == []


def test_the_way_out_of_a_hard_subject_stays_on_top(ward: str, walk: Walks) -> None:
    page = walk(360).page
    page.goto(f"{ward}/search?q=死にたい")
    assert page.locator(".quick-exit").count() == 1
    emergency = page.locator(".emergency").bounding_box()
    bar = page.locator(".list-or-map > div").bounding_box()
    overlap = min(emergency["y"] + emergency["height"], bar["y"] + bar["height"]) - max(
        emergency["y"], bar["y"]
    )
    assert overlap <= 0 or emergency["y"] + emergency["height"] > 900
    page.locator("article.card").last.scroll_into_view_if_needed()
    show_map(page)
    box = page.locator(".quick-exit").bounding_box()
    assert top_at(page, box["x"] + 20, box["y"] + 20, ".quick-exit")
    assert page.locator(".quick-exit").evaluate("element => !element.closest('[inert]')")


def test_paper_has_neither_switch_nor_map(ward: str, walk: Walks) -> None:
    page = walk(360).page
    page.goto(f"{ward}/search")
    show_map(page)
    page.emulate_media(media="print")
    assert page.locator(".list-or-map").is_hidden()
    assert page.locator("section.map").is_hidden()
    assert page.locator("article.card").first.is_visible()


def test_turning_the_phone_shows_both_again(ward: str, walk: Walks) -> None:
    page = walk(360).page
    page.goto(f"{ward}/search")
    show_map(page)
    page.set_viewport_size({"width": 900, "height": 400})
    page.wait_for_function("() => !document.documentElement.matches('.map-fills')")
    assert page.locator(".list-or-map").is_hidden()
    assert page.locator(".map-frame").is_visible()
    assert page.locator("[inert]").count() == 0
