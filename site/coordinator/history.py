"""Every wording that a listing has had: who wrote it, what became of it, and the way back."""

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.listings import edit, store
from ibasho.data.pipeline.onboarding import undo_return
from ibasho.site.coordinator import own_part
from ibasho.site.coordinator.changes import changes_between
from ibasho.site.coordinator.persons import Persons
from ibasho.site.coordinator.seen import note_seen
from ibasho.site.coordinator.views import blueprint, follow
from ibasho.site.stores import database

_REVISION = "/revisions/<int(max=9223372036854775807):revision_id>"


@blueprint.get("/listings/<listing_id>/history")
def history(listing_id: str) -> str:
    """All wordings, newest first, and what differs between two of them."""
    revisions = store.read_revisions(database(), listing_id)
    by_id = {str(one.id): one for one in revisions}
    after = by_id.get(request.args.get("after", ""))
    before = by_id.get(request.args.get("before", ""))
    stored = store.read_stored(database(), listing_id)
    if after is None and before is None and len(revisions) > 1:
        after, before = revisions[:2]
    if before and after:
        note_seen(listing_id, before.body, after.body)
    return render_template(
        "coordinator/history.html",
        stored=stored,
        revisions=revisions,
        name=revisions[0].body.name if revisions else listing_id,
        persons=Persons(),
        before=before,
        after=after,
        changes=changes_between(before.body, after.body) if before and after else None,
        can_undo=edit.can_undo(stored),
    )


@blueprint.post(f"{_REVISION}/restore")
def restore(revision_id: int) -> Response:
    """Propose an older wording again; one more click on the next page publishes it."""
    old = store.read_revision(database(), revision_id)
    own_part.keep_own(old.listing_id, old.body)
    waiting = edit.restore_revision(database(), revision_id, g.account.actor)
    return redirect(url_for("coordinator.review", revision_id=waiting), 303)


@blueprint.post(f"{_REVISION}/undo")
def undo(revision_id: int) -> Response:
    """Take back what was decided of a wording: an approval, or a return."""
    revision = store.read_revision(database(), revision_id)
    listing_id, replaced = revision.listing_id, revision.replaced
    is_returned = revision.decision == "rejected"
    if replaced is not None:
        own_part.keep_own(listing_id, store.read_revision(database(), replaced).body)
    try:
        take_back = undo_return if is_returned else edit.undo_approval
        take_back(database(), revision_id, g.account.actor)
    except edit.DecidedError:
        done = "not_undone"
    else:
        follow()
        done = "unreturned" if is_returned else "undone"
    return redirect(url_for("coordinator.listing", listing_id=listing_id, done=done), 303)
