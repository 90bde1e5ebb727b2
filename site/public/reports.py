"""“This is wrong”: what a visitor says of a listing without a name, for the staff alone."""

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.listings import PublicListing
from ibasho.data.listings.store import read_public
from ibasho.data.reports import LONGEST_WORDS, Matter, keep_report
from ibasho.site import stores
from ibasho.site.keeping import not_on_a_device
from ibasho.site.public.views import blueprint
from ibasho.site.report_words import MATTERS

TRAP = "homepage"
"""A field that nobody sees: who fills it is a machine, and nothing is kept of it."""


@blueprint.route("/listings/<listing_id>/report", methods=["GET", "POST"])
def report(listing_id: str) -> Response | str | tuple[str, int]:
    """The form, and what becomes of it."""
    not_on_a_device()
    found = read_public(stores.database(), [listing_id])
    if not found:
        abort(404)
    if request.method == "GET":
        return _page(found[0], done=request.args.get("done", ""))
    words = request.form.get("words", "").strip()
    # who says what is wrong in words has said it: browsers ask for a choice before they send
    asked = request.form.get("matter", "") or (words and Matter.OTHER)
    if asked not in set(Matter):
        return _page(found[0], problem="matter"), 422
    is_kept = True
    if not request.form.get(TRAP):
        is_kept = keep_report(stores.database(), listing_id, Matter(asked), words)
    done = "sent" if is_kept else "counted"
    return redirect(url_for("public.report", listing_id=listing_id, done=done), 303)


def _page(listing: PublicListing, problem: str = "", done: str = "") -> str:
    return render_template(
        "public/report.html",
        listing=listing,
        matters=MATTERS,
        longest=LONGEST_WORDS,
        problem=problem,
        is_sent=done in {"sent", "counted"},
        is_counted=done == "counted",
        matter=request.form.get("matter", ""),
        words=request.form.get("words", ""),
        trap=TRAP,
    )
