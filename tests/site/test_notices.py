"""What the desk says of today and of a date is on every page at once, and gone when it is over."""

import datetime as dt
import json
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from browsing import Walk
from support import ReadingClient

from ibasho.data.clock import JST, japan_now, today
from ibasho.data.database import Database
from ibasho.data.listings import Fact, edit
from ibasho.data.listings.states import State
from ibasho.data.listings.store import read_public
from ibasho.data.notices import Light, close_on, open_on, read_lights, say_light, take_back
from ibasho.site import stores

Publish = Callable[..., str]
DAILY = "毎日 9:00～23:59"
ACTOR = "somebody-whom-nobody-knows"
ROOM, NO_ROOM, CLOSED, OPEN = "空きあり", "満員", "臨時休業", "臨時開催"


@pytest.fixture
def place(publish: Publish) -> str:
    """A place that is open every day, to which a child may come alone."""
    return publish(phrase=DAILY, facts=(Fact.ALONE, Fact.NO_BOOKING))


def pages(listing: str) -> list[str]:
    """Wherever the public sees a place with its next date."""
    return [
        "/", "/search", "/child", f"/listings/{listing}", f"/kept?ids={listing}",
        "/embed?kind=childrens_cafeteria", f"/api/services/{listing}", "/api/services",
    ]  # fmt: skip


def says(answer: str) -> bool:
    """Whether a page, or the API, says that there is room."""
    return any(words in answer for words in (ROOM, "きが あります", '"state": "free"'))


def test_room_is_on_every_page_until_the_minute_at_which_it_ends(
    client: ReadingClient, db: Database, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = japan_now().replace(second=0, microsecond=0) + dt.timedelta(minutes=30)
    say_light(db, place, Light.FREE, ACTOR, until=end)
    for seconds, is_said in ((-59, True), (-1, True), (0, False), (3600, False)):
        moment = end + dt.timedelta(seconds=seconds)
        monkeypatch.setattr(stores, "japan_now", lambda moment=moment: moment)
        clock = SimpleNamespace(time=moment.timestamp)
        monkeypatch.setattr("ibasho.site.minute.time", clock)
        for address in pages(place):
            assert says(client.get(address).text) is is_said, (address, seconds)


def test_the_page_says_as_of_when_and_until_when_with_a_shape(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    listing = publish(phrase="不定期")
    tomorrow = today() + dt.timedelta(days=1)
    midnight = dt.datetime.combine(tomorrow, dt.time(), JST)
    say_light(db, listing, Light.FULL, ACTOR, until=midnight)
    page = client.get(f"/listings/{listing}").text
    light = re.search('<p class="light light-full".*?</p>', page)
    assert light
    assert NO_ROOM in light[0]
    assert "現在・今日まで" in light[0]
    assert "#close" in light[0]
    say_light(db, listing, Light.FEW, ACTOR, until=midnight + dt.timedelta(days=1))
    assert "現在・明日まで" in client.get(f"/listings/{listing}").text
    say_light(db, listing, Light.FEW, ACTOR, until=midnight + dt.timedelta(hours=9))
    assert "9:00まで" in client.get(f"/listings/{listing}").text


def test_the_api_says_from_when_to_when_room_is_known(
    client: ReadingClient, db: Database, place: str
) -> None:
    assert client.get(f"/api/services/{place}").json["light"] is None  # type: ignore[index]
    say_light(db, place, Light.FEW, ACTOR)
    date = today() + dt.timedelta(days=9)
    close_on(db, place, date, "工事", ACTOR)
    body = json.loads(client.get(f"/api/services/{place}").text)
    assert body["light"]["state"] == "few"
    as_of, until = (dt.datetime.fromisoformat(body["light"][name]) for name in ("as_of", "until"))
    assert as_of < until
    assert as_of.utcoffset() == dt.timedelta(hours=9)
    assert body["notices"] == [
        {"date": date.isoformat(), "is_open": False, "opens_at": None, "closes_at": None,
         "note": "工事"}
    ]  # fmt: skip


def found_on(client: ReadingClient, date: dt.date) -> int:
    """How many places are open on a date, where no condition gives way for that."""
    body = json.loads(client.get(f"/api/services?on={date}").text)
    return 0 if body["dropped"] else int(body["total_items"])


def test_a_closed_date_is_nowhere_a_date_and_comes_back_when_taken_back(
    client: ReadingClient, db: Database, place: str
) -> None:
    day = today() + dt.timedelta(days=2)
    stamp = f"{day:%Y%m%d}T090000"
    assert found_on(client, day) == 1
    assert stamp in client.get(f"/listings/{place}.ics").text
    close_on(db, place, day, "会場の工事のため", ACTOR)
    assert found_on(client, day) == 0
    assert found_on(client, day + dt.timedelta(days=1)) == 1
    assert stamp not in client.get(f"/listings/{place}.ics").text
    page = client.get(f"/listings/{place}").text
    line = re.search(rf'<li><strong><time datetime="{day}">.*?</li>', page, re.DOTALL)
    assert line
    assert CLOSED in line[0]
    assert "会場の工事のため" in line[0]
    assert "23:59" not in line[0]
    [notice] = read_public(db, [place])[0].notices
    take_back(db, place, notice.id, ACTOR)
    assert found_on(client, day) == 1
    assert stamp in client.get(f"/listings/{place}.ics").text
    assert CLOSED not in client.get(f"/listings/{place}").text


def test_a_place_that_is_closed_today_opens_tomorrow(
    client: ReadingClient, db: Database, place: str
) -> None:
    close_on(db, place, today(), "", ACTOR)
    tomorrow = today() + dt.timedelta(days=1)
    assert "あした" in client.get("/child").text
    assert "きょう" not in client.get("/child").text.split("goes")[1].split("</ul>")[0]
    for address in (f"/api/services/{place}", f"/api/services?on={today()}"):
        assert today().isoformat() not in str(client.get(address).json.get("schedule"))  # type: ignore[union-attr]
    feed = client.get("/listings.geojson").json
    assert feed["features"][0]["properties"]["next_date"] == tomorrow.isoformat()  # type: ignore[index]
    card = client.get("/search").text
    assert CLOSED in card
    assert f'datetime="{today()}"' in card
    assert f'datetime="{tomorrow}"' in card
    assert client.get("/search.csv").text.count(tomorrow.isoformat()) == 1


def test_a_place_with_no_certain_day_is_found_on_the_day_it_announces(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    listing = publish(phrase="不定期", facts=(Fact.ALONE,))
    day = today() + dt.timedelta(days=3)
    assert found_on(client, day) == 0
    open_on(db, listing, day, "10:00", "12:00", "もちつきをします", ACTOR)
    assert found_on(client, day) == 1
    assert found_on(client, day + dt.timedelta(days=1)) == 0
    assert f"{day:%Y%m%d}T100000" in client.get(f"/listings/{listing}.ics").text
    page = client.get(f"/listings/{listing}").text
    for words in (OPEN, "10:00～12:00", "もちつきをします"):
        assert words in page
    assert "10:00～12:00" in client.get("/child").text
    # the order by date: it comes before a place that opens later
    later = publish(name="むこうだい食堂", phrase="不定期")
    open_on(db, later, day + dt.timedelta(days=1), "10:00", "12:00", "", ACTOR)
    items = client.get("/api/services?sort=date").json["contents"]  # type: ignore[index]
    assert [one["id"] for one in items] == [listing, later]


def test_nothing_outside_says_who_said_it(client: ReadingClient, db: Database, place: str) -> None:
    say_light(db, place, Light.FREE, ACTOR)
    open_on(db, place, today() + dt.timedelta(days=1), "10:00", "12:00", "", ACTOR)
    close_on(db, place, today() + dt.timedelta(days=2), "", ACTOR)
    more = [f"/listings/{place}.ics", "/listings.geojson", "/search.csv", f"/sheet?ids={place}"]
    for address in pages(place) + more:
        assert ACTOR not in client.get(address).text, address


# -- the desk


def desk(client: ReadingClient, listing: str, path: str, **values: str) -> str:
    """Send a form of the desk and give the page that follows."""
    here = f"/coordinator/listings/{listing}"
    token = client.token("/coordinator/listings/new")
    answer = client.post(f"{here}/{path}", data={"form_token": token, **values})
    if answer.status_code == 303:
        answer = client.get(answer.headers["Location"])
    return f"{answer.status_code} {answer.text}"


def test_the_desk_says_and_clears_room(client: ReadingClient, db: Database, place: str) -> None:
    client.sign_in()
    page = desk(client, place, "light", light="few")
    assert "残りわずか" in page
    assert 'value="few" aria-pressed="true"' in page
    assert list(read_lights(db, japan_now())) == [place]
    assert "消す" in page
    assert 'aria-pressed="true"' not in desk(client, place, "light", light="").split("<h2>")[1]
    assert read_lights(db, japan_now()) == {}
    assert desk(client, place, "light", light="purple").startswith("400")
    assert "空き状況を登録" in client.get(f"/coordinator/listings/{place}").text


def test_the_desk_closes_and_opens_a_date_and_takes_it_back(
    client: ReadingClient, db: Database, place: str
) -> None:
    client.sign_in()
    day = (today() + dt.timedelta(days=5)).isoformat()
    page = desk(client, place, "notices", date=day, step="close", note="棚卸し")
    assert CLOSED in page
    assert "棚卸し" in page
    page = desk(
        client, place, "notices", date=day, step="open", opens_at="09:00", closes_at="10:00"
    )
    assert OPEN in page
    [notice] = read_public(db, [place])[0].notices
    assert "取り消しました" in desk(client, place, f"notices/{notice.id}/take-back")
    assert read_public(db, [place])[0].notices == ()
    assert desk(client, place, f"notices/{notice.id}/take-back").startswith("200")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"date": "", "step": "close"}, "今日から1年以内の日付を選んでください"),
        ({"date": "2020-01-01", "step": "close"}, "今日から1年以内の日付を選んでください"),
        ({"date": "DAY", "step": "open"}, "始まりと終わりの時刻を両方"),
        ({"date": "DAY", "step": "open", "opens_at": "10:00", "closes_at": "09:00"}, "時刻を両方"),
    ],
)
def test_the_desk_says_what_to_do_and_keeps_what_was_typed(
    client: ReadingClient, place: str, values: dict[str, str], says: str
) -> None:
    client.sign_in()
    sent = {name: value.replace("DAY", today().isoformat()) for name, value in values.items()}
    page = desk(client, place, "notices", note="棚卸し", **sent)
    assert page.startswith("422")
    assert says in page
    assert 'value="棚卸し"' in page


def test_a_place_that_is_not_public_has_no_today(
    client: ReadingClient, db: Database, place: str
) -> None:
    edit.change_state(db, place, State.ARCHIVED, "test", "")
    client.sign_in()
    assert "今日のようす" not in client.get(f"/coordinator/listings/{place}").text
    assert desk(client, place, "light", light="free").startswith("404")
    assert desk(client, place, "notices", date=today().isoformat()).startswith("404")


def test_the_review_of_a_new_wording_reads_the_dates_as_the_public_will(
    client: ReadingClient, db: Database, place: str
) -> None:
    close_on(db, place, today(), "", ACTOR)
    [public] = read_public(db, [place])
    newest = edit.newest_revision(db, place)
    assert newest
    revision = edit.propose_change(db, place, newest.body, "test", newest.id)
    client.sign_in()
    assert f'datetime="{today()}"' not in client.get(f"/coordinator/revisions/{revision}").text
    assert public.notices


# -- on the device


def test_a_kept_page_shows_no_light_and_an_open_one_lets_it_go(
    walk: Callable[..., Walk], serve: Callable[[str], str], db: Database, place: str
) -> None:
    say_light(db, place, Light.FREE, ACTOR)
    visit = walk()
    address = f"{serve('')}/listings/{place}"
    page = visit.page
    page.goto(address)
    light = page.locator(".light")
    assert light.is_visible()
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.wait_for_function(
        "async url => Boolean(await caches.match(url, {cacheName: 'ibasho-pages'}))", arg=address
    )
    light.evaluate("one => (one.dataset.until = '2020-01-01T00:00:00+09:00')")
    page.evaluate("dispatchEvent(new Event('visibilitychange'))")
    assert light.count() == 0
    page.context.set_offline(True)
    page.goto(address)
    page.locator("[data-offline]").wait_for()
    assert light.count() == 0
    assert page.locator("main").inner_text()
