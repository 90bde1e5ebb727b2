"""The addresses of an organisation; what is behind the links of a mail, for all of its places."""

from functools import partial

from flask import Blueprint, g, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.clock import today
from ibasho.data.freshness import assure_all, stop_own, suggest_change
from ibasho.site.organization.places import own_places, own_start
from ibasho.site.provider.answering import ask_what_changed, ask_whether_stopped
from ibasho.site.provider.month import ask_for_dates
from ibasho.site.provider.own_page import two_taps
from ibasho.site.provider.shown import shown
from ibasho.site.provider.undoing import undo_each
from ibasho.site.provider.views import Answer, alive, answered, dead
from ibasho.site.stores import database

blueprint = Blueprint("organization", __name__, url_prefix="/provider")

BY_ACCOUNT = "提供者（ログイン）"
_LONGEST_NUMBER = 18


@blueprint.route("/", methods=["GET", "POST"])
def places() -> Response | str:
    """All places with when they were last called true; one or all of them are called true here,
    which can be undone.
    """
    if request.method == "POST":
        actor = g.account.actor
        if tokens := request.form.getlist("undo"):
            undone = undo_each(tokens, actor, g.account.scope.listings)
            return answered(_back("undone" if undone else "too_late"))
        left, tokens = assure_all(database(), _seen(), BY_ACCOUNT, actor, today())
        return answered(_back("replaced" if left else "true", *tokens))
    there, away = own_places()
    undo = alive(request.args.getlist("undo"))
    return render_template("organization/places.html", places=there, away=away, undo=undo)


@blueprint.route("/places/<listing_id>", methods=["GET", "POST"])
def place(listing_id: str) -> Answer:
    """One place: whether there is room, closed dates, and that all is true."""
    here = url_for("organization.place", listing_id=listing_id)
    template = "organization/place.html"
    return two_taps(listing_id, here, BY_ACCOUNT, g.account.actor, template)


@blueprint.route("/places/<listing_id>/dates", methods=["GET", "POST"])
def month(listing_id: str) -> Answer:
    """The dates of a month, each with a tick."""
    back = url_for("organization.place", listing_id=listing_id)
    return ask_for_dates(listing_id, back, g.account.actor)


@blueprint.route("/places/<listing_id>/change", methods=["GET", "POST"])
def change(listing_id: str) -> Answer:
    """The short form; what is sent waits until the office has read it."""
    found = shown(listing_id)
    if found is None:
        return dead("away")
    keep = partial(suggest_change, database(), listing_id, actor=g.account.actor)
    return ask_what_changed(found, own_start(found), BY_ACCOUNT, keep, _back("change"))


@blueprint.route("/places/<listing_id>/stopped", methods=["GET", "POST"])
def stopped(listing_id: str) -> Answer:
    """Off the list until the office has decided."""
    found = shown(listing_id)
    if found is None:
        return dead("away")
    keep = partial(stop_own, database(), listing_id, actor=g.account.actor)
    return ask_whether_stopped(found, keep, partial(_back, "stopped"))


def _back(done: str, *undo: str) -> str:
    return url_for("organization.places", done=done, undo=undo)


def _seen() -> dict[str, int]:
    """The revisions that the page showed, by listing; those of others are nobody's to answer."""
    seen = (one.partition(":") for one in request.form.getlist("seen"))
    return {
        listing_id: int(revision)
        for listing_id, _, revision in seen
        if g.account.scope.covers(listing_id=listing_id)
        and revision.isdecimal()
        and len(revision) <= _LONGEST_NUMBER
    }
