"""A provider fills in or corrects a listing that was returned or invited; it waits then."""

from flask import redirect, render_template, request, url_for

from ibasho.data.accounts import read_providers
from ibasho.data.links import DeadLinkError, Link
from ibasho.data.listings import edit, store
from ibasho.data.listings.returned import read_returned
from ibasho.data.pipeline import correct
from ibasho.data.pipeline.onboarding import PROVIDER
from ibasho.site.provider.checking import check_page
from ibasho.site.provider.forms import PlaceForm, fields_of_place, place_of
from ibasho.site.provider.views import ACTOR, Answer, dead
from ibasho.site.stores import database


def returned_wording(listing_id: str) -> store.Revision | None:
    """What its provider wrote last, where the office returned it and nothing has followed since."""
    db = database()
    return read_returned(db, listing_id, {ACTOR, PROVIDER, *read_providers(db)})


def is_returned(link: Link) -> bool:
    """Whether a link is for a wording that was returned, or of which nothing is public yet."""
    start = _start(link)
    stored = store.read_stored(database(), link.subject)
    return stored.published is None or (start is not None and start.decision == "rejected")


def correct_returned(token: str, link: Link) -> Answer:
    """The form with what is known; then the answers to look at; then it is sent."""
    newest = edit.newest_revision(database(), link.subject)
    start = _start(link) or newest
    form = PlaceForm(request.form or None, data=fields_of_place(start.body) if start else None)
    reason = start.decision_reason if start and start.decision == "rejected" else ""
    seen = request.form.get("seen") or (str(newest.id) if newest else "")
    if request.method == "GET" or request.form.get("step") == "change":
        return _form(form, seen, reason)
    if not form.validate():
        return _form(form, seen, reason), 422
    place = place_of(form, start.body if start else None)
    if request.form.get("step") != "send":
        return check_page(form, place, seen=seen)
    try:
        correct(
            database(), token, place, int(seen) if seen.isdecimal() and len(seen) < 18 else None
        )
    except edit.StaleRevisionError as error:
        return _form(form, str(error.newest.id), reason, is_stale=True), 409
    except DeadLinkError as error:
        return dead(str(error))
    return redirect(url_for("public.thanks", after="corrected"), 303)


def _start(link: Link) -> store.Revision | None:
    """The wording that the mail speaks of."""
    return store.read_revision(database(), link.revision) if link.revision else None


def _form(form: PlaceForm, seen: str, reason: str, is_stale: bool = False) -> str:
    return render_template(
        "provider/correct.html", form=form, seen=seen, reason=reason, is_stale=is_stale
    )
