"""The addresses of the register of those who asked not to be listed."""

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from ibasho.data.geocode import find_municipality
from ibasho.data.listings import Kind, Listing, locate
from ibasho.data.listings.do_not_list import keep_off_the_list, read_do_not_list
from ibasho.site.coordinator.views import blueprint, follow
from ibasho.site.languages import lazy_gettext
from ibasho.site.stores import database, own_municipality


def _strip(value: str | None) -> str:
    return (value or "").strip()


class DoNotListForm(Form):  # type: ignore[misc]  # WTForms has no types
    """By what a place is known again that is not to be listed."""

    name = StringField(
        lazy_gettext("Name"),
        [DataRequired(lazy_gettext("Give the name under which people know it.")), Length(max=200)],
        filters=[_strip],
    )
    municipality = StringField(
        lazy_gettext("Prefecture and city or ward"), [Length(max=200)], filters=[_strip]
    )
    address = StringField(lazy_gettext("Address"), [Length(max=200)], filters=[_strip])
    reason = StringField(lazy_gettext("Why"), [Length(max=500)], filters=[_strip])

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
        keep_off_the_list(database(), body, form.reason.data, g.account.actor)
        follow()
        return redirect(url_for("coordinator.do_not_list", done="kept"), 303)
    page = render_template(
        "coordinator/do_not_list.html", form=form, kept=read_do_not_list(database())
    )
    return page, 422 if form.errors else 200
