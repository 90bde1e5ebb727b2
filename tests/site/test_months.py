"""Next month's dates in two taps, by a link or signed in, and what everyone reads of them."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, expect
from support import ReadingClient, entrust

from ibasho.data.accounts import Role, find_account
from ibasho.data.clock import today
from ibasho.data.database import Database, transaction
from ibasho.data.links import Purpose, make_link
from ibasho.data.listings import store
from ibasho.data.notices import close_on, last_of_month
from ibasho.data.record import read_record
from ibasho.data.schedule import occurrences

Publish = Callable[..., str]
NEXT = last_of_month(today()) + dt.timedelta(days=1)
HEDGED = "原則毎週土曜 11:30～14:00"
CONFIRMED, ASK = "に確認", "行く前に電話"


@pytest.fixture
def place(publish: Publish) -> str:
    """A place whose phrase doubts all of its dates."""
    return publish("ひがし食堂", phrase=HEDGED)


@pytest.fixture
def link(db: Database, place: str) -> str:
    """The address of its people's page."""
    return "/p/" + link_of(db, place)


def link_of(db: Database, listing: str) -> str:
    with transaction(db):
        return make_link(db, Purpose.PROVIDER, listing, 30)


def dates_of(db: Database, place: str) -> dict[dt.date, bool]:
    [public] = store.read_public(db, [place])
    found = occurrences(public.schedule, NEXT, last_of_month(NEXT))
    return {one.date: one.confirm for one in found}


def send(client: ReadingClient, address: str, **more: str | list[str]) -> tuple[int, str]:
    """Press the button of the dates with what they show, but for what is said here."""
    page = client.get(address).text
    form = {
        name: re.findall(rf'name="{name}" value="([^"]*)"', page)[-1] for name in ("month", "seen")
    }
    ticks = re.findall(r'name="open" value="([^"]+)" checked', page)
    data = {"form_token": client.token(address), **form, "open": ticks, **more}
    answer = client.post(address, data=data)
    return answer.status_code, answer.headers.get("Location") or answer.text


def test_two_taps_confirm_all_dates_without_scripts_on_a_small_telephone(
    browser: Browser, serve: Callable[[str], str], db: Database, place: str, link: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(serve("") + link)
    page.get_by_role("link", name="来月の開催日を確認").click()
    page.get_by_role("button", name="この日程で確定する").click()
    expect(page.get_by_role("status")).to_contain_text("開催日を確認済みにしました")
    expect(page.get_by_text(CONFIRMED).first).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width == 360
    assert set(dates_of(db, place).values()) == {False}


def test_everyone_reads_by_whom_and_when_a_date_was_confirmed_and_the_calendar_is_sure(
    client: ReadingClient, db: Database, place: str, link: str
) -> None:
    assert send(client, f"{link}/dates")[1] == f"{link}?done=month"
    page = client.get(f"/listings/{place}").text
    said = f"提供者が{today().month}月{today().day}日"
    lines = re.findall(r"<li>.*?</li>", page.split('class="dates"')[1].split("</ul>")[0], re.S)
    for line in lines:
        assert (said in line) == (f'datetime="{NEXT:%Y-%m}' in line)
        assert not (said in line and ASK in line)
    assert said in "".join(lines)
    calendar = Calendar.from_ical(client.get(f"/listings/{place}.ics").data)
    entries = [one for one in calendar.walk("VEVENT") if one.decoded("dtstart").date() >= NEXT]
    last = last_of_month(NEXT)
    for entry in entries:
        is_sure = entry.decoded("dtstart").date() <= last
        assert entry["status"] == ("CONFIRMED" if is_sure else "TENTATIVE")
        assert (said in entry["description"]) == is_sure
        assert (ASK in entry["summary"]) != is_sure


def test_a_day_without_its_tick_is_closed_for_everyone_and_comes_back_with_it(
    client: ReadingClient, db: Database, place: str, link: str
) -> None:
    first, *others = [date.isoformat() for date in dates_of(db, place)]
    send(client, f"{link}/dates", open=others)
    assert first not in {date.isoformat() for date in dates_of(db, place)}
    page = client.get(f"{link}/dates").text
    assert f'value="{first}">' in page
    assert "臨時休業" in page
    send(client, f"{link}/dates", open=[first, *others])
    assert dates_of(db, place)[dt.date.fromisoformat(first)] is False


def test_a_further_day_is_added_or_said_what_is_wrong_with_it(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    place = publish("不定期食堂", phrase="不定期")
    address = f"/p/{link_of(db, place)}/dates"
    assert "日付がわかりません" in client.get(address).text
    for further in ({}, {"further": "2000-01-01", "opens_at": "10:00", "closes_at": "11:00"},
                    {"opens_at": "10:00"}, {"further": "x"}):  # fmt: skip
        status, page = send(client, address, **further)
        assert status == 422
        assert 'href="#further"' in page
    day = NEXT + dt.timedelta(days=2)
    status, page = send(client, address, further=day.isoformat(), opens_at="12:00")
    assert status == 422
    assert 'href="#opens_at"' in page
    assert f'value="{day}"' in page
    send(client, address, further=day.isoformat(), opens_at="12:00", closes_at="14:00")
    assert dates_of(db, place) == {day: False}


def test_what_changed_while_the_page_was_open_is_shown_and_not_confirmed(
    client: ReadingClient, db: Database, place: str, link: str
) -> None:
    status, page = send(client, f"{link}/dates", seen="before")
    assert status == 409
    assert "ほかの人が変更しました" in page
    assert send(client, f"{link}/dates", month="2000-01")[0] == 409
    assert set(dates_of(db, place).values()) == {True}


def test_a_confirmation_is_taken_back_with_one_button(
    client: ReadingClient, db: Database, place: str, link: str
) -> None:
    send(client, f"{link}/dates")
    assert send(client, f"{link}/dates", withdraw="1")[1] == f"{link}?done=taken_back"
    assert set(dates_of(db, place).values()) == {True}
    assert CONFIRMED not in client.get(f"/listings/{place}").text


def test_what_is_left_of_this_month_can_be_confirmed_too(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    place = publish(phrase="原則毎日 10:00～12:00")
    address = f"/p/{link_of(db, place)}/dates?month={today():%Y-%m}"
    send(client, address)
    [public] = store.read_public(db, [place])
    found = occurrences(public.schedule, today(), NEXT)
    assert [one.confirm for one in found] == [False] * (len(found) - 1) + [True]


def test_a_link_that_is_for_something_else_opens_no_dates(
    client: ReadingClient, db: Database, place: str
) -> None:
    with transaction(db):
        other = make_link(db, Purpose.STILL_TRUE, place, 30)
    assert client.get(f"/p/{other}/dates").status_code == 404
    assert client.get("/p/nothing/dates").status_code == 404


def test_who_signs_in_confirms_the_dates_of_each_own_place_alone(
    client: ReadingClient, db: Database, publish: Publish, place: str
) -> None:
    other = publish("よその食堂", phrase=HEDGED)
    client.sign_in(Role.PROVIDER)
    entrust(db, place)
    assert f"/provider/places/{place}/dates" in client.get("/provider/").text
    where = send(client, f"/provider/places/{place}/dates")[1]
    assert where == f"/provider/places/{place}?done=month"
    assert set(dates_of(db, place).values()) == {False}
    assert client.get(f"/provider/places/{other}/dates").status_code == 404


def test_the_desk_confirms_on_the_telephone_under_its_own_account_and_takes_it_back(
    client: ReadingClient, db: Database, place: str
) -> None:
    client.sign_in()
    address = f"/coordinator/listings/{place}/dates"
    listing = f"/coordinator/listings/{place}"
    assert address in client.get(listing).text
    assert send(client, address)[1] == f"{listing}?done=month"
    assert set(dates_of(db, place).values()) == {False}
    assert "提供者が" in client.get(listing).text
    entry = next(one for one in read_record(db, place) if one.action == "confirm_dates")
    assert entry.actor == find_actor(db, Role.COORDINATOR)
    send(client, address, withdraw="1")
    assert set(dates_of(db, place).values()) == {True}


def find_actor(db: Database, role: Role) -> str:
    account = find_account(db, f"{role}@example.jp")
    assert account
    return account.actor


def test_an_organisation_confirms_the_dates_of_all_its_places_with_one_button(
    client: ReadingClient, db: Database, publish: Publish, place: str
) -> None:
    second, undated = publish("にし食堂", phrase=HEDGED), publish("不定期食堂", phrase="不定期")
    other = publish("よその食堂", phrase=HEDGED)
    client.sign_in(Role.PROVIDER)
    entrust(db, place, second, undated)
    assert "/provider/dates" in client.get("/provider/").text
    closed = min(dates_of(db, second))
    confirm_all(client, besides=(f"{second}:{closed}",), forged=(f"{other}:x",))
    assert set(dates_of(db, place).values()) == {False}
    assert closed not in dates_of(db, second)
    assert set(dates_of(db, second).values()) == {False}
    assert set(dates_of(db, other).values()) == {True}
    page = client.get("/provider/dates").text
    assert f"/provider/places/{undated}/dates" in page
    assert 'name="open"' not in page


def test_a_place_that_changed_meanwhile_is_left_alone_while_the_others_are_confirmed(
    client: ReadingClient, db: Database, publish: Publish, place: str
) -> None:
    second = publish("にし食堂", phrase=HEDGED)
    client.sign_in(Role.PROVIDER)
    entrust(db, place, second)
    page = client.get("/provider/dates").text
    close_on(db, second, min(dates_of(db, second)), "", "test")
    assert confirm_all(client, page).endswith("done=replaced")
    assert set(dates_of(db, place).values()) == {False}
    assert set(dates_of(db, second).values()) == {True}
    assert "にし食堂" in client.get("/provider/dates").text


def confirm_all(
    client: ReadingClient, page: str = "", besides: tuple[str, ...] = (),
    forged: tuple[str, ...] = (),
) -> str:  # fmt: skip
    """Press the one button of a page with the ticks that stand there, but for these."""
    page = page or client.get("/provider/dates").text
    ticks = re.findall(r'name="open" value="([^"]+)" checked', page)
    data = {
        "form_token": client.token("/provider/dates"),
        "month": f"{NEXT:%Y-%m}",
        "seen": [*re.findall(r'name="seen" value="([^"]+)"', page), *forged],
        "open": [one for one in ticks if one not in besides],
    }
    return client.post("/provider/dates", data=data).headers["Location"]
