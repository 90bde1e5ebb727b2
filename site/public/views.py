"""The addresses of the public site."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import replace

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    render_template,
    request,
    url_for,
)

from ibasho.data.clock import japan_now, today
from ibasho.data.events import PublicEvent, read_events
from ibasho.data.listings import (
    VOLUNTEER_KINDS,
    Kind,
    PublicListing,
)
from ibasho.data.listings.store import count_public, read_credits, read_public
from ibasho.data.networks import read_networks
from ibasho.data.pictures import PublicPicture, read_public_pictures
from ibasho.data.schedule import Occurrence, closed_dates, is_over, occurrences
from ibasho.data.sealing import has_right_key
from ibasho.search_index import Open, Point, SearchQuery
from ibasho.site import stores, words
from ibasho.site.asking import Asked, also_asked, read_asked
from ibasho.site.keeping import for_everyone
from ibasho.site.maps import SCRIPTS, STYLES, map_shell
from ibasho.site.notice_words import date_lines
from ibasho.site.own_words import own
from ibasho.site.public.cards import Card, feature, read_cards
from ibasho.site.public.conditions import quick_chips
from ibasho.site.public.desks import answering
from ibasho.site.public.linked_data import linked_data
from ibasho.site.public.newcomer import newcomer
from ibasho.site.public.reading import articles_beside, newest_articles
from ibasho.site.public.route import route
from ibasho.site.public.sharing import sharing
from ibasho.site.public.viewed import count_view

blueprint = Blueprint("public", __name__)

NEXT_DATES = 6
ON_HOME = 3
LOOKED_THROUGH = 50  # openings of today, of which some are over in the evening
NEARBY = 3
MOST_DESKS = 100
HORIZON_DAYS = 366


@blueprint.get("/")
def home() -> str:
    """The first page: what do you need, and where?"""
    here = stores.index().kinds()
    open_today = _open_on(Open.TODAY)
    return render_template(
        "public/home.html",
        needs=[kind for kind in words.KINDS if kind in here - VOLUNTEER_KINDS],
        helps=[kind for kind in words.KINDS if kind in here & VOLUNTEER_KINDS],
        count=count_public(stores.database()),
        today=open_today,
        weekend=_open_on(Open.WEEKEND, besides={card.listing.id for card in open_today}),
        chips=quick_chips(asked_here()),
        events=_coming_events(),
        reading=newest_articles(),
        lines=answering(japan_now()),
    )


def _coming_events() -> list[tuple[PublicEvent, Occurrence]]:
    """The next few events, each with its next date."""
    moment = japan_now()
    coming = read_events(stores.database(), moment.date())
    dates = [
        (event, left[0])
        for event in coming
        if not event.cancelled
        and (left := [one for one in event.since(moment.date()) if not is_over(one, moment)])
    ]
    return dates[:ON_HOME]


def _open_on(when: Open, besides: Collection[str] = ()) -> list[Card]:
    """The first few places for children that are open then, soonest first, and not over yet.

    Those of the ids in `besides` stand on the page already.
    """
    moment = japan_now()
    query = replace(read_asked({"open": when}, moment.date()).query, limit=LOOKED_THROUGH)
    result = stores.find(query, moment.date(), relax=False)
    left = [
        hit
        for hit in result.hits
        if hit.next and not is_over(hit.next, moment) and hit.id not in besides
    ]
    return read_cards(replace(result, hits=tuple(left[:ON_HOME])))


@blueprint.get("/listings/<listing_id>")
def listing(listing_id: str) -> str:
    """All that the public may know of one listing."""
    found = read_public(stores.database(), [listing_id])
    if not found:
        abort(404)
    count_view(listing_id)
    return render_template("public/listing.html", **page_of(found[0]))


def page_of(listing: PublicListing) -> dict[str, object]:
    """All that the page of a listing says, whether everyone may read it yet or not."""
    day = today()
    schedule = stores.in_school_year(listing.schedule)
    last = day + dt.timedelta(days=HORIZON_DAYS)
    dates = occurrences(schedule, day, last)
    shown = dates[:NEXT_DATES]
    until = shown[-1].date if shown else last
    noticed = {one.date for one in listing.notices}
    here = url_for("public.listing", listing_id=listing.id, _external=True)
    pictures = read_public_pictures(stores.database(), listing.id)
    return {
        "listing": listing,
        "newcomer": newcomer(listing),
        "pictures": pictures,
        "sharing": sharing(own(listing, "name").text, here),
        "route": route(listing),
        "nearby": _nearby(listing),
        "reading": articles_beside(listing),
        "dates": shown,
        "lines": date_lines(listing, shown, until),
        "closed": [one for one in closed_dates(schedule, day, until) if one not in noticed],
        "light": stores.lights([listing.id]).get(listing.id),
        "feature": feature(Card(listing, None, dates[0] if dates else None)),
        "linked_data": linked_data(listing, here, list(map(_large, pictures))),
        "shell": map_shell(current_app.config["IBASHO"]),
        "map_files": {"scripts": SCRIPTS, "styles": STYLES},
    }


def _large(picture: PublicPicture) -> str:
    """The absolute address of a picture in its largest size."""
    width = picture.sizes[-1].width
    return url_for("public.picture", picture_id=picture.id, width=width, _external=True)


def _nearby(listing: PublicListing) -> list[Card]:
    """The nearest others of its kind."""
    where = listing.position
    if where.lat is None or where.lon is None or not where.is_known:
        return []
    kinds = frozenset({listing.kind})
    query = SearchQuery(kinds=kinds, near=Point(where.lat, where.lon), limit=NEARBY + 1)
    cards = read_cards(stores.find(query, today(), relax=False))
    return [card for card in cards if card.listing.id != listing.id][:NEARBY]


@blueprint.get("/desks")
def desks() -> str:
    """Who listens, those who answer now first: the national lines and the desks of this city."""
    query = SearchQuery(kinds=frozenset({Kind.CONSULTATION_DESK}), limit=MOST_DESKS)
    here = read_cards(stores.find(query, today(), relax=False))
    moment = japan_now()
    return render_template(
        "public/desks.html", found=answering(moment, here), clock=f"{moment:%H:%M}",
        day=moment.date(),
    )  # fmt: skip


@blueprint.get("/about")
def about() -> str:
    """What this site is, how sure its facts are, and what it keeps about a visitor: nothing."""
    db = stores.database()
    return render_template(
        "public/about.html", credits=read_credits(db), networks=read_networks(db)
    )


@blueprint.get("/accessibility")
def accessibility() -> str:
    """What this site does for those whom others shut out, and where it still fails."""
    return render_template("public/accessibility.html")


@blueprint.get("/healthz")
def health() -> Response:
    """For a monitor: is the site whole?"""
    db = stores.database()
    current, has_key = stores.index().is_current(db), has_right_key(db)
    is_whole = current and has_key
    body = {
        "status": "ok" if is_whole else "degraded",
        "listings": count_public(db),
        "index": "current" if current else "behind",
        "key": "right" if has_key else "missing or wrong",
    }
    return as_json(body, 200 if is_whole else 503)


def asked_here() -> Asked:
    """What the address of this request asks for."""
    arguments = request.args.to_dict(flat=False)
    asked = read_asked(arguments, today(), stores.find_place, stores.understand_words)
    if asked.is_as_linked(arguments, stores.districts() if asked.district else ()):
        for_everyone()
    return also_asked(asked, stores.synonyms())


def as_json(
    body: Mapping[str, object], status: int = 200, mimetype: str = "application/json"
) -> Response:
    """An answer for programs."""
    return Response(json.dumps(body, ensure_ascii=False), status, mimetype=mimetype)
