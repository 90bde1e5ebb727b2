"""The meetings of a network as a calendar: when and where, and nothing of what is said there."""

import datetime as dt

from flask import Response

from ibasho.data.clock import today
from ibasho.data.networks import Meeting, read_network
from ibasho.data.networks.meetings import read_meetings
from ibasho.data.schedule import Occurrence
from ibasho.site.ical import Event, calendar_of, entry_of
from ibasho.site.languages import gettext
from ibasho.site.stores import database

_BACK = dt.timedelta(days=92)


def meetings_calendar(network_id: int) -> Response:
    """The coming meetings and those of the last three months; what is called off says so.

    Raises UnknownNetworkError.
    """
    name = read_network(database(), network_id).name
    first = today() - _BACK
    meetings = [one for one in read_meetings(database(), network_id) if one.held_on >= first]
    return calendar_of(name, "", [_entry(name, one) for one in meetings])


def _entry(name: str, one: Meeting) -> Event:
    title = gettext("Meeting: %(name)s", name=name)
    if one.is_off:
        title = gettext("Cancelled: %(title)s", title=title)
    date = Occurrence(one.held_on, one.opens_at or None, one.closes_at or None, confirm=False)
    return entry_of(f"meeting-{one.id}", date, title, one.place, (), is_cancelled=one.is_off)
