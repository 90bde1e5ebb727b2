"""The fields of a listing that the place and the desk are asked alike, and what is read of them.

Each form takes them from here and asks what it needs beyond them.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from wtforms import Form, StringField, ValidationError

from ibasho.data.geocode import find_municipality
from ibasho.data.listings import AddressVisibility, Kind, Listing, Location
from ibasho.data.schedule import Schedule, read_phrase
from ibasho.site.form_parts import SpokenForm, choice, line, text
from ibasho.site.languages import LazyString, lazy_gettext
from ibasho.site.words import KINDS

_TEXTS = ("name", "description", "schedule_text", "fees_description", "eligibility_description")
_VISIBILITIES = {
    AddressVisibility.EXACT: lazy_gettext("All of it"),
    AddressVisibility.AREA_ONLY: lazy_gettext("Only the town"),
    AddressVisibility.ON_REQUEST: lazy_gettext("Only the city or ward"),
}


def address_line(needed: LazyString | None = None) -> StringField:
    """The address; `needed` is what is said where it stays empty."""
    return line(lazy_gettext("Address"), needed)


class ListingFields(SpokenForm):
    """What every form for a listing asks."""

    kind = choice(lazy_gettext("What is it?"), KINDS)
    name = line(lazy_gettext("Name"), lazy_gettext("Give the name under which people know it."))
    description = text(lazy_gettext("About"))
    municipality = line(lazy_gettext("Prefecture and city or ward"))
    address = address_line()
    building = line(lazy_gettext("Building, floor"))
    visibility = choice(lazy_gettext("How much of the address is public?"), _VISIBILITIES)
    schedule_text = line(
        lazy_gettext("Opening days"),
        hint=lazy_gettext("As you would say it: 毎月第2・4土曜日 11:30～14:00"),
        most=500,
    )
    fees_description = line(lazy_gettext("Cost in words"))
    eligibility_description = line(lazy_gettext("Who may come"), most=500)

    def validate_municipality(self, field: StringField) -> None:
        """One that exists, so that the public line of the city says no more than the city."""
        if field.data and find_municipality(field.data) is None:
            raise ValidationError(
                lazy_gettext("No city or ward is called that. Write it with its prefecture.")
            )


def values_of(listing: Listing) -> dict[str, object]:
    """What these fields say of a listing."""
    return {
        **{name: getattr(listing, name) for name in _TEXTS},
        "kind": str(listing.kind),
        **place_values(listing.location),
    }


def place_values(where: Location) -> dict[str, str]:
    """What the fields of a place say of one."""
    return {
        "municipality": where.municipality,
        "address": where.address,
        "building": where.building,
        "visibility": str(where.visibility),
    }


def said_by(form: ListingFields, before: Listing | None) -> Listing:
    """The listing with what a valid form says in these fields, but for its place.

    What the form does not ask for stays as it was.
    """
    before = before or Listing(Kind(form.kind.data), "")
    return replace(texts_said(form, before, _TEXTS), kind=Kind(form.kind.data))


def texts_said(form: Form, before: Listing, names: Iterable[str]) -> Listing:
    """The listing with these texts of a valid form; its days are read anew where they differ."""
    said: dict[str, Any] = {name: form[name].data or "" for name in names}
    after = replace(before, **said)
    return replace(after, schedule=_days(after.schedule_text, before))


def _days(phrase: str, before: Listing) -> Schedule:
    return before.schedule if phrase == before.schedule_text else read_phrase(phrase)
