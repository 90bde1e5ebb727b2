"""The addresses at which the desk keeps a listing true: called, on paper, by a link of its own."""

from dataclasses import replace

from flask import abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.clock import today
from ibasho.data.database import transaction
from ibasho.data.freshness import ReplacedError, take_back_assurance
from ibasho.data.freshness import assure as assure_now
from ibasho.data.links import Purpose, end_links, make_link
from ibasho.data.listings import (
    PUBLIC_STATES,
    ContactVisibility,
    Listing,
    Location,
    Position,
    StepError,
    is_mobile,
)
from ibasho.data.listings.store import StoredListing, read_stored
from ibasho.data.pipeline.onboarding import OWN_PAGE_DAYS
from ibasho.data.record import write_record
from ibasho.site.coordinator.changes import Change, changes_between
from ibasho.site.coordinator.seen import note_seen
from ibasho.site.coordinator.views import blueprint, follow
from ibasho.site.mails import link
from ibasho.site.public.sharing import sharing, text_message
from ibasho.site.qr_code import qr_code
from ibasho.site.stores import database

HOW = {"telephone": "電話", "paper": "紙", "visit": "訪問"}
"""How somebody asked, as the listing keeps it."""

_WORDS = (
    "「{name}」の内容の確認、休む日、空き状況は、このページからお知らせください。"
    "ログインはいりません。"
)
_PAPER_DAYS = 180


@blueprint.post("/listings/<listing_id>/assure")
def assure(listing_id: str) -> Response:
    """Say that nothing has changed, and how that was asked; or take that back.

    Whoever did so on the page of today goes on there.
    """
    stored = _public(listing_id)
    seen = request.form.get("revision", "")
    if not seen.isdecimal() or len(seen) > 18:
        abort(400)
    how = request.form.get("how", "")
    done = "assured"
    try:
        if how == "undo":
            take_back_assurance(database(), stored.id, int(seen), g.account.actor)
            done = "unassured"
        elif how in HOW:
            assure_now(database(), stored.id, int(seen), HOW[how], g.account.actor, today())
        else:
            abort(400)
    except (ReplacedError, StepError):
        done = "replaced"
    follow()
    if request.form.get("from") == "today":
        return redirect(url_for("coordinator.desk", done=done, listing=listing_id), 303)
    return redirect(url_for("coordinator.listing", listing_id=listing_id, done=done), 303)


@blueprint.route("/listings/<listing_id>/paper", methods=["GET", "POST"])
def paper(listing_id: str) -> str:
    """A side of A4 to correct by hand, with a link of its own; the link is made on request."""
    stored = _public(listing_id)
    note_seen(stored.id, _body(stored))
    address = ""
    if request.method == "POST":
        settings = current_app.config["IBASHO"]
        revision = stored.published.id if stored.published else None
        address = link(settings, _make(stored, Purpose.CHANGE, _PAPER_DAYS, revision))
    return render_template(
        "coordinator/paper.html",
        stored=stored,
        body=_body(stored),
        rows=_rows(_body(stored)),
        address=address,
        qr=qr_code(address) if address else "",
        day=today(),
    )


@blueprint.route("/listings/<listing_id>/own-page", methods=["GET", "POST"])
def own_page(listing_id: str) -> Response | str:
    """Give the people of a place a lasting link of their own, which ends the one before."""
    stored = _public(listing_id)
    if request.method == "GET":
        return render_template("coordinator/own_page.html", stored=stored, body=_body(stored))
    if request.form.get("do") == "end":
        with transaction(database()) as db:
            end_links(db, stored.id, Purpose.PROVIDER)
            write_record(db, g.account.actor, "end_link", stored.id)
        return redirect(url_for("coordinator.own_page", listing_id=stored.id, done="ended"), 303)
    token = _make(stored, Purpose.PROVIDER, OWN_PAGE_DAYS, None)
    address, body = f"{current_app.config['IBASHO'].address}/p/{token}", _body(stored)
    note_seen(stored.id, body)
    words = _WORDS.format(name=body.name)
    mobiles = [one.number for one in body.phones if is_mobile(one.number)]
    return render_template(
        "coordinator/own_page.html",
        stored=stored,
        body=body,
        address=address,
        qr=qr_code(address),
        line=sharing(words, address).line,
        messages=[(one, text_message(one, f"{words}\n{address}")) for one in mobiles or [""]],
    )


def _make(stored: StoredListing, purpose: Purpose, days: int, revision: int | None) -> str:
    """A link in place of those before."""
    with transaction(database()) as db:
        if purpose is Purpose.PROVIDER:
            end_links(db, stored.id, purpose)
        token = make_link(db, purpose, stored.id, days, revision)
        write_record(db, g.account.actor, "make_link", stored.id, str(purpose))
    return token


def _rows(body: Listing) -> list[Change]:
    """What the people of a place can correct by hand; the rest is the office's."""
    public = ContactVisibility.PUBLIC
    theirs = replace(
        body,
        location=replace(body.location, position=Position()),
        phones=tuple(one for one in body.phones if one.visibility is public),
        emails=tuple(one for one in body.emails if one.visibility is public),
        assured_date=None,
        assured_by="",
    )
    bare = Listing(body.kind, "", location=Location(visibility=body.location.visibility))
    return changes_between(bare, theirs)


def _body(stored: StoredListing) -> Listing:
    if stored.published is None:
        abort(404)
    return stored.published.body


def _public(listing_id: str) -> StoredListing:
    stored = read_stored(database(), listing_id)
    if stored.state not in PUBLIC_STATES or stored.published is None:
        abort(404)
    return stored
