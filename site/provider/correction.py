"""The short form with which the people of a place correct what changes most."""

import datetime as dt
from dataclasses import replace

from ibasho.data.listings import ContactVisibility, Listing
from ibasho.site.coordinator.forms import ListingForm, fields_of, phones_in
from ibasho.site.form_parts import SpokenForm
from ibasho.site.listing_fields import texts_said

_TEXTS = ("name", "schedule_text", "fees_description")


class CorrectionForm(SpokenForm):
    """Name, opening days, telephone and cost; anything else is said in words."""

    name = ListingForm.name
    schedule_text = ListingForm.schedule_text
    phones_public = ListingForm.phones_public
    fees_description = ListingForm.fees_description

    validate_phones_public = ListingForm.validate_phones_public


def fields_to_correct(body: Listing) -> dict[str, object]:
    """What the form begins with: the public wording."""
    return {name: value for name, value in fields_of(body).items() if hasattr(CorrectionForm, name)}


def corrected(form: CorrectionForm, before: Listing, day: dt.date, how: str) -> Listing:
    """The wording that a valid form describes, called true on a JST date."""
    staff = tuple(one for one in before.phones if one.visibility is ContactVisibility.STAFF_ONLY)
    return replace(
        texts_said(form, before, _TEXTS),
        phones=phones_in(form.phones_public.data, ContactVisibility.PUBLIC) + staff,
        assured_date=day,
        assured_by=how,
    )
