"""Every page is good for everyone: by machine, without a mouse, with large text, on paper."""

import os
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from itertools import pairwise, product
from urllib.parse import urlsplit

import looking
import pytest
from browsing import Walk
from flask import Flask
from pages import BY_NAME, NOT_PAGES, PAGES, WIDE, SitePage
from playwright.sync_api import Browser, Page
from wards import Wards, wards

from ibasho.site.languages import LANGUAGES

ORDEAL = "IBASHO_TEST_EVERY_SETTING" in os.environ  # `make ordeal` asks for all of them


@dataclass(frozen=True, slots=True)
class Setting:
    """How somebody looks at a page; width in CSS px."""

    language: str
    scheme: str
    width: int

    def __str__(self) -> str:
        return f"{self.language} {self.scheme} {self.width}"


OTHERS = [code for code in LANGUAGES if code not in {"ja", "en"}]
SETTINGS = [Setting(*one) for one in product(("ja", "en"), ("light", "dark"), (320, 1280))]


def sample(number: int) -> list[SitePage]:
    """The pages to see in one setting.

    A page is seen in a setting and in its opposite, so with every value of each; four pages
    together are seen in all settings.
    """
    last = len(SETTINGS) - 1
    return [
        page
        for at, page in enumerate(PAGES)
        if ORDEAL or number in (at % len(SETTINGS) // 2, last - at % len(SETTINGS) // 2)
    ]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, tiles: str) -> Iterator[Wards]:
    with wards(tmp_path_factory.mktemp("wards"), tiles) as both:
        yield both


def test_every_page_is_in_the_list(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    listed = {
        adapter.match(re.sub(r"\{\w+\}", "1", urlsplit(page.address).path))[0]
        for page in PAGES
        if page.status != 404
    }
    answers = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert listed | NOT_PAGES == answers
    assert listed & NOT_PAGES == set()


def test_the_sample_shows_each_page_with_every_value_and_all_pairs_of_values() -> None:
    seen = {(page.name, setting) for at, setting in enumerate(SETTINGS) for page in sample(at)}
    for page in PAGES:
        settings = [astuple(setting) for name, setting in seen if name == page.name]
        assert all(len(set(values)) == 2 for values in zip(*settings, strict=True)), page.name
    assert {setting for _, setting in seen} == set(SETTINGS)


@pytest.mark.parametrize("number", range(len(SETTINGS)), ids=lambda at: str(SETTINGS[at]))
def test_every_page_is_good_for_everyone(
    browser: Browser, house: Wards, tiles: str, number: int
) -> None:
    setting, pages = SETTINGS[number], sample(number)
    hosts = {urlsplit(address).netloc for address in (house.full, house.empty, house.lists, tiles)}
    hosts.add(urlsplit(house.full).netloc.replace("127.0.0.1", "localhost"))
    wrong: list[str] = []
    for role in {page.role for page in pages}:
        context = house.enter(
            browser, role, locale="ja-JP", color_scheme=setting.scheme, reduced_motion="reduce"
        )
        visit = Walk(context)
        for one in pages:
            if one.role == role:
                visit.page.set_viewport_size({"width": setting.width, "height": 900})
                assert one.open(visit.page, house, setting.language) == one.status, one.name
                wrong += [f"{one.name}: {what}" for what in look(visit.page, setting.width)]
        context.close()
        # That an error page is an error is no fault of the page.
        wrong += [what for what in visit.wrong if "the server responded" not in what]
        wrong += [f"asked {host}" for host in visit.hosts() - hosts]
    assert not wrong, f"{setting}\n" + "\n".join(wrong)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 320), *([("dark", 1280)] if ORDEAL else [])]
)
def test_every_public_page_is_good_in_every_language(
    browser: Browser, house: Wards, language: str, scheme: str, width: int
) -> None:
    """Each page in one of these languages; in `make ordeal` all of them, and dark and wide."""
    wrong: list[str] = []
    context = house.enter(
        browser,
        locale="ja-JP",
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    visit = Walk(context)
    for at, one in enumerate(PAGES):
        if one.role is None and (ORDEAL or OTHERS[at % len(OTHERS)] == language):
            assert one.open(visit.page, house, language) == one.status, one.name
            found = look(visit.page, width) + looking.cut_texts(visit.page)
            wrong += [f"{one.name}: {what}" for what in found]
    context.close()
    wrong += [what for what in visit.wrong if "the server responded" not in what]
    assert not wrong, f"{language}\n" + "\n".join(wrong)


def look(page: Page, width: int) -> list[str]:
    """All that is wrong with the page that is open."""
    found = looking.axe(page) + looking.sideways(page) + looking.overlaps(page)
    found += looking.small_targets(page) + looking.movements(page)
    if width >= WIDE:
        found += looking.lost_in_forced_colours(page) + looking.at_twice_the_text_size(page)
    return found


def test_on_paper_stand_dates_and_telephone_and_no_navigation(
    browser: Browser, house: Wards
) -> None:
    context = house.enter(browser, viewport={"width": 700, "height": 900}, locale="ja-JP")
    page = context.new_page()
    BY_NAME["listing"].open(page, house)
    page.emulate_media(media="print")
    assert page.locator("nav:visible, form:visible, button:visible").count() == 0
    assert page.locator("ul.dates li:visible").count() == 6
    assert page.get_by_role("link", name="042-000-0011").is_visible()
    assert page.locator("h1").is_visible()
    assert looking.sideways(page) == []
    context.close()


@pytest.mark.parametrize(
    "name", ["home", "search", "listing", "search-form", "sign-in", "child", "desks", "desk-add"]
)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_goes_through_a_page_in_its_order_and_out_again(
    browser: Browser, house: Wards, name: str, width: int
) -> None:
    role, window = BY_NAME[name].role, {"width": width, "height": 900}
    context = house.enter(browser, role, viewport=window, locale="ja-JP")
    page = context.new_page()
    BY_NAME[name].open(page, house)
    expected = looking.stops(page)
    page.evaluate("document.activeElement.blur()")
    path: list[dict[str, object]] = []
    for _ in range(300):
        page.keyboard.press("Tab")
        here = looking.stop(page)
        if here is None or (path and here["index"] == path[0]["index"]):
            break
        if not path or here["index"] != path[-1]["index"]:  # a date has three stops in one field
            path.append(here)
    else:
        pytest.fail(f"no way out; at the end {[one['name'] for one in path[-3:]]}")
    wrong = [f"{one['name']} shows no focus" for one in path if not one["ringed"]]
    wrong += [f"{one['name']} is out of sight" for one in path if not one["seen"]]
    wrong += [f"{one['name']} is covered" for one in path if one["covered"] and not one["on_map"]]
    wrong += [
        f"{after['name']} comes after {before['name']}"
        for before, after in pairwise(one for one in path if not one["on_map"])
        if int(str(after["index"])) < int(str(before["index"]))
    ]
    assert not wrong, "\n" + "\n".join(wrong)
    assert [one["name"] for one in path if not one["on_map"]] == expected
    context.close()


def test_the_first_stop_skips_to_the_content(browser: Browser, house: Wards) -> None:
    context = house.enter(browser, locale="ja-JP")
    page = context.new_page()
    for name in ("home", "search", "listing"):
        BY_NAME[name].open(page, house)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null"), name
    context.close()


@pytest.mark.parametrize(
    "name",
    [
        "desk-add-errors",
        "desk-words-errors",
        "report-errors",
        "sign-in-wrong",
        "search-not-understood",
    ],
)
def test_errors_are_announced_and_each_leads_to_its_field(
    browser: Browser, house: Wards, name: str
) -> None:
    entry = BY_NAME[name]
    house.forget_attempts()
    context = house.enter(browser, entry.role, locale="ja-JP")
    page = context.new_page()
    entry.open(page, house)
    summary = page.locator("main [role=alert]")
    links = summary.locator("a[href^='#']")
    assert links.count() >= 1
    if entry.status != 200:  # a search has its result to show; an answer to a form has only errors
        assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
        assert page.title().startswith("エラー：")
    for link in links.all():
        field = page.locator(link.get_attribute("href") or "none")
        assert field.get_attribute("aria-invalid") == "true", link.inner_text()
        told = (field.get_attribute("aria-describedby") or "").split()
        assert told, link.inner_text()
        assert any(page.locator(f"#{one}").inner_text() in summary.inner_text() for one in told)
        link.click()
        assert field.evaluate("one => one === document.activeElement")
    context.close()
