"""Dates for a visitor's own calendar: the certain as such, the doubtful in words, no others."""

import datetime as dt
from collections.abc import Callable

import pytest
from icalendar import Calendar, Component
from support import ReadingClient

from ibasho.data.clock import JST, today
from ibasho.data.database import Database
from ibasho.data.events import Event, EventKind, keep_event
from ibasho.data.listings import (
    AddressVisibility,
    ContactVisibility,
    Phone,
    PositionSource,
    locate,
    pin,
)
from ibasho.data.schedule import Occurrence, occurrences, read_phrase
from ibasho.data.text import printable

Publish = Callable[..., str]
SATURDAYS = "毎週土曜日 11:30～14:00"


def entries(client: ReadingClient, address: str) -> list[Component]:
    """The entries of the calendar at an address."""
    answer = client.get(address)
    assert answer.mimetype == "text/calendar"
    return Calendar.from_ical(answer.data).walk("VEVENT")


def on(days: int, confirm: bool = False) -> Occurrence:
    """A date so many days from today."""
    return Occurrence(today() + dt.timedelta(days=days), "10:00", "12:00", confirm)


def announce(db: Database, *dates: Occurrence, cancelled: bool = False) -> str:
    """An event of these dates."""
    return keep_event(db, Event(EventKind.MEAL, "おにぎり会", dates, cancelled=cancelled), "test")


def test_a_calendar_holds_the_dates_of_the_next_year_on_japans_clock(
    client: ReadingClient, publish: Publish
) -> None:
    found = entries(client, f"/listings/{publish(phrase=SATURDAYS)}.ics")
    year = today() + dt.timedelta(days=366)
    dates = occurrences(read_phrase(SATURDAYS), today(), year)
    assert [one.decoded("dtstart").date() for one in found] == [one.date for one in dates]
    first = dates[0].date
    assert found[0].decoded("dtstart") == dt.datetime.combine(first, dt.time(11, 30), JST)
    assert found[0].decoded("dtend") == dt.datetime.combine(first, dt.time(14), JST)
    assert len({str(one["uid"]) for one in found}) == len(found)


def test_times_are_in_a_zone_that_the_calendar_describes(
    client: ReadingClient, publish: Publish
) -> None:
    text = client.get(f"/listings/{publish(phrase=SATURDAYS)}.ics").text
    assert "TZID:Asia/Tokyo" in text
    assert "TZOFFSETTO:+0900" in text
    assert "DTSTART;TZID=Asia/Tokyo:" in text


def test_an_entry_keeps_its_name_when_it_is_fetched_again(
    client: ReadingClient, publish: Publish
) -> None:
    address = f"/listings/{publish(phrase=SATURDAYS)}.ics"
    first, second = (
        [one["uid"] for one in entries(client, path)] for path in (address, f"/en{address}")
    )
    assert first == second


def test_a_date_to_be_confirmed_is_tentative_and_says_so(
    client: ReadingClient, publish: Publish
) -> None:
    found = entries(client, f"/en/listings/{publish(name='食堂', phrase='毎日 10:00～12:00')}.ics")
    doubtful = [one for one in found if one["status"] == "TENTATIVE"]
    assert {"01-01", "08-15"} <= {f"{one.decoded('dtstart'):%m-%d}" for one in doubtful}
    for one in doubtful:
        assert one["summary"] == "食堂 (call first)"
        assert "Ask before you go" in one["description"]
    assert {str(one["summary"]) for one in found if one not in doubtful} == {"食堂"}


@pytest.mark.parametrize("phrase", ["月1回 土曜日", "不定期", "毎週土曜日（休止中）"])
def test_what_is_not_certain_is_in_no_calendar(
    client: ReadingClient, publish: Publish, phrase: str
) -> None:
    listing = publish(phrase=phrase)
    assert entries(client, f"/listings/{listing}.ics") == []
    assert ".ics" not in client.get(f"/listings/{listing}").text


def test_a_day_without_times_is_a_whole_day_and_an_open_end_stays_open(
    client: ReadingClient, publish: Publish
) -> None:
    [day, *_] = entries(client, f"/listings/{publish(phrase='毎週土曜日')}.ics")
    assert not isinstance(day.decoded("dtstart"), dt.datetime)
    [open_end, *_] = entries(client, f"/listings/{publish(phrase='毎週土曜日 17:00～')}.ics")
    assert "dtend" not in open_end


def test_a_calendar_says_no_more_of_a_place_than_its_page(
    client: ReadingClient, publish: Publish
) -> None:
    where = locate(
        "東京都西東京市", "南町5-6-13", "かなりあ荘", AddressVisibility.AREA_ONLY,
        pin(35.72, 139.54, PositionSource.PERSON),
    )  # fmt: skip
    listing = publish(
        phrase=SATURDAYS, location=where,
        phones=(Phone("042-000-0001"), Phone("090-1", "", ContactVisibility.STAFF_ONLY)),
    )  # fmt: skip
    text = client.get(f"/listings/{listing}.ics").text
    assert "南町" in text
    assert "042-000-0001" in text
    for secret in ("5-6-13", "かなりあ", "090-1", "35.72", "GEO"):
        assert secret not in text


@pytest.mark.parametrize(
    "text", ["\r\nEND:VEVENT\r\nX-A:1", '\n;,:\\n"=', "\x7f\x00\ufffe\u2028", "あ" * 100]
)
def test_a_text_from_outside_is_a_text_in_a_calendar(
    client: ReadingClient, publish: Publish, db: Database, text: str
) -> None:
    where = locate("東京都西東京市", f"南町5-6-13{text}", text)
    listing = publish(name=f"食堂{text}", phrase=SATURDAYS, location=where, phones=(Phone(text),))
    event = keep_event(
        db, Event(EventKind.MEAL, f"食堂{text}", (on(1),), location=where, cancelled=True), "test"
    )
    for address in (f"/listings/{listing}.ics", f"/events/{event}.ics", "/events.ics"):
        found = entries(client, address)
        assert f"食堂{printable(text)}" in found[0]["summary"]
        assert "x-a" not in found[0]


def test_what_is_taken_off_the_list_has_no_calendar(client: ReadingClient) -> None:
    for address in ("/listings/nowhere.ics", "/events/nowhere.ics"):
        assert client.get(address).status_code == 404


def test_all_events_can_be_subscribed_to_and_a_cancelled_one_says_so(
    client: ReadingClient, db: Database
) -> None:
    announce(db, on(-3), on(2), on(9, confirm=True))
    announce(db, on(5), cancelled=True)
    announce(db, on(-1))
    found = entries(client, "/events.ics")
    assert [(str(one["status"]), str(one["summary"])) for one in found] == [
        ("CONFIRMED", "おにぎり会"),
        ("TENTATIVE", "おにぎり会（要確認）"),
        ("CANCELLED", "【中止】おにぎり会"),
    ]
    assert 'href="webcal://localhost/events.ics"' in client.get("/events").text


def test_an_event_has_a_calendar_of_its_own(client: ReadingClient, db: Database) -> None:
    event = announce(db, on(2), on(9))
    assert len(entries(client, f"/events/{event}.ics")) == 2
    assert f'href="/events/{event}.ics"' in client.get(f"/events/{event}").text
