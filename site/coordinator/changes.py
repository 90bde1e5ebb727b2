"""What differs between two wordings of a listing, field by field, as a reviewer reads it."""

from dataclasses import dataclass

from wtforms import Field, SelectField, SelectMultipleField

from ibasho.data.listings import Listing
from ibasho.site.coordinator.forms import ListingForm, fields_of


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs: its label, what stands there before, what after."""

    label: str
    before: str
    after: str


def changes_between(before: Listing | None, after: Listing) -> list[Change]:
    """The fields that differ, in the order of the form; all that is filled if nothing was there."""
    old = fields_of(before) if before else {}
    new = fields_of(after)
    form = ListingForm()
    return [
        Change(str(field.label.text), _text(field, old.get(name)), _text(field, new.get(name)))
        for name, field in form._fields.items()
        if _text(field, old.get(name)) != _text(field, new.get(name))
    ]


def _text(field: Field, value: object) -> str:
    if isinstance(field, SelectMultipleField):
        chosen = value if isinstance(value, list | tuple) else ()
        return ", ".join(str(one.label) for one in field.choices if one.value in chosen)
    if isinstance(field, SelectField):
        return next((str(one.label) for one in field.choices if one.value == value), "")
    if value is None or value is False:
        return ""
    return "✓" if value is True else f"{value:g}" if isinstance(value, float) else str(value)
