"""The addresses at which the desk says for a place how it is today and on single dates."""

import datetime as dt
from contextlib import suppress

from flask import abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from ibasho.data import notices
from ibasho.data.listings.store import UnknownListingError
from ibasho.site.coordinator.seen import note_seen
from ibasho.site.coordinator.views import blueprint, listing_page
from ibasho.site.languages import gettext
from ibasho.site.provider.month import ask_for_dates
from ibasho.site.provider.shown import shown
from ibasho.site.provider.views import Answer
from ibasho.site.stores import database, index


@blueprint.post("/listings/<listing_id>/light")
def light(listing_id: str) -> Response:
    """Say whether there is room, or nothing any more."""
    said = request.form.get("light", "")
    holidays = current_app.config["IBASHO"].school_holidays
    try:
        if said:
            notices.say_light(
                database(), listing_id, notices.Light(said), g.account.actor, holidays
            )
        else:
            notices.withdraw_light(database(), listing_id, g.account.actor)
    except ValueError:
        abort(400)
    except UnknownListingError:
        abort(404)
    return _done(listing_id, "said")


@blueprint.post("/listings/<listing_id>/notices")
def notice(listing_id: str) -> Response | tuple[str, int]:
    """Say that a place is closed on a date, or open from and to."""
    actor = g.account.actor
    opens_at, closes_at, note = (request.form.get(name, "").strip()
                                 for name in ("opens_at", "closes_at", "note"))  # fmt: skip
    try:
        date = _date(request.form.get("date", ""))
        if request.form.get("step") == "open":
            notices.open_on(database(), listing_id, date, opens_at, closes_at, note, actor)
        else:
            notices.close_on(database(), listing_id, date, note, actor)
    except notices.WrongDateError:
        return listing_page(listing_id, gettext("Choose a date from today on, within a year.")), 422
    except notices.WrongTimesError:
        wrong = gettext("Give both times; it closes after it opens, on the same day.")
        return listing_page(listing_id, wrong), 422
    except UnknownListingError:
        abort(404)
    index()
    return _done(listing_id, "said")


@blueprint.route("/listings/<listing_id>/dates", methods=["GET", "POST"])
def month(listing_id: str) -> Answer:
    """The dates of a month, as the people of a place say them on the telephone."""
    found = shown(listing_id)
    if found is None:
        abort(404)
    note_seen(listing_id, found.body)
    back = url_for("coordinator.listing", listing_id=listing_id)
    return ask_for_dates(listing_id, back, g.account.actor, "coordinator/month.html")


@blueprint.post("/listings/<listing_id>/notices/<int(max=9223372036854775807):notice_id>/take-back")
def take_back(listing_id: str, notice_id: int) -> Response:
    """Let the usual opening days count again on the date of a notice."""
    with suppress(notices.UnknownNoticeError):  # somebody else was faster
        notices.take_back(database(), listing_id, notice_id, g.account.actor)
    index()
    return _done(listing_id, "taken_back")


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise notices.WrongDateError(text) from None


def _done(listing_id: str, done: str) -> Response:
    address = url_for("coordinator.listing", listing_id=listing_id, done=done, _anchor="today")
    return redirect(address, 303)
