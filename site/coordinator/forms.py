"""The one form for a listing: from a stored listing to its fields, and back."""

import re
from dataclasses import replace

from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    Form,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import URL, DataRequired, Length, NumberRange, Optional

from ibasho.data.clock import today
from ibasho.data.geocode import Level, find_municipality
from ibasho.data.listings import (
    COST_GROUPS,
    COST_TERMS,
    LANGUAGES,
    AddressVisibility,
    ContactVisibility,
    Email,
    Kind,
    Listing,
    Location,
    Phone,
    Position,
    PositionSource,
    locate,
    pin,
)
from ibasho.data.schedule import read_phrase
from ibasho.site.coordinator.costs import amount_of, term_lines, with_amount, with_term
from ibasho.site.coordinator.ticks import fact_ticks, in_order, language_ticks
from ibasho.site.coordinator.translations import (
    add_translation_fields,
    translation_values,
    translations_of,
)
from ibasho.site.costs_words import COSTS, TERMS
from ibasho.site.form_parts import KIND_CHOICES, VISIBILITIES, SpokenForm
from ibasho.site.languages import lazy_gettext
from ibasho.site.telephone import NOT_IN_JAPAN, is_in_japan, plain_number

_SHORT = Length(max=200)
_LONG = Length(max=4_000)
_CONTACT = re.compile(r"^(\S+)\s*(.*)$")
_CALLED = "電話"  # as an office notes it, in whatever language it reads this page
_NUMBER = re.compile(r"^[0-9()+#\-.]{3,20}$")
_PLAIN = ("name", "alternate_name", "description", "organization", "schedule_text",
          "fees_description", "eligibility_description", "application_process", "capacity", "url",
          "school_district", "network", "note")  # fmt: skip
_LINES = lazy_gettext("One a line: first the number or address, then what it is for.")
_YEN_LINES = lazy_gettext("One a line: first the yen, then what it is for: 19800 週3日まで.")


def _strip(value: str | None) -> str:
    return (value or "").strip()


def number_up_to(most: int) -> NumberRange:
    """The rule that a number is between 0 and this, said in words."""
    words = lazy_gettext("Write a number from %(min)s to %(max)s.")
    return NumberRange(0, most, words)


class ListingForm(SpokenForm):
    """All that a coordinator says of a listing."""

    kind = SelectField(
        lazy_gettext("What is it?"),
        choices=KIND_CHOICES,
    )
    name = StringField(
        lazy_gettext("Name"),
        [DataRequired(lazy_gettext("Give the name under which people know it.")), _SHORT],
        filters=[_strip],
    )
    alternate_name = StringField(lazy_gettext("Name in kana"), [_SHORT], filters=[_strip])
    organization = StringField(lazy_gettext("Run by"), [_SHORT], filters=[_strip])
    description = TextAreaField(lazy_gettext("About"), [_LONG], filters=[_strip])
    municipality = StringField(
        lazy_gettext("Prefecture and city or ward"), [_SHORT], filters=[_strip]
    )
    address = StringField(lazy_gettext("Address"), [_SHORT], filters=[_strip])
    building = StringField(lazy_gettext("Building, floor"), [_SHORT], filters=[_strip])
    visibility = SelectField(
        lazy_gettext("How much of the address is public?"),
        choices=VISIBILITIES,
    )
    pin = StringField(
        lazy_gettext("Exact position, if you know it"),
        [_SHORT],
        description=lazy_gettext("Latitude, longitude: 35.7257,139.5386. Wins over the address."),
        filters=[_strip],
    )
    schedule_text = StringField(
        lazy_gettext("Opening days"),
        [Length(max=500)],
        description=lazy_gettext(
            "As you would say it: 毎月第2・4土曜日 11:30～14:00. The next dates are shown before "
            "anything is published."
        ),
        filters=[_strip],
    )
    toddler = IntegerField(COSTS["toddler"], [Optional(), number_up_to(1_000_000)])
    elementary = IntegerField(COSTS["elementary"], [Optional(), number_up_to(1_000_000)])
    junior_high = IntegerField(COSTS["junior_high"], [Optional(), number_up_to(1_000_000)])
    high_school = IntegerField(COSTS["high_school"], [Optional(), number_up_to(1_000_000)])
    adult = IntegerField(COSTS["adult"], [Optional(), number_up_to(1_000_000)])
    monthly = TextAreaField(TERMS["monthly"], [_LONG], description=_YEN_LINES, filters=[_strip])
    per_visit = TextAreaField(TERMS["per_visit"], [_LONG], filters=[_strip])
    per_hour = TextAreaField(TERMS["per_hour"], [_LONG], filters=[_strip])
    initial = TextAreaField(TERMS["initial"], [_LONG], filters=[_strip])
    extra = TextAreaField(TERMS["extra"], [_LONG], filters=[_strip])
    trial = TextAreaField(TERMS["trial"], [_LONG], filters=[_strip])
    cancellation = TextAreaField(
        TERMS["cancellation"],
        [_LONG],
        description=lazy_gettext("In words: until when one has to say so, what is paid back."),
        filters=[_strip],
    )
    fees_description = StringField(lazy_gettext("Cost in words"), [_SHORT], filters=[_strip])
    eligibility_description = StringField(
        lazy_gettext("Who may come"), [Length(max=500)], filters=[_strip]
    )
    minimum_age = DecimalField(lazy_gettext("From age"), [Optional(), number_up_to(120)])
    maximum_age = DecimalField(lazy_gettext("To age"), [Optional(), number_up_to(120)])
    application_process = StringField(lazy_gettext("Booking"), [Length(max=500)], filters=[_strip])
    facts = fact_ticks()
    languages = language_ticks()
    capacity = StringField(lazy_gettext("Capacity"), [_SHORT], filters=[_strip])
    phones_public = TextAreaField(
        lazy_gettext("Telephone, for everyone"), [_LONG], description=_LINES, filters=[_strip]
    )
    phones_staff = TextAreaField(
        lazy_gettext("Telephone, for staff only"), [_LONG], description=_LINES, filters=[_strip]
    )
    emails_public = TextAreaField(
        lazy_gettext("Mail, for everyone"), [_LONG], description=_LINES, filters=[_strip]
    )
    emails_staff = TextAreaField(
        lazy_gettext("Mail, for staff only"), [_LONG], description=_LINES, filters=[_strip]
    )
    url = StringField(
        lazy_gettext("Web page"),
        [Optional(), _SHORT, URL(message=lazy_gettext("A web address begins with https://"))],
        filters=[_strip],
    )
    food_pantry = BooleanField(lazy_gettext("Hands out food"))
    takeaway = BooleanField(lazy_gettext("Meals to take away"))
    school_district = StringField(lazy_gettext("School district"), [_SHORT], filters=[_strip])
    network = StringField(lazy_gettext("Network"), [_SHORT], filters=[_strip])
    note = TextAreaField(lazy_gettext("Note"), [_LONG], filters=[_strip])
    assured_date = DateField(
        lazy_gettext("Confirmed with the place on"), [Optional()], filters=[lambda day: day or None]
    )
    assured_by = StringField(lazy_gettext("Confirmed how"), [_SHORT], filters=[_strip])
    called = BooleanField(lazy_gettext("Confirmed with the place by telephone today"))

    def validate_pin(self, field: StringField) -> None:
        """Two numbers of a place in Japan, or nothing."""
        if field.data and read_pin(field.data) is None:
            raise ValidationError(
                lazy_gettext("Write latitude and longitude with a comma: 35.7257,139.5386")
            )

    def validate_municipality(self, field: StringField) -> None:
        """One that exists, so that the public line of the city says no more than the city."""
        if field.data and find_municipality(field.data) is None:
            raise ValidationError(
                lazy_gettext("No city or ward is called that. Write it with its prefecture.")
            )

    def validate_maximum_age(self, field: DecimalField) -> None:
        """Not below the minimum."""
        least = self.minimum_age.data
        if least is not None and field.data is not None and field.data < least:
            raise ValidationError(lazy_gettext("This is below the age from which one may come."))

    def validate_phones_public(self, field: TextAreaField) -> None:
        """Each line begins with a number that can be called."""
        numbers = [plain_number(value) for value, _ in _contacts(field.data)]
        if not all(map(_NUMBER.match, numbers)):
            raise ValidationError(lazy_gettext("Each line begins with a telephone number."))
        if not all(map(is_in_japan, numbers)):
            raise ValidationError(NOT_IN_JAPAN)

    validate_phones_staff = validate_phones_public

    def validate_emails_public(self, field: TextAreaField) -> None:
        """Each line begins with an address."""
        if any("@" not in value for value, _ in _contacts(field.data)):
            raise ValidationError(lazy_gettext("Each line begins with a mail address."))

    validate_emails_staff = validate_emails_public


add_translation_fields(ListingForm)


def fields_of(listing: Listing) -> dict[str, object]:
    """The fields of the form for a listing."""
    where = listing.location
    return {
        **{name: getattr(listing, name) for name in _PLAIN},
        **{group: amount_of(listing.costs, group) for group in COST_GROUPS},
        **{term: term_lines(listing.costs, term) for term in COST_TERMS},
        "kind": str(listing.kind),
        "municipality": where.municipality,
        "address": where.address,
        "building": where.building,
        "visibility": str(where.visibility),
        "pin": pin_text(where.position),
        "minimum_age": listing.minimum_age,
        "maximum_age": listing.maximum_age,
        "phones_public": contact_lines(listing.phones, ContactVisibility.PUBLIC),
        "phones_staff": contact_lines(listing.phones, ContactVisibility.STAFF_ONLY),
        "emails_public": contact_lines(listing.emails, ContactVisibility.PUBLIC),
        "emails_staff": contact_lines(listing.emails, ContactVisibility.STAFF_ONLY),
        "facts": [fact for fact in listing.facts if fact not in LANGUAGES],
        "languages": [fact for fact in listing.facts if fact in LANGUAGES],
        "food_pantry": listing.food_pantry,
        "takeaway": listing.takeaway,
        "assured_date": listing.assured_date,
        "assured_by": listing.assured_by,
        **translation_values(listing),
    }


def listing_of(form: ListingForm, before: Listing | None) -> Listing:
    """The listing that a valid form describes; what it does not ask for stays as it was."""
    before = before or Listing(kind=Kind(form.kind.data), name="")
    old_schedule = before.schedule_text == form.schedule_text.data
    costs = before.costs
    for group in COST_GROUPS:
        costs = with_amount(costs, group, getattr(form, group).data)
    for term in COST_TERMS:
        costs = with_term(costs, term, getattr(form, term).data)
    return replace(
        before,
        **{name: getattr(form, name).data or "" for name in _PLAIN},
        kind=Kind(form.kind.data),
        location=location_of(form, before.location),
        schedule=before.schedule if old_schedule else read_phrase(form.schedule_text.data),
        costs=costs,
        minimum_age=_number(form.minimum_age.data),
        maximum_age=_number(form.maximum_age.data),
        phones=phones_of(form),
        emails=emails_of(form),
        facts=in_order((form.facts.data or []) + (form.languages.data or [])),
        food_pantry=form.food_pantry.data or (None if before.food_pantry is None else False),
        takeaway=form.takeaway.data or (None if before.takeaway is None else False),
        assured_date=today() if form.called.data else form.assured_date.data,
        assured_by=_CALLED if form.called.data else form.assured_by.data,
        translations=translations_of(form, before),
    )


def location_of(form: Form, before: Location) -> Location:
    """Where a form says that something is; it asks for the place as a listing's does."""
    # A pin that nobody touched belongs to the address that it was set for.
    untouched = form.pin.data == pin_text(before.position)
    moved = (form.municipality.data, form.address.data) != (before.municipality, before.address)
    position = read_pin(form.pin.data)
    if untouched and position:
        position = None if moved else before.position
    return locate(
        form.municipality.data, form.address.data, form.building.data,
        AddressVisibility(form.visibility.data), position,
    )  # fmt: skip


def read_pin(text: str) -> Position | None:
    """A point in Japan from 「latitude, longitude」, as a person's pin; None for anything else."""
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return pin(lat, lon, PositionSource.PERSON) if 20 < lat < 46 and 122 < lon < 154 else None


def pin_text(position: Position) -> str:
    """What stands in the field for a pin; "" for a point that nobody set."""
    return f"{position.lat},{position.lon}" if position.level is Level.PIN else ""


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _contacts(text: str | None) -> list[tuple[str, str]]:
    found = (_CONTACT.match(line.strip()) for line in (text or "").splitlines())
    return [(match[1], match[2]) for match in found if match]


def contact_lines(contacts: tuple[Phone | Email, ...], visibility: ContactVisibility) -> str:
    """The contacts for some eyes, one a line."""
    return "\n".join(
        f"{contact.number if isinstance(contact, Phone) else contact.address} "
        f"{contact.description}".strip()
        for contact in contacts
        if contact.visibility is visibility
    )


def phones_in(text: str | None, visibility: ContactVisibility) -> tuple[Phone, ...]:
    """The numbers in a text of the form, one a line."""
    return tuple(
        Phone(plain_number(number), about, visibility) for number, about in _contacts(text)
    )


def phones_of(form: Form) -> tuple[Phone, ...]:
    """The telephone numbers of a form that asks for them as a listing's does."""
    return phones_in(form.phones_public.data, ContactVisibility.PUBLIC) + phones_in(
        form.phones_staff.data, ContactVisibility.STAFF_ONLY
    )


def emails_of(form: Form) -> tuple[Email, ...]:
    """The mail addresses of such a form."""
    return tuple(
        Email(address, about, visibility)
        for field, visibility in (
            (form.emails_public, ContactVisibility.PUBLIC),
            (form.emails_staff, ContactVisibility.STAFF_ONLY),
        )
        for address, about in _contacts(field.data)
    )
