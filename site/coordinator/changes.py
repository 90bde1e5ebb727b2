"""What differs between two wordings of a listing, field by field, as a reviewer reads it."""

from dataclasses import dataclass
from typing import NamedTuple

from wtforms import Field, SelectField, SelectMultipleField

from ibasho.data.listings import Listing
from ibasho.site.coordinator.asked import PARTS
from ibasho.site.coordinator.forms import ListingForm, fields_of
from ibasho.site.languages import LazyString


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs: its name and label, what stands there before, what after."""

    name: str
    label: str
    before: str
    after: str


def changes_between(before: Listing | None, after: Listing) -> list[Change]:
    """The fields that differ, in the order of the form; all that is filled if nothing was there."""
    old = fields_of(before) if before else {}
    new = fields_of(after)
    form = ListingForm()
    return [
        Change(
            name, str(field.label.text), _text(field, old.get(name)), _text(field, new.get(name))
        )
        for name, field in form._fields.items()
        if _text(field, old.get(name)) != _text(field, new.get(name))
    ]


class Content(NamedTuple):
    """All that a wording says: in parts with their titles, and what it says in other languages."""

    parts: list[tuple[LazyString, list[Change]]]
    tongues: list[Change]


def content_of(listing: Listing) -> Content:
    """All that a wording says, in the parts in which the form asks for it."""
    said = {one.name: one for one in changes_between(None, listing)}
    parts = [
        (title, [said.pop(name) for name in names if name in said]) for _, title, names in PARTS
    ]
    return Content([(title, fields) for title, fields in parts if fields], list(said.values()))


def _text(field: Field, value: object) -> str:
    if isinstance(field, SelectMultipleField):
        chosen = value if isinstance(value, list | tuple) else ()
        return ", ".join(str(one.label) for one in field.choices if one.value in chosen)
    if isinstance(field, SelectField):
        return next((str(one.label) for one in field.choices if one.value == value), "")
    if value is None or value is False:
        return ""
    return "✓" if value is True else f"{value:g}" if isinstance(value, float) else str(value)
