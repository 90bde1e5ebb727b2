"""What visitors read of events: the next first, the cancelled as such, nothing that is over."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from support import ReadingClient

from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.events import Application, Event, EventKind, keep_event
from ibasho.data.listings import (
    AddressVisibility,
    ContactVisibility,
    Email,
    Phone,
    PositionSource,
    locate,
    pin,
)
from ibasho.data.schedule import Occurrence
from ibasho.site import stores
from ibasho.site.public.events import is_day_off

Announce = Callable[..., str]

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "]]>\u2028\u2029\x7f\x00\ufffe",
)


def on(days: int, opens_at: str | None = "10:00", closes_at: str | None = "12:00") -> Occurrence:
    """A date so many days from today."""
    return Occurrence(today() + dt.timedelta(days=days), opens_at, closes_at, confirm=False)


@pytest.fixture
def announce(db: Database) -> Announce:
    """Announce an event made of the given fields and dates."""

    def keep(title: str = "親の会", *dates: Occurrence, **fields: Any) -> str:
        kind = fields.pop("kind", EventKind.MEETING)
        return keep_event(db, Event(kind, title, dates or (on(3),), **fields), "test")

    return keep


def titles(page: str) -> list[str]:
    """The events of a page, as they come."""
    return re.findall(r'<h4><a href="[^"]+"[^>]*>([^<]+)</a>', page)


def card(page: str) -> str:
    """What a page says of its first event."""
    return page.split("<article", 1)[1].split("</article>")[0]


def linked(page: str) -> Any:
    """What a page says to search engines."""
    return json.loads(page.split("application/ld+json")[1].split(">", 1)[1].split("</script>")[0])


def test_what_comes_next_comes_first_and_what_is_over_not_at_all(
    client: ReadingClient, announce: Announce
) -> None:
    announce("三", on(9))
    announce("二", on(2, "13:00"))
    announce("一", on(2, "09:30"))
    announce("きょう", on(0))
    announce("きのう", on(-1))
    assert titles(client.get("/events").text) == ["きょう", "一", "二", "三"]


def test_events_stand_under_their_month_and_day(client: ReadingClient, announce: Announce) -> None:
    days = (1, 1, 40)
    for number, day in enumerate(days):
        announce(f"会{number}", on(day))
    page = client.get("/en/events").text
    months = [f"{on(day).date:%B %Y}" for day in days]
    assert re.findall("<h2>(.*?)</h2>", page) == list(dict.fromkeys(months))
    first, last = on(1).date, on(40).date
    assert re.findall(r"<h3>(\w+ \d+ \w+)", page) == [
        f"{first:%a} {first.day} {first:%B}", f"{last:%a} {last.day} {last:%B}"
    ]  # fmt: skip
    assert page.index("tomorrow") < page.index("in 40 days")


def test_an_event_of_several_days_stands_once_at_the_next_with_the_others_named(
    client: ReadingClient, announce: Announce
) -> None:
    announce("昼の会", on(-7), on(1), on(8), on(15))
    announce("夜の会", on(5))
    page = client.get("/en/events").text
    assert titles(page) == ["昼の会", "夜の会"]
    days = ", ".join(f"{on(n).date:%a} {on(n).date.day} {on(n).date:%B}" for n in (8, 15))
    assert re.search(f"Also on</span> <span[^>]*>{days}<", page)


def test_a_card_has_a_number_to_touch(client: ReadingClient, announce: Announce) -> None:
    announce(phones=(Phone("042（000）0001 内線3"),))
    announce("雨の会", cancelled=True, phones=(Phone("042-000-0002"),))
    assert re.findall('href="tel:(04[^"]*)"', client.get("/events").text) == ["0420000001"]


def test_the_way_to_an_event_is_planned_where_its_address_is_public(
    client: ReadingClient, announce: Announce
) -> None:
    for visibility in AddressVisibility:
        event = announce(location=locate("東京都西東京市", "南町5-6-13", "", visibility))
        is_exact = visibility is AddressVisibility.EXACT
        assert ("/maps/dir/?" in client.get(f"/events/{event}").text) is is_exact
    over = announce("親の会", on(-1), location=locate("東京都西東京市", "南町5-6-13"))
    assert "/maps/dir/?" not in client.get(f"/events/{over}").text


def test_what_search_engines_read_is_no_more_than_what_is_known(
    client: ReadingClient, announce: Announce
) -> None:
    here = pin(35.72, 139.54, PositionSource.PERSON)
    where = locate("東京都西東京市", "南町5-6-13", "", AddressVisibility.AREA_ONLY, here)
    unsure = Occurrence(on(4).date, "10:00", "12:00", confirm=True)
    event = announce("親の会", unsure, location=where)
    said = linked(client.get(f"/en/events/{event}").text)
    assert said["url"] == f"http://localhost/en/events/{event}"
    assert said["startDate"] == unsure.date.isoformat()
    assert "endDate" not in said
    assert "geo" not in said["location"]
    night = announce("夜の会", on(1, "22:00", "02:00"))
    said = linked(client.get(f"/events/{night}").text)
    assert "endDate" not in said
    assert "streetAddress" not in said["location"]["address"]


def test_a_kind_leaves_the_others_out_and_says_which_it_is(
    client: ReadingClient, announce: Announce
) -> None:
    announce("親の会")
    announce("もちつき", kind=EventKind.FESTIVAL)
    page = client.get("/en/events?kind=festival").text
    assert titles(page) == ["もちつき"]
    assert re.findall(r'href="([^"]*)" aria-current="true"', page) == ["/en/events?kind=festival"]
    assert 'href="/events?kind=festival" lang="ja"' in page
    assert "kind=health" not in page
    unknown = client.get("/events?kind=x").text
    assert len(titles(unknown)) == 2
    assert "条件「種類」は使えないため外しました" in unknown


def test_a_card_says_when_where_for_whom_what_it_costs_and_until_when_to_apply(
    client: ReadingClient, announce: Announce
) -> None:
    announce(
        location=locate("東京都西東京市", "南町5-6-13", "ふたば会館"),
        eligibility_description="小学生の家族",
        fees_description="ひとり300円",
        application=Application.NEEDED,
        apply_until=on(1).date,
    )
    page = client.get("/en/events").text
    for fact in ("10:00–12:00", "ふたば会館", "南町5-6-13", "小学生の家族", "ひとり300円"):
        assert fact in page
    assert re.search(r"Apply by \w+ \d+ \w+ \(tomorrow\)", page)


@pytest.mark.parametrize(
    ("application", "until", "words"),
    [
        (Application.NEEDED, None, "Apply first"),
        (Application.NEEDED, -1, "Applications closed on"),
        (Application.FULL, 1, "Full: no more applications"),
        (Application.NOT_NEEDED, None, "No need to apply"),
    ],
)
def test_whether_to_apply_is_said_in_words(
    client: ReadingClient,
    announce: Announce,
    application: Application,
    until: int | None,
    words: str,
) -> None:
    last = None if until is None else on(until).date
    event = announce(application=application, apply_until=last)
    for address in ("/en/events", f"/en/events/{event}"):
        assert words in card(client.get(address).text)


def test_where_nobody_said_whether_to_apply_nothing_is_said(
    client: ReadingClient, announce: Announce
) -> None:
    event = announce()
    for address in ("/en/events", f"/en/events/{event}"):
        assert "pply" not in card(client.get(address).text)


def test_a_cancelled_event_says_so_before_anything_else(
    client: ReadingClient, announce: Announce
) -> None:
    event = announce(cancelled=True, note="雨のため", application=Application.NOT_NEEDED)
    for address in ("/en/events", f"/en/events/{event}"):
        page = client.get(address).text
        body = page.split("<article", 1)[1].split("</article>")[0]
        words = re.sub(r"\s+", " ", re.sub("<[^>]*>", "", body.split(">", 1)[1])).strip()
        assert words.startswith("Cancelled 雨のため")
        assert "No need to apply" not in body
    assert linked(client.get(f"/events/{event}").text)["eventStatus"].endswith("EventCancelled")


def test_a_time_that_is_not_fixed_is_said_in_words(
    client: ReadingClient, announce: Announce
) -> None:
    unfixed = Occurrence(on(4).date, None, None, confirm=True)
    event = announce("クリスマス会", unfixed, schedule_text="時間は1週間前に知らせます")
    for address in ("/en/events", f"/en/events/{event}"):
        page = client.get(address).text
        assert "The time is not fixed yet" in page
        assert "時間は1週間前に知らせます" in page
    assert linked(client.get(f"/events/{event}").text)["startDate"] == unfixed.date.isoformat()


def test_an_event_has_a_page_with_all_that_one_needs_to_go(
    client: ReadingClient, announce: Announce
) -> None:
    event = announce(
        "親の会", on(1), on(8),
        location=locate("東京都西東京市", "南町5-6-13", "ふたば会館",
                        pin=pin(35.72, 139.54, PositionSource.PERSON)),
        organization="ふたば会", application=Application.NEEDED,
        application_process="電話でどうぞ", phones=(Phone("042-000-0001", "昼"),),
        url="https://a.example/",
    )  # fmt: skip
    page = client.get(f"/en/events/{event}").text
    assert 'href="tel:0420000001"' in page
    assert "電話でどうぞ" in page
    assert 'href="/en/events"' in page
    assert re.search(r"\w{3} \d+ \w+ 20\d\d</strong> 10:00–12:00", page)
    said = linked(page)
    assert said["@type"] == "Event"
    assert said["startDate"] == f"{on(1).date}T10:00:00+09:00"
    assert said["endDate"] == f"{on(8).date}T12:00:00+09:00"
    assert len(said["subEvent"]) == 2
    assert said["location"]["name"] == "ふたば会館"
    assert said["location"]["geo"]["latitude"] == 35.72
    assert said["organizer"]["name"] == "ふたば会"


def test_an_end_that_nobody_said_is_not_made_up(client: ReadingClient, announce: Announce) -> None:
    event = announce("親の会", on(1, "10:00", None))
    said = linked(client.get(f"/events/{event}").text)
    assert said["startDate"].endswith("T10:00:00+09:00")
    assert "endDate" not in said


def test_an_online_event_is_at_no_place(client: ReadingClient, announce: Announce) -> None:
    event = announce(online=True, url="https://a.example/")
    page = client.get(f"/en/events/{event}").text
    assert "Online" in page
    assert linked(page)["location"] == {"@type": "VirtualLocation", "url": "https://a.example/"}


def test_the_page_of_an_event_that_is_over_stays_and_says_so(
    client: ReadingClient, announce: Announce
) -> None:
    event = announce("きのうの会", on(-1))
    page = client.get(f"/en/events/{event}").text
    assert "This event is over." in page
    assert "in -" not in page
    assert client.get("/events/nowhere").status_code == 404


def test_where_nothing_is_announced_the_page_leads_on(
    client: ReadingClient, announce: Announce
) -> None:
    assert 'href="/en/search"' in client.get("/en/events").text.split("<main")[1]
    announce()
    page = client.get("/en/events?kind=health").text
    assert "Nothing is announced for now" in page
    assert 'href="/en/events"' in page


def test_what_is_hidden_is_in_no_page_of_events(client: ReadingClient, announce: Announce) -> None:
    event = announce(
        location=locate(
            "東京都西東京市", "南町5-6-13かなりあ住所", "かなりあ荘", AddressVisibility.AREA_ONLY,
            pin(35.7211111, 139.5422222, PositionSource.PERSON),
        ),
        phones=(Phone("042-888-7777", "かなりあ", ContactVisibility.STAFF_ONLY),),
        emails=(Email("かなりあ@example.jp", "", ContactVisibility.STAFF_ONLY),),
        assured_by="かなりあ", note="南町5丁目6番13号、０４２－８８８－７７７７",
    )  # fmt: skip
    for address in ("/events", f"/events/{event}"):
        page = client.get(address).text
        assert "南町" in page
        for secret in (
            "かなりあ",
            "-888",
            "888-",
            "0428887777",
            "８８８",
            "35.7211",
            "139.5422",
            "5-6-13",
            "6番13",
        ):
            assert secret not in page


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_text_from_outside_is_a_text_everywhere(
    client: ReadingClient, announce: Announce, hostile: str
) -> None:
    texts = dict.fromkeys(
        (
            "schedule_text", "description", "organization", "eligibility_description",
            "fees_description", "capacity", "application_process", "url", "network", "note",
        ),
        hostile,
    )  # fmt: skip
    where = locate("東京都西東京市", f"南町5-6-13 {hostile}", hostile)
    contacts = {"phones": (Phone(hostile, hostile),), "emails": (Email(hostile, hostile),)}
    event = announce(f"会{hostile}", location=where, **texts, **contacts)
    gone = announce(f"会{hostile}", cancelled=True, **texts)
    for address in ("/events", f"/events/{event}", f"/events/{gone}"):
        text = client.get(address, query_string={"kind": hostile}).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<svg onload" not in text
        assert 'href="javascript:' not in text
    assert linked(client.get(f"/events/{event}").text)["name"].startswith("会")


def test_a_page_of_events_asks_few_questions(
    client: ReadingClient, announce: Announce, app: Flask
) -> None:
    events = [announce(f"会{number}", on(number), on(number + 7)) for number in range(30)]
    asked: list[str] = []
    with app.app_context():
        stores.database().conn.set_trace_callback(asked.append)
    for address in ("/events", "/events?kind=meeting", f"/events/{events[0]}"):
        asked.clear()
        client.get(address)
        statements = [one for one in asked if one.lstrip().upper().startswith("SELECT")]
        assert len(statements) <= 2, (address, statements)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_events_keep_their_own_words_in_every_language(
    client: ReadingClient, announce: Announce, prefix: str
) -> None:
    event = announce("お茶の会", description="だれでもどうぞ")
    page = client.get(f"{prefix}/events").text
    assert "お茶の会" in page
    assert f'href="{prefix}/events/{event}"' in page
    assert "だれでもどうぞ" in client.get(f"{prefix}/events/{event}").text
    assert ("in 3 days" if prefix else "3日後") in page


def test_the_calendar_leads_to_each_day_on_which_something_takes_place(
    client: ReadingClient, announce: Announce
) -> None:
    event = announce("昼の会", on(1), on(40))
    page = client.get("/en/events").text
    first, later = on(1).date, on(40).date
    assert f'href="#day-{first}"' in page
    assert f'<section class="day" id="day-{first}">' in page
    label = f"{later:%a} {later.day} {later:%B}"
    assert f'<a href="/en/events/{event}" aria-label="{label}">{later.day}</a>' in page
    assert page.count("<caption>") == (1 if first.month == later.month else 2)


def test_a_calendar_has_each_day_of_its_month_once(
    client: ReadingClient, announce: Announce
) -> None:
    announce(on_day := "会", on(20))
    page = client.get("/events").text
    table = page.split('<table class="calendar">')[1].split("</table>")[0]
    days = [int(one) for one in re.findall(r">(\d+)<", re.sub(r"<t[dr]>(\d+)", r"<td>>\1", table))]
    assert days == list(range(1, max(days) + 1))
    assert on_day in page


def test_days_without_school_and_events_without_applying_can_be_chosen(
    client: ReadingClient, announce: Announce
) -> None:
    days = [on(number) for number in range(1, 8)]
    off = next(one for one in days if one.date.weekday() == 6)
    announce("毎日", *days, application=Application.NOT_NEEDED)
    announce("平日", next(one for one in days if one.date.weekday() in {0, 1, 2, 3, 4} and
                         not is_day_off(one.date)))  # fmt: skip
    page = client.get("/events?weekend=1").text
    assert titles(page) == ["毎日"]
    assert f'id="day-{min(one.date for one in days if is_day_off(one.date))}"' in page
    assert f"{off.date.day}" in page
    assert titles(client.get("/events?no_application=1").text) == ["毎日"]
    nothing = client.get("/events?no_application=1&kind=health").text
    assert titles(nothing) == []
    assert 'href="/events">' in nothing
