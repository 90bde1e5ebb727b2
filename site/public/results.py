"""One result and its faces: the page, the map, a table to take along, and an API for programs."""

from dataclasses import replace
from math import ceil
from typing import Any

from flask import (
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
from ibasho.data.listings.store import read_public
from ibasho.data.schools import district_key
from ibasho.search_index import SearchResult, Why
from ibasho.site import stores
from ibasho.site.arguments import Arguments
from ibasho.site.asking import PAGE_SIZE, Asked
from ibasho.site.csv_text import CSV_TYPE
from ibasho.site.keeping import not_on_a_device
from ibasho.site.maps import SCRIPTS, STYLES, map_shell
from ibasho.site.minute import each_time
from ibasho.site.public.cards import added_to, card_of, feature, read_cards, way
from ibasho.site.public.care import is_hard
from ibasho.site.public.conditions import OPEN, quick_chips, set_chips, spellings
from ibasho.site.public.facets import Group, groups, orders
from ibasho.site.public.instead import instead
from ibasho.site.public.missing import count_if_missed
from ibasho.site.public.services import service
from ibasho.site.public.table import as_csv
from ibasho.site.public.views import as_json, asked_here, blueprint
from ibasho.site.words import district_label

DISTANCES_M = (300, 500, 1_000, 2_000, 3_000, 5_000)
# A box of a whole ward; a map that shows more is clustered from the nearest of these.
MAX_FEATURES = 2_000
MOST_A_PAGE = 100
MOST_DISTRICTS = 100  # in a list to choose from; of more the name is typed


def _answer(asked: Asked, offset: int, limit: int) -> SearchResult:
    """What every face shows of a search: in a part of the map only what lies there."""
    query = replace(asked.query, offset=offset, limit=limit)
    return stores.find(query, today(), relax=query.box is None)


@blueprint.get("/search")
def search() -> str | WerkzeugResponse:
    """List and map of one result."""
    asked = asked_here()
    if is_hard(asked):
        each_time(not_on_a_device)
    result = _answer(asked, asked.query.offset, PAGE_SIZE)
    pages = max(1, ceil(result.total / PAGE_SIZE))
    if asked.page > pages and result.total:
        return redirect(url_for("public.search", **_linked(asked, page=pages)))
    count_if_missed(asked, result)
    return render_template(
        "public/search.html",
        asked=asked,
        result=result,
        cards=read_cards(result, asked),
        pages=pages,
        groups=_groups(asked, result),
        orders=orders(asked) if result.total > 1 else [],
        instead=instead(asked, result),
        shell=map_shell(current_app.config["IBASHO"]),
        map_files={"scripts": SCRIPTS, "styles": STYLES},
        openings=OPEN,
        **_districts(asked),
        distances=sorted({*DISTANCES_M, *filter(None, [asked.within])}),
        chips=quick_chips(asked),
        set_chips=set_chips(asked),
        mended=spellings(asked, result),
        added=added_to(asked, result),
    )


def _groups(asked: Asked, result: SearchResult) -> list[Group]:
    """Further conditions for what is shown, which may be less than what was asked for."""
    if not result.total:
        return []
    is_similar = any(hit.why is Why.SIMILAR for hit in result.hits)
    # the typed words lead to what is similar to them again
    dropped = [name for name in result.dropped if not (name == "text" and is_similar)]
    return groups(asked.without(dropped), stores.facets(asked.query, today(), dropped))


def _districts(asked: Asked) -> dict[str, Any]:
    """The school districts to choose from, in words by their names, the asked one among them.

    Where there are too many for a list there are none, and the page asks for the name.
    """
    names = {district_key(name): name for name in stores.districts()}
    if asked.district:
        names[district_key(asked.district)] = asked.district
    labels = {name: district_label(name) for name in names.values()}
    is_short = len(labels) <= MOST_DISTRICTS
    return {"districts": labels if is_short else {}, "has_districts": bool(labels)}


def _linked(asked: Asked, page: int) -> dict[str, Any]:
    return dict(asked.arguments(page=page))


@blueprint.get("/listings.geojson")
def feed() -> Response:
    """The result of a search as points for the map: same conditions and order as the list.

    A way that was asked for is its further member `way`.
    """
    asked = asked_here()
    if asked.not_understood:
        return _not_understood(asked.not_understood)
    cards = read_cards(_answer(asked, 0, MAX_FEATURES))
    features = [feature(card) for card in cards if card.listing.position.is_known]
    body: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if asked.query.along:
        body["way"] = way(asked.query)
    return as_json(body, mimetype="application/geo+json")


@blueprint.get("/search.csv")
def table() -> Response:
    """The whole result as a table for a spreadsheet."""
    asked = asked_here()
    if asked.not_understood:
        return _not_understood(asked.not_understood)
    cards = read_cards(_answer(asked, 0, max(1, stores.index().count())))
    response = Response(as_csv(cards), mimetype=CSV_TYPE)
    response.headers.set("Content-Disposition", "attachment", filename="ibasho.csv")
    return response


@blueprint.get("/api/services")
def services() -> Response:
    """One page of a result as services of HSDS 3; `page` counts from 1."""
    asked, given = asked_here(), Arguments(request.args.to_dict(flat=False))
    size = given.number("size", 1, MOST_A_PAGE) or PAGE_SIZE
    missed = (*asked.not_understood, *given.missed)
    if missed:
        return _not_understood(missed)
    result = _answer(asked, (asked.page - 1) * size, size)
    pages = ceil(result.total / size)
    return as_json(
        {
            "total_items": result.total,
            "total_pages": pages,
            "page_number": asked.page,
            "size": len(result.hits),
            "first_page": asked.page == 1,
            "last_page": asked.page >= pages,
            "empty": not result.hits,
            "dropped": list(result.dropped),
            "mended": dict(result.mended),
            "phrases": dict(result.phrases),
            "contents": [service(card) for card in read_cards(result, asked)],
        }
    )


@blueprint.get("/api/services/<listing_id>")
def one_service(listing_id: str) -> Response:
    """One listing as a service of HSDS 3."""
    found = read_public(stores.database(), [listing_id])
    if not found:
        abort(404)
    return as_json(service(card_of(found[0])))


def _not_understood(names: tuple[str, ...]) -> Response:
    return as_json({"error": f"not understood: {', '.join(names)}"}, 400)
