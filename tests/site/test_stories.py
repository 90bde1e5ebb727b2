"""Three people walk through the site in three languages, with and without scripts, on a phone and
on a desk. What they touch is named by its part of the page, for its words are in any language."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlsplit

import pytest
from browsing import Walk

Walks = Callable[..., Walk]
ORDEAL = "IBASHO_TEST_EVERY_SETTING" in os.environ


@dataclass(frozen=True, slots=True)
class Setting:
    """How somebody walks; width in CSS px."""

    language: str
    script: bool
    width: int

    def __str__(self) -> str:
        return f"{self.language} {'with' if self.script else 'without'} script {self.width}"


EVERY = [Setting(*one) for one in product(("ja", "easy", "vi"), (True, False), (360, 1280))]
# each language with and without scripts, and with both widths; each pair of the others twice
SAMPLE = [EVERY[at] for at in (0, 3, 5, 6, 8, 11)]


@pytest.fixture(params=EVERY if ORDEAL else SAMPLE, ids=str)
def setting(request: pytest.FixtureRequest) -> Setting:
    found: Setting = request.param
    return found


def start(walk: Walks, ward: str, setting: Setting) -> tuple[Walk, str]:
    """The window of somebody, and what stands before each address in their language."""
    visit = walk(setting.width, setting.script)
    return visit, ward + ("" if setting.language == "ja" else f"/{setting.language}")


def is_calm(visit: Walk, ward: str) -> None:
    """Nothing went wrong, and no other host heard of it."""
    assert visit.wrong == []
    assert visit.hosts() == {urlsplit(ward).netloc}


def test_a_parent_finds_a_meal_and_whom_to_call(ward: str, walk: Walks, setting: Setting) -> None:
    """S1: which place near here can help, is it open, and how do we get there?"""
    visit, site = start(walk, ward, setting)
    page = visit.page
    page.goto(f"{site}/")
    page.locator("#q").fill("ごはん")
    page.locator("#near").fill("田無駅")
    page.keyboard.press("Escape")  # what is suggested lies over the button on a phone
    page.locator("#find button[type=submit]").first.click()
    page.locator("#result-heading").wait_for()
    first = page.locator("article.card").first
    assert re.search(r"\d", first.locator(".when").inner_text())
    assert re.search(r"m|分", first.locator(".where").inner_text())
    name = first.locator("h3 a").inner_text()
    first.locator("h3 a").click()
    page.locator("article.listing").wait_for()
    assert page.locator("h1").inner_text().replace("\n", "") == name.replace("\n", "")
    assert page.locator("ul.dates li").count() > 0
    assert page.locator("a[href^='tel:']").first.is_visible()
    assert page.locator("a[href*='/maps/dir/']").count() == 1
    assert page.locator("a[href$='.ics']").count() == 1
    is_calm(visit, ward)


def test_a_teacher_finds_a_free_school_and_hands_over_a_sheet(
    ward: str, walk: Walks, setting: Setting
) -> None:
    """S2: inside the district, at a price, and a sheet for the family."""
    visit, site = start(walk, ward, setting)
    page = visit.page
    page.goto(f"{site}/search?kind=free_school&monthly=30000&near=みなみ小学校")
    cards = page.locator("article.card")
    assert cards.count() > 0
    cards.first.locator("h3 a").click()
    page.locator("article.listing").wait_for()
    page.locator(".take-along a").click()
    page.wait_for_url("**/sheet?ids=*")
    assert page.locator("a[href^='tel:'], .sheet").count() > 0
    assert "189" in page.locator("main").inner_text()
    is_calm(visit, ward)


def test_a_child_finds_where_to_go_alone_and_who_listens_tonight(
    ward: str, walk: Walks, setting: Setting
) -> None:
    """S9: the lines and desks are always one tap away, and nothing is asked."""
    visit, site = start(walk, ward, setting)
    page = visit.page
    page.goto(f"{site}/")
    page.locator("footer a[href$='/child']").click()
    page.wait_for_url("**/child")
    assert page.locator("article, .card").count() > 0
    assert page.locator("a[href='tel:189']").count() > 0
    page.locator("header a[href$='/desks']").click()
    page.wait_for_url("**/desks")
    assert page.locator("a[href='tel:189']").first.is_visible()
    assert page.context.cookies() == []
    is_calm(visit, ward)
