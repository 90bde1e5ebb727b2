"""A sheet of chosen places to print and to hand over; nothing of it is stored."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import numpy as np
from flask import Response, abort, render_template, url_for
from markupsafe import Markup

from ibasho.data.areas import read_areas
from ibasho.data.clock import japan_now
from ibasho.data.geocode.nearby import metres
from ibasho.data.listings import AddressVisibility, FirstVisit, PublicListing, first_visit
from ibasho.data.schedule import Occurrence, is_over
from ibasho.data.stations import Station, read_stations
from ibasho.site import stores, words
from ibasho.site.files import read_file
from ibasho.site.languages import gettext
from ibasho.site.public import sheet_pdf as pdf
from ibasho.site.public.chosen import Chosen, read_chosen
from ibasho.site.public.route import route
from ibasho.site.public.sheet_map import SheetMap, draw
from ibasho.site.public.views import blueprint
from ibasho.site.qr_code import qr_code
from ibasho.site.spoken_name import spoken_name

A_PAGE = 6
MOST = 24
NEXT_DATES = 3
WALK_M = 2_500  # from a station; beyond it one takes a bus


@dataclass(frozen=True, slots=True)
class Entry:
    """A place on the sheet: its number there, its next dates, and the station to walk from.

    `spoken` is the name in kana, "" where that is not known; `from_station` is a sentence.
    """

    number: int
    listing: PublicListing
    spoken: str
    visit: FirstVisit
    dates: list[Occurrence]
    from_station: str
    route: str


@dataclass(frozen=True, slots=True)
class Page:
    """One side of paper."""

    entries: list[Entry]
    map: SheetMap | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Sides of paper, the address at which they are, and that address as a QR code (SVG)."""

    pages: list[Page]
    link: str
    qr: Markup
    printed_on: dt.date


@blueprint.get("/sheet")
def sheet() -> str:
    """The chosen places on A4, with the ways to pass them on; without any, how to choose."""
    chosen = read_chosen(MOST)
    made = make_sheet(chosen)
    subject = gettext("Places to go and people to ask")
    return render_template(
        "public/sheet.html",
        chosen=chosen,
        sheet=made,
        most=MOST,
        has_pdf=pdf.IS_INSTALLED,
        line="https://social-plugins.line.me/lineit/share?" + urlencode({"url": made.link}),
        mail=f"mailto:?subject={quote(subject)}&body={quote(made.link)}",
        conditions={"ids": chosen.ids} if chosen.listings else {},
    )


@blueprint.get("/sheet.pdf")
def sheet_pdf() -> Response:
    """The same sheet as a PDF; nowhere without the extra for it, or without a place."""
    chosen = read_chosen(MOST)
    if not pdf.IS_INSTALLED or not chosen.listings:
        abort(404)
    made = make_sheet(chosen)
    page = render_template("public/sheet_pdf.html", sheet=made)
    style = read_file("static", "sheet.css").body.decode()
    response = Response(pdf.as_pdf(page, style, len(made.pages)), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename="ibasho.pdf")
    return response


def make_sheet(chosen: Chosen) -> Sheet:
    """The sheet of these places as it is today."""
    stations = read_stations(stores.database())
    areas = read_areas(stores.database())
    entries = [_entry(at, one, stations) for at, one in enumerate(chosen.listings, start=1)]
    sides = [entries[at : at + A_PAGE] for at in range(0, len(entries), A_PAGE)]
    link = url_for("public.sheet", ids=chosen.ids or None, _external=True)
    return Sheet(
        pages=[
            Page(side, draw([(one.number, one.listing.position) for one in side], areas, stations))
            for side in sides
        ],
        link=link,
        qr=qr_code(link),
        printed_on=japan_now().date(),
    )


def _entry(number: int, listing: PublicListing, stations: Sequence[Station]) -> Entry:
    moment = japan_now()
    dates = stores.coming(listing.schedule)
    return Entry(
        number=number,
        listing=listing,
        spoken=spoken_name(listing),
        visit=first_visit(listing),
        dates=[one for one in dates if not is_over(one, moment)][:NEXT_DATES],
        from_station=_from_station(listing, stations),
        route=route(listing),
    )


def _from_station(listing: PublicListing, stations: Sequence[Station]) -> str:
    """How far it is from the nearest station as the crow flies; "" where that would say nothing."""
    where = listing.position
    is_hidden = listing.address_visibility is not AddressVisibility.EXACT
    if is_hidden or not stations or where.lat is None or where.lon is None or words.is_rough(where):
        return ""
    lats, lons = np.array([(one.lat, one.lon) for one in stations]).T
    away = metres(where.lat, where.lon, lats, lons)
    at = int(away.argmin())
    if away[at] > WALK_M:
        return ""
    return gettext(
        "%(distance)s from %(station)s Station in a straight line",
        distance=words.distance(round(away[at]), where), station=stations[at].name,
    )  # fmt: skip
