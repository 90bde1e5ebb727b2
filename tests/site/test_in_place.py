"""A result changes in place, and each link to one is the same result in any other browser."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import Walk
from playwright.sync_api import Page

Walks = Callable[..., Walk]


def ids(page: Page) -> list[str]:
    """The listings of the list, in order."""
    found: list[str] = page.locator(".cards [data-listing]").evaluate_all(
        "all => all.map((one) => one.dataset.listing)"
    )
    return found


def stay(page: Page) -> None:
    """Mark this document: a mark that is gone later means that the page was loaded anew."""
    page.evaluate("window.here = true")


def is_same(page: Page) -> bool:
    return bool(page.evaluate("window.here === true"))


def tap(page: Page, label: str) -> None:
    """Tap a condition and wait until the result is another."""
    before = page.url
    page.locator("main").get_by_role("link", name=label, exact=True).first.click()
    page.wait_for_function("before => location.href !== before", arg=before)
    page.wait_for_function("() => !document.querySelector('main[aria-busy]')")


def test_a_condition_changes_the_result_without_leaving_the_page(ward: str, walk: Walks) -> None:
    visit = walk(1280)
    page = visit.page
    page.goto(f"{ward}/search?q=子ども食堂")
    page.locator(".place").first.wait_for()
    stay(page)
    every = ids(page)
    heading = page.locator("#result-heading").inner_text()
    tap(page, "子どもは無料")
    assert is_same(page)
    assert len(ids(page)) <= len(every)
    assert page.locator("#result-heading").inner_text() != heading
    assert "free=1" in page.url
    assert (
        page.locator("body > p[role=status]").inner_text()
        == page.locator("#result-heading").inner_text()
    )
    assert "子どもは無料" in str(page.evaluate("document.activeElement.textContent"))
    page.locator(".place").first.wait_for()  # the map of the new result
    assert page.locator(".leaflet-container").count() == 1
    page.go_back()
    page.wait_for_function("text => document.querySelector('#result-heading').innerText === text",
                           arg=heading)  # fmt: skip
    assert ids(page) == every
    assert is_same(page)
    assert visit.wrong == []


def test_the_form_answers_in_place_and_keeps_what_is_open(ward: str, walk: Walks) -> None:
    page = walk(360).page
    page.goto(f"{ward}/search?q=居場所")
    stay(page)
    page.get_by_text("さがす条件を変える").click()
    page.get_by_text("条件をえらぶ").click()
    page.locator("#kind").select_option("free_school")
    page.wait_for_url("**kind=free_school**")
    page.wait_for_function("() => document.activeElement.id === 'kind'")
    assert page.locator("details.more-conditions[open]").count() == 1
    page.locator("#near").press_sequentially("田無")
    page.locator("#near-suggestions [role=option]").first.wait_for()  # suggestions live on
    page.keyboard.press("Escape")
    page.locator("#near").fill("西東京市南町5-6-13")
    page.keyboard.press("Enter")
    page.wait_for_url("**near=**")
    page.wait_for_function("() => !location.search.includes('6-13')")
    assert "6-13" not in page.url
    assert is_same(page)


def test_where_the_network_fails_the_browser_goes_there_as_usual(ward: str, walk: Walks) -> None:
    page = walk(1280).page
    page.goto(f"{ward}/search?q=子ども食堂")
    stay(page)
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('gone')); }")
    page.locator("main").get_by_role("link", name="子どもは無料", exact=True).first.click()
    page.wait_for_url("**free=1**")
    page.wait_for_function("() => window.here !== true")
    assert ids(page)


MADE_BY_TAPPING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("/search", ("土曜日",)),
    ("/search?q=子ども食堂", ("子どもは無料",)),
    ("/search?q=田無駅の近くで土曜無料の子ども食堂", ("日にちの早い順",)),
    ("/search?near=ひばりヶ丘駅", ("今週末", "名前順")),
    ("/search?near=田無駅&to=みなみ小&within=500", ("おすすめ順",)),
    ("/search?district=みなみ小学校区", ("名前順",)),
    ("/search?kind=free_school&monthly=30000", ("名前順",)),
    ("/search?weekday=5&fact=alone", ("子どもは無料",)),
    ("/search?bbox=139.52,35.70,139.56,35.74", ("名前順",)),
    ("/search?age=9", ("次のページ",)),
)


@pytest.mark.parametrize(("start", "taps"), MADE_BY_TAPPING)
def test_a_link_shows_the_same_in_another_browser(
    ward: str, walk: Walks, start: str, taps: tuple[str, ...]
) -> None:
    page = walk(1280).page
    page.goto(ward + start)
    for label in taps:
        tap(page, label)
    shared, found = page.url, ids(page)
    assert found
    for script in (True, False):
        other = walk(360, script).page
        other.goto(shared)
        assert ids(other) == found
        assert (
            other.locator("#result-heading").inner_text()
            == page.locator("#result-heading").inner_text()
        )


def test_all_conditions_are_let_go_of_at_once(ward: str, walk: Walks) -> None:
    page = walk(1280, script=False).page
    page.goto(f"{ward}/search?q=子ども食堂&free=1&open=weekend")
    page.get_by_role("link", name="条件をすべて外す").click()
    page.wait_for_url(re.compile(r"/search$"))
    assert parse_qs(urlsplit(page.url).query) == {}


def test_how_many_conditions_are_set_stands_on_the_fold(ward: str, walk: Walks) -> None:
    page = walk(360).page
    page.goto(f"{ward}/search?kind=childrens_cafeteria&fact=alone")
    summary: Any = page.locator("details.facets > summary")
    assert "2件" in summary.inner_text()


def test_an_open_map_stays_open_on_a_phone(ward: str, walk: Walks) -> None:
    visit = walk(360)
    page = visit.page
    page.goto(f"{ward}/search?near=田無駅")
    page.get_by_role("button", name="地図", exact=True).click()
    page.locator(".place").first.wait_for()
    page.locator("[data-map-here]").click()
    page.wait_for_url("**bbox=**")
    page.locator(".place").first.wait_for()
    page.go_back()
    page.wait_for_function("() => !location.search.includes('bbox')")
    page.locator(".place").first.wait_for()
    assert visit.wrong == []
