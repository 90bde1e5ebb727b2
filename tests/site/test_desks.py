"""Who answers now: said only of those who do."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from ibasho.data.clock import today
from ibasho.data.listings import Kind, Listing, Phone, to_public
from ibasho.data.schedule import read_phrase
from ibasho.site.public.cards import Card
from ibasho.site.public.desks import Answering, answering


@pytest.fixture(autouse=True)
def page(app: Flask) -> Iterator[None]:
    """What is said of a desk is said in the language of a page."""
    with app.test_request_context():
        yield


WEDNESDAY = dt.datetime(2026, 12, 9, 10, 30)
NIGHT = dt.datetime(2026, 12, 9, 23, 30)


def desk(phrase: str = "月～金 9:00～17:00", **fields: Any) -> Card:
    """A desk of the city that is open on weekdays."""
    listing = Listing(
        Kind.CONSULTATION_DESK,
        "相談室",
        schedule=read_phrase(phrase),
        schedule_text=phrase,
        **({"phones": (Phone("042-000-0000"),)} | fields),
    )
    return Card(to_public("id", listing), None, None)


def found(card: Card, moment: dt.datetime = WEDNESDAY) -> Answering:
    """What is said of this desk."""
    return next(one for one in answering(moment, [card]) if one.listing)


def test_a_desk_answers_within_its_hours_and_says_when_it_will() -> None:
    assert found(desk()).is_open
    closed = found(desk(), NIGHT)
    assert not closed.is_open
    assert closed.opens_on(dt.date(2026, 12, 10))


@pytest.mark.parametrize(
    "fields",
    [
        {"phrase": "月～金 9:00～17:00（予約制）"},
        {"application_process": "要予約。電話相談は行っていません"},
        {"assured_date": today() - dt.timedelta(days=400)},
    ],
)
def test_hours_for_those_who_booked_and_old_hours_are_not_called_open(
    fields: dict[str, Any],
) -> None:
    assert not found(desk(**fields)).is_open


def test_a_number_on_which_nobody_speaks_is_not_the_one_to_call() -> None:
    phones = (Phone("042-000-0001", "ＦＡＸ"), Phone("042-000-0002", "相談"))
    assert found(desk(phones=phones)).phone == "042-000-0002"
    assert all(one.line for one in answering(WEDNESDAY, [desk(phones=phones[:1])]))


@pytest.mark.parametrize("moment", [WEDNESDAY, NIGHT])
def test_the_lines_that_answer_day_and_night_come_first(moment: dt.datetime) -> None:
    lines = answering(moment, [desk()])
    assert [str(one.line.number) for one in lines[:2] if one.line] == ["189", "0120-0-78310"]
    assert [one.is_open for one in lines] == sorted((one.is_open for one in lines), reverse=True)


@pytest.mark.parametrize("day", [dt.date(2026, 11, 23), dt.date(2026, 12, 28)])
def test_childline_listens_on_public_holidays_too(day: dt.date) -> None:
    evening = dt.datetime.combine(day, dt.time(17, 0))
    assert all(one.is_open for one in answering(evening))


def test_childline_rests_at_new_year() -> None:
    new_year = dt.datetime(2026, 12, 30, 17, 0)
    assert [one.is_open for one in answering(new_year)] == [True, True, False]
