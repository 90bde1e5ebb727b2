"""The addresses of events: what takes place in the coming weeks, and one page for each."""

import datetime as dt
from calendar import SUNDAY, Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import abort, render_template, request, url_for

from ibasho.data.clock import today
from ibasho.data.events import (
    Application,
    EventKind,
    PublicEvent,
    read_event,
    read_events,
    start_of,
)
from ibasho.data.schedule import Occurrence, public_holidays
from ibasho.site import stores
from ibasho.site.keeping import for_everyone_if_asked
from ibasho.site.public.linked_data import linked_event
from ibasho.site.public.route import route
from ibasho.site.public.sharing import sharing
from ibasho.site.public.views import blueprint

_SATURDAY = 5
_SWITCHES = ("weekend", "no_application")
_WEEKS = Calendar(SUNDAY)  # as calendars in Japan begin


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


@dataclass(frozen=True, slots=True)
class Sheet:
    """A month of the calendar: its weeks from Sunday on, a day with where it leads, or none.

    Days of other months are None; a day on which nothing takes place leads nowhere ("").
    """

    date: dt.date
    weeks: list[list[tuple[dt.date, str] | None]]


@dataclass(frozen=True, slots=True)
class EventsAsked:
    """What an address asks for: of a kind, on days without school, without having to apply."""

    kind: EventKind | None = None
    weekend: bool = False
    no_application: bool = False

    def arguments(self, **changes: object) -> dict[str, str]:
        """The conditions as they may stand in a link; a change of None lets go of one."""
        values: dict[str, object] = {
            "kind": self.kind,
            "weekend": 1 if self.weekend else None,
            "no_application": 1 if self.no_application else None,
            **changes,
        }
        return {name: str(value) for name, value in values.items() if value is not None}

    def on_days_asked(self, event: PublicEvent, since: dt.date) -> list[Occurrence]:
        """The dates of an event from this JST date on that fit, none where the event does not."""
        if self.kind not in (None, event.kind):
            return []
        if self.no_application and event.application is not Application.NOT_NEEDED:
            return []
        dates = event.since(since)
        return [one for one in dates if is_day_off(one.date)] if self.weekend else dates


def is_day_off(date: dt.date) -> bool:
    """Whether there is no school: a Saturday, a Sunday or a public holiday."""
    return date.weekday() >= _SATURDAY or date in public_holidays(date.year)


@blueprint.get("/events")
def events() -> str:
    """What takes place from today on, by month and day, with a calendar of the same."""
    day = today()
    coming = read_events(stores.database(), day)
    kinds = {event.kind for event in coming}
    named = request.args.get("kind", "")
    kind = EventKind(named) if named in set(EventKind) else None
    asked = EventsAsked(kind, *(request.args.get(name) == "1" for name in _SWITCHES))
    for_everyone_if_asked(asked.arguments())
    found = [(event, dates) for event in coming if (dates := asked.on_days_asked(event, day))]
    return render_template(
        "public/events.html",
        kinds=[one for one in EventKind if one in kinds or one is kind],
        asked=asked,
        not_understood=bool(named) and kind is None,
        count=len(found),
        months=_months(found),
        sheets=_sheets(found),
        subscription=_subscription(url_for("public.events_calendar", _external=True)),
    )


@blueprint.get("/events/<event_id>")
def event(event_id: str) -> str:
    """All that the public may know of one event, past or coming."""
    found = read_event(stores.database(), event_id)
    if found is None:
        abort(404)
    coming = found.since(today())
    dates = coming or found.occurrences
    here = url_for("public.event", event_id=event_id, _external=True)
    return render_template(
        "public/event.html",
        event=found,
        dates=dates,
        over=not coming,
        route="" if found.online or not coming else route(found),
        linked_data=linked_event(found, dates, here),
        sharing=sharing(found.title, here),
    )


def _subscription(calendar: str) -> str:
    """The address at which a calendar application subscribes, rather than fetching once."""
    return f"webcal:{calendar.partition(':')[2]}"


def _months(found: Sequence[tuple[PublicEvent, list[Occurrence]]]) -> list[Month]:
    """The days, each with the events whose next date it is."""
    entries = [
        Entry(event, dates[0], later=[later.date for later in dates[1:]]) for event, dates in found
    ]
    entries.sort(key=lambda entry: start_of(entry.occurrence))
    by_day = groupby(entries, lambda entry: entry.occurrence.date)
    days = [(date, list(here)) for date, here in by_day]
    months = groupby(days, lambda day: day[0].replace(day=1))
    return [Month(date, list(days)) for date, days in months]


def _sheets(found: Sequence[tuple[PublicEvent, list[Occurrence]]]) -> list[Sheet]:
    """The months in which anything takes place; a day leads to its place in the list.

    A later date of an event has no place of its own there: it leads to the event.
    """
    leads: dict[dt.date, str] = {}
    for event, dates in found:
        page = url_for("public.event", event_id=event.id)
        for one in dates[1:]:
            leads.setdefault(one.date, page)
    leads |= {dates[0].date: f"#day-{dates[0].date}" for _, dates in found}
    months = sorted({date.replace(day=1) for date in leads})
    return [
        Sheet(
            month,
            [
                [(day, leads.get(day, "")) if day.month == month.month else None for day in week]
                for week in _WEEKS.monthdatescalendar(month.year, month.month)
            ],
        )
        for month in months
    ]
