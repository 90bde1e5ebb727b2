"""What every calendar of this site (RFC 5545) is made of: entries, and the answer with them."""

import datetime as dt
from collections.abc import Iterable

from flask import Response
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText, vUri

from ibasho.data.clock import JST
from ibasho.data.schedule import Occurrence
from ibasho.site.languages import language

__all__ = ["MIMETYPE", "Event", "calendar_of", "entry_of"]

MIMETYPE = "text/calendar"
_ASK_AGAIN = dt.timedelta(hours=12)


def entry_of(
    uid: str,
    date: Occurrence,
    title: str,
    where: str,
    said: Iterable[str],
    is_cancelled: bool = False,
    url: str = "",
) -> Event:
    """One entry, known again by its `uid`; `said` are the lines of its description."""
    entry = Event()
    entry.add("uid", f"{uid}@ibasho")
    entry.add("dtstamp", dt.datetime.now(dt.UTC))
    _add_times(entry, date)
    entry.add("summary", title)
    status = "TENTATIVE" if date.confirm else "CONFIRMED"
    entry.add("status", "CANCELLED" if is_cancelled else status)
    entry.add("transp", "TRANSPARENT")  # that a place is open takes nobody's time
    if where:
        entry.add("location", where)
    if lines := list(filter(None, said)):
        entry.add("description", "\n".join(lines))
    if url:
        entry.add("url", vUri(url))
    return entry


def calendar_of(name: str, about: str, entries: Iterable[Event]) -> Response:
    """The answer that is a calendar of this name."""
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
