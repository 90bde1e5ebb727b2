"""The short form with which the people of a place correct what changes most."""

import datetime as dt
from dataclasses import replace

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from ibasho.data.listings import ContactVisibility, Listing
from ibasho.data.schedule import read_phrase
from ibasho.site.coordinator.forms import ListingForm, fields_of, phones_in
from ibasho.site.form_parts import SpokenForm
from ibasho.site.languages import lazy_gettext


def _strip(value: str | None) -> str:
    return (value or "").strip()


class CorrectionForm(SpokenForm):
    """Name, opening days, telephone and cost; anything else is said in words."""

    name = StringField(
        lazy_gettext("Name"),
        [DataRequired(lazy_gettext("Give the name under which people know it.")),
         Length(max=200)],
        filters=[_strip],
    )  # fmt: skip
    schedule_text = StringField(lazy_gettext("Opening days"), [Length(max=500)], filters=[_strip])
    phones_public = TextAreaField(
        lazy_gettext("Telephone, for everyone"),
        [Length(max=4_000)],
        description=lazy_gettext("One a line: first the number or address, then what it is for."),
        filters=[_strip],
    )
    fees_description = StringField(
        lazy_gettext("Cost in words"), [Length(max=200)], filters=[_strip]
    )

    validate_phones_public = ListingForm.validate_phones_public


def fields_to_correct(body: Listing) -> dict[str, object]:
    """What the form begins with: the public wording."""
    return {name: value for name, value in fields_of(body).items() if hasattr(CorrectionForm, name)}


def corrected(form: CorrectionForm, before: Listing, day: dt.date, how: str) -> Listing:
    """The wording that a valid form describes, called true on a JST date."""
    phrase = form.schedule_text.data
    staff = tuple(one for one in before.phones if one.visibility is ContactVisibility.STAFF_ONLY)
    return replace(
        before,
        name=form.name.data,
        schedule_text=phrase,
        schedule=before.schedule if phrase == before.schedule_text else read_phrase(phrase),
        phones=phones_in(form.phones_public.data, ContactVisibility.PUBLIC) + staff,
        fees_description=form.fees_description.data,
        assured_date=day,
        assured_by=how,
    )
