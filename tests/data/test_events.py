"""Events: kept whole, read in the order in which they take place, and only what is public."""

import datetime as dt
import json
from dataclasses import fields, replace

import pytest

from ibasho.data.database import Database
from ibasho.data.events import (
    Application,
    Event,
    EventKind,
    NoDateError,
    PublicEvent,
    UnknownEventError,
    keep_event,
    read_event,
    read_events,
    to_public,
)
from ibasho.data.events.codec import event_from
from ibasho.data.listings import AddressVisibility, ContactVisibility, Email, Phone, locate
from ibasho.data.listings.codec import plain
from ibasho.data.record import read_record
from ibasho.data.schedule import Occurrence

DAY = dt.date(2026, 12, 5)
SECRET = "かなりあ荘"


def on(*dates: dt.date, opens_at: str | None = "10:00") -> tuple[Occurrence, ...]:
    return tuple(Occurrence(date, opens_at, None, confirm=False) for date in dates)


def after(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


PARENTS = Event(
    kind=EventKind.MEETING,
    title="親の会",
    occurrences=on(DAY),
    location=locate("東京都西東京市", "南町5-6-13", SECRET, AddressVisibility.AREA_ONLY),
    application=Application.NEEDED,
    apply_until=after(-2),
    phones=(
        Phone("042-000-0001", "昼"),
        Phone("042-000-0099", "世話役", ContactVisibility.STAFF_ONLY),
    ),
    emails=(Email("a@example.jp", "", ContactVisibility.STAFF_ONLY),),
    assured_date=after(-9),
    assured_by="訪問",
)


def test_an_event_is_stored_and_comes_back_the_same() -> None:
    assert event_from(json.loads(json.dumps(plain(PARENTS)))) == PARENTS


def test_an_event_without_any_day_is_none() -> None:
    with pytest.raises(NoDateError):
        replace(PARENTS, occurrences=())


def test_its_days_are_in_order_however_they_were_written() -> None:
    event = replace(PARENTS, occurrences=on(after(7), DAY))
    assert [one.date for one in event.occurrences] == [DAY, after(7)]


def test_events_come_in_the_order_in_which_they_next_take_place(db: Database) -> None:
    for title, dates, opens_at in (
        ("四", (after(-20), after(9)), "10:00"),
        ("三", (after(2),), "13:00"),
        ("二", (after(2), after(3)), "09:00"),
        ("一", (after(2),), None),
        ("過ぎた", (after(-1),), "10:00"),
    ):
        keep_event(
            db, replace(PARENTS, title=title, occurrences=on(*dates, opens_at=opens_at)), "test"
        )
    assert [event.title for event in read_events(db, DAY)] == ["一", "二", "三", "四"]


def test_an_event_is_there_until_its_last_day_is_over(db: Database) -> None:
    keep_event(db, replace(PARENTS, occurrences=on(DAY, after(7))), "test")
    for since, left in ((-1, 2), (0, 2), (1, 1), (7, 1), (8, 0)):
        coming = read_events(db, after(since))
        assert [len(event.since(after(since))) for event in coming] == [left] * bool(left)


def test_a_cancelled_event_is_kept_in_its_place_and_still_shown(db: Database) -> None:
    event = keep_event(db, PARENTS, "test")
    same = keep_event(db, replace(PARENTS, cancelled=True), "test", event)
    assert same == event
    assert [(one.id, one.cancelled) for one in read_events(db, DAY)] == [(event, True)]


def test_each_write_leaves_a_line_that_holds_no_text(db: Database) -> None:
    event = keep_event(db, PARENTS, "someone")
    keep_event(db, replace(PARENTS, title="べつの名前"), "another", event)
    lines = [(one.actor, one.action, one.subject, one.detail) for one in read_record(db, event)]
    assert lines == [("another", "keep_event", event, ""), ("someone", "keep_event", event, "")]


def test_an_id_that_is_not_there_is_no_event(db: Database) -> None:
    assert read_event(db, "nowhere") is None
    with pytest.raises(UnknownEventError):
        keep_event(db, PARENTS, "test", "nowhere")
    assert read_events(db, DAY) == []


def test_nothing_that_is_for_the_staff_is_in_the_public_form() -> None:
    hidden = f"南町5-6-13の{SECRET}、042-000-0099か090-8888-7777"
    texts = {
        field.name: f"{field.name} {hidden}"
        for field in fields(Event)
        if field.type in (str, "str") and field.name != "assured_by"
    }
    assert len(texts) >= 9
    public = str(to_public("x", replace(PARENTS, **texts)))
    for secret in (SECRET, "5-6-13", "0099", "8888", "a@example.jp", "訪問"):
        assert secret not in public
    assert "042-000-0001" in public


def test_a_link_is_one_of_the_web_or_none() -> None:
    assert to_public("x", replace(PARENTS, url="javascript:alert(1)")).url == ""
    assert to_public("x", replace(PARENTS, url="https://a.example/")).url == "https://a.example/"


def test_a_new_field_is_private_until_it_is_listed() -> None:
    private = {"location", "assured_by"}
    public = {field.name for field in fields(PublicEvent)}
    assert {field.name for field in fields(Event)} - public == private
