"""The addresses of the desk; who may open them stands in the access table."""

from contextlib import suppress

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data import pipeline, reports
from ibasho.data.clock import today
from ibasho.data.imports.runs import open_runs
from ibasho.data.listings import (
    STEPS,
    State,
    StepError,
    edit,
    store,
)
from ibasho.data.listings.returned import is_returned
from ibasho.data.pictures import read_pictures
from ibasho.data.record import read_record
from ibasho.importers.positions import forget_hidden
from ibasho.site import reach
from ibasho.site.coordinator import own_part
from ibasho.site.coordinator.answered import answer_to
from ibasho.site.coordinator.changes import changes_between, content_of
from ibasho.site.coordinator.looks import looks_at
from ibasho.site.coordinator.menu import menu
from ibasho.site.coordinator.persons import Persons
from ibasho.site.coordinator.returns import (
    SUGGESTIONS,
    asked_reason,
    letter_of_publication,
    letter_of_return,
)
from ibasho.site.coordinator.said import public_of, said_of
from ibasho.site.coordinator.seen import note_seen
from ibasho.site.coordinator.today import blocks, just_assured
from ibasho.site.provider.returned import returned_wording
from ibasho.site.report_words import MATTERS
from ibasho.site.stores import NEXT_DATES, coming, database, index, views

blueprint = Blueprint("coordinator", __name__, url_prefix="/coordinator")
blueprint.add_app_template_global(menu, "desk_menu")

NEWEST_ENTRIES = 20


@blueprint.get("/")
def desk() -> str:
    """What is to be done today."""
    return render_template(
        "coordinator/desk.html",
        day=today(),
        blocks=blocks(),
        lists=open_runs(database()) if g.account.scope.is_whole else [],
        matters=MATTERS,
        assured=just_assured(),
        unreached=_unreached(),
        is_empty=g.account.scope.is_whole and not store.count_states(database()),
    )


def _unreached() -> str:
    """How links in mails begin where nobody else can open them; "" where all is well."""
    settings = current_app.config["IBASHO"]
    return settings.address if not settings.public_url and g.account.scope.is_whole else ""


@blueprint.post("/reports/<int(max=9223372036854775807):report_id>/finish")
def finish_report(report_id: int) -> Response:
    """Say that what a visitor reported is dealt with."""
    with suppress(reports.UnknownReportError):  # somebody else was faster
        reports.finish_report(database(), report_id, g.account.actor)
    return redirect(url_for("coordinator.desk", done="report"), 303)


@blueprint.get("/listings")
def listings() -> str:
    """Every listing in one state or in all, to find the one to correct."""
    asked = request.args.get("state", State.PUBLISHED)
    state = _state(asked) if asked else None
    words = request.args.get("q", "").strip()
    within = (
        stored
        for one in ([state] if state else State)
        for stored in store.read_all_stored(database(), one)
        if reach.covers_stored(stored)
    )
    found = [(stored, reach.newest_wording(stored)) for stored in within]
    return render_template(
        "coordinator/listings.html",
        found=[one for one in found if words in (one[1].name if one[1] else "")],
        state=state,
        words=words,
        states=list(State),
    )


@blueprint.get("/listings/<listing_id>")
def listing(listing_id: str) -> str:
    """One listing: where it stands, what may follow, what was done to it."""
    return listing_page(listing_id)


def listing_page(listing_id: str, wrong: str = "", picture_form: object = None) -> str:
    """The same, with what is wrong about a date that was just said, or a form about a picture."""
    stored = _stored(listing_id)
    waiting = store.read_waiting(database(), listing_id)
    newest = stored.published or edit.newest_revision(database(), listing_id)
    note_seen(stored.id, newest.body if newest else None)
    return render_template(
        "coordinator/listing.html",
        stored=stored,
        waiting=waiting,
        body=newest.body if newest else None,
        content=content_of(newest.body) if newest else None,
        steps=[step for step in sorted(STEPS[stored.state]) if _possible(stored, step)],
        record=list(read_record(database(), listing_id, limit=NEWEST_ENTRIES)),
        persons=Persons(),
        viewed=views().of_late(today()).get(listing_id, 0),
        pictures=read_pictures(database(), listing_id),
        picture_form=picture_form,
        can_undo=edit.can_undo(stored),
        returned_now=_returned_now(listing_id),
        today=said_of(listing_id),
        wrong=wrong,
        returned=returned_wording(listing_id),
        lead=_lead_of(listing_id),
    )


def _returned_now(listing_id: str) -> int | None:
    """The wording that was returned, while nothing has followed it."""
    last = store.read_last(database(), listing_id)
    return last.id if last and last.decision == "rejected" else None


@blueprint.get("/revisions/<int(max=9223372036854775807):revision_id>")
def review(revision_id: int) -> str:
    """A wording as the public would see it, with its next dates, beside what is public now."""
    revision = _revision(revision_id)
    stored = _stored(revision.listing_id)
    before = stored.published.body if stored.published else None
    note_seen(stored.id, revision.body, before)
    public = public_of(stored, revision)
    returned = _returned_before(revision)
    return render_template(
        "coordinator/review.html",
        revision=revision,
        stored=stored,
        preview=public,
        said=answer_to(database(), revision_id),
        dates=coming(public.schedule)[:NEXT_DATES],
        changes=changes_between(before, revision.body),
        looks=looks_at(stored, revision, public),
        is_unconfirmed=stored.id in pipeline.unconfirmed_listings(database()),
        can_mail=bool(pipeline.contact_address(database(), stored.id)),
        suggestions=SUGGESTIONS,
        returned=returned,
        since=changes_between(returned.body, revision.body) if returned else [],
        lead=_lead_of(stored.id),
    )


@blueprint.post("/revisions/<int(max=9223372036854775807):revision_id>/approve")
def approve(revision_id: int) -> Response:
    """Publish a wording, and tell its provider; the index follows at once."""
    revision = _revision(revision_id)
    own_part.keep_own(revision.listing_id, revision.body)
    try:
        letter = letter_of_publication(revision)
        listing_id = pipeline.publish(database(), revision_id, g.account.actor, letter)
    except edit.WithdrawnError as error:
        return redirect(
            url_for("coordinator.listing", listing_id=str(error), done="withdrawn"), 303
        )
    except (edit.DecidedError, StepError):
        return redirect(url_for("coordinator.review", revision_id=revision_id), 303)
    follow()
    return redirect(url_for("coordinator.listing", listing_id=listing_id, done="approved"), 303)


@blueprint.post("/revisions/<int(max=9223372036854775807):revision_id>/reject")
def reject(revision_id: int) -> Response:
    """Return a wording to its provider, with a reason that is mailed where that can be."""
    revision = _revision(revision_id)
    reason = asked_reason()
    if not reason:
        return redirect(
            url_for("coordinator.review", revision_id=revision_id, problem="reason"), 303
        )
    letter = letter_of_return(revision, reason)
    try:
        is_mailed = pipeline.return_revision(
            database(), revision_id, g.account.actor, reason, letter
        )
    except edit.DecidedError:
        return redirect(url_for("coordinator.review", revision_id=revision_id), 303)
    done = "returned" if is_mailed else "rejected"
    return redirect(url_for("coordinator.listing", listing_id=revision.listing_id, done=done), 303)


@blueprint.post("/listings/<listing_id>/move")
def move(listing_id: str) -> Response:
    """Archive a listing, bring it back, or take another step; each can be undone."""
    stored = _stored(listing_id)
    state, reason = _state(request.form.get("state", "")), request.form.get("reason", "").strip()
    if not _possible(stored, state):
        abort(400)
    edit.change_state(database(), listing_id, state, g.account.actor, reason[:500])
    follow()
    return redirect(url_for("coordinator.listing", listing_id=listing_id, done="moved"), 303)


def follow() -> None:
    """What follows a change of what is public: the index, and that what is hidden is forgotten."""
    index()
    forget_hidden(database(), current_app.config["IBASHO"].data_dir)


def _returned_before(revision: store.Revision) -> store.Revision | None:
    """The wording that this one corrects, where it was returned with a reason."""
    if revision.based_on is None:
        return None
    before = store.read_revision(database(), revision.based_on)
    return before if is_returned(before) else None


def _lead_of(listing_id: str) -> pipeline.StoredLead | None:
    """Where a listing came from, as far as who is signed in may see that."""
    lead = pipeline.lead_of_listing(database(), listing_id)
    return lead if lead and reach.covers_lead(lead) else None


def _possible(stored: store.StoredListing, step: State) -> bool:
    """Publishing needs an approved wording; approving one is how a new listing is published."""
    public = step in {State.PUBLISHED, State.STALE, State.UNLISTED}
    return step in STEPS[stored.state] and (stored.published is not None or not public)


def _state(text: str) -> State:
    if text not in list(State):
        abort(400)
    return State(text)


def _stored(listing_id: str) -> store.StoredListing:
    try:
        return store.read_stored(database(), listing_id)
    except store.UnknownListingError:
        abort(404)


def _revision(revision_id: int) -> store.Revision:
    try:
        return store.read_revision(database(), revision_id)
    except store.UnknownListingError:
        abort(404)
