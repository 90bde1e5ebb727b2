"""Suggestions and counts as somebody with a keyboard, a screen reader or no scripts meets them."""

from collections.abc import Callable
from typing import Any

import pytest

Walks = Callable[..., Any]


def open_list(walk: Walks, site: str, text: str, width: int = 1280) -> Any:
    page = walk(width).page
    page.goto(site)
    page.locator("#q").press_sequentially(text)
    page.locator("#q-suggestions [role=option]").first.wait_for()
    return page


def test_the_arrow_keys_choose_and_enter_takes_a_suggestion(ward: str, walk: Walks) -> None:
    page = open_list(walk, ward, "たなし")
    field = page.locator("#q")
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "true"
    assert (
        page.locator(f"#{field.get_attribute('aria-controls')}").get_attribute("role") == "listbox"
    )
    page.keyboard.press("ArrowDown")
    active = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-selected") == "true"
    assert "田無駅" in active.inner_text()
    page.keyboard.press("Enter")
    assert field.input_value() == "田無駅"
    assert field.get_attribute("aria-expanded") == "false"
    assert field.get_attribute("aria-activedescendant") is None
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")


def test_escape_closes_and_leaves_what_was_typed(ward: str, walk: Walks) -> None:
    page = open_list(walk, ward, "子ども")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert page.locator("#q-suggestions").is_hidden()
    assert page.locator("#q").input_value() == "子ども"
    page.keyboard.press("ArrowDown")
    page.locator("#q-suggestions [role=option]").first.wait_for()
    page.keyboard.press("Tab")
    assert page.locator("#q-suggestions").is_hidden()


def test_a_touch_takes_a_suggestion_on_a_phone(ward: str, walk: Walks) -> None:
    page = open_list(walk, ward, "宿", width=360)
    page.locator("#q-suggestions [role=option]").first.click()
    assert page.locator("#q").input_value() == "宿題"
    assert "件" in page.locator("#q ~ [role=status]").inner_text()
    page.locator("#near").press_sequentially("みなみ")
    page.get_by_role("option", name="みなみ小学校").first.click()
    assert page.locator("#near").input_value() == "みなみ小学校"


def test_what_is_typed_goes_nowhere_else(ward: str, walk: Walks) -> None:
    visit = walk(1280)
    visit.page.goto(ward)
    visit.page.locator("#q").press_sequentially("食堂")
    visit.page.locator("#q-suggestions [role=option]").first.wait_for()
    assert len(visit.hosts()) == 1
    assert visit.wrong == []


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_count_is_kept_when_it_is_followed(
    ward: str, walk: Walks, width: int, script: bool
) -> None:
    visit = walk(width, script)
    page = visit.page
    page.goto(f"{ward}/search?q=子ども")
    facets = page.locator("details.facets")
    if width < 1200:
        assert not facets.locator("section").first.is_visible(), "folded on a phone"
        facets.locator("summary").first.click()
    choice = facets.get_by_role("link", name="子どもだけで来てよい")
    promised = choice.locator(".count").inner_text()
    choice.click()
    page.wait_for_url("**fact=alone**")
    page.locator("#result-heading", has_text=f"{promised}件").wait_for()
    page.get_by_role("link", name="名前順").click()
    page.wait_for_url("**sort=name**")
    page.locator(".orders [aria-current]", has_text="名前順").wait_for()
    assert page.locator("#result-heading").inner_text() == f"{promised}件"
    assert visit.wrong == []


def test_the_part_of_the_map_in_view_becomes_a_search(ward: str, walk: Walks) -> None:
    visit = walk(1280)
    page = visit.page
    page.goto(f"{ward}/search?kind=childrens_cafeteria")
    page.locator(".place").first.wait_for()
    page.get_by_role("button", name="拡大").click()
    page.get_by_role("link", name="地図のこの範囲でさがす").click()
    page.wait_for_url("**bbox=**")
    assert "kind=childrens_cafeteria" in page.url
    assert page.get_by_role("link", name="地図のこの範囲").count() >= 1
    assert visit.wrong == []
