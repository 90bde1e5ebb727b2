"""The addresses of sources on the web that are fetched again."""

from contextlib import suppress

from flask import abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.addresses import geocoder
from ibasho.data.clock import today
from ibasho.data.imports import feeds, mappings
from ibasho.data.listings import Kind
from ibasho.importers import feeds as fetching
from ibasho.importers.desk import stated
from ibasho.importers.fetching import FetchError, check_address
from ibasho.importers.report import ImportOptions
from ibasho.importers.rows import municipality_named
from ibasho.site.coordinator import import_words as said
from ibasho.site.coordinator.imports import typed
from ibasho.site.coordinator.views import blueprint
from ibasho.site.languages import gettext
from ibasho.site.stores import database
from ibasho.site.words import KINDS

_ADDRESS = "/imports/sources/<int(max=9223372036854775807):feed_id>"
_DAYS = (1, 7, 30, 91)


@blueprint.route("/imports/sources/new", methods=["GET", "POST"])
def add_feed() -> Response | str | tuple[str, int]:
    """A new source."""
    return _form(None) if request.method == "GET" else _sent(None)


@blueprint.route(_ADDRESS, methods=["GET", "POST"])
def change_feed(feed_id: int) -> Response | str | tuple[str, int]:
    """One source."""
    feed = _feed(feed_id)
    return _form(feed) if request.method == "GET" else _sent(feed)


@blueprint.post(f"{_ADDRESS}/fetch")
def fetch_feed(feed_id: int) -> Response:
    """Ask a source now; what is new waits."""
    settings = current_app.config["IBASHO"]
    with geocoder(settings.data_dir, settings.dictionary) as find:
        result, _ = fetching.fetch_feed(
            database(), _feed(feed_id), today(), find, allow_private=settings.allow_private
        )
    return redirect(url_for("coordinator.imports", done=str(result)), 303)


@blueprint.post(f"{_ADDRESS}/remove")
def remove_feed(feed_id: int) -> Response:
    """Fetch a source no more."""
    with suppress(feeds.UnknownFeedError):  # somebody else was faster
        feeds.remove_feed(database(), feed_id, g.account.actor)
    return redirect(url_for("coordinator.imports", done="removed"), 303)


def _sent(feed: feeds.Feed | None) -> Response | str | tuple[str, int]:
    errors = _errors()
    if errors:
        return _form(feed, errors), 422
    kind = typed("kind")
    changed = {
        "kind": kind if kind in list(Kind) else str(Kind.CHILDRENS_CAFETERIA),
        "municipality": typed("municipality"),
        "source": typed("name"),
        "licence": typed("licence"),
    }
    # Which column is what is said once, for a file of the list that is brought in by hand.
    known = mappings.read_mapping(database(), typed("name"), ()) or stated(ImportOptions())
    try:
        feeds.keep_feed(
            database(),
            feed.id if feed else None,
            typed("name"),
            request.form.get("url", "").strip(),
            known | changed,
            int(typed("every_days")),
            g.account.actor,
        )
    except feeds.SameNameError:
        return _form(feed, {"name": gettext("There is a source of this name already.")}), 422
    return redirect(url_for("coordinator.imports", done="saved"), 303)


def _errors() -> dict[str, str]:
    """What is wrong, by the field."""
    found = {}
    if not typed("name"):
        found["name"] = gettext("Give the name under which the list is credited.")
    try:
        check_address(request.form.get("url", "").strip())
    except FetchError as error:
        found["url"] = said.feed_problem(str(error))
    if typed("municipality") and not municipality_named(typed("municipality")):
        found["municipality"] = gettext(
            "No city or ward is called that. Write it with its prefecture."
        )
    if typed("every_days") not in map(str, _DAYS):
        found["every_days"] = gettext("Choose how often.")
    return found


def _form(feed: feeds.Feed | None, errors: dict[str, str] | None = None) -> str:
    kept = {}
    if feed:
        kept = feed.options | {"name": feed.name, "url": feed.url, "every_days": feed.every_days}
    names = ("name", "url", "kind", "municipality", "licence", "every_days")
    values = {
        name: request.form.get(name, "") if errors else str(kept.get(name, "")) for name in names
    }
    return render_template(
        "coordinator/import_feed.html",
        feed=feed,
        values=values,
        errors=errors or {},
        kinds=KINDS,
        days=_DAYS,
    )


def _feed(feed_id: int) -> feeds.Feed:
    try:
        return feeds.read_feed(database(), feed_id)
    except feeds.UnknownFeedError:
        abort(404)
