"""The meetings of a network in the calendars of its members, by an address that is a secret."""

from flask import Response

from ibasho.data.links import DeadLinkError, Link, Purpose, read_link
from ibasho.data.networks import UnknownNetworkError
from ibasho.site.meetings_calendar import meetings_calendar
from ibasho.site.provider.views import PAGES, Answer, blueprint, dead
from ibasho.site.stores import database


@blueprint.get("/p/<calendar>/meetings.ics")
def meetings(calendar: str) -> Answer:
    """The calendar to subscribe to; asking for it again and again leaves no trace."""
    try:
        link = read_link(database(), calendar)
    except DeadLinkError as error:
        return dead(str(error))
    return _calendar(calendar, link) if link.purpose is Purpose.MEETINGS else dead("unknown")


def _calendar(_token: str, link: Link) -> Response | tuple[str, int]:
    try:
        return meetings_calendar(int(link.detail))
    except UnknownNetworkError:
        return dead("unknown")


PAGES[Purpose.MEETINGS] = _calendar
