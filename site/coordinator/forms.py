"""The one form for a listing: from a stored listing to its fields, and back."""

import re
from dataclasses import replace
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    Form,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import URL, NumberRange, Optional

from ibasho.data.clock import today
from ibasho.data.geocode import Level
from ibasho.data.listings import (
    COST_GROUPS,
    COST_TERMS,
    LANGUAGES,
    AddressVisibility,
    ContactVisibility,
    Email,
    Listing,
    Location,
    Phone,
    Position,
    PositionSource,
    locate,
    pin,
)
from ibasho.data.telephone import Told, read
from ibasho.site.coordinator.costs import amount_of, term_lines, with_amount, with_term
from ibasho.site.coordinator.ticks import fact_ticks, in_order, language_ticks
from ibasho.site.coordinator.translations import (
    add_translation_fields,
    translation_values,
    translations_of,
)
from ibasho.site.costs_words import COSTS, TERMS
from ibasho.site.form_parts import (
    NOT_IN_JAPAN,
    SHORT,
    WholeNumberField,
    is_mail,
    line,
    plain,
    text,
)
from ibasho.site.languages import lazy_gettext
from ibasho.site.listing_fields import ListingFields, said_by, values_of

_CONTACT = re.compile(r"^(\S+)\s*(.*)$")
_CALLED = "電話"  # as an office notes it, in whatever language it reads this page
_HAS_DIGIT = re.compile("^[(+#]?[0-9０-９]")
_TEXTS = ("alternate_name", "organization", "application_process", "capacity", "url",
          "school_district", "network", "note")  # fmt: skip
_LINES = lazy_gettext("One a line: first the number or address, then what it is for.")
_YEN_LINES = lazy_gettext("One a line: first the yen, then what it is for: 19800 週3日まで.")


def number_up_to(most: int) -> NumberRange:
    """The rule that a number is between 0 and this, said in words."""
    words = lazy_gettext("Write a number from %(min)s to %(max)s.")
    return NumberRange(0, most, words)


class ListingForm(ListingFields):
    """All that a coordinator says of a listing."""

    alternate_name = line(lazy_gettext("Name in kana"))
    organization = line(lazy_gettext("Run by"))
    pin = line(
        lazy_gettext("Exact position, if you know it"),
        hint=lazy_gettext("Latitude, longitude: 35.7257,139.5386. Wins over the address."),
    )
    toddler = WholeNumberField(COSTS["toddler"], [Optional(), number_up_to(1_000_000)])
    elementary = WholeNumberField(COSTS["elementary"], [Optional(), number_up_to(1_000_000)])
    junior_high = WholeNumberField(COSTS["junior_high"], [Optional(), number_up_to(1_000_000)])
    high_school = WholeNumberField(COSTS["high_school"], [Optional(), number_up_to(1_000_000)])
    adult = WholeNumberField(COSTS["adult"], [Optional(), number_up_to(1_000_000)])
    monthly = text(TERMS["monthly"], hint=_YEN_LINES)
    per_visit = text(TERMS["per_visit"])
    per_hour = text(TERMS["per_hour"])
    initial = text(TERMS["initial"])
    extra = text(TERMS["extra"])
    trial = text(TERMS["trial"])
    cancellation = text(
        TERMS["cancellation"],
        hint=lazy_gettext("In words: until when one has to say so, what is paid back."),
    )
    minimum_age = DecimalField(lazy_gettext("From age"), [Optional(), number_up_to(120)])
    maximum_age = DecimalField(lazy_gettext("To age"), [Optional(), number_up_to(120)])
    application_process = line(lazy_gettext("Booking"), most=500)
    facts = fact_ticks()
    languages = language_ticks()
    capacity = line(lazy_gettext("Capacity"))
    phones_public = text(lazy_gettext("Telephone, for everyone"), hint=_LINES)
    phones_staff = text(lazy_gettext("Telephone, for staff only"), hint=_LINES)
    emails_public = text(lazy_gettext("Mail, for everyone"), hint=_LINES)
    emails_staff = text(lazy_gettext("Mail, for staff only"), hint=_LINES)
    url = StringField(
        lazy_gettext("Web page"),
        [Optional(), SHORT, URL(message=lazy_gettext("A web address begins with https://"))],
        filters=[plain],
    )
    food_pantry = BooleanField(lazy_gettext("Hands out food"))
    takeaway = BooleanField(lazy_gettext("Meals to take away"))
    school_district = line(lazy_gettext("School district"))
    network = line(lazy_gettext("Network"))
    note = text(lazy_gettext("Note"))
    assured_date = DateField(
        lazy_gettext("Confirmed with the place on"), [Optional()], filters=[lambda day: day or None]
    )
    assured_by = line(lazy_gettext("Confirmed how"))
    called = BooleanField(lazy_gettext("Confirmed with the place by telephone today"))

    def validate_pin(self, field: StringField) -> None:
        """Two numbers of a place in Japan, or nothing."""
        if field.data and read_pin(field.data) is None:
            raise ValidationError(
                lazy_gettext("Write latitude and longitude with a comma: 35.7257,139.5386")
            )

    def validate_maximum_age(self, field: DecimalField) -> None:
        """Not below the minimum."""
        least = self.minimum_age.data
        if least is not None and field.data is not None and field.data < least:
            raise ValidationError(lazy_gettext("This is below the age from which one may come."))

    def validate_phones_public(self, field: TextAreaField) -> None:
        """Each line begins with a number that can be called."""
        unread = [words for number, words in _numbers(field.data) if not number]
        if not all(_HAS_DIGIT.search(words) for words in unread):
            raise ValidationError(lazy_gettext("Each line begins with a telephone number."))
        if unread:
            raise ValidationError(NOT_IN_JAPAN)

    validate_phones_staff = validate_phones_public

    def validate_emails_public(self, field: TextAreaField) -> None:
        """Each line begins with an address."""
        if not all(is_mail(value) for value, _ in _contacts(field.data)):
            raise ValidationError(lazy_gettext("Each line begins with a mail address."))

    validate_emails_staff = validate_emails_public


add_translation_fields(ListingForm)


def fields_of(listing: Listing) -> dict[str, object]:
    """The fields of the form for a listing."""
    return {
        **values_of(listing),
        **{name: getattr(listing, name) for name in _TEXTS},
        **{group: amount_of(listing.costs, group) for group in COST_GROUPS},
        **{term: term_lines(listing.costs, term) for term in COST_TERMS},
        "pin": pin_text(listing.location.position),
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
    before = said_by(form, before)
    said: dict[str, Any] = {name: getattr(form, name).data or "" for name in _TEXTS}
    costs = before.costs
    for group in COST_GROUPS:
        costs = with_amount(costs, group, getattr(form, group).data)
    for term in COST_TERMS:
        costs = with_term(costs, term, getattr(form, term).data)
    return replace(
        before,
        **said,
        location=location_of(form, before.location),
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


def _numbers(text: str | None) -> list[Told]:
    return [read(line) for line in (text or "").splitlines() if line.strip()]


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
    return tuple(Phone(*told, visibility) for told in _numbers(text))


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
