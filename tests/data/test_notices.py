"""What is said quickly of a place: it counts at once, is undone at will and ends by itself."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ibasho.data.clock import JST, japan_now, today
from ibasho.data.database import Database
from ibasho.data.listings import DateNotice, State, edit
from ibasho.data.listings.notices import with_notices
from ibasho.data.listings.store import UnknownListingError, read_index_outbox, read_public
from ibasho.data.notices import (
    FARTHEST,
    LONGEST_NOTE,
    Light,
    UnknownNoticeError,
    WrongDateError,
    WrongTimesError,
    close_on,
    holds_until,
    open_on,
    read_lights,
    say_light,
    take_back,
    withdraw_light,
)
from ibasho.data.record import read_record
from ibasho.data.schedule import (
    Occurrence,
    Schedule,
    SchoolHolidays,
    closed_dates,
    next_occurrence,
    occurrences,
    read_phrase,
)

Publish = Callable[..., str]
SATURDAY = dt.date(2026, 12, 12)
WEEK = dt.timedelta(days=7)
WEEKLY = "毎週土曜日 11:30～14:00"
NOON = dt.datetime(2026, 12, 10, 12, 34, 56, tzinfo=JST)


def dates_of(db: Database, listing: str, days: int = 60) -> list[Occurrence]:
    [public] = read_public(db, [listing])
    return occurrences(public.schedule, today(), today() + dt.timedelta(days=days))


def next_of(db: Database, listing: str) -> dt.date:
    return dates_of(db, listing)[0].date


# -- room


def test_the_last_word_on_room_counts_until_it_ends(db: Database, publish: Publish) -> None:
    listing = publish()
    end = NOON.replace(second=0) + dt.timedelta(hours=2)
    say_light(db, listing, Light.FREE, "somebody")
    say_light(db, listing, Light.FEW, "somebody", until=end)
    for moment, is_there in ((NOON, True), (end - dt.timedelta(seconds=1), True), (end, False)):
        found = read_lights(db, moment)
        assert (found[listing].light is Light.FEW if found else False) is is_there


@given(st.integers(0, 600_000), st.integers(0, 600_000))
def test_no_light_is_there_after_its_end(said_in_s: int, asked_in_s: int) -> None:
    weekly = read_phrase(WEEKLY)
    said = NOON + dt.timedelta(seconds=said_in_s)
    end = holds_until(weekly, said)
    assert said < end
    assert end <= said + 8 * dt.timedelta(days=1)
    assert (end.second, end.microsecond) == (0, 0), "so that no page kept for a minute outlives it"


@pytest.mark.parametrize(
    ("phrase", "moment", "end"),
    [
        (WEEKLY, dt.datetime(2026, 12, 12, 10, 20), dt.datetime(2026, 12, 13)),
        (WEEKLY, dt.datetime(2026, 12, 12, 14, 30), dt.datetime(2026, 12, 20)),
        (WEEKLY, dt.datetime(2026, 12, 10, 9, 0, 59), dt.datetime(2026, 12, 13)),
        ("毎月第2土曜日 11:30～14:00", dt.datetime(2026, 12, 13, 9), dt.datetime(2026, 12, 14, 9)),
        ("原則毎週土曜日", dt.datetime(2026, 12, 12, 9), dt.datetime(2026, 12, 13, 9)),
        ("不定期", dt.datetime(2026, 12, 12, 9, 5), dt.datetime(2026, 12, 13, 9, 5)),
    ],
)
def test_it_speaks_of_the_next_opening_or_of_a_day(
    phrase: str, moment: dt.datetime, end: dt.datetime
) -> None:
    assert holds_until(read_phrase(phrase), moment) == end


def test_room_is_withdrawn_and_the_record_knows_ids_alone(db: Database, publish: Publish) -> None:
    listing = publish()
    say_light(db, listing, Light.FULL, "somebody")
    withdraw_light(db, listing, "somebody")
    withdraw_light(db, listing, "somebody")
    assert read_lights(db, NOON) == {}
    done = [(one.actor, one.action, one.detail) for one in read_record(db, listing)][:2]
    assert done == [("somebody", "withdraw_light", ""), ("somebody", "say_light", "full")]


def test_days_in_the_school_holidays_count_for_how_long_it_holds(
    db: Database, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = dt.datetime(2026, 7, 20, 9, tzinfo=JST)
    monkeypatch.setattr("ibasho.data.notices.store.japan_now", lambda: moment)
    listing = publish(phrase="夏休み期間中の平日 10:00～12:00")
    summer = SchoolHolidays.from_text("2026-07-21/2026-08-31 夏休み")
    say_light(db, listing, Light.FREE, "somebody", summer)
    assert read_lights(db, moment)[listing].until == dt.datetime(2026, 7, 22, tzinfo=JST)


# -- dates


def test_a_closed_date_is_no_date_until_it_is_taken_back(db: Database, publish: Publish) -> None:
    listing = publish(phrase=WEEKLY)
    first = next_of(db, listing)
    close_on(db, listing, first, "  会場の\n工事のため ", "somebody")
    assert next_of(db, listing) == first + WEEK
    [public] = read_public(db, [listing])
    assert closed_dates(public.schedule, first, first) == [first]
    [notice] = public.notices
    assert (notice.date, notice.is_open, notice.note) == (first, False, "会場の 工事のため")
    take_back(db, listing, notice.id, "somebody")
    assert next_of(db, listing) == first
    with pytest.raises(UnknownNoticeError):
        take_back(db, listing, notice.id, "somebody")


def test_there_is_no_room_on_a_date_that_is_closed(db: Database, publish: Publish) -> None:
    listing = publish(phrase=WEEKLY)
    end = dt.datetime.combine(today() + 2 * dt.timedelta(days=1), dt.time(), JST)
    say_light(db, listing, Light.FREE, "somebody", until=end)
    close_on(db, listing, end.date(), "", "somebody")
    assert read_lights(db, japan_now())
    close_on(db, listing, end.date() - dt.timedelta(days=1), "", "somebody")
    assert not read_lights(db, japan_now())


@pytest.mark.parametrize("phrase", [WEEKLY, "不定期", "休止中", ""])
def test_an_open_date_is_certain_and_says_its_own_hours(
    db: Database, publish: Publish, phrase: str
) -> None:
    listing = publish(phrase=phrase)
    usual = dates_of(db, listing)
    date = usual[0].date if usual else today() + WEEK
    open_on(db, listing, date, "09:00", "16:30", "", "somebody")
    on_it = [one for one in dates_of(db, listing) if one.date == date]
    assert on_it == [Occurrence(date, "09:00", "16:30", confirm=False)]
    assert dates_of(db, listing)[1:] == usual[1:]


def test_the_last_word_on_a_date_counts(db: Database, publish: Publish) -> None:
    listing = publish(phrase=WEEKLY)
    date = next_of(db, listing)
    open_on(db, listing, date, "09:00", "10:00", "", "somebody")
    [first] = read_public(db, [listing])[0].notices
    close_on(db, listing, date, "", "somebody")
    assert next_of(db, listing) == date + WEEK
    with pytest.raises(UnknownNoticeError):
        take_back(db, listing, first.id, "somebody")
    open_on(db, listing, date, "09:00", "10:00", "", "somebody")
    assert dates_of(db, listing)[0].opens_at == "09:00"


def test_a_notice_of_another_listing_is_not_taken_back(db: Database, publish: Publish) -> None:
    ours, theirs = publish(), publish(name="むこうだい食堂")
    close_on(db, ours, today(), "", "somebody")
    [notice] = read_public(db, [ours])[0].notices
    with pytest.raises(UnknownNoticeError):
        take_back(db, theirs, notice.id, "somebody")


def test_wrong_dates_times_and_places_are_refused_and_nothing_is_kept(
    db: Database, publish: Publish
) -> None:
    listing = publish()
    day = today()
    for date in (day - dt.timedelta(days=1), day + FARTHEST + dt.timedelta(days=1)):
        with pytest.raises(WrongDateError):
            close_on(db, listing, date, "", "somebody")
    for opens_at, closes_at in (
        ("", ""),
        ("9:00", "10:00"),
        ("10:00", "10:00"),
        ("10:00", "24:00"),
    ):
        with pytest.raises(WrongTimesError):
            open_on(db, listing, day, opens_at, closes_at, "", "somebody")
    edit.change_state(db, listing, State.UNLISTED, "test", "")
    with pytest.raises(UnknownListingError):
        close_on(db, listing, day, "", "somebody")
    with pytest.raises(UnknownListingError):
        say_light(db, listing, Light.FREE, "somebody")
    assert db.table("date_notice").count == db.table("light").count == 0


def test_what_a_place_withholds_its_notices_withhold_too(db: Database, publish: Publish) -> None:
    listing = publish()
    close_on(db, listing, today(), "090-1234-5678まで\x00", "somebody")
    [notice] = read_public(db, [listing])[0].notices
    assert notice.note == "（非公開）まで"
    open_on(db, listing, today(), "09:00", "10:00", "あ" * 200, "somebody")
    [notice] = read_public(db, [listing])[0].notices
    assert len(notice.note) == LONGEST_NOTE


def test_the_search_index_has_to_follow_each_word_on_a_date(db: Database, publish: Publish) -> None:
    listing = publish()
    newest, _ = read_index_outbox(db)
    close_on(db, listing, today(), "", "somebody")
    closed, ids = read_index_outbox(db)
    [notice] = read_public(db, [listing])[0].notices
    take_back(db, listing, notice.id, "somebody")
    assert newest < closed < read_index_outbox(db)[0]
    assert listing in ids


def test_what_was_said_of_dates_that_passed_is_forgotten(
    db: Database, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = publish()
    close_on(db, listing, today(), "", "somebody")
    later = today() + WEEK
    monkeypatch.setattr("ibasho.data.notices.store.today", lambda: later)
    close_on(db, listing, later, "", "somebody")
    assert [one.date for one in read_public(db, [listing])[0].notices] == [later]


@given(
    st.sampled_from([WEEKLY, "不定期", "休止中", "毎日 10:00～12:00", "毎月8のつく日", "平日"]),
    st.dictionaries(
        st.dates(dt.date(2026, 12, 1), dt.date(2026, 12, 31)), st.booleans(), max_size=8
    ),
)
def test_on_the_dates_of_notices_they_alone_count_and_on_no_other(
    phrase: str, said: dict[dt.date, bool]
) -> None:
    usual = read_phrase(phrase)
    month = dt.date(2026, 12, 1), dt.date(2026, 12, 31)
    notices = [
        DateNotice(1, date, is_open, *(("08:00", "09:00") if is_open else ()))
        for date, is_open in said.items()
    ]
    schedule = with_notices(usual, notices)
    found = occurrences(schedule, *month)
    opened = [
        Occurrence(date, "08:00", "09:00", confirm=False) for date in sorted(said) if said[date]
    ]
    assert [one for one in found if one.date in said] == opened
    untouched = [one for one in occurrences(usual, *month) if one.date not in said]
    assert [one for one in found if one.date not in said] == untouched
    assert Schedule.from_json(schedule.to_json()) == schedule
    first = next_occurrence(schedule, month[0], horizon_days=30)
    assert first == (found[0] if found else None)
