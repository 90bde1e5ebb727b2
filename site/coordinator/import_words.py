"""What the importers say about a list, in the words of the desk: they speak to a command line."""

import re
from collections.abc import Sequence

from flask_babel import LazyString

from ibasho.site.coordinator.forms import ListingForm
from ibasho.site.languages import gettext, lazy_gettext

_Words = Sequence[tuple[str, LazyString]]

FIELD_LABELS: dict[str, LazyString] = {
    "name": lazy_gettext("Name"),
    "kana": lazy_gettext("Name in kana"),
    "organization": lazy_gettext("Run by"),
    "address": lazy_gettext("Address"),
    "building": lazy_gettext("Building, floor"),
    "schedule": lazy_gettext("Opening days"),
    "cost": lazy_gettext("Cost"),
    "ages": lazy_gettext("Who may come"),
    "phone": lazy_gettext("Telephone"),
    "url": lazy_gettext("Web page"),
    "description": lazy_gettext("About"),
    "id": lazy_gettext("Number in the list"),
    "kind": lazy_gettext("What is it?"),
    "lat": lazy_gettext("Latitude"),
    "lon": lazy_gettext("Longitude"),
}

LEVELS: dict[str, LazyString] = {
    "pin": lazy_gettext("A point"),
    "block": lazy_gettext("The block"),
    "chome": lazy_gettext("The chome"),
    "town": lazy_gettext("The town"),
    "municipality": lazy_gettext("Only the city or ward"),
    "none": lazy_gettext("Not known"),
}

# What changes together in a listing, by the field of the form that says it best.
_NEAREST = {
    "location": "address",
    "position": "pin",
    "schedule": "schedule_text",
    "costs": "fees_description",
    "phones": "phones_public",
    "emails": "emails_public",
}

# The first that is found in the English sentence tells which it is.
_REFUSALS: _Words = (
    ("demo ward", lazy_gettext(
        "This is the demo ward, whose places are made up. Bring in real lists on a site of your"
        " own.")),
    ("not points alone", lazy_gettext(
        "This file draws areas or lines. Choose one in which each place is a point; outlines are"
        " entered under “Areas”.")),
    ("is not a table|cannot be imported yet", lazy_gettext(
        "This file is not a table. Open the list in a spreadsheet, save it as CSV or Excel (.xlsx)"
        " and choose that file.")),
    ("is empty|but no rows", lazy_gettext(
        "There are no rows in this file. Save the list again with its rows and choose that file.")),
    ("larger than|Import it in parts|at most", lazy_gettext(
        "This list is too large. Split it and bring in one part after another.")),
    ("cut|damaged|cannot be read|number its cells|neither UTF-8", lazy_gettext(
        "This file is damaged, or part of it is missing. Download it or save it again and choose"
        " that file.")),
    ("more cells than", lazy_gettext(
        "Most rows have more cells than there are columns. Put this right in a spreadsheet and"
        " choose the file again.")),
    ("is the name|has no column|columns that are known", lazy_gettext(
        "It is not clear yet which column is the name of a place. Choose it under “Columns”.")),
    ("municipality|names a city", lazy_gettext(
        "Nothing says in which city or ward these places are. Write it under “How to read it”.")),
    ("may belong to", lazy_gettext(
        "It is not clear to which list these further rows belong. Choose both files together.")),
)  # fmt: skip

_REASONS: _Words = (
    ("has no name", lazy_gettext("Has no name; the row is left out")),
    ("names no city", lazy_gettext("The address names no city or ward")),
    ("address was not found", lazy_gettext("The address was not found")),
    ("found by its address", lazy_gettext("The position cannot be right; the address is used")),
    ("telephone", lazy_gettext("Not simply a telephone number; staff alone see it")),
    ("web address", lazy_gettext("Is no web address; it goes into the note")),
    ("mail address", lazy_gettext("Is no mail address; it is left out")),
    ("corrected it", lazy_gettext(
        "The list has changed this, but somebody corrected it; that stays")),
    ("nothing was taken over", lazy_gettext("Is there already; nothing is taken over")),
    ("whose address is", lazy_gettext("Resembles a place with a hidden address; hidden as well")),
    ("left alone|its listing is|which is|decide about", lazy_gettext(
        "Was taken off the list here; the row is left out")),
    ("belongs to no|to which listing", lazy_gettext("Belongs to no place that is known; left out")),
    ("not unique", lazy_gettext("The number stands at two places; name and address decide")),
    ("more cells", lazy_gettext("Has more cells than there are columns; the row is left out")),
    ("was cut", lazy_gettext("Is too long and is cut")),
    ("no kind", lazy_gettext("No kind of place is called that; the kind of the list is taken")),
    ("no municipality", lazy_gettext("No city or ward is called that")),
    ("after the beginning", lazy_gettext("Ends before it begins")),
    ("stands twice", lazy_gettext("This column stands twice; the first is used")),
)  # fmt: skip

_WHY: _Words = (
    ("same name", lazy_gettext("same name")),
    ("similar name", lazy_gettext("similar name")),
    ("same telephone", lazy_gettext("same telephone number")),
    ("same address", lazy_gettext("same address")),
)

_FETCHING: _Words = (
    ("^address", lazy_gettext("A web address begins with https://")),
    ("^private", lazy_gettext("This address lies inside the network and is not asked.")),
    ("^answer", lazy_gettext("There is no file at this address. Look whether it has moved.")),
    (
        "^large",
        lazy_gettext("This list is too large. Split it and bring in one part after another."),
    ),
    ("^network", lazy_gettext("The server did not answer. It is asked again next time.")),
    *_REFUSALS,
)


def field_label(name: str) -> str:
    """What a problem is about: a column by its own name, a field of a listing by its label."""
    field = ListingForm()._fields.get(_NEAREST.get(name, name))
    return str(field.label.text) if field else name


def refusal(text: str) -> str:
    """Why a file was refused, and what to do."""
    return _said(text, _REFUSALS)


def reason(text: str) -> str:
    """What is odd about a row."""
    return _said(text, _REASONS)


def feed_problem(text: str) -> str:
    """Why a source gave nothing the last time."""
    return _said(text, _FETCHING)


def why_alike(text: str) -> str:
    """Why a row and a listing may be one place: by name, by address or by how far they are."""
    found = [str(words) for pattern, words in _WHY if pattern in text]
    if metres := re.search(r"([0-9]+) m apart", text):
        found.append(gettext("%(metres)d m apart", metres=int(metres[1])))
    return gettext(", ").join(found)


def _said(text: str, words: _Words) -> str:
    return next((str(said) for pattern, said in words if re.search(pattern, text)), text)
