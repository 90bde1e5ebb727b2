"""Dates for a visitor's own calendar (RFC 5545): those of a place, of an event, of all events."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from flask import Response, abort, url_for

from ibasho.data.clock import today
from ibasho.data.events import PublicEvent, read_event, read_events
from ibasho.data.listings import PublicListing
from ibasho.data.listings.store import read_public
from ibasho.data.schedule import Occurrence, occurrences
from ibasho.site import stores
from ibasho.site.ical import Event, calendar_of, entry_of
from ibasho.site.languages import gettext
from ibasho.site.notice_words import confirmed_on
from ibasho.site.public.views import HORIZON_DAYS, blueprint
from ibasho.site.words import ask_first, day, hours


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
    return calendar_of(listing.name, about, _listing_entries(listing, dates))


@blueprint.get("/events.ics")
def events_calendar() -> Response:
    """All that takes place from today on, to subscribe to; what is cancelled says so."""
    start = today()
    coming = read_events(stores.database(), start)
    entries = [entry for event in coming for entry in _event_entries(event, event.since(start))]
    return calendar_of(gettext("Events"), "", entries)


@blueprint.get("/events/<event_id>.ics")
def event_calendar(event_id: str) -> Response:
    """The dates of one event, past or coming."""
    event = read_event(stores.database(), event_id)
    if event is None:
        abort(404)
    return calendar_of(event.title, "", _event_entries(event, event.occurrences))


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
    is_cancelled = isinstance(one, PublicEvent) and one.cancelled
    return entry_of(
        f"{one.id}-{date.date:%Y%m%d}-{number}",
        date,
        title,
        _where(one),
        (sure, hours(date), *(phone.value for phone in one.phones), url),
        is_cancelled=is_cancelled,
        url=url,
    )


def _where(one: PublicListing | PublicEvent) -> str:
    if isinstance(one, PublicEvent) and one.online:
        return gettext("Online")
    return " ".join(filter(None, (one.address or one.municipality, one.building)))
