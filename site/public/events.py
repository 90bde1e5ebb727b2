"""The addresses of events: what takes place in the coming weeks, and one page for each."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from flask import abort, render_template, request, url_for

from ibasho.data.clock import today
from ibasho.data.events import EventKind, PublicEvent, read_event, read_events
from ibasho.data.schedule import Occurrence
from ibasho.site import stores
from ibasho.site.public.linked_data import linked_event
from ibasho.site.public.route import route
from ibasho.site.public.views import blueprint


@dataclass(frozen=True, slots=True)
class Entry:
    """An event at its next date, with the dates that follow."""

    event: PublicEvent
    occurrence: Occurrence
    later: list[dt.date]


@dataclass(frozen=True, slots=True)
class Month:
    """A month by one of its dates, and its days that have something, in order."""

    date: dt.date
    days: list[tuple[dt.date, list[Entry]]]


@blueprint.get("/events")
def events() -> str:
    """What takes place from today on, by month and day; `kind` leaves the others out."""
    day = today()
    coming = read_events(stores.database(), day)
    kinds = {event.kind for event in coming}
    asked = request.args.get("kind", "")
    kind = EventKind(asked) if asked in set(EventKind) else None
    return render_template(
        "public/events.html",
        kinds=[one for one in EventKind if one in kinds or one is kind],
        kind=kind,
        not_understood=bool(asked) and kind is None,
        months=_months([one for one in coming if kind in (None, one.kind)], day),
    )


@blueprint.get("/events/<event_id>")
def event(event_id: str) -> str:
    """All that the public may know of one event, past or coming."""
    found = read_event(stores.database(), event_id)
    if found is None:
        abort(404)
    coming = found.since(today())
    dates = coming or found.occurrences
    return render_template(
        "public/event.html",
        event=found,
        dates=dates,
        over=not coming,
        route="" if found.online or not coming else route(found),
        linked_data=linked_event(
            found, dates, url_for("public.event", event_id=event_id, _external=True)
        ),
    )


def _months(coming: list[PublicEvent], since: dt.date) -> list[Month]:
    """The days from `since` on, each with the events whose next date it is."""
    entries = [
        Entry(event, dates[0], later=[later.date for later in dates[1:]])
        for event in coming
        for dates in (event.since(since),)
    ]
    by_day = groupby(entries, lambda entry: entry.occurrence.date)
    days = [(date, list(here)) for date, here in by_day]
    months = groupby(days, lambda day: day[0].replace(day=1))
    return [Month(date, list(days)) for date, days in months]
