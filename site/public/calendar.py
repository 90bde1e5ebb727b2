"""Dates for a visitor's own calendar (RFC 5545): those of a place, of an event, of all events."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from flask import Response, abort, url_for
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText, vUri

from ibasho.data.clock import JST, today
from ibasho.data.events import PublicEvent, read_event, read_events
from ibasho.data.listings import PublicListing
from ibasho.data.listings.store import read_public
from ibasho.data.schedule import Occurrence, occurrences
from ibasho.site import stores
from ibasho.site.languages import gettext, language
from ibasho.site.notice_words import confirmed_on
from ibasho.site.public.views import HORIZON_DAYS, blueprint
from ibasho.site.words import ask_first, day, hours

MIMETYPE = "text/calendar"
_ASK_AGAIN = dt.timedelta(hours=12)


@blueprint.get("/listings/<listing_id>.ics")
def listing_calendar(listing_id: str) -> Response:
    """The dates of one listing in the next year; one that nobody named for certain is not in it."""
    found = read_public(stores.database(), [listing_id])
    if not found:
        abort(404)
    [listing] = found
    start = today()
    schedule = stores.in_school_year(listing.schedule)
    dates = occurrences(schedule, start, start + dt.timedelta(days=HORIZON_DAYS))
    about = "" if dates else ask_first(listing.schedule)
    return _answer(listing.name, about, _listing_entries(listing, dates))


@blueprint.get("/events.ics")
def events_calendar() -> Response:
    """All that takes place from today on, to subscribe to; what is cancelled says so."""
    start = today()
    coming = read_events(stores.database(), start)
    entries = [entry for event in coming for entry in _event_entries(event, event.since(start))]
    return _answer(gettext("Events"), "", entries)


@blueprint.get("/events/<event_id>.ics")
def event_calendar(event_id: str) -> Response:
    """The dates of one event, past or coming."""
    event = read_event(stores.database(), event_id)
    if event is None:
        abort(404)
    return _answer(event.title, "", _event_entries(event, event.occurrences))


def _listing_entries(listing: PublicListing, dates: Sequence[Occurrence]) -> list[Event]:
    return [
        _entry(
            listing,
            number,
            date,
            _doubted(listing.name, gettext("call first")) if date.confirm else listing.name,
            url_for("public.listing", listing_id=listing.id, _external=True),
            _how_sure(listing, date),
        )
        for number, date in _numbered(dates)
    ]


def _how_sure(listing: PublicListing, date: Occurrence) -> str:
    """That a date is to be asked for, or that the place has confirmed it."""
    if date.confirm:
        return gettext("On this day it may be closed. Ask before you go.")
    if said := confirmed_on(listing, date):
        return gettext("confirmed by the place on %(day)s", day=day(said))
    return ""


def _event_entries(event: PublicEvent, dates: Sequence[Occurrence]) -> list[Event]:
    doubt = gettext("The date or the time is not fixed yet. Ask before you go.")
    unsure = _doubted(event.title, gettext("to be confirmed"))
    cancelled = gettext("Cancelled: %(title)s", title=event.title)
    return [
        _entry(
            event,
            number,
            date,
            cancelled if event.cancelled else unsure if date.confirm else event.title,
            url_for("public.event", event_id=event.id, _external=True),
            doubt if date.confirm and not event.cancelled else "",
        )
        for number, date in _numbered(dates)
    ]


def _numbered(dates: Sequence[Occurrence]) -> list[tuple[int, Occurrence]]:
    """Each with its number among those of its day, by which its entry is known again."""
    of_day: Counter[dt.date] = Counter()
    numbered = []
    for one in dates:
        of_day[one.date] += 1
        numbered.append((of_day[one.date], one))
    return numbered


def _doubted(title: str, doubt: str) -> str:
    """A title that says so itself, for a calendar shows little more."""
    return gettext("%(title)s (%(doubt)s)", title=title, doubt=doubt)


def _entry(
    one: PublicListing | PublicEvent,
    number: int,
    date: Occurrence,
    title: str,
    url: str,
    sure: str,
) -> Event:
    entry = Event()
    entry.add("uid", f"{one.id}-{date.date:%Y%m%d}-{number}@ibasho")
    entry.add("dtstamp", dt.datetime.now(dt.UTC))
    _add_times(entry, date)
    entry.add("summary", title)
    is_cancelled = isinstance(one, PublicEvent) and one.cancelled
    status = "TENTATIVE" if date.confirm else "CONFIRMED"
    entry.add("status", "CANCELLED" if is_cancelled else status)
    entry.add("transp", "TRANSPARENT")  # that a place is open takes nobody's time
    if where := _where(one):
        entry.add("location", where)
    said = (sure, hours(date), *(phone.value for phone in one.phones), url)
    entry.add("description", "\n".join(filter(None, said)))
    entry.add("url", vUri(url))
    return entry


def _where(one: PublicListing | PublicEvent) -> str:
    if isinstance(one, PublicEvent) and one.online:
        return gettext("Online")
    return " ".join(filter(None, (one.address or one.municipality, one.building)))


def _add_times(entry: Event, date: Occurrence) -> None:
    """When it begins and ends; the whole day where nobody said when, no end where that is open."""
    if not date.opens_at:
        entry.add("dtstart", date.date)
        return
    begins, ends = (
        dt.datetime.combine(date.date, dt.time.fromisoformat(time), JST) if time else None
        for time in (date.opens_at, date.closes_at)
    )
    entry.add("dtstart", begins)
    if begins and ends and ends > begins:
        entry.add("dtend", ends)


def _answer(name: str, about: str, entries: Iterable[Event]) -> Response:
    calendar = Calendar()
    calendar.add("prodid", f"-//Ibasho//{language()}")
    calendar.add("version", "2.0")
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    if about:
        calendar.add("description", about)
    calendar.add("refresh-interval", _ASK_AGAIN, parameters={"value": "DURATION"})
    calendar.add_component(_japan())
    for entry in entries:
        calendar.add_component(entry)
    return Response(calendar.to_ical(), mimetype=MIMETYPE)


def _japan() -> Timezone:
    """Asia/Tokyo: nine hours before UTC; no summer time since 1951."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Asia/Tokyo")
    standard.add("dtstart", dt.datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", dt.timedelta(hours=9))
    standard.add("tzoffsetto", dt.timedelta(hours=9))
    standard.add("tzname", "JST")
    zone.add_component(standard)
    return zone
