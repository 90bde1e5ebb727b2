"""A result is narrowed and widened again: each condition one tap away, with what it would leave."""

import datetime as dt
import html
import re
from collections.abc import Callable

import pytest
from flask import Flask
from support import ReadingClient, reader

from ibasho.data.clock import today
from ibasho.search_index import Understood, understand
from ibasho.site.asking import read_asked
from ibasho.site.public import results

Publish = Callable[..., str]


def test_a_narrowed_search_can_be_let_go_of_again(crowded: Flask) -> None:
    page = reader(crowded).get("/search?weekday=5&weekday=6&fact=alone&district=みなみ小").text
    shown = page.split('<details class="facets">')[1]
    for label in ("土曜日", "日曜日", "子どもだけで来てよい", "みなみ小学校区"):
        assert re.search(f'aria-label="[^"]*{label}[^"]*"', shown), label
    assert "weekday=5&amp;weekday=6" in page, "the pages of the list keep both days"


def test_what_gave_way_is_counted_on_the_page_and_the_links_find_as_many(crowded: Flask) -> None:
    client = reader(crowded)
    for asked in (
        "q=将棋&district=ひばり小学校区&weekday=0",
        "kind=free_school&open=today&age=3&district=どこにもない",
        "q=まちかどどど食堂",
        "along=1,1;2,2&free=1",
    ):
        page = client.get(f"/search?{asked}").text
        assert "いちばん近い" in page or "はずした条件" in page, asked
        shown = page.split('<details class="facets">')[1].split("</details>")[0]
        links = re.findall(r'href="(/search[^"]*)"><span>[^<]*</span> <span[^>]*>(\d+)<', shown)
        assert links, asked
        for link, count in links:
            answer = client.get(html.unescape(link).replace("/search", "/api/services", 1))
            assert answer.get_json()["total_items"] == int(count), link


def test_a_second_weekday_comes_to_the_first_and_each_can_be_let_go_of(crowded: Flask) -> None:
    client = reader(crowded)
    page = client.get("/search?weekday=5").text.split('<details class="facets">')[1]
    [sunday] = re.findall(r'href="([^"]*)"><span>日曜日</span>', page)
    assert sunday == "/search?weekday=5&amp;weekday=6"
    page = client.get(html.unescape(sunday)).text.split('<details class="facets">')[1]
    assert 'href="/search?weekday=6" aria-label="条件を外す：土曜日"' in page
    assert 'href="/search?weekday=5" aria-label="条件を外す：日曜日"' in page
    page = client.get("/search?q=土曜日").text.split('<details class="facets">')[1]
    assert 'weekday=5&amp;weekday=6"><span>日曜日</span>' in page


def test_the_children_of_a_school_are_one_tap_away(crowded: Flask) -> None:
    client = reader(crowded)
    page = client.get("/search").text.split('<details class="facets">')[1]
    for group in ("未就学児", "小学生", "中学生", "高校生"):
        assert f"<span>{group}</span>" in page
    page = client.get("/search?ages=junior_high").text
    assert 'aria-label="条件を外す：中学生"' in page
    assert '<input type="hidden" name="ages" value="junior_high">' in page
    page = client.get("/search?age=9").text.split('<details class="facets">')[1]
    assert 'href="/search?ages=junior_high"' in page
    assert 'aria-label="条件を外す：9歳"' in page


def test_a_district_is_chosen_in_the_form_or_by_its_school(
    crowded: Flask, client: ReadingClient
) -> None:
    page = reader(crowded).get("/search").text
    form = page.split('<select id="district"')[1].split("</select>")[0]
    labels = re.findall(r">([^<]*)</option>", form)
    assert labels[0] == "どの学区でも"
    assert {"みなみ小学校区", "しばくぼ小学校区"} <= set(labels)
    page = reader(crowded).get("/search?district=みなみ小").text
    assert '<option value="みなみ小" selected>みなみ小学校区</option>' in page
    assert page.count("みなみ小学校区</option>") == 1
    for asked in ("near=みなみ小学校", "q=みなみ小", "q=みなみ小学校区"):
        page = reader(crowded).get(f"/search?{asked}").text
        assert re.search(r'href="[^"]*district=[^"]*">みなみ小学校区の中だけを見る</a>', page), (
            asked
        )
    assert 'id="district"' not in client.get("/search").text


def test_where_there_are_many_districts_the_name_is_typed(
    client: ReadingClient, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "MOST_DISTRICTS", 1)
    publish(school_district="みなみ小")
    publish(school_district="きた小")
    page = client.get("/search?district=きた小").text
    assert re.search(r'<input id="district" name="district" type="text" value="きた小"', page)


def test_words_that_a_condition_overrules_go_with_it() -> None:
    asked = read_asked({"q": "土曜 子ども食堂", "open": "today"}, today(), read_words=heard)
    assert asked.without(["days"]).text == "子ども食堂"
    asked = read_asked({"q": "中学生 食堂", "age": "9"}, today(), read_words=heard)
    assert asked.without(["age"]).text == "食堂"


def heard(text: str, day: dt.date) -> Understood:
    """What is understood on a site without places or listings."""
    return understand(text, lambda _: None, lambda _: False, day)
