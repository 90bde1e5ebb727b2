"""The addresses of the register of those who asked not to be listed."""

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import StringField, ValidationError

from ibasho.data.geocode import find_municipality
from ibasho.data.listings import Kind, Listing, PublicListing, State, locate, store
from ibasho.data.listings.do_not_list import (
    KeptOff,
    keep_off_the_list,
    public_of_same_name,
    read_do_not_list,
)
from ibasho.site.coordinator.views import blueprint, follow
from ibasho.site.form_parts import SpokenForm, line
from ibasho.site.languages import lazy_gettext
from ibasho.site.listing_fields import ListingFields
from ibasho.site.stores import database, own_municipality


class DoNotListForm(SpokenForm):
    """By what a place is known again that is not to be listed."""

    name = ListingFields.name
    municipality = ListingFields.municipality
    address = ListingFields.address
    reason = line(lazy_gettext("Why"), most=500)

    def validate_municipality(self, field: StringField) -> None:
        """One that exists: an import finds a place by its city, its name and its address."""
        if find_municipality(field.data) is None:
            raise ValidationError(
                lazy_gettext("No city or ward is called that. Write it with its prefecture.")
            )


@blueprint.route("/do-not-list", methods=["GET", "POST"])
def do_not_list() -> Response | tuple[str, int]:
    """Who asked not to be listed, and one more of them."""
    form = DoNotListForm(request.form, municipality=own_municipality())
    if request.method == "POST" and form.validate():
        where = locate(form.municipality.data, form.address.data)
        body = Listing(Kind.CHILDRENS_CAFETERIA, form.name.data, location=where)
        ids = keep_off_the_list(database(), body, form.reason.data, g.account.actor)
        follow()
        return redirect(url_for("coordinator.do_not_list", done="kept", on=ids[0]), 303)
    kept = read_do_not_list(database())
    added = next((one for one in kept if one.id == request.args.get("on")), None)
    page = render_template(
        "coordinator/do_not_list.html",
        form=form,
        kept=kept,
        added=added,
        namesakes=_namesakes(added),
        undone=_undone(added),
    )
    return page, 422 if form.errors else 200


def _namesakes(added: KeptOff | None) -> list[PublicListing]:
    """What is public under the name of the one that was just added."""
    return public_of_same_name(database(), added.body.name) if added and added.body else []


def _undone(added: KeptOff | None) -> State | None:
    """Where the one that was just added goes when that is undone; None for one that was public."""
    if added is None or store.read_stored(database(), added.id).published:
        return None
    return State.DRAFT if store.read_waiting(database(), added.id) else State.ARCHIVED
