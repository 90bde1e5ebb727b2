"""The short forms of providers: what, where, when, who; and how to reach them."""

from collections.abc import Mapping
from dataclasses import replace

from wtforms import BooleanField
from wtforms.validators import InputRequired

from ibasho.data.clock import today
from ibasho.data.listings import (
    AddressVisibility,
    ContactVisibility,
    Email,
    Listing,
    Phone,
    locate,
)
from ibasho.data.pipeline import Lead, Person
from ibasho.data.telephone import Told, read
from ibasho.site.form_parts import NO_MAIL, line, mail_line, phone_line
from ibasho.site.languages import lazy_gettext
from ibasho.site.listing_fields import ListingFields, address_line, said_by, values_of

BY_MAIL = "提供者（メール）"
"""How a listing says that its provider called it true through the link of a mail."""


class PlaceForm(ListingFields):
    """What a provider says of a place."""

    address = address_line(lazy_gettext("Write the town at least."))
    phone = phone_line(lazy_gettext("Telephone, for everyone"))


class RegistrationForm(PlaceForm):
    """The same, with who sends it; all of that is for the office alone."""

    person = line(lazy_gettext("Your name"), lazy_gettext("Write whom we may ask for."))
    mail = mail_line(lazy_gettext("Mail address"), NO_MAIL)
    mail_is_public = BooleanField(lazy_gettext("Show this mail address to everyone"))
    office_phone = phone_line(lazy_gettext("Telephone, for the office only"))
    consent = BooleanField(
        lazy_gettext("I agree that this is shown on the site."),
        [InputRequired(lazy_gettext("Without your consent it cannot be listed."))],
    )


def place_of(form: PlaceForm, before: Listing | None = None) -> Listing:
    """The listing that a valid form describes, called true today by who runs the place.

    What the form does not ask for stays as it was.
    """
    said = said_by(form, before)
    where = said.location
    visibility = AddressVisibility(form.visibility.data)
    asked = (form.municipality.data, form.address.data, form.building.data, visibility)
    if asked != (where.municipality, where.address, where.building, where.visibility):
        where = locate(*asked)
    return replace(
        said, location=where, phones=_phones(form.phone.data, said.phones),
        assured_date=today(), assured_by=BY_MAIL,
    )  # fmt: skip


def registered_place(form: RegistrationForm) -> Listing:
    """The listing of a registration; a mail address only where its owner wants it to be public."""
    place = place_of(form)
    return replace(place, emails=(Email(form.mail.data),) if form.mail_is_public.data else ())


def lead_of(form: RegistrationForm, place: Listing) -> Lead:
    """The lead of a registration, with whom to ask."""
    person = Person(form.person.data, "", form.office_phone.data, form.mail.data)
    return Lead(
        place.kind, place.name, place.location.municipality, place.location.address,
        people=(person,),
    )  # fmt: skip


def fields_of_place(place: Listing) -> Mapping[str, object]:
    """The fields of the form for a listing."""
    first = _first_public(place.phones)
    phone = str(Told(first.number, first.description)) if first else ""
    return values_of(place) | {"phone": phone}


def _phones(line: str, before: tuple[Phone, ...]) -> tuple[Phone, ...]:
    """The numbers with the first public one, and what it is for, replaced."""
    number, about = read(line)
    first = _first_public(before)
    others = tuple(one for one in before if one is not first)
    return (*((Phone(number, about),) if number else ()), *others)


def _first_public(phones: tuple[Phone, ...]) -> Phone | None:
    return next((one for one in phones if one.visibility is ContactVisibility.PUBLIC), None)
