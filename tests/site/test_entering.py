"""Everything that is shown can be entered at the desk, looked at, taken back and brought back."""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from support import ReadingClient, press
from things import CANARY, SQUARE
from werkzeug.test import TestResponse

from ibasho.data.accounts import Scope, set_scope
from ibasho.data.activities import read_activities
from ibasho.data.areas import read_areas
from ibasho.data.articles import read_articles
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.demo.facts import MUNICIPALITY
from ibasho.data.events import Event, EventKind, keep_event, read_events, read_stored_event
from ibasho.data.fiscal_year import fiscal_year_of
from ibasho.data.listings import Kind
from ibasho.data.networks import Network, keep_network, read_networks
from ibasho.data.record import read_record
from ibasho.data.schedule import Occurrence
from ibasho.data.schools import read_schools
from ibasho.data.stations import read_stations

DESK = "/coordinator"
HOSTILE = "<script>alert(1)</script>"
SOON = today() + dt.timedelta(days=10)


@pytest.fixture
def desk(client: ReadingClient) -> ReadingClient:
    return client.sign_in()


def fill(client: ReadingClient, address: str, step: str = "save", /, **data: Any) -> TestResponse:
    """Send the form of a page with these values beside what stands in it already."""
    page = client.get(address).text
    form = page.split('<form class="entry')[1].split("</form>")[0]
    values: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        named = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        is_box = 'type="checkbox"' in tag or 'type="radio"' in tag
        if named and value and (not is_box or "checked" in tag):
            values[named[1]] = value[1]
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', form):
        values[name] = text.strip()
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        values[name] = (chosen or re.search(r'value="([^"]*)"', options) or [""])[1]  # type: ignore[index]
    return client.post(address, data=values | {"step": step} | data)


def own_account(db: Database) -> int:
    return int(db.execute("SELECT max(id) FROM account").fetchone()[0])


EVENT = {
    "kind": "festival",
    "title": "もちつき大会",
    "dates-0-date": SOON.isoformat(),
    "dates-0-opens_at": "10:00",
    "dates-0-closes_at": "12:00",
    "municipality": "東京都西東京市",
    "address": "南町5-6-13",
    "building": "かなりあ荘",
    "visibility": "area_only",
    "phones_public": "042-000-0001 昼",
    "phones_staff": "042-000-0099 世話役",
    "emails_staff": "canary@example.jp",
}


# -- events


def test_an_event_is_looked_at_then_public_with_nothing_that_is_hidden(
    desk: ReadingClient, db: Database
) -> None:
    looked = fill(desk, f"{DESK}/events/new", "preview", **EVENT)
    assert looked.status_code == 200
    preview = looked.text.split('id="preview"')[1].split('</section>\n  <section class="panel"')[0]
    assert "もちつき大会" in preview
    assert "かなりあ荘" not in preview
    assert read_events(db, today()) == []

    kept = fill(desk, f"{DESK}/events/new", **EVENT)
    assert kept.status_code == 303
    assert "もちつき大会" in desk.get(kept.headers["Location"]).text
    [event] = read_events(db, today())
    for address in (
        "/events",
        f"/events/{event.id}",
        "/events.ics",
        "/",
        f"/events/{event.id}.ics",
    ):
        page = desk.get(address).text
        for hidden in ("かなりあ荘", "042-000-0099", "canary@example.jp", "南町5-6-13"):
            assert hidden not in page, address
    assert "042-000-0001" in desk.get(f"/events/{event.id}").text
    assert [one.action for one in read_record(db, event.id)] == ["keep_event"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"dates-0-date": "", "dates-0-opens_at": "", "dates-0-closes_at": ""}, "phrase"),
        ({"dates-0-closes_at": "09:00"}, "dates-0-closes_at"),
        ({"dates-1-opens_at": "09:00"}, "dates-1-opens_at"),
        ({"phrase": "ときどき"}, "phrase"),
        ({"municipality": "ぬばたま市"}, "municipality"),
        ({"phones_public": "でんわ"}, "phones_public"),
        ({"network": "どこにもないネット"}, "network"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    desk: ReadingClient, db: Database, wrong: dict[str, str], field: str
) -> None:
    answer = fill(desk, f"{DESK}/events/new", **EVENT | wrong)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}-error"' in answer.text
    assert read_events(db, today()) == []


def test_words_for_several_dates_become_dates(desk: ReadingClient, db: Database) -> None:
    last = today() + dt.timedelta(days=90)
    data = EVENT | {"phrase": "毎週土曜日 14:00～15:00", "phrase_until": last.isoformat()}
    looked = fill(desk, f"{DESK}/events/new", "preview", **data)
    assert looked.text.count('value="14:00"') >= 12
    fill(desk, f"{DESK}/events/new", **data)
    [event] = read_events(db, today())
    assert {one.date.weekday() for one in event.occurrences if one.opens_at == "14:00"} == {5}
    assert max(one.date for one in event.occurrences) <= last


def test_a_page_full_of_dates_is_refused(desk: ReadingClient) -> None:
    assert fill(desk, f"{DESK}/events/new", **EVENT | {"phrase": "毎日 10:00～"}).status_code == 422


def announce(db: Database, **fields: Any) -> str:
    dates = (Occurrence(SOON, "10:00", None, confirm=False),)
    return keep_event(db, Event(EventKind.MEAL, "昼ごはん会", dates, **fields), "test")


def test_events_to_come_stand_by_the_date_that_each_has_next(
    desk: ReadingClient, db: Database
) -> None:
    for title, *days in (("あさってだけ", 2), ("あしたと来月", -3, 1, 30), ("来週だけ", 7)):
        dates = tuple(
            Occurrence(today() + dt.timedelta(days=one), "10:00", None, confirm=False)
            for one in days
        )
        keep_event(db, Event(EventKind.MEAL, title, dates), "test")
    page = desk.get(f"{DESK}/events").text
    assert re.findall("あさってだけ|あしたと来月|来週だけ", re.sub('="[^"]*"', "", page)) == [
        "あしたと来月", "あさってだけ", "来週だけ",
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["events/new", "pipeline/new", "listings/new"])
def test_the_city_stands_in_every_new_form(desk: ReadingClient, db: Database, address: str) -> None:
    db.execute("INSERT INTO site (name, value) VALUES ('demo', '1')")
    assert f'value="{MUNICIPALITY}"' in desk.get(f"{DESK}/{address}").text


def test_an_event_is_cancelled_with_one_press_and_the_press_undone(
    desk: ReadingClient, db: Database
) -> None:
    event = announce(db)
    move = f"{DESK}/events/{event}/move"
    there = press(desk, f"{DESK}/events", move, step="cancel")
    page = desk.get(there).text
    assert 'value="resume"' in page
    assert "中止" in desk.get(f"/events/{event}").text
    press(desk, f"{DESK}/events", move, step="resume")
    assert "中止" not in desk.get(f"/events/{event}").text
    assert desk.post(move, data={"form_token": desk.token(f"{DESK}/events")}).status_code == 400


def test_a_withdrawn_event_is_nowhere_until_it_comes_back(
    desk: ReadingClient, db: Database
) -> None:
    event = announce(db)
    move = f"{DESK}/events/{event}/move"
    there = press(desk, f"{DESK}/events", move, step="withdraw")
    assert desk.get(f"/events/{event}").status_code == 404
    assert desk.get(f"/events/{event}.ics").status_code == 404
    assert "昼ごはん会" not in desk.get("/events").text + desk.get("/events.ics").text
    assert 'value="bring_back"' in desk.get(there).text
    press(desk, f"{DESK}/events", move, step="bring_back")
    assert desk.get(f"/events/{event}").status_code == 200


def test_a_copy_says_the_same_on_another_day_and_is_not_cancelled(
    desk: ReadingClient, db: Database
) -> None:
    event = announce(db, description="カレーです", cancelled=True, note="雨のため")
    later = (SOON + dt.timedelta(days=7)).isoformat()
    assert fill(desk, f"{DESK}/events/{event}/copy").status_code == 422, "it has no date yet"
    fill(desk, f"{DESK}/events/{event}/copy", **{"dates-0-date": later})
    copies = [one for one in read_events(db, today()) if one.id != event]
    assert [(one.description, one.cancelled, one.note) for one in copies] == [
        ("カレーです", False, "")
    ]


def test_a_change_keeps_what_the_form_does_not_touch(desk: ReadingClient, db: Database) -> None:
    event = announce(db, description="カレーです", cancelled=True)
    assert fill(desk, f"{DESK}/events/{event}/change", title="夕ごはん会").status_code == 303
    body = read_stored_event(db, event).body
    assert (body.title, body.description, body.cancelled) == ("夕ごはん会", "カレーです", True)
    assert body.occurrences[0].opens_at == "10:00"


def test_who_changes_what_somebody_else_has_changed_is_told(
    desk: ReadingClient, db: Database
) -> None:
    event = announce(db)
    answer = fill(desk, f"{DESK}/events/{event}/change", based_on="1", title="わたしの題")
    assert answer.status_code == 409
    assert "わたしの題" in answer.text
    assert read_stored_event(db, event).body.title == "昼ごはん会"


def test_hostile_words_are_only_words(desk: ReadingClient, db: Database) -> None:
    data = EVENT | {"title": HOSTILE, "description": HOSTILE, "note": HOSTILE, "building": HOSTILE}
    for answer in (
        fill(desk, f"{DESK}/events/new", "preview", **data),
        fill(desk, f"{DESK}/events/new", **data),
        desk.get(f"{DESK}/events"),
        desk.get("/events"),
    ):
        assert HOSTILE not in answer.text


def test_a_coordinator_of_a_network_announces_for_it_alone(
    desk: ReadingClient, db: Database
) -> None:
    for name in ("うちのネット", "よそのネット"):
        keep_network(db, Network(name, ""), "test")
    other = announce(db, network="よそのネット")
    nobodys = announce(db)
    set_scope(db, own_account(db), Scope(networks=frozenset({"うちのネット"})), "test")
    assert "よそのネット" not in desk.get(f"{DESK}/events/new").text
    for event in (other, nobodys):
        assert desk.get(f"{DESK}/events/{event}/change").status_code == 404
    assert "昼ごはん会" not in desk.get(f"{DESK}/events").text
    for network in ("よそのネット", ""):
        assert fill(desk, f"{DESK}/events/new", **EVENT | {"network": network}).status_code == 422
    fill(desk, f"{DESK}/events/new", **EVENT)
    assert "うちのネット" in {one.network for one in read_events(db, today())}
    for ward in ("articles", "schools", "stations", "areas", "networks/new"):
        assert desk.get(f"{DESK}/{ward}").status_code == 403


# -- articles

ARTICLE = {
    "topic": "meals",
    "title": "朝ごはん",
    "summary": "ひとつから",
    "body": "## はじめに\n\nおにぎりを\n\n- 米\n- 水\n\n1. にぎる",
    "signed_by": "健康課",
    "kinds": ["childrens_cafeteria"],
    "facts": ["allergy"],
}


def test_an_article_is_looked_at_with_its_marks_then_published(
    desk: ReadingClient, db: Database
) -> None:
    looked = fill(desk, f"{DESK}/articles/new", "preview", **ARTICLE).text
    assert "<h3>はじめに</h3>" in looked
    assert "<li>米</li>" in looked
    assert "<ol><li>にぎる</li></ol>" in looked
    assert read_articles(db, today()) == []
    assert fill(desk, f"{DESK}/articles/new", **ARTICLE).status_code == 303
    [article] = read_articles(db, today())
    assert article.kinds == (Kind.CHILDRENS_CAFETERIA,)
    assert "健康課" in desk.get(f"/articles/{article.id}").text


def test_an_article_of_a_later_date_waits(desk: ReadingClient, db: Database) -> None:
    fill(desk, f"{DESK}/articles/new", **ARTICLE | {"published_on": SOON.isoformat()})
    assert "朝ごはん" in desk.get(f"{DESK}/articles").text
    assert "朝ごはん" not in desk.get("/articles").text
    assert [one.title for one in read_articles(db, SOON)] == ["朝ごはん"]


def test_an_article_is_withdrawn_and_brought_back(desk: ReadingClient, db: Database) -> None:
    fill(desk, f"{DESK}/articles/new", **ARTICLE)
    [article] = read_articles(db, today())
    move = f"{DESK}/articles/{article.id}/move"
    press(desk, f"{DESK}/articles", move, step="withdraw")
    assert desk.get(f"/articles/{article.id}").status_code == 404
    press(desk, f"{DESK}/articles", move, step="bring_back")
    assert desk.get(f"/articles/{article.id}").status_code == 200


@pytest.mark.parametrize("field", ["title", "body", "signed_by", "published_on"])
def test_an_article_says_what_who_and_when(desk: ReadingClient, db: Database, field: str) -> None:
    answer = fill(desk, f"{DESK}/articles/new", **ARTICLE | {field: ""})
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text


def test_hostile_words_of_an_article_are_only_words(desk: ReadingClient, db: Database) -> None:
    data = ARTICLE | {"title": HOSTILE, "body": HOSTILE, "signed_by": HOSTILE}
    assert HOSTILE not in fill(desk, f"{DESK}/articles/new", "preview", **data).text
    fill(desk, f"{DESK}/articles/new", **data)
    assert HOSTILE not in desk.get("/articles").text + desk.get(f"{DESK}/articles").text


# -- schools and stations: known to the search at once

SCHOOL = {
    "name": "あおぞら小学校",
    "kind": "elementary",
    "address": "東京都西東京市南町5-6-13",
    "pin": "35.7270,139.5480",
    "district": "あおぞら小学校区",
}
STATION = {"name": "あおぞら駅", "kana": "あおぞら", "pin": "35.7270,139.5480"}


def origin(client: ReadingClient, near: str) -> str:
    """What the search says it measures from."""
    return client.get(f"/search?near={near}").text


def test_a_school_is_known_to_the_search_at_once_and_no_longer_when_it_is_withdrawn(
    desk: ReadingClient, db: Database, publish: Callable[..., str]
) -> None:
    publish()
    assert "ここから：あおぞら小学校" not in origin(desk, "あおぞら小")
    assert "あおぞら小" not in desk.get("/suggest?field=near&q=あおぞら").text
    desk.get("/search?q=あおぞら小の近く")  # what is remembered from before must not stay
    assert fill(desk, f"{DESK}/schools/new", **SCHOOL).status_code == 303
    assert "あおぞら小学校" in origin(desk, "あおぞら小")
    assert "近く" in desk.get("/search?q=あおぞら小の近くの食堂").text
    assert "あおぞら小" in desk.get("/suggest?field=near&q=あおぞら").text
    [school] = read_schools(db)
    press(desk, f"{DESK}/schools", f"{DESK}/schools/{school.id}/move", step="withdraw")
    assert "あおぞら小" not in desk.get("/suggest?field=near&q=あおぞら").text
    press(desk, f"{DESK}/schools", f"{DESK}/schools/{school.id}/move", step="bring_back")
    assert read_schools(db) == [school]


def test_a_school_whose_place_is_not_known_asks_for_it(desk: ReadingClient, db: Database) -> None:
    answer = fill(desk, f"{DESK}/schools/new", **SCHOOL | {"pin": ""})
    assert answer.status_code == 422
    assert '<a href="#address">' in answer.text
    assert fill(desk, f"{DESK}/schools/new", **SCHOOL | {"pin": "ここ"}).status_code == 422
    assert read_schools(db) == []


def test_a_station_is_known_to_the_search_at_once_under_its_newest_name(
    desk: ReadingClient, db: Database, publish: Callable[..., str]
) -> None:
    publish()
    found = desk.get("/search?q=あおぞら駅の近くの食堂").text
    assert "距離" not in found or "あおぞら駅" in found
    assert fill(desk, f"{DESK}/stations/new", **STATION).status_code == 303
    assert [one.name for one in read_stations(db)] == ["あおぞら"]
    assert "あおぞら駅" in desk.get("/suggest?field=near&q=あおぞら").text
    assert "あおぞら駅の近く" in desk.get("/search?q=あおぞら駅の近くの食堂").text
    assert "あおぞら駅" in desk.get("/areas.geojson").text
    fill(desk, f"{DESK}/stations/あおぞら/change", name="ほしぞら", kana="ほしぞら")
    assert [one.name for one in read_stations(db)] == ["ほしぞら"]
    press(desk, f"{DESK}/stations", f"{DESK}/stations/ほしぞら/move", step="withdraw")
    assert read_stations(db) == []
    assert "ほしぞら" not in desk.get("/areas.geojson").text


def send_file(desk: ReadingClient, address: str, data: bytes, name: str = "x") -> TestResponse:
    values = {"form_token": desk.token(address), "file": (io.BytesIO(data), name)}
    answer = desk.post(address, data=values, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the test client leaves its file open
    return answer


def test_a_table_of_stations_is_shown_before_it_is_kept(desk: ReadingClient, db: Database) -> None:
    rows = ("駅名,よみ,緯度,経度", "田無駅,たなし,35.7272,139.5394", "=1+1,x,1,1",
            "東伏見,ひがしふしみ,35.7286,139.5632")  # fmt: skip
    address = f"{DESK}/stations/import"
    looked = send_file(desk, address, "\n".join(rows).encode("cp932")).text
    assert "田無" in looked
    assert "3" in looked.split("<main")[1].split("<ul>")[1].split("</ul>")[0], "it is named"
    assert read_stations(db) == []
    text = re.search(r'name="text" value="([^"]*)"', looked)
    assert text
    data = {"form_token": desk.token(address), "step": "save", "text": text[1]}
    assert desk.post(address, data=data).status_code == 303
    assert [one.name for one in read_stations(db)] == ["田無", "東伏見"]


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4", "名前,場所\n田無,どこか\n".encode(), b"\x00\x01"]
)
def test_what_is_no_table_of_stations_is_said(desk: ReadingClient, data: bytes) -> None:
    assert send_file(desk, f"{DESK}/stations/import", data).status_code == 422


# -- outlines


def outlines(*names: str) -> bytes:
    features = [
        {"type": "Feature", "geometry": SQUARE, "properties": {"A": 1, "名称": name}}
        for name in names
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_outlines_are_drawn_then_named_by_the_file_then_kept(
    desk: ReadingClient, db: Database
) -> None:
    there = send_file(desk, f"{DESK}/areas/new", outlines("あお小学校区", "みどり小学校区"))
    page = there.headers["Location"]
    looked = desk.get(page).text
    assert looked.count("<path d=") == 2
    assert "あお小学校区" in looked
    assert read_areas(db) == []
    assert fill(desk, page, source="").status_code == 422
    kept = fill(desk, page, source="西東京市", licence="CC BY 4.0")
    assert kept.status_code == 303
    assert [one.name for one in read_areas(db)] == ["あお小学校区", "みどり小学校区"]
    assert {one.source for one in read_areas(db)} == {"西東京市（CC BY 4.0）"}
    assert "あお小学校区" in desk.get("/areas.geojson").text
    assert desk.get(page).status_code == 404, "the file is not kept any longer than it is needed"


def test_an_outline_is_withdrawn_and_comes_back_and_its_source_can_be_mended(
    desk: ReadingClient, db: Database
) -> None:
    page = send_file(desk, f"{DESK}/areas/new", outlines("あお小学校区")).headers["Location"]
    fill(desk, page, source="西東京市")
    area = f"{DESK}/areas/school_district:あお小学校区"
    fill(desk, f"{area}/change", source="西東京市教育委員会")
    assert [one.source for one in read_areas(db)] == ["西東京市教育委員会"]
    press(desk, f"{DESK}/areas", f"{area}/move", step="withdraw")
    assert read_areas(db) == []
    press(desk, f"{DESK}/areas", f"{area}/move", step="bring_back")
    assert len(read_areas(db)) == 1


def test_an_outline_without_a_name_is_given_one(desk: ReadingClient, db: Database) -> None:
    bare = json.dumps({"type": "Feature", "geometry": SQUARE, "properties": None}).encode()
    page = send_file(desk, f"{DESK}/areas/new", bare).headers["Location"]
    assert fill(desk, page, source="市").status_code == 422
    fill(desk, page, source="市", kind="municipality", name="西東京市")
    assert [(one.kind, one.name) for one in read_areas(db)] == [("municipality", "西東京市")]


MANY = {"type": "Polygon", "coordinates": [[[139.5, 35.7]] * 100_001]}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"[]",
        b'{"type": "FeatureCollection", "features": 3}',
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}}',
        json.dumps({"type": "Feature", "geometry": {"type": "Polygon", "coordinates":
                    [[[-9000.0, 1.0], [2.0, 2.0], [3.0, 3.0], [-9000.0, 1.0]]]}}).encode(),
        json.dumps({"type": "Feature", "geometry": MANY}).encode(),
        b"[" * 100_000,
        b" " * 10_000_001,
    ],
    ids=["empty", "text", "list", "number", "none", "point", "metres", "fine", "deep", "large"],
)  # fmt: skip
def test_what_is_no_file_of_outlines_is_said(
    desk: ReadingClient, db: Database, data: bytes
) -> None:
    answer = send_file(desk, f"{DESK}/areas/new", data)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert db.table("outline_file").count == 0


# -- networks


def test_a_network_is_entered_and_changed(desk: ReadingClient, db: Database) -> None:
    data = {"name": "ひがしネット", "description": "東の8か所", "phone": "042-000-0000"}
    assert fill(desk, f"{DESK}/networks/new", **data).status_code == 303
    assert "ひがしネット" in desk.get("/about").text
    assert fill(desk, f"{DESK}/networks/new", **data).status_code == 422, "there is one already"
    assert fill(desk, f"{DESK}/networks/1/change", phone="なし").status_code == 422
    assert fill(desk, f"{DESK}/networks/1/change", name="東ネット").status_code == 303
    assert [one.name for one in read_networks(db)] == ["東ネット"]


def test_a_network_that_is_named_somewhere_keeps_its_name(
    desk: ReadingClient, db: Database, publish: Callable[..., str]
) -> None:
    network = keep_network(db, Network("ひがしネット", ""), "test")
    publish(network="ひがしネット")
    address = f"{DESK}/networks/{network}/change"
    assert fill(desk, address, name="東ネット").status_code == 422
    assert fill(desk, address, description="東の8か所").status_code == 303


# -- the activity log

VISIT = {"kind": "school_visit", "with_whom": "みなみ小の校長", "people": "3", "note": "=cmd()"}


def test_an_activity_is_written_down_counted_and_taken_back(
    desk: ReadingClient, db: Database, publish: Callable[..., str]
) -> None:
    publish("ひだまり")
    assert (
        fill(desk, f"{DESK}/activities/new", **VISIT | {"listing": "ひだまり"}).status_code == 303
    )
    year = fiscal_year_of(today())
    [kept] = read_activities(db, year)
    page = desk.get(f"{DESK}/activities").text
    assert "みなみ小の校長" in page
    assert "ひだまり" in page
    assert "3人" in page
    fill(desk, f"{DESK}/activities/{kept.id}/change", people="5")
    assert read_activities(db, year)[0].body.people == 5
    press(desk, f"{DESK}/activities", f"{DESK}/activities/{kept.id}/move", step="withdraw")
    assert read_activities(db, year)[0].withdrawn


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"held_on": ""}, "held_on"), ({"held_on": "1026-12-01"}, "held_on"),
     ({"people": "-1"}, "people"), ({"listing": "どこにもない"}, "listing")],
)  # fmt: skip
def test_what_is_wrong_about_an_activity_is_said(
    desk: ReadingClient, db: Database, wrong: dict[str, str], field: str
) -> None:
    answer = fill(desk, f"{DESK}/activities/new", **VISIT | wrong)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text


def test_the_table_of_a_year_holds_no_formula_and_its_taking_is_on_record(
    desk: ReadingClient, db: Database
) -> None:
    fill(desk, f"{DESK}/activities/new", **VISIT | {"with_whom": "@SUM(1)"})
    year = fiscal_year_of(today())
    data = {"form_token": desk.token(f"{DESK}/activities"), "year": str(year)}
    answer = desk.post(f"{DESK}/activities.csv", data=data)
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[1][2:4] == ["'@SUM(1)", "3"]
    assert rows[1][-1] == "'=cmd()"
    assert "attachment" in answer.headers["Content-Disposition"]
    done = [one.action for one in read_record(db, f"activities:{year}")]
    assert done == ["take_out_activities", "view"]


def test_a_coordinator_of_a_network_logs_and_sees_its_own_activities(
    desk: ReadingClient, db: Database
) -> None:
    keep_network(db, Network("うちのネット", ""), "test")
    fill(desk, f"{DESK}/activities/new", **VISIT | {"with_whom": CANARY})
    set_scope(db, own_account(db), Scope(networks=frozenset({"うちのネット"})), "test")
    assert fill(desk, f"{DESK}/activities/new", **VISIT | {"network": ""}).status_code == 422
    assert (
        fill(desk, f"{DESK}/activities/new", **VISIT | {"network": "うちのネット"}).status_code
        == 303
    )
    page = desk.get(f"{DESK}/activities").text
    assert "みなみ小の校長" in page
    assert CANARY not in page


# -- the overview


def test_the_overview_leads_to_everything_and_counts_it(
    desk: ReadingClient, db: Database, publish: Callable[..., str]
) -> None:
    announce(db)
    publish("ほっとライン", kind=Kind.CONSULTATION_DESK)
    page = desk.get(f"{DESK}/contents").text
    for address in ("events", "articles", "schools", "stations", "areas", "networks/new",
                    "consultation-desks"):  # fmt: skip
        assert f"{DESK}/{address}" in page
    assert "<strong>1</strong>" in page
    desks = desk.get(f"{DESK}/consultation-desks").text
    assert "ほっとライン" in desks
    assert "kind=consultation_desk" in desks


# -- what is said of it


def test_what_was_added_is_linked_marked_and_can_be_undone(
    desk: ReadingClient, db: Database
) -> None:
    there = fill(desk, f"{DESK}/events/new", **EVENT).headers["Location"]
    [event] = read_events(db, today())
    page = desk.get(there).text
    said = page.split('role="status"')[1].split("</section>")[0]
    assert event.title in said
    assert "いま公開されています" in said
    assert f'href="/events/{event.id}"' in said
    assert 'value="withdraw"' in said
    assert page.count('id="on"') == 1


@pytest.mark.parametrize("later", [False, True])
def test_a_message_says_whether_an_article_is_public(
    desk: ReadingClient, db: Database, later: bool
) -> None:
    date = SOON if later else today()
    answer = fill(desk, f"{DESK}/articles/new", **ARTICLE | {"published_on": date.isoformat()})
    said = desk.get(answer.headers["Location"]).text.split('role="status"')[1]
    said = said.split("</section>")[0]
    [article] = read_articles(db, SOON)
    assert (f'href="/articles/{article.id}"' in said) is not later
    assert ("いま公開されています" in said) is not later
    assert ("に公開されます" in said) is later


def test_a_change_that_was_saved_is_not_undone_by_taking_the_article_away(
    desk: ReadingClient, db: Database
) -> None:
    fill(desk, f"{DESK}/articles/new", **ARTICLE)
    [article] = read_articles(db, today())
    answer = fill(desk, f"{DESK}/articles/{article.id}/change", title="昼ごはん")
    said = desk.get(answer.headers["Location"]).text.split('role="status"')[1]
    assert "昼ごはん" in said.split("</section>")[0]
    assert "<form" not in said.split("</section>")[0]


def test_the_button_says_that_what_is_saved_becomes_public_where_it_does(
    desk: ReadingClient, db: Database
) -> None:
    def button(of: str, /, **data: Any) -> str:
        page = fill(desk, f"{DESK}/{of}", "preview", **data).text
        return re.findall(r'<button name="step" value="save">([^<]*)', page)[0]

    assert button("events/new", **EVENT) == "保存して公開する"
    assert button("articles/new", **ARTICLE) == "保存して公開する"
    later = {"published_on": SOON.isoformat()}
    assert button("articles/new", **ARTICLE | later) == "保存する"
    fill(desk, f"{DESK}/events/new", **EVENT)
    [event] = read_events(db, today())
    press(desk, f"{DESK}/events", f"{DESK}/events/{event.id}/move", step="withdraw")
    assert button(f"events/{event.id}/change") == "保存する"
