"""The forms of what networks do."""

import datetime as dt

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ibasho.data.clock import today
from ibasho.data.telephone import dial, one_line
from ibasho.site.coordinator.forms import number_up_to
from ibasho.site.coordinator.network_words import HELP, PARTNERS
from ibasho.site.form_parts import SHORT, SpokenForm, WholeNumberField, half_width, is_mail, plain
from ibasho.site.languages import lazy_gettext
from ibasho.site.stores import find_place
from ibasho.site.words import length_of_way

REACHES_M = (1_000, 2_000, 5_000, 10_000)
_LONG = Length(max=8_000)


def _line(label: str, *validators: object, **more: object) -> StringField:
    return StringField(label, [*validators, SHORT], filters=[plain], **more)


def _needed(label: str) -> StringField:
    return _line(label, DataRequired(lazy_gettext("Please fill this in.")))


def _text(label: str, **more: object) -> TextAreaField:
    return TextAreaField(label, [_LONG], filters=[plain], **more)


def _date(label: str, *validators: object) -> DateField:
    return DateField(label, [*(validators or (Optional(),))])


class NetworkForm(SpokenForm):
    """What the forms share."""

    def validate_email(self, field: EmailField) -> None:
        """An address, or nothing."""
        if field.data and not is_mail(field.data):
            raise ValidationError(lazy_gettext("This is not a mail address."))

    def validate_phone(self, field: TelField) -> None:
        """A number that can be dialled, or nothing."""
        if field.data and not dial(field.data):
            raise ValidationError(lazy_gettext("This is not a telephone number."))


class PartnerForm(NetworkForm):
    """An organization without a listing."""

    name = _needed(lazy_gettext("Name"))
    kind = SelectField(
        lazy_gettext("What is it?"),
        choices=[SelectChoice(str(kind), label) for kind, label in PARTNERS.items()],
    )


class PersonForm(NetworkForm):
    """Whom to write to or call for a member."""

    member = SelectField(lazy_gettext("Which member"))
    name = _needed(lazy_gettext("Name"))
    role = _line(lazy_gettext("Role"))
    phone = TelField(lazy_gettext("Telephone"), [SHORT], filters=[plain, one_line])
    email = EmailField(lazy_gettext("Mail address"), [SHORT], filters=[half_width])

    def validate_name(self, _field: StringField) -> None:
        """A person who cannot be reached is no contact."""
        if not (self.phone.data or self.email.data):
            raise ValidationError(lazy_gettext("Give a telephone number or a mail address."))


class MeetingForm(NetworkForm):
    """A meeting that is planned."""

    held_on = _date(lazy_gettext("Date"), DataRequired(lazy_gettext("Choose a date.")))
    opens_at = TimeField(lazy_gettext("From"), [Optional()])
    closes_at = TimeField(lazy_gettext("Until"), [Optional()])
    place = _line(lazy_gettext("Where"))
    agenda = _text(lazy_gettext("Agenda"), description=lazy_gettext("One point a line."))

    def validate_closes_at(self, field: TimeField) -> None:
        """It ends after it begins."""
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(lazy_gettext("It has to end after it begins."))


class MinutesForm(MeetingForm):
    """A meeting with who came and what was said."""

    present = SelectMultipleField(
        lazy_gettext("Who came"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    people = WholeNumberField(
        lazy_gettext("How many people came"), [Optional(), number_up_to(10_000)]
    )
    minutes = _text(
        lazy_gettext("Minutes"),
        description=lazy_gettext("Kept encrypted, for the desk alone. No names of children."),
    )


class TaskForm(NetworkForm):
    """What a meeting decided."""

    words = _needed(lazy_gettext("What is to be done"))
    owner = _line(lazy_gettext("Who does it"))
    due_on = _date(lazy_gettext("Until when"))


class NewsForm(NetworkForm):
    """News to the members."""

    title = _needed(lazy_gettext("Title"))
    text = TextAreaField(
        lazy_gettext("Text"),
        [DataRequired(lazy_gettext("Please fill this in.")), _LONG],
        filters=[plain],
    )


class _HelpForm(NetworkForm):
    """What a need and an offer have in common."""

    kind = SelectField(
        lazy_gettext("What sort of help"),
        choices=[SelectChoice(str(kind), label) for kind, label in HELP.items()],
    )
    words = _needed(lazy_gettext("In words"))
    amount = _line(
        lazy_gettext("How much"),
        description=lazy_gettext("30 kg of rice, two people on Saturdays …"),
    )
    until = _date(lazy_gettext("Until when"))


class NeedForm(_HelpForm):
    """What a member lacks."""

    listing = SelectField(lazy_gettext("Which member"))

    def validate_until(self, field: DateField) -> None:
        """Not over already."""
        check_not_over(field)


class OfferForm(_HelpForm):
    """What a company or a neighbour gives."""

    giver = _needed(lazy_gettext("From whom"))
    phone = TelField(lazy_gettext("Telephone"), [SHORT], filters=[plain, one_line])
    email = EmailField(lazy_gettext("Mail address"), [SHORT], filters=[half_width])
    place = _line(
        lazy_gettext("Where it is"),
        description=lazy_gettext("An address, a station or a school. For distances, never public."),
    )
    reach = SelectField(
        lazy_gettext("How far it may be"),
        choices=[SelectChoice("", lazy_gettext("Any distance"))],
    )
    is_perishable = BooleanField(lazy_gettext("It does not keep: fresh food, cooked food"))

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        reaches = [SelectChoice(str(metres), length_of_way(metres)) for metres in REACHES_M]
        self.reach.choices = [*self.reach.choices, *reaches]

    validate_until = NeedForm.validate_until

    def validate_giver(self, _field: StringField) -> None:
        """Who cannot be reached gives nothing."""
        if not (self.phone.data or self.email.data):
            raise ValidationError(lazy_gettext("Give a telephone number or a mail address."))

    def validate_place(self, field: StringField) -> None:
        """Somewhere that can be measured from, or nothing."""
        if field.data and find_place(field.data) is None:
            raise ValidationError(
                lazy_gettext("This place is not known. Write the town, or leave it empty.")
            )


def check_not_over(field: DateField) -> None:
    """Raise ValidationError for a JST date that has passed."""
    if field.data and field.data < today():
        raise ValidationError(lazy_gettext("This date has passed."))


def clock(time: dt.time | None) -> str:
    """A time of a form as it is kept."""
    return f"{time:%H:%M}" if time else ""


def time_of(text: str) -> dt.time | None:
    """A time that is kept, for a form."""
    return dt.time.fromisoformat(text) if text else None
