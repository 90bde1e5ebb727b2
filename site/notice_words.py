"""How it is said whether there is room, and which dates are out of turn, in the page's language."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from flask import Flask

from ibasho.data.clock import today
from ibasho.data.listings import DateNotice, PublicListing
from ibasho.data.notices import Light, SaidLight
from ibasho.data.schedule import Occurrence
from ibasho.site.languages import LazyString, gettext, lazy_gettext
from ibasho.site.words import away, day

LIGHTS: dict[Light, LazyString] = {
    Light.FREE: lazy_gettext("Room left"),
    Light.FEW: lazy_gettext("Only a few places left"),
    Light.FULL: lazy_gettext("No room left"),
}
# ○△× as in every Japanese timetable, so that no colour has to be seen.
_ICONS = {Light.FREE: "circle", Light.FEW: "triangle", Light.FULL: "close"}
_SOON = dt.timedelta(days=7)


class _Card(Protocol):
    @property
    def listing(self) -> PublicListing:
        """The place."""

    @property
    def next(self) -> Occurrence | None:
        """When it opens next."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date of a place as its page says it: without an opening it is closed out of turn.

    `confirmed_on` is when the place said that it takes place (JST).
    """

    date: dt.date
    opening: Occurrence | None
    notice: DateNotice | None
    confirmed_on: dt.date | None = None


def coming_notices(listing: PublicListing) -> list[DateNotice]:
    """What was said of dates from today on, in their order."""
    return [one for one in listing.notices if one.date >= today()]


def date_lines(
    listing: PublicListing, dates: Iterable[Occurrence], until: dt.date
) -> list[DateLine]:
    """These openings, and among them the dates closed out of turn up to a JST date."""
    notices = coming_notices(listing)
    by_date = {one.date: one for one in notices}
    lines = [
        DateLine(one.date, one, by_date.get(one.date), confirmed_on(listing, one)) for one in dates
    ]
    lines += [
        DateLine(one.date, None, one) for one in notices if not one.is_open and one.date <= until
    ]
    return sorted(lines, key=lambda line: line.date)


def confirmed_on(listing: PublicListing, opening: Occurrence) -> dt.date | None:
    """The JST date on which the place said that an opening takes place; None where nobody did."""
    said = (one.said_on for one in listing.confirmed if one.opening == opening)
    return next(said, None)


def closed_before(card: _Card) -> DateNotice | None:
    """The first date within a week, before the next opening, on which a place is out of turn."""
    last = today() + _SOON
    coming = (
        one
        for one in coming_notices(card.listing)
        if not one.is_open and one.date <= last and (card.next is None or one.date < card.next.date)
    )
    return next(coming, None)


def light_label(light: Light) -> str:
    """How much room there is."""
    return str(LIGHTS[light])


def light_icon(light: Light) -> str:
    """The shape that says the same."""
    return _ICONS[light]


def light_times(said: SaidLight) -> str:
    """When it was said, and until when it holds."""
    return gettext(
        "as of %(moment)s, until %(until)s",
        moment=f"{day(said.said_at.date())} {said.said_at:%H:%M}", until=_until(said.until),
    )  # fmt: skip


def _until(end: dt.datetime) -> str:
    """The day at whose end it is over, or else the time, with its day where that is another."""
    if end.time() == dt.time():
        last = end.date() - dt.timedelta(days=1)
        return away(last) if (last - today()).days < 2 else day(last)
    return f"{end:%H:%M}" if end.date() == today() else f"{day(end.date())} {end:%H:%M}"


def install(app: Flask) -> None:
    """Let the templates use these words."""
    app.jinja_env.filters.update(
        closed_before=closed_before,
        light_icon=light_icon,
        light_label=light_label,
        light_times=light_times,
    )
    app.jinja_env.globals.update(lights=LIGHTS)
