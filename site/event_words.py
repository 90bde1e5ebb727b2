"""How events are said to people: kinds, dates, times, and whether one has to apply."""

import datetime as dt

from babel.dates import get_day_names
from flask import Flask
from flask_babel import format_date

from ibasho.data.clock import today
from ibasho.data.events import Application, EventKind, PublicEvent
from ibasho.data.schedule import Occurrence
from ibasho.site.languages import LazyString, gettext, lazy_gettext, locale
from ibasho.site.words import away, day, hours, weekday

EVENT_KINDS: dict[EventKind, LazyString] = {
    EventKind.MEETING: lazy_gettext("Meeting others"),
    EventKind.COURSE: lazy_gettext("Course or briefing"),
    EventKind.MEAL: lazy_gettext("Eating together"),
    EventKind.FESTIVAL: lazy_gettext("Festival"),
    EventKind.FOOD_DRIVE: lazy_gettext("Food drive"),
    EventKind.EXPERIENCE: lazy_gettext("Try or look"),
    EventKind.HEALTH: lazy_gettext("Health"),
}


def event_kind_label(kind: EventKind) -> str:
    """The name of a kind of event."""
    return str(EVENT_KINDS[kind])


def month(date: dt.date) -> str:
    """The month of a date: 2026年12月."""
    return str(format_date(date, gettext("MMMM yyyy")))


def day_of_year(date: dt.date) -> str:
    """A date with weekday and year: 2026年12月12日(土)."""
    return str(format_date(date, gettext("EEE d MMMM yyyy")))


def weekday_short(number: int) -> str:
    """The name of a weekday in a calendar; Monday is 0."""
    return str(get_day_names("abbreviated", locale=locale())[number])


def event_hours(occurrence: Occurrence) -> str:
    """From when to when, or that nobody has fixed it; "" for a whole day."""
    if not hours(occurrence) and occurrence.confirm:
        return gettext("The time is not fixed yet")
    return hours(occurrence)


def apply_by(event: PublicEvent) -> str:
    """Whether and until when one has to apply; "" where nobody said."""
    match event.application:
        case Application.FULL:
            return gettext("Full: no more applications")
        case Application.NOT_NEEDED:
            return gettext("No need to apply")
        case Application.NEEDED:
            return _apply_until(event.apply_until)
        case _:
            return ""


def _apply_until(last: dt.date | None) -> str:
    if last is None:
        return gettext("Apply first")
    if last < today():
        return gettext("Applications closed on %(date)s", date=day(last))
    return gettext("Apply by %(date)s (%(away)s)", date=day(last), away=away(last))


def install(app: Flask) -> None:
    """Let the templates use these words."""
    app.jinja_env.filters.update(
        weekday_name=weekday,
        weekday_short=weekday_short,
        event_kind_label=event_kind_label,
        month=month,
        day_of_year=day_of_year,
        event_hours=event_hours,
        apply_by=apply_by,
    )
