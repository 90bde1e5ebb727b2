"""The map: useful without tiles, by keyboard, in the dark, and never saying more than the list."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from ibasho.data.areas import Area, AreaKind, keep_areas
from ibasho.data.database import open_database, transaction
from ibasho.data.geocode import Level
from ibasho.data.listings import Position, locate

Publish = Callable[..., str]
Walks = Callable[..., Any]
NEAR_SCHOOL = "/search?near=みなみ小学校"


def opened(walk: Walks, address: str, **more: object) -> Any:
    """A visit whose map has its places."""
    visit = walk(1280, **more)
    visit.page.goto(address)
    visit.page.locator(".place").first.wait_for()
    return visit


def lightness(page: Page, selector: str, name: str) -> float:
    """How light a colour of an element is, from 0 to 255."""
    script = "(element, name) => getComputedStyle(element)[name]"
    colour = page.locator(selector).first.evaluate(script, name)
    return sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3


def test_without_tiles_the_ward_and_its_school_districts_are_drawn(ward: str, walk: Walks) -> None:
    visit = opened(walk, ward + NEAR_SCHOOL)
    page = visit.page
    assert page.locator("path.land").count() == 1
    assert page.locator(".district-name").count() == 6
    assert page.locator("path.district-line").bounding_box()["width"] > 300
    assert page.locator("path.land").bounding_box()["width"] > 300
    assert page.get_by_text("しばくぼ小", exact=True).last.is_visible()
    assert lightness(page, "path.land", "fill") > lightness(page, ".folium-map", "backgroundColor")
    assert "架空" in page.locator(".leaflet-control-attribution").inner_text()
    assert visit.hosts() == {urlsplit(ward).netloc}
    assert visit.wrong == []


def test_the_land_lies_under_the_tiles_and_its_lines_and_names_above(
    ward: str, walk: Walks
) -> None:
    page = opened(walk, ward + NEAR_SCHOOL).page
    script = "element => Number(getComputedStyle(element).zIndex)"
    order = ["land", "tile", "borders", "names", "marker"]
    heights = [page.locator(f".leaflet-{pane}-pane").evaluate(script) for pane in order]
    assert heights == sorted(set(heights))


def test_the_names_of_the_districts_go_where_there_is_no_room(ward: str, walk: Walks) -> None:
    page = opened(walk, ward + NEAR_SCHOOL).page
    name = page.locator(".district-name").first
    name.wait_for()
    while page.locator(".leaflet-control-zoom-out:not(.leaflet-disabled)").count():
        page.locator(".leaflet-control-zoom-out").dispatch_event("click")
        page.wait_for_timeout(500)
    name.wait_for(state="hidden")
    assert page.locator("path.land").is_visible()


def test_the_map_shows_where_the_visitor_searches_from(ward: str, walk: Walks) -> None:
    page = opened(walk, ward + NEAR_SCHOOL).page
    origin = page.locator(".origin")
    assert "みなみ小学校" in origin.get_attribute("aria-label")
    assert "みなみ小学校" in page.locator(".origin-name").inner_text()
    inside, frame = origin.bounding_box(), page.locator(".map-frame").bounding_box()
    assert frame["x"] < inside["x"] < frame["x"] + frame["width"]
    assert frame["y"] < inside["y"] < frame["y"] + frame["height"]
    assert opened(walk, f"{ward}/search").page.locator(".origin").count() == 0


def test_every_marker_has_a_name_and_the_shape_of_its_kind(ward: str, walk: Walks) -> None:
    page = opened(walk, ward + NEAR_SCHOOL).page
    script = """all => all.map(one => ({
        tab: one.tabIndex, role: one.role, name: one.ariaLabel, look: one.className,
        shape: one.querySelector("svg[aria-hidden=true] use")?.getAttribute("href"),
    }))"""
    markers = page.eval_on_selector_all(".place", script)
    assert {(one["tab"], one["role"]) for one in markers} == {(0, "button")}
    for one in markers:
        if "cluster" in one["look"]:
            assert re.match(r"\d+ ", one["name"])
        else:
            kind = re.search(r"kind-(\w+)", one["look"])[1]
            assert re.search(rf"/static/kinds\.svg\?v=\w+#{kind}$", one["shape"])
            assert one["name"].count(", ") >= 2


def test_escape_closes_what_is_open_and_gives_the_focus_back(ward: str, walk: Walks) -> None:
    visit = opened(walk, f"{ward}/search?near=みなみ小学校&kind=food_pantry")
    page = visit.page
    marker = page.locator(".place:not(.cluster)").first
    name = marker.get_attribute("aria-label").split(",")[0]
    marker.focus()
    page.keyboard.press("Enter")
    link = page.locator(".leaflet-popup-content a")
    link.wait_for()
    assert link.inner_text() == name
    assert link.evaluate("element => element === document.activeElement")
    page.wait_for_timeout(900)  # the map may have moved, and its places been asked for anew
    assert link.is_visible()
    page.keyboard.press("Escape")
    link.wait_for(state="detached")
    assert marker.evaluate("element => element === document.activeElement")
    assert visit.wrong == []


def test_pointing_at_a_card_marks_its_place_and_the_other_way_round(ward: str, walk: Walks) -> None:
    page = opened(walk, f"{ward}/search?near=みなみ小学校&kind=food_pantry").page
    card = page.locator("[data-listing]:not(.place)").filter(has_text="しろくま")
    card.get_by_role("link").first.focus()
    assert "しろくま" in page.locator(".place.picked").get_attribute("aria-label")
    marker = page.locator(".place:not(.cluster)").filter(has_not_text="しろくま").last
    marker.focus()
    assert page.locator(".place.picked").count() == 0
    picked = page.locator("[data-listing].picked:not(.place)")
    assert marker.get_attribute("aria-label").split(",")[0] in picked.inner_text()


def test_what_is_known_roughly_is_a_circle_from_the_start_where_there_are_few(
    ward: str, walk: Walks
) -> None:
    page = opened(walk, f"{ward}/search?near=みなみ小学校&kind=food_pantry").page
    assert page.locator("path.rough-area").count() == page.locator(".place.rough").count() > 0


def test_a_block_is_a_point(publish: Publish, serve: Callable[[str], str], walk: Walks) -> None:
    place = locate("", "東京都西東京市南町5-6-13")
    block = replace(place, position=Position(35.72612, 139.54101, Level.BLOCK, 60))
    publish(name="街区の食堂", location=block)
    publish(name="丁目の食堂", address="東京都西東京市向台町2-16-22")
    page = opened(walk, serve("") + "/search").page
    assert page.locator(".place.rough[data-listing]").count() == 1
    assert page.locator(".place[data-listing]:not(.rough)[aria-label^=街区の食堂]").count() == 1
    assert page.locator("path.rough-area").count() == 1


def test_in_the_dark_nothing_of_the_map_is_light(ward: str, walk: Walks) -> None:
    page = opened(walk, ward + NEAR_SCHOOL, color_scheme="dark").page
    assert lightness(page, ".folium-map", "backgroundColor") < 40
    assert lightness(page, "path.land", "fill") < 60
    assert lightness(page, ".leaflet-control-zoom-in", "backgroundColor") < 60
    assert lightness(page, ".leaflet-control-attribution", "color") > 150
    page.locator(".place:not(.cluster)").first.dispatch_event("click")
    page.locator(".leaflet-popup-content a").wait_for()
    assert lightness(page, ".leaflet-popup-content-wrapper", "backgroundColor") < 60
    assert lightness(page, ".leaflet-popup-content p", "color") > 150


def test_tiles_are_softened_in_the_dark(site: str, walk: Walks) -> None:
    script = "element => getComputedStyle(element).filter"
    for scheme, softened in (("dark", True), ("light", False)):
        page = opened(walk, f"{site}/search", color_scheme=scheme).page
        pane = page.locator(".leaflet-tile-pane")
        assert ("invert" in pane.evaluate(script)) is softened


def test_the_controls_are_large_and_speak_the_pages_language(ward: str, walk: Walks) -> None:
    page = opened(walk, f"{ward}/en/search").page
    for name in ("in", "out"):
        button = page.locator(f".leaflet-control-zoom-{name}")
        assert button.get_attribute("aria-label") == f"Zoom {name}"
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    page.locator(".place:not(.cluster)").first.dispatch_event("click")
    close = page.locator(".leaflet-popup-close-button")
    close.wait_for()
    assert close.get_attribute("aria-label") == "Close"


def test_without_its_ground_the_map_still_has_its_places(ward: str, walk: Walks) -> None:
    visit = walk(1280)
    visit.page.route("**/areas.geojson", lambda route: route.abort())
    visit.page.goto(f"{ward}/search")
    visit.page.locator(".place").first.wait_for()
    assert visit.page.locator("path.land").count() == 0
    assert visit.page.locator(".map-frame").is_visible()


def test_no_name_of_an_area_runs_as_code(
    data_dir: Any, publish: Publish, serve: Callable[[str], str], walk: Walks
) -> None:
    publish()
    hostile = "<img src=x onerror=alert(1)>"
    ring = [[139.5, 35.7], [139.6, 35.7], [139.6, 35.8], [139.5, 35.7]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    db = open_database(data_dir)
    with transaction(db):
        keep_areas(db, [Area(AreaKind.SCHOOL_DISTRICT, hostile, outline, hostile)])
    db.close()
    visit = opened(walk, f"{serve('')}/search")
    assert hostile in visit.page.locator(".leaflet-control-attribution").inner_text()
    assert visit.page.locator(".district-name").text_content() == hostile
    assert visit.page.locator("img[src=x]").count() == 0
    assert visit.wrong == []


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
    page.get_by_role("button", name="地図", exact=True).click()
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


def test_the_page_is_good_without_tiles(site: str, walk: Walks, tiles: str) -> None:
    visit = walk(1280)
    visit.page.route(f"http://{urlsplit(tiles).netloc}/**", lambda route: route.abort())
    visit.page.goto(f"{site}/search")
    visit.page.locator(".place").first.wait_for()
    assert visit.page.locator("article.card").count() == 4


def test_the_way_home_is_drawn_as_wide_as_it_is_looked_beside(ward: str, walk: Walks) -> None:
    visit = opened(walk, ward + NEAR_SCHOOL + "&to=田無駅&within=500")
    page = visit.page
    assert page.locator("path.way-line").count() == 1
    assert page.locator(".way-name").inner_text() == "道から500 m以内"
    width = "element => Number(element.getAttribute('stroke-width'))"
    band = page.locator("path.way-band")
    before = band.evaluate(width)
    assert before > 20
    page.locator(".leaflet-control-zoom-in").dispatch_event("click")
    page.wait_for_timeout(600)
    assert band.evaluate(width) == pytest.approx(2 * before)
    assert visit.hosts() == {urlsplit(ward).netloc}
    assert visit.wrong == []


def test_a_map_without_a_way_draws_none(ward: str, walk: Walks) -> None:
    page = opened(walk, ward + NEAR_SCHOOL).page
    assert page.locator("path.way-line").count() == 0
