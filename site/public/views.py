"""The addresses of the public site."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as WerkzeugResponse

from ibasho.data.clock import today
from ibasho.data.listings.store import count_public, read_public
from ibasho.data.schedule import occurrences
from ibasho.site import stores
from ibasho.site.asking import PAGE_SIZE, Asked, Open, read_asked
from ibasho.site.maps import SCRIPTS, STYLES, map_shell
from ibasho.site.public.cards import Card, feature, read_cards
from ibasho.site.public.desks import NATIONAL_LINES
from ibasho.site.public.linked_data import linked_data

blueprint = Blueprint("public", __name__)

NEXT_DATES = 6
ON_HOME = 3
HORIZON_DAYS = 366
# A box of a whole ward; a map that shows more is clustered from the nearest of these.
MAX_FEATURES = 2_000


@blueprint.get("/")
def home() -> str:
    """The first page: what do you need, and where?"""
    return render_template(
        "public/home.html",
        kinds_here=stores.index().kinds(),
        count=count_public(stores.database()),
        today=_open_on(Open.TODAY),
        weekend=_open_on(Open.WEEKEND),
    )


def _open_on(when: Open) -> list[Card]:
    """The first few places that are open then, soonest first."""
    day = today()
    query = replace(read_asked({"open": when}, day).query, limit=ON_HOME)
    return read_cards(stores.database(), stores.find(query, day, relax=False))


@blueprint.get("/search")
def search() -> str | WerkzeugResponse:
    """List and map of one result."""
    asked = _asked()
    result = stores.find(asked.query, today())
    pages = max(1, -(-result.total // PAGE_SIZE))
    if asked.page > pages and result.total:
        return redirect(_search_url(asked, pages))
    return render_template(
        "public/search.html",
        asked=asked,
        result=result,
        cards=read_cards(stores.database(), result),
        pages=pages,
        shell=map_shell(current_app.config["IBASHO"]),
        map_files={"scripts": SCRIPTS, "styles": STYLES},
        openings=list(Open),
    )


@blueprint.get("/listings/<listing_id>")
def listing(listing_id: str) -> str:
    """All that the public may know of one listing."""
    found = read_public(stores.database(), [listing_id])
    if not found:
        abort(404)
    day = today()
    dates = occurrences(found[0].schedule, day, day + dt.timedelta(days=HORIZON_DAYS))
    return render_template(
        "public/listing.html",
        listing=found[0],
        dates=dates[:NEXT_DATES],
        feature=feature(Card(found[0], None, dates[0] if dates else None)),
        linked_data=linked_data(found[0], url_for("public.listing", listing_id=listing_id)),
        shell=map_shell(current_app.config["IBASHO"]),
        map_files={"scripts": SCRIPTS, "styles": STYLES},
    )


@blueprint.get("/listings.geojson")
def feed() -> Response:
    """The result of a search as points for the map: same conditions and order as the list."""
    asked = _asked()
    if asked.not_understood:
        return _json({"error": f"not understood: {', '.join(asked.not_understood)}"}, 400)
    query = replace(asked.query, limit=MAX_FEATURES, offset=0)
    result = stores.find(query, today(), relax=asked.query.box is None)
    cards = read_cards(stores.database(), result)
    features = [feature(card) for card in cards if card.listing.position.is_known]
    body = {"type": "FeatureCollection", "features": features}
    return _json(body, 200, "application/geo+json")


@blueprint.get("/desks")
def desks() -> str:
    """Who listens: the national lines for children, with their hours."""
    return render_template("public/desks.html", lines=NATIONAL_LINES)


@blueprint.get("/healthz")
def health() -> Response:
    """For a monitor: is the site whole?"""
    db = stores.database()
    current = stores.index().is_current(db)
    body = {
        "status": "ok" if current else "degraded",
        "listings": count_public(db),
        "index": "current" if current else "behind",
    }
    return _json(body, 200 if current else 503)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Search engines may read all that is public, but not walk through every search."""
    text = "User-agent: *\nDisallow: /search\nDisallow: /coordinator/\nDisallow: /sign-in\n"
    return Response(text, mimetype="text/plain")


def _search_url(asked: Asked, page: int) -> str:
    arguments: dict[str, Any] = asked.arguments(page=page)
    return url_for("public.search", **arguments)


def _asked() -> Asked:
    return read_asked(request.args, today(), stores.find_place)


def _json(body: Mapping[str, object], status: int, mimetype: str = "application/json") -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, mimetype=mimetype)
