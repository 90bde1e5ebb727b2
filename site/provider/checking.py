"""What whoever fills in a form sees before it is sent: their answers and the next dates."""

from typing import NamedTuple

from wtforms import Field, Form, SelectField

from ibasho.data.listings import Listing
from ibasho.data.schedule import Occurrence
from ibasho.site.stores import NEXT_DATES, coming


class Answered(NamedTuple):
    """A question and what was answered."""

    name: str
    label: str
    text: str


def answers(form: Form) -> list[Answered]:
    """What a form says, in its order; what was left empty is not said."""
    found = [Answered(name, str(one.label.text), _text(one)) for name, one in form._fields.items()]
    return [one for one in found if one.text]


def next_dates(place: Listing) -> list[Occurrence]:
    """The first dates from today (JST) on."""
    return coming(place.schedule)[:NEXT_DATES]


def _text(field: Field) -> str:
    if isinstance(field, SelectField):
        return next((str(one.label) for one in field.choices if one.value == field.data), "")
    return "✓" if field.data is True else str(field.data or "")
