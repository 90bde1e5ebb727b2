"""The addresses at which the desk enters outlines: a file is drawn before any of it is kept."""

from typing import Any

from flask import abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField, ValidationError
from wtforms.fields import SelectChoice

from ibasho.data.areas import (
    Area,
    AreaKind,
    NoOutlinesError,
    OutlineFile,
    StoredArea,
    TooManyOutlinesError,
    areas_of,
    enter_areas,
    keep_file,
    keep_file_areas,
    read_file,
    read_stored_area,
    read_stored_areas,
    withdraw_area,
)
from ibasho.data.withdrawn import UnknownEntryError
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
    sent_file,
    step_of,
    withdrawing,
)
from ibasho.site.coordinator.views import blueprint
from ibasho.site.form_parts import choice, line
from ibasho.site.languages import LazyString, gettext, lazy_gettext
from ibasho.site.public.sheet_map import HEIGHT, WIDTH, draw_outlines
from ibasho.site.stores import database

KINDS: dict[AreaKind, LazyString] = {
    AreaKind.SCHOOL_DISTRICT: lazy_gettext("School district"),
    AreaKind.MUNICIPALITY: lazy_gettext("City or ward"),
}
_MOST_SHOWN = 5  # names of a file that stand beside a property

_SOURCE = lazy_gettext("Say where the outlines are from.")
_SECTIONS = (
    (lazy_gettext("What is it?"), ("kind", "named_by", "name")),
    (lazy_gettext("Where the facts come from"), ("source", "licence")),
)


class SourceForm(EntryForm):
    """The credit of an outline."""

    source = line(
        lazy_gettext("Source"), _SOURCE, hint=lazy_gettext("Shown below every map that has them.")
    )


class OutlineForm(SourceForm):
    """What the outlines of a file are."""

    kind = choice(lazy_gettext("What is it?"), KINDS)
    named_by = RadioField(lazy_gettext("What in the file is the name?"), validate_choice=False)
    name = line(
        lazy_gettext("Name"), hint=lazy_gettext("Only where the file has no name for its outlines.")
    )
    licence = line(lazy_gettext("Licence"), hint="CC BY 4.0")

    def validate_name(self, field: StringField) -> None:
        """One name for each outline, from the file or typed."""
        named = {str(one.value) for one in self.named_by.choices}
        if not field.data and self.named_by.data not in named:
            raise ValidationError(lazy_gettext("Choose what the name is, or type one."))


@blueprint.get("/areas")
def areas() -> str:
    """All outlines, drawn."""
    known = read_stored_areas(database())
    shown = [one for one in known if not one.withdrawn]
    return list_page(
        template="coordinator/areas.html",
        heading=gettext("Outlines"),
        lead=gettext("The map shows them, and a school district finds what lies inside."),
        add=[(gettext("Add outlines"), url_for("coordinator.add_areas"))],
        drawing=draw_outlines([one.body for one in shown]),
        size=(WIDTH, HEIGHT),
        groups=[
            *(Group(str(label), [_row(one) for one in shown if one.body.kind is kind],
                    gettext("None is known yet.")) for kind, label in KINDS.items()),
            Group(gettext("Withdrawn"), [_row(one) for one in known if one.withdrawn]),
        ],
    )  # fmt: skip


@blueprint.route("/areas/new", methods=["GET", "POST"])
def add_areas() -> Response | str | tuple[str, int]:
    """Send a file; nothing of it is shown to anybody yet."""
    error = ""
    if is_sent():
        name, data = sent_file()
        try:
            if data:
                file_id = keep_file(database(), name[:200], data, g.account.actor)
                return redirect(url_for("coordinator.outline_file", file_id=file_id), 303)
            error = gettext("Choose a file.")
        except NoOutlinesError:
            error = gettext(
                "There are no outlines in this file. Send GeoJSON with areas, in degrees of"
                " latitude and longitude (JGD2011 or WGS 84)."
            )
        except TooManyOutlinesError:
            error = gettext(
                "This is too much for the map: 10 MB, 500 outlines and 100,000 points at most."
                " Leave out what is not of this city, or make the outlines simpler."
            )
    page = render_template("coordinator/area_file.html", error=error)
    return (page, 422) if error else page


@blueprint.route("/areas/files/<file_id>", methods=["GET", "POST"])
def outline_file(file_id: str) -> Response | str | tuple[str, int]:
    """What was read in a file, and what it is; then it is kept."""
    file = read_file(database(), file_id)
    if file is None:
        abort(404)
    form = sent(OutlineForm, {"named_by": _likely_name(file)})
    form.named_by.choices = [
        SelectChoice(name, _sample(name, values)) for name, values in file.properties.items()
    ]
    if is_sent() and form.validate():
        credit = f"{form.source.data}（{form.licence.data}）" if form.licence.data else ""
        found = areas_of(
            file.outlines, AreaKind(form.kind.data), credit or form.source.data,
            form.named_by.data, form.name.data,
        )  # fmt: skip
        keep_file_areas(database(), file_id, found, g.account.actor)
        return saved("coordinator.areas")
    everything = areas_of(file.outlines, AreaKind.SCHOOL_DISTRICT, "", form.named_by.data)
    return entry_page(
        form, gettext("What was read"), _SECTIONS,
        (gettext("Outlines"), url_for("coordinator.areas")),
        template="coordinator/outlines.html", file=file, drawing=draw_outlines(everything),
        size=(WIDTH, HEIGHT),
    )  # fmt: skip


@blueprint.route("/areas/<area_id>/change", methods=["GET", "POST"])
def change_area(area_id: str) -> Response | str | tuple[str, int]:
    """The credit of one outline; where it runs is changed by a newer file."""
    stored = _stored(area_id)
    form = sent(SourceForm, {"source": stored.body.source})
    stale = False
    if is_sent() and form.validate():
        stale = is_stale(stored)
        if not stale:
            body = stored.body
            area = Area(body.kind, body.name, body.geometry, form.source.data)
            enter_areas(database(), [area], g.account.actor)
            return saved("coordinator.areas", area_id)
    return entry_page(
        form, stored.body.name, (("", ("source",)),),
        (gettext("Outlines"), url_for("coordinator.areas")), stored, stale,
        "coordinator/outlines.html", drawing=draw_outlines([stored.body]), size=(WIDTH, HEIGHT),
    )  # fmt: skip


@blueprint.post("/areas/<area_id>/move")
def move_area(area_id: str) -> Response:
    """Withdraw an outline, or bring it back."""
    db, actor, body = database(), g.account.actor, _stored(area_id).body
    step = step_of(
        withdrawing(lambda withdrawn: withdraw_area(db, body.kind, body.name, withdrawn, actor))
    )
    return done("coordinator.areas", step, area_id)


def _stored(area_id: str) -> StoredArea:
    """The area of an id such as school_district:みなみ小学校区."""
    kind, _, name = area_id.partition(":")
    try:
        return read_stored_area(database(), AreaKind(kind), name)
    except (ValueError, UnknownEntryError):
        abort(404)


def _likely_name(file: OutlineFile) -> str:
    """The property that tells most outlines apart by words."""
    words = {
        name: len([value for value in values if not value.isdecimal()])
        for name, values in file.properties.items()
    }
    return max(words, key=lambda name: words[name], default="")


def _sample(name: str, values: tuple[str, ...]) -> str:
    shown = gettext(", ").join(values[:_MOST_SHOWN])
    more = len(values) - _MOST_SHOWN
    others = gettext("and %(count)d more", count=more) if more > 0 else ""
    return f"{name}: {shown} {others}".strip()


def _row(stored: StoredArea) -> Row:
    area = stored.body
    here: dict[str, Any] = {"area_id": f"{area.kind}:{area.name}"}
    return Row(
        id=here["area_id"],
        title=area.name,
        href=url_for("coordinator.change_area", **here),
        move=url_for("coordinator.move_area", **here),
        lines=(area.source,),
        steps=("bring_back" if stored.withdrawn else "withdraw",),
    )
