"""What whoever fills in a form sees before it is sent: their answers and the next dates."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import render_template
from wtforms import Field, Form, SelectField

from ibasho.data.listings import Listing, PublicListing
from ibasho.site.provider.shown import next_dates


class Answered(NamedTuple):
    """A question and what was answered."""

    name: str
    label: str
    text: str


def check_page(
    form: Form,
    place: Listing,
    likely: Sequence[PublicListing] = (),
    form_key: str = "",
    seen: str = "",
) -> str:
    """The answers to look at before they are sent, and `likely` the same place already listed.

    `form_key` keeps one registration from being kept twice, `seen` is the wording corrected.
    """
    return render_template(
        "provider/check.html",
        form=form,
        answers=_answers(form),
        place=place,
        dates=next_dates(place.schedule),
        likely=likely,
        form_key=form_key,
        seen=seen,
    )


def _answers(form: Form) -> list[Answered]:
    """What a form says, in its order; what was left empty is not said."""
    found = [Answered(name, str(one.label.text), _text(one)) for name, one in form._fields.items()]
    return [one for one in found if one.text]


def _text(field: Field) -> str:
    if isinstance(field, SelectField):
        return next((str(one.label) for one in field.choices if one.value == field.data), "")
    return "✓" if field.data is True else str(field.data or "")
