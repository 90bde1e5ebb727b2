"""What the form says at once of what is being typed: the next dates, and where that is."""

from typing import TypedDict

from flask import Response, current_app, request
from wtforms import Form

from ibasho.data.addresses import geocoder
from ibasho.data.listings import AddressVisibility, Location, locate, refined
from ibasho.data.listings.places import public_address
from ibasho.data.schedule import Certainty, Note, Schedule, read_phrase
from ibasho.site.coordinator.forms import read_pin
from ibasho.site.coordinator.views import blueprint
from ibasho.site.languages import LazyString, gettext, lazy_gettext
from ibasho.site.public.views import as_json
from ibasho.site.stores import NEXT_DATES, coming, in_school_year
from ibasho.site.words import ask_first, day, hours, is_rough, without_prefecture

_DAYS = lazy_gettext(
    "It does not say which days exactly. Clear are: 毎週土曜日, 毎月第2土曜日, 2026年12月20日."
)
_TIMES = lazy_gettext("The times are not clear, so none are shown. Clear is: 11:30～14:00.")
_PARTS = lazy_gettext("Two parts say different things.")
_UNREAD = lazy_gettext("Some words were not understood.")
_WHY: dict[Note, LazyString] = {
    Note.NOT_UNDERSTOOD: _UNREAD,
    Note.TOO_LONG: _UNREAD,
    Note.IRREGULAR: lazy_gettext("It names no regular days."),
    Note.HEDGED: lazy_gettext("The text itself is not sure (about, as a rule)."),
    Note.AMBIGUOUS: lazy_gettext(
        "It can be read in two ways. Name each day: 第2土曜日と第2日曜日."
    ),
    Note.DAY_NOT_NAMED: _DAYS,
    Note.WEEKDAY_ONLY: _DAYS,
    Note.MONTH_UNKNOWN: _DAYS,
    Note.YEAR_UNKNOWN: _DAYS,
    Note.SCHOOL_HOLIDAYS: lazy_gettext("The dates of the school holidays are not known here."),
    Note.TIMES_REVERSED: _TIMES,
    Note.TIMES_CONTRADICT: _TIMES,
    Note.TIMES_UNSURE: _TIMES,
    Note.PARTS_CONTRADICT: _PARTS,
    Note.COLUMNS_CONTRADICT: _PARTS,
}


class SaidDate(TypedDict):
    """One of the next dates: its day, its times, and that one should call first."""

    day: str
    hours: str
    doubt: str


class SaidSchedule(TypedDict):
    """The next dates of a phrase, and in words what keeps them from being certain."""

    dates: list[SaidDate]
    says: list[str]


class SaidPlace(TypedDict):
    """What is known of a place (WGS 84 degrees, metres), and what the public will read."""

    lat: float | None
    lon: float | None
    radius_m: int | None
    found: str
    says: str
    public: str


@blueprint.get("/schedule")
def schedule() -> Response:
    """What a phrase on opening days says."""
    return as_json(dates_said(request.args.get("phrase", "")))


@blueprint.get("/place")
def place() -> Response:
    """Where an address is, as the geocoder knows it, and how much of it will be public."""
    given = (request.args.get(name, "").strip()[:200]
             for name in ("municipality", "address", "visibility", "pin"))  # fmt: skip
    return as_json(place_said(*given))


def dates_said(phrase: str) -> SaidSchedule:
    """The same for a page that is made at once; nothing where nothing was written."""
    if not phrase.strip():
        return {"dates": [], "says": []}
    read = in_school_year(read_phrase(phrase[:500]))
    dates = coming(read)[:NEXT_DATES]
    return {
        "dates": [
            {"day": day(one.date), "hours": hours(one),
             "doubt": gettext("call first") if one.confirm else ""}
            for one in dates
        ],
        "says": _doubts(read, has_dates=bool(dates)),
    }  # fmt: skip


def _doubts(read: Schedule, *, has_dates: bool) -> list[str]:
    if read.certainty is Certainty.EXACT and has_dates:
        return []
    why = dict.fromkeys(str(_WHY[note]) for note in read.notes if note in _WHY)
    return [*why, *([] if has_dates else [ask_first(read)])]


def place_of_form(form: Form) -> SaidPlace:
    """What is said of the place that a form is about."""
    names = ("municipality", "address", "visibility", "pin")
    return place_said(*(str(form[name].data or "") for name in names))


def place_said(municipality: str, address: str, visibility: str, pin: str) -> SaidPlace:
    """What is said of an address; a pin wins over it."""
    shown = AddressVisibility(visibility) if visibility in list(AddressVisibility) else (
        AddressVisibility.EXACT
    )  # fmt: skip
    location = refined_here(locate(municipality, address, "", shown, read_pin(pin)))
    known, nothing = location.position, not (address or pin)
    if nothing:
        says = ""
    elif not known.is_known:
        says = gettext(
            "Not on the map: the address was not found. Add the town, or an exact position."
        )
    elif is_rough(known):
        says = gettext("Shown as a soft circle of %(metres)d m.", metres=known.radius_m or 0)
    else:
        says = gettext("Shown as a point.")
    told = gettext("The public reads: %(address)s", address=public_address(location))
    return {
        "lat": known.lat if known.is_known else None,
        "lon": known.lon if known.is_known else None,
        "radius_m": known.radius_m,
        "found": "" if nothing else without_prefecture(location.area),
        "says": says,
        "public": "" if nothing else told,
    }


def refined_here(location: Location) -> Location:
    """A location at the point of its block, where this site has that."""
    settings = current_app.config["IBASHO"]
    with geocoder(settings.data_dir, settings.dictionary) as find:
        return refined(location, find)
