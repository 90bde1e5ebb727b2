"""The addresses of the form: a new listing, a correction, and what was begun and not sent yet."""

import re
from collections.abc import Callable
from dataclasses import replace

from flask import Response, abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from ibasho.data import drafts, pipeline
from ibasho.data.clock import japanese_time
from ibasho.data.ids import new_id
from ibasho.data.listings import Listing, StepError, edit, store
from ibasho.site import reach
from ibasho.site.coordinator import own_part
from ibasho.site.coordinator.asked import asked, is_short
from ibasho.site.coordinator.at_once import dates_said, place_of_form, refined_here
from ibasho.site.coordinator.changes import changes_between
from ibasho.site.coordinator.forms import ListingForm, fields_of, listing_of
from ibasho.site.coordinator.leads import asked_lead, listing_of_lead
from ibasho.site.coordinator.looks import looks_at
from ibasho.site.coordinator.returns import letter_of_publication
from ibasho.site.coordinator.said import public_of
from ibasho.site.coordinator.seen import note_lead_seen, note_seen
from ibasho.site.coordinator.ticks import HINTS
from ibasho.site.coordinator.translations import sections
from ibasho.site.coordinator.views import blueprint, follow
from ibasho.site.maps import SCRIPTS, STYLES, map_shell
from ibasho.site.public.views import as_json
from ibasho.site.stores import database, own_municipality

_ID = re.compile("[a-z0-9]{10}")
_NOT_KEPT = frozenset({"form_token", "draft", "step", "listing"})

Page = AnyResponse | str | tuple[str, int]


@blueprint.route("/listings/new", methods=["GET", "POST"])
def add() -> Page:
    """A new listing; it waits until it is approved."""
    kept, lead = _kept(None), asked_lead()
    start: dict[str, object] = {"kind": request.args.get("kind")}
    if lead:
        note_lead_seen(lead.id)
        start = fields_of(listing_of_lead(lead.body))
    municipality = start.get("municipality") or own_municipality()
    form = ListingForm(request.form or kept, data=start | {"municipality": municipality})
    if request.method == "GET":
        if kept is None:
            own_part.propose_own(form)
        return _form(form)

    def propose(body: Listing) -> int:
        if lead:
            scope = g.account.scope
            try:
                return pipeline.make_listing(database(), lead.id, body, g.account.actor, scope)
            except pipeline.OutOfReachError:
                abort(404)
        return edit.propose_listing(database(), body, g.account.actor)

    return _sent(form, None) or _proposed(form, None, propose)


@blueprint.route("/listings/<listing_id>/change", methods=["GET", "POST"])
def change(listing_id: str) -> Page:
    """A correction; it waits until it is approved, and the public row stays as it is."""
    newest, kept = edit.newest_revision(database(), listing_id), _kept(listing_id)
    note_seen(listing_id, newest.body if newest else None)
    form = ListingForm(request.form or kept, data=fields_of(newest.body) if newest else None)
    if request.method == "GET":
        return _form(form, listing_id, newest, seen=kept.get("based_on", "") if kept else "")
    seen = request.form.get("based_on", "")

    def propose(body: Listing) -> int:
        based_on = int(seen) if seen.isdecimal() and len(seen) < 19 else None
        return edit.propose_change(database(), listing_id, body, g.account.actor, based_on)

    return _sent(form, listing_id, newest) or _proposed(form, newest, propose)


def _sent(
    form: ListingForm, listing_id: str | None, newest: store.Revision | None = None
) -> Page | None:
    """What follows where the form was sent for another reason than to be checked, or is wrong."""
    step, seen = request.form.get("step"), request.form.get("based_on", "")
    if step == "draft":
        draft_id = _draft_id()
        _keep(listing_id, draft_id)
        return redirect(_here(listing_id, draft=draft_id, done="draft"), 303)
    if step == "kind":
        return _form(form, listing_id, newest, seen=seen)
    is_good = form.validate() and own_part.is_own(form, listing_id or "")
    return None if is_good else _form(form, listing_id, newest, seen=seen)


def _proposed(
    form: ListingForm, newest: store.Revision | None, propose: Callable[[Listing], int]
) -> Page:
    """Propose what a valid form says, and forget the draft of it."""
    body = listing_of(form, newest.body if newest else None)
    body = replace(body, location=refined_here(body.location))
    try:
        revision = propose(body)
    except edit.StaleRevisionError as error:
        other = changes_between(body, error.newest.body)
        return _form(form, error.newest.listing_id, error.newest, other=other)
    drafts.drop_draft(database(), g.account.id, _draft_id())
    to_publish = request.form.get("step") == "publish"
    if to_publish and _published(revision):
        listing_id = store.read_revision(database(), revision).listing_id
        return redirect(url_for("coordinator.listing", listing_id=listing_id, done="approved"), 303)
    problem = "looks" if to_publish else None
    return redirect(url_for("coordinator.review", revision_id=revision, problem=problem), 303)


def _published(revision_id: int) -> bool:
    """Publish a wording in which nothing is to be looked at again; whether it was."""
    revision = store.read_revision(database(), revision_id)
    stored = store.read_stored(database(), revision.listing_id)
    is_clear = looks_at(stored, revision, public_of(stored, revision)).is_clear
    if not (is_clear and own_part.takes(stored.id, revision.body)):
        return False
    try:
        letter = letter_of_publication(revision)
        pipeline.publish(database(), revision_id, g.account.actor, letter)
    except (edit.WithdrawnError, edit.DecidedError, StepError):
        return False
    follow()
    return True


@blueprint.post("/drafts")
def keep_draft() -> Response:
    """Keep what stands in a form, while somebody is typing."""
    listing_id = request.form.get("listing") or None
    if listing_id:
        try:
            within = reach.reaches_listing(database(), g.account, listing_id)
        except store.UnknownListingError:
            abort(404)
        if not within:
            abort(404)
    return as_json({"at": f"{japanese_time(_keep(listing_id, _draft_id())):%H:%M}"})


@blueprint.post("/drafts/drop")
def drop_draft() -> AnyResponse:
    """Throw away what was begun."""
    drafts.drop_draft(database(), g.account.id, _draft_id())
    return redirect(_here(request.form.get("listing") or None), 303)


def _keep(listing_id: str | None, draft_id: str) -> str:
    """Keep the fields of this request as a draft; return the time (UTC)."""
    fields = {name: values for name, values in request.form.lists() if name not in _NOT_KEPT}
    try:
        return drafts.keep_draft(database(), g.account.id, draft_id, listing_id, fields)
    except drafts.UnknownDraftError:
        abort(404)


def _kept(listing_id: str | None) -> MultiDict[str, str] | None:
    """The fields of the draft that the address names."""
    draft_id = request.args.get("draft")
    if not draft_id or request.method == "POST":
        return None
    try:
        draft = drafts.read_draft(database(), g.account.id, draft_id, listing_id)
    except drafts.UnknownDraftError:
        abort(404)
    return MultiDict(draft.fields)


def _draft_id() -> str:
    """The id that came with the form; a new one for a form that has none."""
    given = request.values.get("draft", "")
    return given if _ID.fullmatch(given) else new_id()


def _here(listing_id: str | None, draft: str | None = None, done: str | None = None) -> str:
    if listing_id:
        return url_for("coordinator.change", listing_id=listing_id, draft=draft, done=done)
    lead = request.values.get("lead") or None
    return url_for("coordinator.add", lead=lead, draft=draft, done=done)


def _form(
    form: ListingForm,
    listing_id: str | None = None,
    newest: store.Revision | None = None,
    seen: str = "",
    other: object = None,
) -> str | tuple[str, int]:
    draft_id = _draft_id()
    tongues = list(sections(form))
    begun = drafts.read_drafts(database(), g.account.id, listing_id)
    page = render_template(
        "coordinator/form.html",
        form=form,
        asked=asked(form),
        is_short=is_short,
        listing_id=listing_id,
        own_parts=own_part.parts(),
        hints=HINTS,
        tongues=tongues,
        has_wrong_tongue=any(form[name].errors for one in tongues for name in one.fields),
        based_on=seen or (newest.id if newest else ""),
        other=other,
        draft=draft_id,
        drafts=[one for one in begun if one.id != draft_id and request.method == "GET"],
        dates=dates_said(form.schedule_text.data or ""),
        place=place_of_form(form),
        shell=map_shell(current_app.config["IBASHO"]),
        map_files={"scripts": SCRIPTS, "styles": STYLES},
    )
    if other is not None:
        return page, 409
    return (page, 422) if form.errors else page
