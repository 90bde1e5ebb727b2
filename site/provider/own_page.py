"""The page of a place for its own people: two taps, by one lasting link or signed in."""

import datetime as dt
from contextlib import suppress
from functools import partial

from flask import abort, current_app, render_template, request

from ibasho.data import notices
from ibasho.data.clock import today
from ibasho.data.freshness import ReplacedError, assure_own, stop_own, suggest_change
from ibasho.data.links import Link, Purpose
from ibasho.data.listings import StepError
from ibasho.data.listings.store import UnknownListingError
from ibasho.site.arguments import row_number
from ibasho.site.notice_words import coming_notices
from ibasho.site.provider.answering import ask_what_changed, ask_whether_stopped, thanks
from ibasho.site.provider.month import coming_month
from ibasho.site.provider.returned import returned_wording
from ibasho.site.provider.shown import Shown, shown
from ibasho.site.provider.undoing import undo_each
from ibasho.site.provider.views import (
    ACTOR,
    PAGES,
    Answer,
    alive,
    answered,
    blueprint,
    by_own_link,
    dead,
)
from ibasho.site.stores import database, lights

BY_LINK = "提供者（リンク）"


def own_page(token: str, link: Link) -> Answer:
    """The same for whoever has the link."""
    here = f"{request.script_root}/p/{token}"
    return two_taps(link.subject, here, BY_LINK, ACTOR, "provider/own_page.html")


@blueprint.route("/p/<token>/change", methods=["GET", "POST"])
def own_change(token: str) -> Answer:
    """The short form by the same link; what is sent waits until the office has read it."""
    return by_own_link(token, _change)


@blueprint.route("/p/<token>/stopped", methods=["GET", "POST"])
def own_stopped(token: str) -> Answer:
    """Off the list until the office has decided."""
    return by_own_link(token, _stop)


def _change(listing_id: str, here: str) -> Answer:
    found = shown(listing_id)
    if found is None:
        return dead("away")
    start = returned_wording(listing_id) or found
    keep = partial(suggest_change, database(), listing_id, actor=ACTOR)
    return ask_what_changed(found, start.body, BY_LINK, keep, f"{here}?done=change")


def _stop(listing_id: str, _here: str) -> Answer:
    found = shown(listing_id)
    if found is None:
        return dead("away")
    keep = partial(stop_own, database(), listing_id, actor=ACTOR)
    return ask_whether_stopped(found, keep, partial(thanks, "stopped"))


def two_taps(listing_id: str, here: str, how: str, actor: str, template: str) -> Answer:
    """What everyone sees today, whether there is room, dates to close, and that all is true.

    `here` is the address of this page, `how` what the listing keeps of who called it true.
    """
    found = shown(listing_id)
    if found is None:
        return dead("away")
    if request.method == "GET":
        return _page(template, found, here)
    try:
        if "undo" in request.form:
            undone = undo_each([request.form["undo"]], actor, {listing_id})
            return answered(f"{here}?done={'undone' if undone else 'too_late'}")
        done = _act(listing_id, how, actor)
    except ReplacedError:
        return _page(template, found, here, is_replaced=True), 409
    except (StepError, UnknownListingError):  # it was taken off the list meanwhile
        return dead("away")
    except ValueError:  # no date, no light
        abort(400)
    return answered(f"{here}?done={done}")


def _act(listing_id: str, how: str, actor: str) -> str:
    """Do what the pressed button says; what was done, as the address says it."""
    form, db = request.form, database()
    if "light" in form:
        if said := form["light"]:
            holidays = current_app.config["IBASHO"].school_holidays
            notices.say_light(db, listing_id, notices.Light(said), actor, holidays)
        else:
            notices.withdraw_light(db, listing_id, actor)
        return "said"
    if "close" in form:
        notices.close_on(db, listing_id, dt.date.fromisoformat(form["close"]), "", actor)
        return "said"
    if "take_back" in form:
        with suppress(notices.UnknownNoticeError):  # somebody else was faster
            notices.take_back(db, listing_id, row_number(form["take_back"]), actor)
        return "taken_back"
    revision = row_number(form.get("revision", ""))
    return f"true&undo={assure_own(db, listing_id, revision, how, actor, today())}"


def _page(template: str, found: Shown, here: str, is_replaced: bool = False) -> str:
    return render_template(
        template,
        found=found,
        is_replaced=is_replaced,
        done=request.args.get("done", ""),
        undo=alive(request.args.getlist("undo")),
        light=lights([found.listing.id]).get(found.listing.id),
        notices=coming_notices(found.listing),
        returned=returned_wording(found.listing.id),
        coming=coming_month(found.listing.id),
        own_at=here,
    )


PAGES[Purpose.PROVIDER] = own_page
