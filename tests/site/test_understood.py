"""Conditions among the words of a search: shown as chips, let go of with a tap, or not wanted."""

import datetime as dt
import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from support import ReadingClient

from ibasho.data.clock import today
from ibasho.data.database import Database, transaction
from ibasho.data.demo import make_demo
from ibasho.data.listings import CostOption, Kind
from ibasho.data.schools import School, SchoolKind, keep_schools
from ibasho.data.stations import Station, keep_stations
from ibasho.site.app import create_app
from ibasho.site.config import Settings

Publish = Callable[..., str]


def chips(page: str) -> dict[str, dict[str, list[str]]]:
    """The conditions that are set, and the arguments of the search without each of them."""
    found = re.findall(r'<a class="chip on" href="([^"]+)"[^>]*>([^<]+)<', page)
    return {
        html.unescape(label): parse_qs(urlsplit(html.unescape(to)).query) for to, label in found
    }


def arguments(page: str, attribute: str) -> dict[str, list[str]]:
    found = re.search(f'{attribute}="([^"]+)"', page)
    assert found
    return parse_qs(urlsplit(html.unescape(found[1])).query)


def test_a_day_of_next_week_says_which_one_it_is(client: ReadingClient, publish: Publish) -> None:
    wanted = publish(name="はなぞの食堂", phrase="毎週土曜日 10:00～12:00")
    other = publish(name="ゆめ食堂", phrase="毎週日曜日 10:00～12:00")
    page = client.get("/search?q=来週の土曜").text
    assert wanted in page
    assert other not in page
    monday = today() - dt.timedelta(today().weekday())
    saturday = monday + dt.timedelta(12)
    ((label, left),) = chips(page).items()
    assert label.startswith(f"「来週の土曜」 {saturday.month}月{saturday.day}日")
    assert left == {}


def test_a_typing_error_in_a_condition_is_told(client: ReadingClient, publish: Publish) -> None:
    wanted = publish(name="はなぞの食堂", minimum_age=6, maximum_age=12)
    other = publish(name="ゆめ食堂", minimum_age=15)
    page = client.get("/search?q=小学性の子ども食堂").text
    assert wanted in page
    assert other not in page
    assert "「小学性」は見つからないので、「小学生」で探しました" in page


def test_hours_leave_out_who_does_not_say_theirs_and_say_so(
    client: ReadingClient, publish: Publish
) -> None:
    wanted = publish(name="はなぞの食堂", phrase="毎週土曜日 18:00～20:00")
    silent = publish(name="ゆめ食堂", phrase="毎週土曜日")
    page = client.get("/search?q=夜の子ども食堂").text
    assert wanted in page
    assert silent not in page
    assert "時間が書かれていない場所は、この一覧に入っていません" in page
    assert "時間が書かれていない" not in client.get("/search?q=子ども食堂").text


def test_the_search_without_what_gave_way_has_no_word_for_it(
    client: ReadingClient, publish: Publish
) -> None:
    publish(name="はなぞの食堂", phrase="毎週土曜日 10:00～12:00")
    page = client.get("/search?q=土曜の夜の子ども食堂").text
    (ways,) = re.findall(r'<ul class="ways">(.*?)</ul>', page, re.DOTALL)
    assert arguments(ways, "href")["q"] == ["土曜の 子ども食堂"]


def test_a_day_and_a_cost_among_the_words_are_conditions(
    client: ReadingClient, publish: Publish
) -> None:
    free = (CostOption("elementary", 0),)
    wanted = publish(name="はなぞの食堂", phrase="毎週土曜日", costs=free)
    others = [
        publish(name="ゆめ食堂", phrase="毎週日曜日", costs=free),
        publish(name="そら食堂", phrase="毎週土曜日", costs=(CostOption("elementary", 300),)),
    ]
    page = client.get("/search?q=土曜無料の子ども食堂").text
    assert wanted in page
    assert not any(other in page for other in others)
    assert chips(page) == {
        "「子ども食堂」": {"q": ["土曜無料"]},
        "「土曜」": {"q": ["無料の子ども食堂"]},
        "「無料」": {"q": ["土曜 子ども食堂"]},
    }
    assert 'value="土曜無料の子ども食堂"' in page, "the words stay as they were typed"
    assert arguments(page, "data-feed") == {"q": ["土曜無料の子ども食堂"]}
    feed = json.loads(client.get("/listings.geojson?q=土曜無料の子ども食堂").text)
    assert [one["properties"]["id"] for one in feed["features"]] == [wanted]


def test_words_can_be_looked_for_as_they_stand(client: ReadingClient, publish: Publish) -> None:
    told = publish(name="にじいろ", phrase="毎週日曜日", note="土曜はお休みです")
    publish(name="そら食堂", phrase="毎週土曜日 10:00～")
    assert told not in client.get("/search?q=土曜").text
    link = re.search(r'<a href="(/search[^"]*plain=1[^"]*)"', client.get("/search?q=土曜").text)
    assert link
    page = client.get(html.unescape(link[1])).text
    assert told in page
    assert chips(page) == {"「土曜」": {}}
    assert arguments(page, "data-feed") == {"q": ["土曜"], "plain": ["1"]}


def test_a_condition_of_its_own_says_more_than_words(
    client: ReadingClient, publish: Publish
) -> None:
    sunday = publish(name="ゆめ食堂", phrase="毎週日曜日")
    page = client.get("/search?q=土曜+食堂&on=2026-12-06").text
    assert sunday in page
    assert "「土曜」" not in chips(page)
    page = client.get("/search?q=小学生+食堂&age=16").text
    assert "「小学生」" not in chips(page)


@pytest.fixture
def demo(db: Any, data_dir: Path) -> Any:
    make_demo(db, today())
    app: Flask = create_app(Settings(data_dir, "x" * 40))
    app.test_client_class = ReadingClient
    return app.test_client()


def test_a_place_among_the_words_is_a_place_to_be_near(demo: Any) -> None:
    page = demo.get("/search?q=田無駅の近くの子ども食堂&within=2000").text
    assert "田無駅の近く" in page.split("<h1>")[1].split("</h1>")[0]
    assert chips(page)["田無駅の近く"] == {"q": ["子ども食堂"]}
    assert chips(page)["「子ども食堂」"] == {"q": ["田無駅の近く"], "within": ["2000"]}
    assert arguments(page, "data-feed") == {"q": ["田無駅の近くの子ども食堂"], "within": ["2000"]}
    assert "data-rounded-address" not in page
    assert "近い順" in page


@pytest.mark.parametrize("place", ["田無", "南町", "みなみ小", "みなみ小学校区", "ひばりヶ丘駅"])
def test_stations_towns_schools_and_districts_are_places(demo: Any, place: str) -> None:
    page = demo.get("/search", query_string={"q": f"{place} 居場所"}).text
    assert [label for label in chips(page) if label.endswith("の近く")]


@pytest.mark.parametrize("address", ["南町5-6-13", "西東京市南町5丁目6番13号", "南町5の6"])
def test_an_address_among_the_words_is_no_place(demo: Any, address: str) -> None:
    """Somebody may live there: it is looked for as a word, and measured from nowhere."""
    page = demo.get("/search", query_string={"q": f"{address} 居場所"}).text
    assert not [label for label in chips(page) if label.endswith("の近く")]


def test_with_a_place_of_its_own_the_words_for_another_are_looked_for(demo: Any) -> None:
    page = demo.get("/search?q=田無の子ども食堂&near=ひばりヶ丘駅").text
    assert "ひばりヶ丘駅の近く" in chips(page)
    assert "「田無 子ども食堂」" in chips(page)


def test_a_mended_word_is_said(client: ReadingClient, publish: Publish) -> None:
    listing = publish(name="そら")
    publish(name="手伝い", kind=Kind.VOLUNTEER_OPPORTUNITY, note="子ども食堂で")
    page = client.get("/search?q=子ども食道").text
    assert "「子ども食道」は見つからないので、「子ども食堂」で探しました。" in page
    assert listing in page
    assert page.count("data-listing=") == 1


def test_hostile_words_are_shown_as_words(client: ReadingClient, publish: Publish) -> None:
    publish()
    page = client.get("/search", query_string={"q": '土曜 "><script>alert(1)</script>'}).text
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("query", ["q=meal+near+Tanashi", "q=tanasi+station+meal", "near=Tanashi"])
def test_a_station_is_known_by_its_latin_name(demo: Any, query: str) -> None:
    assert "田無駅の近く" in demo.get(f"/search?{query}").text.split("<h1>")[1].split("</h1>")[0]


def test_a_phrase_says_by_which_words_it_was_looked_for(demo: Any) -> None:
    page = demo.get("/search?q=食べ物がない").text
    assert "「食べ物がない」は見つからないので、「食べ物」で探しました" in page
    assert "「食べ物」は「食料」、「食品」などでも探しました" in page
    page = demo.get("/search?q=子供とｱﾚﾙｷﾞｰ").text
    assert "「子供とｱﾚﾙｷﾞｰ」は見つからないので、「ｱﾚﾙｷﾞｰ」で探しました" in page


def test_a_station_that_is_imported_later_is_a_place_at_once(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    publish(name="はなぞの食堂")
    assert list(chips(client.get("/search?q=新田無の近く").text)) == ["「新田無の近く」"]
    with transaction(db):
        keep_stations(db, [Station("新田無", "シンタナシ", 35.7272, 139.5394)])
    assert list(chips(client.get("/search?q=新田無の近く").text)) == ["新田無駅の近く"]


def test_a_school_that_is_imported_later_is_a_place_at_once(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    publish(name="はなぞの食堂")
    assert list(chips(client.get("/search?q=けやき小学校区").text)) == ["「けやき小学校区」"]
    keyaki = School("keyaki", "けやき小学校", SchoolKind.ELEMENTARY, "", 35.7, 139.5)
    with transaction(db):
        keep_schools(db, [keyaki])
    assert list(chips(client.get("/search?q=けやき小学校区").text)) == ["けやき小学校の近く"]


def test_programs_are_told_typing_errors_apart_from_phrases(
    client: ReadingClient, publish: Publish
) -> None:
    publish(name="ことり食堂", note="宿題も一緒に")

    def told(typed: str) -> tuple[dict[str, str], dict[str, str]]:
        body = client.get("/api/services", query_string={"q": typed}).get_json()
        return body["mended"], body["phrases"]

    assert told("こども食道") == ({"こども食道": "こども食堂"}, {})
    assert told("宿題を見てくれる") == ({}, {"宿題を見てくれる": "宿題"})
    assert told("宿題") == ({}, {})
