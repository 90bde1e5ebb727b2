"""The addresses at which the desk enters schools: places to search from, known at once."""

from typing import Any

from flask import current_app, g, url_for
from werkzeug.wrappers import Response
from wtforms import StringField, ValidationError

from ibasho.data.addresses import geocoder
from ibasho.data.areas import AreaKind, read_areas
from ibasho.data.geocode import Level
from ibasho.data.ids import new_id
from ibasho.data.schools import (
    School,
    SchoolKind,
    StoredSchool,
    enter_school,
    read_stored_school,
    read_stored_schools,
    withdraw_school,
)
from ibasho.site.coordinator.entering import (
    EntryForm,
    Group,
    Row,
    done,
    entry_page,
    is_sent,
    is_stale,
    list_page,
    saved,
    sent,
    step_of,
    withdrawing,
)
from ibasho.site.coordinator.forms import ListingForm, read_pin
from ibasho.site.coordinator.views import blueprint
from ibasho.site.form_parts import choice, line
from ibasho.site.languages import LazyString, gettext, lazy_gettext
from ibasho.site.stores import database

KINDS: dict[SchoolKind, LazyString] = {
    SchoolKind.ELEMENTARY: lazy_gettext("Elementary schools"),
    SchoolKind.JUNIOR_HIGH: lazy_gettext("Junior high schools"),
}
_NEAR_ENOUGH = frozenset({Level.PIN, Level.BLOCK})
_SECTIONS = (
    ("", ("name", "kind", "district")),
    (lazy_gettext("Where"), ("address", "pin")),
)


class SchoolForm(EntryForm):
    """All that is said of a school."""

    name = line(lazy_gettext("Name"), lazy_gettext("Give the name under which people know it."))
    kind = choice(lazy_gettext("What is it?"), KINDS)
    district = line(
        lazy_gettext("School district"),
        hint=lazy_gettext("The district it stands in, as the outlines and the listings name it."),
    )
    address = line(
        lazy_gettext("Address"), lazy_gettext("Give the address, with the city or ward.")
    )
    pin = ListingForm.pin

    validate_pin = ListingForm.validate_pin

    def validate_address(self, field: StringField) -> None:
        """One whose block is known, unless somebody says where it is."""
        if not self.pin.data and self.point() is None:
            raise ValidationError(
                lazy_gettext(
                    "Where this is exactly is not known here. Give latitude and longitude below."
                )
            )

    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude (WGS 84): what somebody said, else those of the address."""
        if (position := read_pin(self.pin.data or "")) and position.lat and position.lon:
            return position.lat, position.lon
        settings = current_app.config["IBASHO"]
        with geocoder(settings.data_dir, settings.dictionary) as find:
            found = find(self.address.data or "", settings.municipality or None)
        if found.level not in _NEAR_ENOUGH or found.lat is None or found.lon is None:
            return None
        return found.lat, found.lon


@blueprint.get("/schools")
def schools() -> str:
    """All schools by their kind."""
    known = read_stored_schools(database())
    shown = [one for one in known if not one.withdrawn]
    return list_page(
        heading=gettext("Schools"),
        lead=gettext("A search starts from a school by its name: みなみ小."),
        add=[(gettext("Add a school"), url_for("coordinator.add_school"))],
        groups=[
            *(Group(str(label), [_row(one) for one in shown if one.body.kind is kind],
                    gettext("None is known yet.")) for kind, label in KINDS.items()),
            Group(gettext("Withdrawn"), [_row(one) for one in known if one.withdrawn]),
        ],
    )  # fmt: skip


@blueprint.route("/schools/new", methods=["GET", "POST"])
def add_school() -> Response | str | tuple[str, int]:
    """A new school."""
    return _edit(sent(SchoolForm, {}), None)


@blueprint.route("/schools/<school_id>/change", methods=["GET", "POST"])
def change_school(school_id: str) -> Response | str | tuple[str, int]:
    """One school."""
    stored = read_stored_school(database(), school_id)
    body = stored.body
    values = {name: getattr(body, name) for name in ("name", "district", "address")}
    pin = f"{body.lat},{body.lon}"
    return _edit(sent(SchoolForm, values | {"kind": str(body.kind), "pin": pin}), stored)


@blueprint.post("/schools/<school_id>/move")
def move_school(school_id: str) -> Response:
    """Withdraw a school, or bring it back."""
    db, actor = database(), g.account.actor
    step = step_of(withdrawing(lambda withdrawn: withdraw_school(db, school_id, withdrawn, actor)))
    return done("coordinator.schools", step, school_id)


def _edit(form: SchoolForm, stored: StoredSchool | None) -> Response | str | tuple[str, int]:
    stale = False
    if is_sent() and form.validate():
        stale = is_stale(stored)
        if not stale and (point := form.point()):
            school_id = stored.body.id if stored else new_id()
            school = School(
                school_id, form.name.data, SchoolKind(form.kind.data), form.address.data, *point,
                form.district.data,
            )  # fmt: skip
            enter_school(database(), school, g.account.actor)
            return saved("coordinator.schools", school_id, is_new=stored is None)
    heading = stored.body.name if stored else gettext("Add a school")
    areas = read_areas(database())
    return entry_page(
        form, heading, _SECTIONS, (gettext("Schools"), url_for("coordinator.schools")), stored,
        stale,
        known={"district": [one.name for one in areas if one.kind is AreaKind.SCHOOL_DISTRICT]},
    )  # fmt: skip


def _row(stored: StoredSchool) -> Row:
    school = stored.body
    here: dict[str, Any] = {"school_id": stored.body.id}
    return Row(
        id=school.id,
        title=school.name,
        href=url_for("coordinator.change_school", **here),
        move=url_for("coordinator.move_school", **here),
        lines=tuple(filter(None, (school.address, school.district))),
        steps=("bring_back" if stored.withdrawn else "withdraw",),
    )
