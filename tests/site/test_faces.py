"""One result and its many faces: list, map, table, API and command line say the same."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ReadingClient, reader

from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.listings import Kind
from ibasho.data.listings.facts import Fact
from ibasho.data.synonyms import SynonymGroup, add_group
from ibasho.search_index import AgeGroup
from ibasho.site import stores
from ibasho.site.asking import Open, read_asked
from ibasho.site.commands import main
from ibasho.site.public import facets

Publish = Callable[..., str]
Query = dict[str, str | list[str]]


# -- addresses

degrees = st.tuples(
    st.integers(35_600, 35_800).map(lambda n: n / 1000),
    st.integers(139_400, 139_700).map(lambda n: n / 1000),
).map(lambda point: f"{point[0]:.3f},{point[1]:.3f}")
numbers = st.integers(0, 1_000_000).map(str)
ARGUMENTS = {
    "q": st.text(max_size=250),
    "kind": st.sampled_from(list(Kind)).map(str),
    "near": degrees | st.just("東京都西東京市南町"),
    "to": degrees,
    "along": st.lists(degrees, min_size=2, max_size=4).map(";".join),
    "within": numbers,
    "district": st.text(max_size=30),
    "bbox": st.tuples(*[st.floats(-80, 80)] * 4).map(
        lambda b: f"{min(b[0], b[1])},{min(b[2], b[3])},{max(b[0], b[1])},{max(b[2], b[3])}"
    ),
    "on": st.dates().map(lambda day: day.isoformat()),
    "open": st.sampled_from(list(Open)).map(str),
    "weekday": st.lists(st.integers(-1, 8).map(str), max_size=4),
    "age": st.integers(0, 130).map(str),
    "ages": st.sampled_from([*map(str, AgeGroup), "nonsense"]),
    "free": st.sampled_from(["", "0", "1"]),
    "fact": st.lists(st.sampled_from([*map(str, Fact), "nonsense"]), max_size=4),
    "monthly": numbers,
    "sort": st.sampled_from(["best", "distance", "date", "name", "nonsense"]),
    "page": st.integers(0, 6_000).map(str),
}


@settings(max_examples=150, deadline=None)
@given(arguments=st.fixed_dictionaries({}, optional=ARGUMENTS))
def test_a_link_asks_for_the_same_as_the_page_it_stands_on(arguments: Query) -> None:
    asked = read_asked(arguments, today())
    again = read_asked(asked.arguments(), today())
    assert again.query == asked.query
    assert again.arguments() == asked.arguments()
    assert again.not_understood == ()


def test_several_weekdays_and_facts_stand_in_one_address() -> None:
    asked = read_asked({"weekday": ["6", "5", "5"], "fact": ["alone"]}, today())
    assert asked.query.weekdays == {5, 6}
    assert asked.query.facts == {Fact.ALONE}
    assert asked.arguments() == {"weekday": ["5", "6"], "fact": ["alone"]}


def test_a_way_is_rounded_before_it_is_used_or_linked() -> None:
    asked = read_asked({"along": "35.7212345,139.5467890;35.73,139.55"}, today())
    assert asked.arguments() == {"along": "35.721,139.547;35.730,139.550"}
    assert asked.query.along[0].lat == 35.721
    typed = read_asked({"near": "35.7212345,139.5467890", "to": "35.7399999,139.55"}, today())
    assert typed.arguments() == {"near": "35.721,139.547", "to": "35.740,139.550"}
    assert [(point.lat, point.lon) for point in typed.query.along] == [
        (35.721, 139.547), (35.74, 139.55),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [("weekday", "7"), ("weekday", "土"), ("fact", "rich"), ("sort", "random"), ("to", "田無駅"),
     ("along", "35.7,139.5"), ("along", "nan,1;2,3"), ("bbox", "1,2,3"), ("within", "300")],
)  # fmt: skip
def test_a_condition_without_a_meaning_is_named_on_the_page_and_refused_to_programs(
    client: ReadingClient, publish: Publish, name: str, value: str
) -> None:
    publish()
    page = client.get("/search", query_string={name: value})
    assert f'id="{name}-missed"' in page.text
    for address in ("/listings.geojson", "/search.csv", "/api/services"):
        answer = client.get(address, query_string={name: value})
        assert answer.status_code == 400
        assert answer.get_json() == {"error": f"not understood: {name}"}


# -- faces

SAME: list[Query] = [
    {},
    {"q": "食堂"},
    {"q": "子ども食堂", "sort": "name"},
    {"q": "食堂", "sort": "date"},
    {"q": "まちかど"},
    {"q": "子ども食道"},
    {"q": "スケートボード"},
    {"kind": "free_school"},
    {"kind": "free_school", "district": "みなみ小学校区"},
    {"district": "みなみ小"},
    {"district": "みなみ小学校", "weekday": ["5", "6"], "sort": "name"},
    {"district": "しばくぼ小", "near": "35.729,139.538", "age": "9"},
    {"district": "みなみ小", "bbox": "139.53,35.70,139.56,35.73"},
    {"district": "どこにもない学校区"},
    {"weekday": "5"},
    {"weekday": ["5", "6"], "fact": "alone"},
    {"fact": ["alone", "no_booking"]},
    {"free": "1", "sort": "name"},
    {"age": "9"},
    {"ages": "junior_high"},
    {"ages": "high", "weekday": "6", "q": "食堂"},
    {"ages": "preschool", "age": "16"},
    {"weekday": ["2", "5", "6"], "free": "1"},
    {"weekday": ["0", "3"], "bbox": "139.53,35.72,139.55,35.73", "near": "35.729,139.538"},
    {"monthly": "20000"},
    {"near": "35.729,139.538"},
    {"near": "35.729,139.538", "within": "1000"},
    {"near": "35.729,139.538", "sort": "best"},
    {"near": "35.729,139.538", "sort": "date", "q": "食堂"},
    {"near": "35.729,139.538", "to": "35.720,139.530"},
    {"along": "35.729,139.538;35.720,139.530", "within": "500"},
    {"along": "35.729,139.538;35.725,139.545;35.720,139.530", "weekday": ["5", "6"]},
    {"along": "35.729,139.538;35.720,139.530", "district": "みなみ小", "sort": "name"},
    {"near": "みなみ小学校", "to": "35.720,139.530", "ages": "elementary"},
    {"along": "35.729,139.538;35.720,139.530", "bbox": "139.53,35.72,139.55,35.73"},
    {"q": "将棋", "district": "ひばり小学校区", "weekday": "0"},
    {"bbox": "139.53,35.72,139.55,35.73"},
    {"bbox": "1,1,2,2"},
]


def of_list(client: ReadingClient, query: Query) -> list[str]:
    """The ids on all pages of the list, in their order."""
    found: list[str] = []
    for page in range(1, 20):
        answer = client.get("/search", query_string=query | {"page": str(page)})
        if answer.status_code == 302:
            break
        parts = answer.text.split('data-listing="')[1:]
        found += [part.split('"')[0] for part in parts]
        if not parts:
            break
    return found


def of_api(client: ReadingClient, query: Query) -> list[dict[str, Any]]:
    services: list[dict[str, Any]] = []
    for page in range(1, 20):
        asked = query | {"page": str(page), "size": "7"}
        body = client.get("/api/services", query_string=asked).get_json()
        assert body["size"] == len(body["contents"])
        assert body["empty"] == (not body["contents"])
        assert body["first_page"] == (page == 1)
        services += body["contents"]
        if body["last_page"]:
            assert body["total_items"] == len(services)
            return services
    raise AssertionError("no last page")


def of_command(app: Flask, query: Query) -> list[str]:
    words = ["--data-dir", str(app.config["IBASHO"].data_dir), "search", "--limit", "1000"]
    for name, value in query.items():
        for one in value if isinstance(value, list) else [value]:
            words += [one] if name == "q" else ["--free"] if name == "free" else [f"--{name}", one]
    result = CliRunner().invoke(main, [*words, "--json"], catch_exceptions=False)
    return [one["id"] for one in json.loads(result.stdout)["results"]]


@pytest.mark.parametrize("query", SAME, ids=lambda query: json.dumps(query, ensure_ascii=False))
def test_every_face_gives_the_same_listings_in_the_same_order(crowded: Flask, query: Query) -> None:
    client = reader(crowded)
    listed = of_list(client, query)
    assert len(listed) == len(set(listed)), "a listing stands twice"
    services = of_api(client, query)
    assert [one["id"] for one in services] == listed
    text = client.get("/search.csv", query_string=query).text
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row[0] for row in rows[1:]] == listed
    assert of_command(crowded, query) == listed
    feed = json.loads(client.get("/listings.geojson", query_string=query).text)
    placed = {one["id"] for one in services if one["location"]["latitude"] is not None}
    assert [one["properties"]["id"] for one in feed["features"]] == [
        one for one in listed if one in placed
    ]


@pytest.mark.parametrize(
    "query",
    [
        *(query for query in SAME if "bbox" not in query and query.get("near") != "みなみ小学校"),
        {"q": "今週末 子ども食堂"},
    ],
)
def test_each_count_is_what_its_link_finds(crowded: Flask, query: Query) -> None:
    asked = read_asked(query, today())
    client = reader(crowded)
    with crowded.test_request_context():
        found = stores.find(asked.query, today(), relax=False)
        if not found.total:
            return
        groups = facets.groups(asked, stores.facets(asked.query, today()))
    assert groups
    for group in groups:
        assert [one.is_on for one in group.choices] == sorted(
            (one.is_on for one in group.choices), reverse=True
        )
        for choice in (*group.choices, *group.more):
            if choice.count is not None:
                body = client.get("/api/services", query_string=choice.arguments).get_json()
                assert body["total_items"] == choice.count, choice
                assert body["dropped"] == []


def test_the_feed_says_the_way_and_how_far_from_it_is_looked(crowded: Flask) -> None:
    client = reader(crowded)
    way = client.get("/listings.geojson?along=35.729,139.538;35.720,139.530").get_json()["way"]
    assert way == {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": [[139.538, 35.729], [139.53, 35.72]]},
        "properties": {"beside_m": 300, "label": "道から300 m以内"},
    }
    typed = "/listings.geojson?near=35.7291234,139.538&to=35.720,139.530&within=1000"
    way = client.get(typed).get_json()["way"]
    assert way["geometry"]["coordinates"][0] == [139.538, 35.729]
    assert way["properties"] == {"beside_m": 1000, "label": "道から1 km以内"}
    assert "way" not in client.get("/listings.geojson?near=35.729,139.538").get_json()


def test_the_api_says_why_as_the_page_does(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    publish(name="宿題カフェ", kind=Kind.PLACE_TO_BELONG)
    publish(name="ぶんこ", kind=Kind.PLACE_TO_BELONG)
    publish(name="本の部屋", kind=Kind.PLACE_TO_BELONG)
    publish(name="ひろば", kind=Kind.PLACE_TO_BELONG, description="本の部屋もあります")
    publish(name="にわ", kind=Kind.PLACE_TO_BELONG, description="ぶんこもあります")
    add_group(db, SynonymGroup(words=("ぶんこ", "本の部屋")), "account:1")
    for asked, reasons in {
        "q=宿題": {"宿題カフェ": "名前に「宿題」"},
        "q=ぶんこ": {
            "ぶんこ": "名前に「ぶんこ」",
            "本の部屋": "名前に「本の部屋」",
            "ひろば": "掲載内容に「ぶんこ」と同じ意味のことば",
            "にわ": "掲載内容に「ぶんこ」",
        },
    }.items():
        found = client.get(f"/api/services?{asked}").get_json()["contents"]
        assert {one["name"]: one["why"] for one in found} == reasons
        page = client.get(f"/search?{asked}").text
        for why in reasons.values():
            assert f'<p class="why hint">{why}</p>' in page
    assert client.get("/api/services").get_json()["contents"][0]["why"] is None


def test_each_card_says_why_it_is_there(client: ReadingClient, publish: Publish) -> None:
    publish(name="宿題カフェ", kind=Kind.PLACE_TO_BELONG)
    publish(name="まなびや", kind=Kind.LEARNING_SUPPORT)
    publish(name="ひろば", kind=Kind.PLACE_TO_BELONG, description="宿題もできます")
    page = client.get("/search?q=宿題").text
    for reason in ("名前に「宿題」", "学習支援だから", "掲載内容に「宿題」"):
        assert f'<p class="why hint">{reason}</p>' in page
    assert (
        '<p class="why hint">名前に「宿題かふぇ」</p>' in client.get("/search?q=宿題かふぇー").text
    )
    assert (
        '<p class="why hint">掲載内容に「宿題」</p>'
        in client.get("/search?q=宿題を見てくれる").text
    )
    assert "似たことば" in client.get("/search?q=宿題カフェ宿題カフェ屋").text
    assert 'class="why' not in client.get("/search").text


# -- the table and the API


def test_no_cell_is_a_formula_and_a_spreadsheet_reads_japanese(
    client: ReadingClient, publish: Publish
) -> None:
    for name in ("=1+1", "+81", "-2", "@SUM(A1)", "ふつう, の「名前」"):
        publish(name=name)
    answer = client.get("/search.csv?sort=name")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {row["名称"] for row in rows} == {
        "'=1+1",
        "'+81",
        "'-2",
        "'@SUM(A1)",
        "ふつう, の「名前」",
    }
    assert all(len(row) == len(rows[0]) for row in rows)


def test_the_api_answers_one_service_and_every_error_in_one_shape(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(name="みなみ子ども食堂")
    body = client.get(f"/api/services/{listing}").get_json()
    assert (body["id"], body["name"], body["status"]) == (listing, "みなみ子ども食堂", "active")
    assert body["page"].endswith(f"/listings/{listing}")
    assert body == client.get("/api/services").get_json()["contents"][0]
    wrong = {"services/none": 404, "nothing": 404, "services?size=0": 400, "services?sort=x": 400}
    for address, status in wrong.items():
        answer = client.get(f"/api/{address}")
        assert answer.status_code == status
        assert list(answer.get_json()) == ["error"]
    assert client.post("/api/services").get_json().keys() == {"error"}


# -- never empty


def test_where_a_district_has_none_the_nearest_that_has_some_is_named(
    client: ReadingClient, crowded: Flask
) -> None:
    page = reader(crowded).get("/search?q=将棋&district=ひばり小学校区").text
    assert "しばくぼ小学校区なら1件" in page
    assert "はずした条件：" in page
    assert "学校区の条件をはずしてさがす" in page
    assert "いま話を聞いてくれるところ" in page


def test_a_part_of_the_map_without_places_offers_the_whole(crowded: Flask) -> None:
    page = reader(crowded).get("/search?bbox=1,1,2,2&q=食堂").text
    assert "地図のこの範囲には、条件に合う場所がありません" in page
    assert "地図の範囲の条件をはずしてさがす" in page
    assert 'data-listing="' not in page


# -- suggestions


def texts(client: ReadingClient, **query: str) -> list[str]:
    answer = client.get("/suggest", query_string=query)
    assert answer.headers["Cache-Control"] == "no-store"
    return [one["text"] for one in answer.get_json()["suggestions"]]


def test_what_is_typed_is_completed_with_words_places_and_names(crowded: Flask) -> None:
    client = reader(crowded)
    assert texts(client, q="こども食")[0] == "子ども食堂"
    assert texts(client, q="子")[0] == "子ども食堂"
    assert len(texts(client, q="子")) == len(set(texts(client, q="子")))
    assert "宿題" in texts(client, q="宿")
    assert any(name.startswith("まちかど食堂") for name in texts(client, q="まちかど"))
    assert texts(client, q="たなし")[0] == "田無駅"
    assert {"みなみ小学校", "みなみ小学校区"} <= set(texts(client, q="みなみ小"))
    assert set(texts(client, q="南", field="near")) >= {"南町"}
    assert "みなみ小学校区" not in texts(client, q="みなみ", field="near")
    assert texts(client, q="") == texts(client, q="　") == texts(client, q="ぬばたまの") == []
    assert all(len(texts(client, q=piece)) <= 8 for piece in ("こ", "食", "a", "み"))


def test_an_unpublished_name_is_not_suggested(client: ReadingClient, publish: Publish) -> None:
    publish(name="みえる食堂")
    assert texts(client, q="みえ") == ["みえる食堂"]
    assert texts(client, q="みえない") == []
