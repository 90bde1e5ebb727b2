"""A provider looks at the dates of a month and says which take place: they are certain then."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.freshness import Limits, read_due
from ibasho.data.listings import Email, State, edit, store
from ibasho.data.notices import (
    FurtherDay,
    Month,
    MonthChangedError,
    WrongDateError,
    WrongTimesError,
    close_on,
    confirm_month,
    last_of_month,
    open_on,
    read_month,
    take_back,
    withdraw_month,
)
from ibasho.data.record import read_record
from ibasho.data.schedule import Schedule, occurrences, read_phrase

Publish = Callable[..., str]
NEXT = last_of_month(today()) + dt.timedelta(days=1)
HEDGED = "原則毎日 10:00～12:00"
ACTOR = "link"


@pytest.fixture
def place(publish: Publish) -> str:
    """A place whose phrase doubts all of its dates."""
    return publish(phrase=HEDGED)


def month_of(db: Database, place: str) -> Month:
    return read_month(db, place, NEXT)


def all_of(month: Month) -> set[dt.date]:
    return {one.date for one in month.days}


def confirm(
    db: Database, place: str, but: tuple[dt.date, ...] = (), further: FurtherDay | None = None
) -> None:
    month = month_of(db, place)
    open_days = all_of(month).difference(but)
    confirm_month(db, place, NEXT, month.seen, open_days, further, ACTOR)


def openings(db: Database, place: str) -> dict[dt.date, bool]:
    """The dates of the month as everyone sees them, and whether they are to be asked for."""
    [public] = store.read_public(db, [place])
    found = occurrences(public.schedule, NEXT, last_of_month(NEXT))
    return {one.date: one.confirm for one in found}


def done(db: Database, place: str) -> list[tuple[str, str]]:
    return [(one.action, one.detail) for one in read_record(db, place)]


def test_confirmed_dates_are_certain_and_say_when_it_was_said(db: Database, place: str) -> None:
    assert all(openings(db, place).values())
    assert month_of(db, place).confirmed_on is None
    confirm(db, place)
    assert openings(db, place) == dict.fromkeys(all_of(month_of(db, place)), False)
    [public] = store.read_public(db, [place])
    assert {one.said_on for one in public.confirmed} == {today()}
    assert month_of(db, place).confirmed_on == today()
    assert Schedule.from_json(public.schedule.to_json()) == public.schedule
    assert done(db, place)[0] == ("confirm_dates", f"{NEXT:%Y-%m}")
    beyond = last_of_month(NEXT) + dt.timedelta(days=1)
    assert occurrences(public.schedule, beyond, beyond)[0].confirm


def test_a_day_without_its_tick_is_closed_and_open_again_with_it(db: Database, place: str) -> None:
    day = NEXT + dt.timedelta(days=4)
    confirm(db, place, but=(day,))
    assert day not in openings(db, place)
    [notice] = store.read_public(db, [place])[0].notices
    assert (notice.date, notice.is_open) == (day, False)
    assert [one.date for one in month_of(db, place).days if not one.is_open] == [day]
    assert month_of(db, place).confirmed_on == today()
    confirm(db, place)
    assert openings(db, place)[day] is False
    assert store.read_public(db, [place])[0].notices == ()


def test_a_further_day_is_open_and_goes_when_its_tick_does(db: Database, publish: Publish) -> None:
    place = publish(phrase="不定期")
    assert month_of(db, place).days == ()
    day = NEXT + dt.timedelta(days=9)
    confirm(db, place, further=FurtherDay(day, "13:00", "15:00"))
    assert openings(db, place) == {day: False}
    assert month_of(db, place).confirmed_on == today()
    confirm(db, place, but=(day,))
    assert openings(db, place) == {}
    assert month_of(db, place).days == ()


@pytest.mark.parametrize(("days", "times", "error"), [
    (-40, ("10:00", "12:00"), WrongDateError),
    (40, ("10:00", "12:00"), WrongDateError),
    (1, ("12:00", "10:00"), WrongTimesError),
    (1, ("", ""), WrongTimesError),
])  # fmt: skip
def test_a_further_day_of_another_month_or_with_wrong_times_keeps_nothing_at_all(
    db: Database, place: str, days: int, times: tuple[str, str], error: type[Exception]
) -> None:
    further = FurtherDay(NEXT + dt.timedelta(days=days), *times)
    with pytest.raises(error):
        confirm(db, place, but=(NEXT,), further=further)
    assert month_of(db, place).confirmed_on is None
    assert NEXT in openings(db, place)


def test_nothing_is_confirmed_that_was_not_shown(db: Database, place: str) -> None:
    seen = month_of(db, place).seen
    close_on(db, place, NEXT, "", "somebody else")
    with pytest.raises(MonthChangedError):
        confirm_month(db, place, NEXT, seen, all_of(month_of(db, place)), None, ACTOR)
    assert NEXT not in openings(db, place)


def test_other_times_of_a_new_wording_are_not_confirmed_by_the_old_ones(
    db: Database, place: str
) -> None:
    confirm(db, place)
    published = store.read_stored(db, place).published
    assert published
    phrase = "原則毎日 15:00～17:00"
    body = replace(published.body, schedule=read_phrase(phrase), schedule_text=phrase)
    edit.approve_revision(db, edit.propose_change(db, place, body, "test", published.id), "test")
    assert all(openings(db, place).values())
    assert month_of(db, place).confirmed_on is None


def test_what_is_said_of_a_date_later_takes_the_place_of_its_confirmation(
    db: Database, place: str
) -> None:
    confirm(db, place)
    close_on(db, place, NEXT, "", ACTOR)
    [notice] = store.read_public(db, [place])[0].notices
    take_back(db, place, notice.id, ACTOR)
    assert openings(db, place)[NEXT] is True
    day = NEXT + dt.timedelta(days=1)
    open_on(db, place, day, "08:00", "09:00", "", ACTOR)
    assert month_of(db, place).confirmed_on is None


def test_a_confirmation_can_be_taken_back(db: Database, place: str) -> None:
    confirm(db, place)
    withdraw_month(db, place, NEXT, ACTOR)
    assert all(openings(db, place).values())
    withdraw_month(db, place, NEXT, ACTOR)
    assert [action for action, _ in done(db, place)][:2] == ["withdraw_dates", "confirm_dates"]


def test_confirmed_dates_do_not_make_the_rest_of_the_wording_any_newer(
    db: Database, publish: Publish
) -> None:
    old = today() - dt.timedelta(days=300)
    place = publish(phrase=HEDGED, assured_date=old, emails=(Email("a@example.jp"),))
    due = read_due(db, today(), Limits())
    assert due
    confirm(db, place)
    published = store.read_stored(db, place).published
    assert published
    assert published.body.assured_date == old
    assert read_due(db, today(), Limits()) == due


def test_nothing_is_confirmed_of_a_place_that_nobody_sees(db: Database, place: str) -> None:
    seen = month_of(db, place).seen
    edit.change_state(db, place, State.UNLISTED, "test", "")
    with pytest.raises(store.UnknownListingError):
        confirm_month(db, place, NEXT, seen, (), None, ACTOR)
