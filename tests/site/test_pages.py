"""What visitors read: the right listings in the right order, whole, light and calm."""

import json
import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import ReadingClient

from ibasho.data.listings import (
    COST_GROUPS,
    CostOption,
    Kind,
    Phone,
    PositionSource,
    locate,
    pin,
)
from ibasho.site import stores
from ibasho.site.app import create_app
from ibasho.site.config import Settings

Publish = Callable[..., str]
NEAR = "西東京市南町5-6-13"


def near(publish: Publish) -> list[str]:
    """Three listings, nearest to NEAR first."""
    return [
        publish(name="みなみ子ども食堂", address="東京都西東京市南町5-6-13"),
        publish(name="むこうだい食堂", address="東京都西東京市向台町2-16-22"),
        publish(name="ひばりが丘食堂", address="東京都西東京市ひばりが丘2-12-16"),
    ]


def order(page: str, ids: list[str]) -> list[str]:
    """The ids as they come in a page."""
    return sorted((one for one in ids if one in page), key=page.index)


@pytest.mark.parametrize("words", ["子ども食堂", "こども食堂", "子供食堂", "ｺﾄﾞﾓ食堂"])
def test_the_nearest_comes_first_however_the_word_is_written(
    client: ReadingClient, publish: Publish, words: str
) -> None:
    ids = near(publish)
    page = client.get("/search", query_string={"q": words, "near": NEAR}).text
    assert order(page, ids) == ids
    assert "およそ" in page
    assert "土" in page


@pytest.mark.parametrize("own", ["", "東京都西東京市"])
def test_a_town_and_a_station_are_understood_without_their_city(
    data_dir: Path, publish: Publish, own: str
) -> None:
    publish()
    client = create_app(Settings(data_dir, "x" * 40, municipality=own)).test_client()
    assert "西東京市南町の近く" in client.get("/search?near=南町").text
    page = client.get("/search?near=田無駅").text
    assert "西東京市田無町の近く" in page
    assert "駅からではなく" in page


def test_a_listing_says_when_where_and_how_sure(client: ReadingClient, publish: Publish) -> None:
    listing = publish(phones=(Phone("042-000-0000"),), costs=(CostOption("elementary", 0),))
    page = client.get(f"/listings/{listing}").text
    assert page.count("11:30～14:00") >= 6
    assert 'href="tel:0420000000"' in page
    assert "小学生 無料" in page
    assert "おおよその場所" in page
    assert "確認はまだです" in page


def test_each_price_is_said_with_its_unit(client: ReadingClient, publish: Publish) -> None:
    def card(*costs: CostOption) -> str:
        listing = publish(costs=costs)
        page = client.get("/en/search").text.split(f'data-listing="{listing}"')[1]
        said = page.split("</article>")[0].split('<span class="hint">Cost</span>')[1]
        return said.split("</p>")[0].strip()

    children = [CostOption(group, 0) for group in COST_GROUPS if group != "adult"]
    two = (CostOption("monthly", 18_700), CostOption("monthly", 8_800, "online"))
    assert card(*children, CostOption("adult", 300)) == "Children free, adults 300 yen a visit"
    assert card(*children, CostOption("adult", 0)) == "Free"
    assert card(*children) == "Children free"
    assert card(CostOption("monthly", 19_800, "3 days")) == "Monthly 19,800 yen (3 days)"
    assert card(*two, CostOption("initial", 5_000)) == "Monthly from 8,800 yen"
    assert card(CostOption("monthly", 500), CostOption("per_visit", 200)) == (
        "Monthly 500 yen, a visit 200 yen"
    )
    assert card(CostOption("initial", 5_000)) == "To join 5,000 yen"


def test_the_terms_of_a_free_school_stand_in_a_table(
    client: ReadingClient, publish: Publish
) -> None:
    terms = (
        CostOption("cancellation", None, "By the 20th"),
        CostOption("monthly", 33_000, "5 days"),
        CostOption("monthly", 22_000, "2 days"),
        CostOption("elementary", 100),
    )
    page = client.get(f"/en/listings/{publish(costs=terms)}").text
    table = page.split('<table class="costs">')[1].split("</table>")[0]
    assert re.findall('<th scope="row">([^<]*)</th><td[^>]*>([^<]*)', table) == [
        ("Monthly", "33,000 yen (5 days), 22,000 yen (2 days)"),
        ("A visit", "Elementary school 100 yen"),
        ("Leaving or pausing", "By the 20th"),
    ]
    plain = publish(costs=(CostOption("elementary", 100),))
    assert '<table class="costs">' not in client.get(f"/en/listings/{plain}").text


def test_a_monthly_fee_is_asked_for_kept_and_given_up_by_name(
    client: ReadingClient, publish: Publish
) -> None:
    school = publish(kind=Kind.FREE_SCHOOL, costs=(CostOption("monthly", 12_500),))
    publish(name="空欄の学校", kind=Kind.FREE_SCHOOL)
    page = client.get("/en/search?monthly=12500").text
    assert school in page
    assert "空欄の学校" not in page
    assert re.search('<option value="12500" selected>12,500 yen<', page)
    assert "monthly=12500" in page.split('data-feed="')[1].split('"')[0]
    assert re.search('<option value="" *>Any<', client.get("/en/search").text)
    less = client.get("/en/search?monthly=10000").text
    assert "left out was" in less
    assert "the monthly fee" in less
    for nonsense in ("many", "-1", "1.5", "1" * 5_000):
        said = client.get("/en/search", query_string={"monthly": nonsense}).text
        assert "“Monthly fee at most” was left out" in said


@pytest.mark.parametrize(
    "phrase", ["不定期", "月1回程度", "隔週木曜", "第3もしくは第4土曜", "", "夏休み期間"]
)
def test_no_certain_date_means_no_date(
    client: ReadingClient, publish: Publish, phrase: str
) -> None:
    listing = publish(phrase=phrase)
    page = client.get(f"/listings/{listing}").text
    assert "行く前にお問い合わせください" in page
    assert '<ul class="dates">' not in page
    feed = json.loads(client.get("/listings.geojson").text)
    assert feed["features"][0]["properties"]["next_date"] is None


def test_an_empty_site_says_what_to_do_next(client: ReadingClient) -> None:
    assert ".venv/bin/ibasho import" in client.get("/").text
    assert "掲載はまだありません" in client.get("/search?q=食堂").text


def test_a_search_that_fits_nothing_shows_the_nearest_and_says_so(
    client: ReadingClient, publish: Publish
) -> None:
    ids = near(publish)
    page = client.get("/search", query_string={"kind": "free_school", "near": NEAR}).text
    assert "すべての条件に合う場所はありませんでした" in page
    assert order(page, ids) == ids


def test_a_condition_that_means_nothing_is_named(client: ReadingClient, publish: Publish) -> None:
    near(publish)
    page = client.get("/search?near=どこでもない所&on=someday&age=old&kind=x&open=never&within=-1")
    assert page.status_code == 200
    assert "どこでもない所" in page.text
    for name in ("日付", "子どもの年齢", "種類", "ひらいている日", "距離"):
        assert f"条件「{name}」" in page.text, name


def test_links_on_the_page_carry_a_rounded_place(client: ReadingClient, publish: Publish) -> None:
    for number in range(25):
        publish(name=f"食堂{number}")
    page = client.get("/search", query_string={"near": "35.7212345,139.5467890"}).text
    assert "near=35.721,139.547" in page.replace("%2C", ",")
    assert "35.7212345" not in page.replace('value="35.7212345', "")


def test_every_listing_stands_on_exactly_one_page(client: ReadingClient, publish: Publish) -> None:
    ids = [publish(name=f"食堂{number}") for number in range(45)]
    pages = [client.get(f"/search?q=食堂&page={page}").text for page in (1, 2, 3)]
    assert sorted(
        one for page in pages for one in ids if f'data-listing="{one}"' in page
    ) == sorted(ids)
    assert client.get("/search?q=食堂&page=4").headers["Location"].endswith("page=3")


def test_the_map_shows_the_same_as_the_list_in_the_same_order(
    client: ReadingClient, publish: Publish
) -> None:
    ids = near(publish)
    for words in ("食堂", "みなみ", "ひばりが丘"):
        asked = {"q": words, "near": NEAR}
        page = client.get("/search", query_string=asked).text
        feed = json.loads(client.get("/listings.geojson", query_string=asked).text)
        found = [feature["properties"]["id"] for feature in feed["features"]]
        assert found == order(page, [one for one in ids if f'data-listing="{one}"' in page])
        assert all({"id", "name", "kind", "url"} <= one["properties"].keys()
                   for one in feed["features"])  # fmt: skip


coordinates = st.floats(min_value=-0.02, max_value=0.02)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    points=st.lists(st.tuples(coordinates, coordinates), max_size=12),
    outer=st.tuples(coordinates, coordinates, coordinates, coordinates),
    inner=st.tuples(coordinates, coordinates, coordinates, coordinates),
)
def test_what_a_small_box_shows_is_what_a_large_box_shows_there(
    app: Flask,
    publish: Publish,
    points: list[tuple[float, float]],
    outer: tuple[float, float, float, float],
    inner: tuple[float, float, float, float],
) -> None:
    random.seed()  # hypothesis sets it to the same each time, and Whoosh names its files by it
    lat, lon = 35.72, 139.54
    for y, x in points:
        here = pin(lat + y, lon + x, PositionSource.PERSON)
        publish(location=locate("東京都西東京市", "", pin=here))
    client = app.test_client()

    def shown(box: tuple[float, float, float, float]) -> dict[str, tuple[float, float]]:
        west, south, east, north = box
        feed = client.get(f"/listings.geojson?bbox={west},{south},{east},{north}").get_json()
        return {
            one["properties"]["id"]: tuple(one["geometry"]["coordinates"])
            for one in feed["features"]
        }

    large = (lon + min(outer[0], outer[1]), lat + min(outer[2], outer[3]),
             lon + max(outer[0], outer[1]), lat + max(outer[2], outer[3]))  # fmt: skip
    small = (max(large[0], lon + min(inner[0], inner[1])),
             max(large[1], lat + min(inner[2], inner[3])),
             min(large[2], lon + max(inner[0], inner[1])),
             min(large[3], lat + max(inner[2], inner[3])))  # fmt: skip
    if small[0] > small[2] or small[1] > small[3]:
        return
    cut = {
        one: point
        for one, point in shown(large).items()
        if small[0] <= point[0] <= small[2] and small[1] <= point[1] <= small[3]
    }
    assert shown(small) == cut


# -- whole, light and calm


def test_a_page_asks_few_questions(client: ReadingClient, publish: Publish, app: Flask) -> None:
    for number in range(30):
        publish(name=f"食堂{number}")
    listing = publish(name="ひとつ")
    client.get("/")
    asked: list[str] = []
    with app.app_context():
        stores.database().conn.set_trace_callback(asked.append)
    for address, most in (("/", 10), ("/search?q=食堂", 7), (f"/listings/{listing}", 8),
                          ("/listings.geojson", 4), ("/desks", 3), ("/about", 5)):  # fmt: skip
        asked.clear()
        client.get(address)
        statements = [one for one in asked if one.lstrip().upper().startswith("SELECT")]
        assert len(statements) <= most, (address, statements)


def test_health_says_how_many_and_whether_the_index_follows(
    client: ReadingClient, publish: Publish
) -> None:
    publish()
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.get_json() == {
        "status": "ok", "listings": 1, "index": "current", "key": "right",
    }  # fmt: skip


def test_a_lost_index_is_made_again_while_visitors_search(
    client: ReadingClient, publish: Publish, data_dir: Path
) -> None:
    listing = publish(name="もどってくる食堂")
    assert listing in client.get("/search?q=もどってくる").text
    shutil.rmtree(data_dir / "index")
    assert listing in client.get("/search?q=もどってくる").text
    assert client.get("/healthz").get_json()["index"] == "current"


def test_a_locked_database_is_a_calm_page(
    client: ReadingClient, data_dir: Path, app: Flask
) -> None:
    client.sign_in()
    token = client.token("/coordinator/listings/new")
    with app.app_context():
        stores.database().execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(data_dir / "ibasho.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = client.post(
        "/coordinator/listings/new",
        data={
            "form_token": token,
            "kind": Kind.FOOD_PANTRY,
            "name": "あとで",
            "visibility": "exact",
        },
    )
    other.execute("ROLLBACK")
    other.close()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "何も変更されていません" in answer.text


def test_visitors_read_on_while_the_database_is_locked(
    client: ReadingClient, publish: Publish, data_dir: Path, app: Flask
) -> None:
    listing = publish(name="いつもの食堂")
    client.get("/")
    later = publish(name="あとの食堂")
    with app.app_context():
        stores.database().execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(data_dir / "ibasho.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page = client.get("/search?q=食堂")
    other.execute("ROLLBACK")
    other.close()
    assert page.status_code == 200
    assert listing in page.text
    assert later in client.get("/search?q=あとの").text


def test_settings_have_a_default_for_all_but_the_secret() -> None:
    needed = {field.name for field in fields(Settings) if field.default is field.default_factory}
    assert needed == {"data_dir", "secret_key"}


def test_the_chips_of_the_first_page_send_what_was_typed(
    client: ReadingClient, publish: Publish
) -> None:
    publish()
    form = client.get("/").text.split('<form class="search"')[1].split("</form>")[0]
    assert '<button class="chip" type="submit" name="open" value="saturday">' in form
    assert form.index('type="submit">') < form.index('class="chip"'), "Enter searches"


def test_a_day_of_its_own_stands_above_a_word_for_days(
    client: ReadingClient, publish: Publish
) -> None:
    publish(phrase="毎日 10:00～12:00")
    page = client.get("/en/search?open=saturday&on=2026-12-31").text
    assert "Let go of: open on Thu 31 December" in page
    assert "Let go of: on Saturday" not in page
