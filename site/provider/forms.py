"""The short forms of providers: what, where, when, who; and how to reach them."""

from collections.abc import Mapping
from dataclasses import replace

from wtforms import BooleanField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from ibasho.data.geocode import find_municipality
from ibasho.data.listings import (
    AddressVisibility,
    ContactVisibility,
    Email,
    Kind,
    Listing,
    Phone,
    locate,
)
from ibasho.data.pipeline import Lead, Person
from ibasho.data.schedule import read_phrase
from ibasho.data.text import printable
from ibasho.site.form_parts import KIND_CHOICES, VISIBILITIES, SpokenForm
from ibasho.site.languages import lazy_gettext
from ibasho.site.telephone import NOT_IN_JAPAN, is_in_japan, plain_number

_SHORT = Length(max=200)
_LONG = Length(max=1_000)
_TEXTS = ("name", "description", "schedule_text", "fees_description", "eligibility_description")


def _plain(value: str | None) -> str:
    return printable(value or "").strip()


class PlaceForm(SpokenForm):
    """What a provider says of a place."""

    kind = SelectField(
        lazy_gettext("What is it?"),
        choices=KIND_CHOICES,
    )
    name = StringField(
        lazy_gettext("Name"),
        [DataRequired(lazy_gettext("Give the name under which people know it.")), _SHORT],
        filters=[_plain],
    )
    description = TextAreaField(lazy_gettext("About"), [_LONG], filters=[_plain])
    municipality = StringField(
        lazy_gettext("Prefecture and city or ward"), [_SHORT], filters=[_plain]
    )
    address = StringField(
        lazy_gettext("Address"),
        [DataRequired(lazy_gettext("Write the town at least.")), _SHORT],
        filters=[_plain],
    )
    building = StringField(lazy_gettext("Building, floor"), [_SHORT], filters=[_plain])
    visibility = SelectField(
        lazy_gettext("How much of the address is public?"),
        choices=VISIBILITIES,
    )
    schedule_text = StringField(
        lazy_gettext("Opening days"),
        [Length(max=500)],
        description=lazy_gettext("As you would say it: 毎月第2・4土曜日 11:30～14:00"),
        filters=[_plain],
    )
    eligibility_description = StringField(
        lazy_gettext("Who may come"), [Length(max=500)], filters=[_plain]
    )
    fees_description = StringField(lazy_gettext("Cost in words"), [_SHORT], filters=[_plain])
    phone = StringField(
        lazy_gettext("Telephone, for everyone"), [_SHORT], filters=[_plain, plain_number]
    )

    def validate_municipality(self, field: StringField) -> None:
        """One that exists, so that the public line of the city says no more than the city."""
        if field.data and find_municipality(field.data) is None:
            raise ValidationError(
                lazy_gettext("No city or ward is called that. Write it with its prefecture.")
            )

    def validate_phone(self, field: StringField) -> None:
        """A number that can be called."""
        if field.data and not is_in_japan(field.data):
            raise ValidationError(NOT_IN_JAPAN)


class RegistrationForm(PlaceForm):
    """The same, with who sends it; all of that is for the office alone."""

    person = StringField(
        lazy_gettext("Your name"),
        [DataRequired(lazy_gettext("Write whom we may ask for.")), _SHORT],
        filters=[_plain],
    )
    mail = StringField(
        lazy_gettext("Mail address"),
        [
            DataRequired(lazy_gettext("Write a mail address: name@example.jp")),
            Length(max=254),
        ],
        filters=[_plain],
    )
    mail_is_public = BooleanField(lazy_gettext("Show this mail address to everyone"))
    office_phone = StringField(
        lazy_gettext("Telephone, for the office only"), [_SHORT], filters=[_plain, plain_number]
    )
    consent = BooleanField(
        lazy_gettext("I agree that this is shown on the site."),
        [InputRequired(lazy_gettext("Without your consent it cannot be listed."))],
    )

    validate_office_phone = PlaceForm.validate_phone

    def validate_mail(self, field: StringField) -> None:
        """An address to which mail can go: one word with one @, and a dot after it."""
        name, at, host = field.data.partition("@")
        is_word = len(field.data.split()) == 1 and not set(field.data) & set('<>,;:"()[]\\')
        if not (
            field.data.isascii()
            and name
            and at
            and "." in host.strip(".")
            and "@" not in host
            and is_word
        ):
            raise ValidationError(lazy_gettext("Write a mail address: name@example.jp"))


def place_of(form: PlaceForm, before: Listing | None = None) -> Listing:
    """The listing that a valid form describes; what it does not ask for stays as it was."""
    before = before or Listing(Kind(form.kind.data), "")
    where = before.location
    visibility = AddressVisibility(form.visibility.data)
    asked = (form.municipality.data, form.address.data, form.building.data, visibility)
    if asked != (where.municipality, where.address, where.building, where.visibility):
        where = locate(*asked)
    schedule = before.schedule
    if form.schedule_text.data != before.schedule_text:
        schedule = read_phrase(form.schedule_text.data)
    return replace(
        before,
        **{name: getattr(form, name).data for name in _TEXTS},
        kind=Kind(form.kind.data),
        location=where,
        schedule=schedule,
        phones=_phones(form.phone.data, before.phones),
    )


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
    where = place.location
    return {
        **{name: getattr(place, name) for name in _TEXTS},
        "kind": str(place.kind),
        "municipality": where.municipality,
        "address": where.address,
        "building": where.building,
        "visibility": str(where.visibility),
        "phone": next((one.number for one in place.phones if _is_public(one)), ""),
    }


def _phones(number: str, before: tuple[Phone, ...]) -> tuple[Phone, ...]:
    """The numbers with the first public one replaced."""
    first = next((one for one in before if _is_public(one)), None)
    if first is None:
        return (*((Phone(number),) if number else ()), *before)
    changed = (replace(first, number=number),) if number else ()
    return (*changed, *(one for one in before if one is not first))


def _is_public(phone: Phone) -> bool:
    return phone.visibility is ContactVisibility.PUBLIC
