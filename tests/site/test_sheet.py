"""Places kept on the own device, and the sheet of them that is printed and handed over."""

import html
import re
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.util import find_spec
from typing import Any
from urllib.parse import quote

import pytest
import segno
from browsing import Walk
from flask import Flask
from support import ReadingClient, reader

from ibasho.data.areas import Area, AreaKind
from ibasho.data.clock import today
from ibasho.data.database import Database, transaction
from ibasho.data.geocode import Level
from ibasho.data.listings import (
    AddressVisibility,
    ContactVisibility,
    Email,
    Phone,
    Position,
    PositionSource,
    State,
    edit,
    locate,
    pin,
)
from ibasho.data.stations import Station, keep_stations
from ibasho.site.public.sheet_map import HEIGHT, WIDTH, draw
from ibasho.site.words import full_date

Publish = Callable[..., str]
Walks = Callable[..., Walk]
CANARY = "かなりあ"
# one place of each has much to say together
KINDS = ("childrens_cafeteria", "free_school", "consultation_desk", "place_to_belong",
         "parenting_support", "learning_support")  # fmt: skip

has_pdf = pytest.mark.skipif(find_spec("weasyprint") is None, reason="the extra pdf is missing")


def paper(text: str) -> str:
    """What of a page is printed."""
    return text[text.index('<div class="paper') : text.index("</main>")]


def codes(text: str) -> list[str]:
    """The QR codes on a page, as they are drawn."""
    return re.findall(r'<figure class="paper-code"><div [^>]*>(<svg.*?</svg>)', text)


def sides(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height in points of every page of a PDF, whose objects lie packed in it."""
    text = pdf
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            text += zlib.decompress(packed)
    boxes = re.findall(rb"/MediaBox ?\[ ?0 0 ([0-9.]+) ([0-9.]+) ?\]", text)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def qr(link: str) -> str:
    """The QR code of a link as segno draws it."""
    code = segno.make_qr(link, error="m")
    drawn: str = code.svg_inline(omitsize=True, light="#fff", svgclass=None, lineclass=None)
    return drawn


# -- what is on the sheet


def test_a_sheet_says_who_where_when_and_how_to_ask(
    client: ReadingClient, publish: Publish, app: Flask
) -> None:
    first = publish(
        name="南町子ども食堂", alternate_name="ミナミチョウコドモショクドウ",
        phones=(Phone("042-000-0000", "事務局"),), fees_description="こども無料",
        eligibility_description="どなたでも", application_process="前日までに電話", note="2階です",
    )  # fmt: skip
    second = publish(
        name="ひばりが丘食堂", address="東京都西東京市ひばりが丘2-12-16", phrase="不定期"
    )
    page = client.get(f"/sheet?ids={second},{first}").text
    sheet = paper(page)
    assert sheet.index("ひばりが丘食堂") < sheet.index("南町子ども食堂"), "in the order of the ids"
    assert "<ruby>南町子ども食堂<rp>（</rp><rt>みなみちょうこどもしょくどう</rt>" in sheet
    saturday = r"<li><strong>(<time[^>]*>)?[^<]*\(土\)(</time>)?</strong> 11:30～14:00"
    assert len(re.findall(saturday, sheet)) == 3
    for said in ("西東京市南町5-6-13", "tel:0420000000", "こども無料", "前日までに電話", "2階です",
                 "189", "毎月第2土曜日", "運営者への確認はまだです"):  # fmt: skip
        assert said in sheet, said
    with app.test_request_context():
        assert full_date(today()) in sheet
    assert "日にちは変わる" in sheet


def test_the_code_on_the_sheet_is_its_own_link_in_the_language_of_the_page(
    client: ReadingClient, publish: Publish
) -> None:
    ids = f"{publish()},{publish(name='ひだまり')}"
    assert codes(client.get(f"/sheet?ids={ids}").text) == [qr(f"http://localhost/sheet?ids={ids}")]
    page = client.get(f"/en/sheet?ids={ids}").text
    assert codes(page) == [qr(f"http://localhost/en/sheet?ids={ids}")]
    assert "Places to go and people to ask" in page


def test_a_sheet_is_passed_on_by_plain_links(client: ReadingClient, publish: Publish) -> None:
    ids = f"{publish()},{publish(name='ひだまり')}"
    page = html.unescape(client.get(f"/sheet?ids={ids}").text)
    link = f"http://localhost/sheet?ids={ids}"
    assert f"https://social-plugins.line.me/lineit/share?url={quote(link, safe='')}" in page
    assert f"&body={quote(link)}" in page
    assert f'data-copy="{link}"' in page
    assert f'hreflang="en" href="http://localhost/en/sheet?ids={quote(ids)}"' in page


def test_what_is_not_on_the_site_is_said_and_not_shown(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    shown, gone = publish(name="みえる食堂"), publish(name="なくなった食堂")
    edit.change_state(db, gone, State.UNLISTED, "test", "")
    page = client.get(f"/sheet?ids={shown},{gone},none").text
    assert "みえる食堂" in page
    assert "なくなった食堂" not in page
    assert "選んだ場所のうち2件は" in page
    assert "選んだ場所は、いまこのサイトに載っていません" in client.get(f"/sheet?ids={gone}").text
    assert "2件は、いまこのサイトに載っていません" in client.get(f"/kept?ids={gone},none").text


def test_without_places_a_sheet_says_how_to_choose_some(client: ReadingClient) -> None:
    for address in ("/sheet", "/sheet?ids=", "/sheet?ids=,,"):
        page = client.get(address).text
        assert "しおりのマーク" in page
        assert 'class="paper' not in page
    assert client.get("/sheet.pdf").status_code == 404


def test_six_places_are_a_page_and_there_is_an_end(client: ReadingClient, publish: Publish) -> None:
    ids = [publish(name=f"食堂{number}") for number in range(26)]
    page = client.get(f"/sheet?ids={','.join(ids[:7])}").text
    assert len(codes(page)) == 2
    assert re.findall(r'class="paper-number">(\d+)', page) == list("1234567")
    page = client.get(f"/sheet?ids={','.join([*ids, ids[0]])}").text
    assert page.count('class="paper-number"') == 24
    assert "シートに載るのは24件まで" in page


def test_what_is_hidden_is_on_no_sheet_and_among_no_kept_places(
    client: ReadingClient, publish: Publish
) -> None:
    hidden = [
        publish(
            location=locate(
                "東京都西東京市", f"南町5-6-13{CANARY}住所", f"{CANARY}荘", visibility,
                pin(35.7211111, 139.5422222, PositionSource.PERSON),
            ),
            phones=(Phone("090-8888-7777", CANARY, ContactVisibility.STAFF_ONLY),),
            emails=(Email(f"{CANARY}@example.jp", CANARY, ContactVisibility.STAFF_ONLY),),
            assured_by=CANARY,
            note="急ぎは０９０−８８８８−７７７７へ",
        )
        for visibility in (AddressVisibility.AREA_ONLY, AddressVisibility.ON_REQUEST)
    ]  # fmt: skip
    for address in ("/sheet", "/en/sheet", "/kept"):
        page = client.get(f"{address}?ids={','.join(hidden)}").text
        assert page.count("南町子ども食堂") or page.count("みなみ子ども食堂")
        for secret in (CANARY, "8888", "８８８８", "35.7211", "139.5422", "5-6-13"):
            assert secret not in page, (address, secret)


def test_a_place_with_a_hidden_address_has_no_way_and_no_station(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    with transaction(db):
        keep_stations(db, [Station("田無", "たなし", 35.7273, 139.5393)])
    here = pin(35.7270, 139.5393, PositionSource.PERSON)
    town = "東京都西東京市", "田無町4-1-1", ""
    exact = publish(location=locate(*town, AddressVisibility.EXACT, here))
    area = publish(location=locate(*town, AddressVisibility.AREA_ONLY, here))
    sheet = paper(client.get(f"/sheet?ids={exact}").text)
    assert "田無駅から直線で50 m" in sheet
    assert "google.com/maps" in sheet
    sheet = paper(client.get(f"/sheet?ids={area}").text)
    assert "駅から直線で" not in sheet
    assert "google.com/maps" not in sheet
    assert "公開しているのは町名までです" in sheet


# -- its map


def square(lat: float, lon: float, side: float) -> Area:
    """An outline around a point, its sides in degrees."""
    half = side / 2
    ring = [[lon + x * half, lat + y * half] for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return Area(
        AreaKind.MUNICIPALITY, "市", {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}, "国"
    )


def at(lat: float, lon: float, level: Level = Level.PIN, radius: int | None = None) -> Position:
    return Position(lat, lon, level, radius, PositionSource.GEOCODER)


def test_the_map_shows_every_place_with_north_above_and_names_the_outlines(app: Flask) -> None:
    with app.test_request_context():
        drawn = draw(
            [(1, at(35.72, 139.53)), (2, at(35.75, 139.56)), (3, at(35.72, 139.53))],
            [square(35.73, 139.54, 0.1), square(43, 141, 0.1)],
            [Station("田無", "", 35.7273, 139.5393), Station("札幌", "", 43.07, 141.35)],
        )
    assert drawn is not None
    assert [mark.numbers for mark in drawn.marks] == [(1, 3), (2,)]
    south, north = drawn.marks
    assert south.y > north.y
    assert south.x < north.x
    assert all(0 < mark.x < WIDTH and 0 < mark.y < HEIGHT for mark in drawn.marks)
    assert drawn.land.count("M") == 1, "what lies far away is not drawn"
    assert [station.label for station in drawn.stations] == ["田無駅"]
    assert drawn.credits == ("国",)


def test_the_scale_of_the_map_is_true(app: Flask) -> None:
    with app.test_request_context():
        drawn = draw([(1, at(35.70, 139.5)), (2, at(35.71, 139.5))], [], [])
    assert drawn is not None
    one, two = drawn.marks
    metres = abs(one.y - two.y) / drawn.bar * drawn.bar_m
    assert metres == pytest.approx(0.01 * 111_195, rel=0.01)


def test_a_place_known_roughly_is_a_circle_and_one_of_the_whole_city_is_not_drawn(
    app: Flask,
) -> None:
    rough, city = at(35.7, 139.5, Level.TOWN, 400), at(35.7, 139.5, Level.MUNICIPALITY, 4_000)
    with app.test_request_context():
        drawn = draw([(1, at(35.7, 139.5)), (2, rough), (3, city)], [], [])
        assert draw([(3, city), (4, Position())], [], []) is None
    assert drawn is not None
    assert [(mark.numbers, mark.radius > 0) for mark in drawn.marks] == [
        ((2,), True),
        ((1,), False),
    ]


# -- on paper


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def some_ids(visit: Walk, site: str, number: int) -> Sequence[str]:
    found = visit.page.request.get(f"{site}/api/services?size={number}").json()["contents"]
    return [one["id"] for one in found]


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("number", [1, 3, 6])
def test_up_to_six_places_are_one_side_of_a4(
    ward: str, walk: Walks, language: str, number: int
) -> None:
    visit = walk(1280)
    ids = ",".join(some_ids(visit, ward, number))
    visit.page.goto(f"{ward}{language}/sheet?ids={ids}")
    assert pages_of(visit.page.pdf(prefer_css_page_size=True)) == 1
    visit.page.emulate_media(media="print")
    assert visit.page.locator("nav:visible, button:visible, .site-footer:visible").count() == 0
    assert visit.page.locator(".paper-place:visible").count() == number
    assert visit.wrong == []


@has_pdf
def test_a_sheet_is_a_pdf_where_that_is_installed(client: ReadingClient, publish: Publish) -> None:
    ids = f"{publish()},{publish(name='ひだまり', alternate_name='')}"
    assert f'href="/sheet.pdf?ids={ids}"' in client.get(f"/sheet?ids={ids}").text
    answer = client.get(f"/sheet.pdf?ids={ids}")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")


@has_pdf
@pytest.mark.parametrize(("language", "places"), [("", 2), ("/vi", 6), ("/easy", 6)])
def test_the_pdf_of_up_to_six_places_is_one_side_of_a4(
    crowded: Flask, language: str, places: int
) -> None:
    client = reader(crowded)
    ids = [
        re.findall(r'data-listing="([0-9a-z]+)"', client.get(f"/search?kind={kind}").text)[0]
        for kind in KINDS
    ]
    pdf = client.get(f"{language}/sheet.pdf?ids={','.join(ids[:places])}").data
    assert sides(pdf) == [(595, 842)]


@pytest.mark.skipif(find_spec("weasyprint") is not None, reason="the extra pdf is installed")
def test_without_the_extra_no_pdf_is_offered(client: ReadingClient, publish: Publish) -> None:
    listing = publish()
    assert "sheet.pdf" not in client.get(f"/sheet?ids={listing}").text
    assert client.get(f"/sheet.pdf?ids={listing}").status_code == 404


# -- kept places


def test_a_kept_place_stays_on_the_device_and_nothing_is_sent(ward: str, walk: Walks) -> None:
    visit = walk(360)
    page = visit.page
    page.goto(f"{ward}/search?kind=childrens_cafeteria")
    button = page.locator("[data-keep]").nth(1)
    link = page.locator("[data-kept-link]")
    assert link.is_hidden()
    page.wait_for_load_state("networkidle")
    asked = len(visit.asked)
    assert button.get_attribute("aria-pressed") == "false"
    button.focus()
    page.keyboard.press("Space")
    assert button.get_attribute("aria-pressed") == "true"
    assert link.locator("[data-kept-count]").inner_text() == "1"
    page.wait_for_timeout(300)
    assert visit.asked[asked:] == []
    page.reload()
    assert page.locator("[data-keep][aria-pressed=true]").count() == 1
    assert page.context.cookies() == []
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert link.is_hidden()
    assert visit.wrong == []


def test_places_can_be_kept_in_a_result_that_was_changed_in_place(ward: str, walk: Walks) -> None:
    page = walk(1280).page
    page.goto(f"{ward}/search?kind=childrens_cafeteria&sort=name")
    page.locator("[data-keep]").first.click()
    with page.expect_response("**/search?*"):
        page.locator("main .chips a").first.click()
    page.locator("article.card [data-keep]:visible").first.wait_for()
    assert page.locator("[data-kept-link]").is_visible()


def test_kept_places_become_a_sheet_and_can_be_let_go_of(ward: str, walk: Walks) -> None:
    visit = walk(360)
    page = visit.page
    page.goto(f"{ward}/search?kind=childrens_cafeteria")
    names = []
    for number in (2, 0):
        card = page.locator("article.card").nth(number)
        names.append(card.locator("h3").inner_text())
        card.locator("[data-keep]").click()
    page.get_by_role("link", name="取っておいた場所").click()
    page.locator(".kept-places").wait_for()
    assert page.locator(".kept-places h3").all_inner_texts() == names
    assert page.url == f"{ward}/kept"
    page.locator(".kept-places [data-keep]").first.click()
    page.get_by_text("外しました").wait_for()
    page.locator(".kept-places [data-keep]").first.click()
    page.get_by_role("button", name="すべて外す").click()
    assert page.locator(".kept-places").count() == 0
    assert page.evaluate("localStorage.getItem('ibasho.kept')") == "[]"
    page.get_by_role("button", name="取り消す").click()
    page.locator(".kept-places").wait_for()
    assert page.locator("[data-keep][aria-pressed=true]").count() == 2
    page.get_by_role("link", name="印刷用のシートにする").click()
    page.wait_for_url("**/sheet?ids=*")
    shown = page.locator(".paper h2").evaluate_all(
        "all => all.map(one => (one.querySelector('ruby') ?? one).firstChild.textContent)"
    )
    assert sorted(shown) == sorted(names)
    assert visit.wrong == []


def test_what_is_gone_from_the_site_is_said_once(ward: str, walk: Walks) -> None:
    visit = walk(360)
    page = visit.page
    page.goto(f"{ward}/kept")
    [there] = some_ids(visit, ward, 1)
    keep: Any = f"localStorage.setItem('ibasho.kept', JSON.stringify(['{there}', 'gone']))"
    page.evaluate(keep)
    page.reload()
    page.get_by_text("1件は、いまこのサイトに載っていません").wait_for()
    assert page.evaluate("localStorage.getItem('ibasho.kept')") == f'["{there}"]'


def test_without_scripts_nothing_pretends_to_keep_and_a_listing_has_its_sheet(
    ward: str, walk: Walks
) -> None:
    page = walk(360, script=False).page
    page.goto(f"{ward}/kept")
    assert page.get_by_text("JavaScriptが動かない").is_visible()
    page.goto(f"{ward}/search?kind=childrens_cafeteria")
    assert page.locator("[data-keep]:visible").count() == 0
    page.locator("article.card h3 a").first.click()
    name = page.locator("h1").inner_text()
    page.get_by_role("link", name="印刷用のシート").click()
    assert name in page.locator(".paper h2").inner_text()
