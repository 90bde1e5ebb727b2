"""The activity log: what the office did by fiscal year, counted for the progress report."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response as FlaskResponse
from flask import abort, g, request, url_for
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField, StringField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from ibasho.data.activities import (
    Activity,
    ActivityKind,
    StoredActivity,
    count,
    keep_activity,
    read_activities,
    read_activity,
    record_export,
    withdraw_activity,
    years_with_activities,
)
from ibasho.data.clock import today
from ibasho.data.fiscal_year import Period, fiscal_year_of, period_of
from ibasho.data.listings import store
from ibasho.data.networks import network_ids
from ibasho.data.record import record_view
from ibasho.data.schools import read_schools
from ibasho.site import reach
from ibasho.site.activity_words import ACTIVITY_KINDS, PERIODS, fiscal_year_label
from ibasho.site.coordinator.entering import (
    EntryForm,
    Group,
    Row,
    done,
    entry_page,
    id_of,
    is_sent,
    is_stale,
    list_page,
    saved,
    sent,
    step_of,
    withdrawing,
)
from ibasho.site.coordinator.forms import number_up_to
from ibasho.site.coordinator.views import blueprint
from ibasho.site.csv_text import CSV_TYPE, csv_text
from ibasho.site.event_words import day_of_year
from ibasho.site.form_parts import WholeNumberField, choice, line, text
from ibasho.site.languages import gettext, lazy_gettext
from ibasho.site.stores import database

_SECTIONS = (
    ("", ("held_on", "kind", "with_whom", "people")),
    (lazy_gettext("What it concerns"), ("network", "school", "listing")),
    ("", ("note",)),
)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class ActivityForm(EntryForm):
    """All that is said of an activity."""

    held_on = DateField(lazy_gettext("Date"), [InputRequired(lazy_gettext("Give the date."))])
    kind = choice(
        lazy_gettext("What is it?"),
        {"": lazy_gettext("Please choose")} | {str(k): one for k, one in ACTIVITY_KINDS.items()},
    )
    with_whom = line(
        lazy_gettext("With whom"),
        hint=lazy_gettext("A school, an office or a role. Never the name of a child."),
    )
    people = WholeNumberField(lazy_gettext("How many people"), [Optional(), number_up_to(100_000)])
    network = choice(lazy_gettext("Network"), {})
    school = choice(lazy_gettext("School"), {})
    listing = line(lazy_gettext("Place"))
    note = text(
        lazy_gettext("Note"),
        hint=lazy_gettext("Kept encrypted. Never the name of a child."),
    )

    def validate_held_on(self, field: DateField) -> None:
        """A day of our time, which was not yet to come."""
        if field.data and not _FIRST_YEAR < field.data.year <= today().year + 1:
            raise ValidationError(lazy_gettext("Look at the year again."))

    def validate_kind(self, field: SelectField) -> None:
        """Chosen, not left as the form began."""
        if not field.data:
            raise ValidationError(lazy_gettext("Please choose"))

    def validate_with_whom(self, field: StringField) -> None:
        """Something of what happened, so that the line says more than its day."""
        if not (field.data or self.school.data or self.people.data is not None):
            raise ValidationError(
                lazy_gettext("Say with whom, at which school, or how many people came.")
            )

    def validate_listing(self, field: StringField) -> None:
        """One that there is, and only one."""
        if field.data and field.data not in _listings():
            raise ValidationError(lazy_gettext("No listing is called so. Choose one of the list."))


@blueprint.get("/activities")
def activities() -> str:
    """A fiscal year: how often, then one by one."""
    year = _year()
    known = _known(year)
    if known:
        record_view(database(), g.account.actor, f"activities:{year}")
    counted = [one for one in known if not one.withdrawn]
    counts = count(one.body for one in counted)
    places = {id_: name for name, id_ in _listings().items()}
    schools = {one.id: one.name for one in read_schools(database())}
    groups = [
        Group(str(label), [_row(one, places, schools) for one in _within(counted, period)])
        for period, label in reversed(PERIODS.items())
    ]
    gone = [_row(one, places, schools) for one in known if one.withdrawn]
    others = (one for one in years_with_activities(database()) if _known(one))
    years = {fiscal_year_of(today()), year, *others}
    return list_page(
        template="coordinator/activities.html",
        heading=gettext("Activity log"),
        lead=gettext("What the office did. The progress report counts what stands here."),
        add=[(gettext("Add an activity"), url_for("coordinator.add_activity"))],
        groups=[*groups, Group(gettext("Withdrawn"), gone)],
        is_empty=not counted,
        year=year,
        years=sorted(years, reverse=True),
        year_label=fiscal_year_label,
        kinds=ACTIVITY_KINDS,
        periods=PERIODS,
        counts=counts,
    )


@blueprint.post("/activities.csv")
def activity_table() -> FlaskResponse:
    """The activities of a fiscal year as CSV; that they were taken out is in the record."""
    year = _year()
    record_export(database(), year, g.account.actor)
    places = {id_: name for name, id_ in _listings().items()}
    schools = {one.id: one.name for one in read_schools(database())}
    headings = (gettext("Date"), gettext("What is it?"), gettext("With whom"),
                gettext("How many people"), gettext("Network"), gettext("School"),
                gettext("Place"), gettext("Note"))  # fmt: skip
    rows = (
        (one.body.held_on, str(ACTIVITY_KINDS[one.body.kind]), one.body.with_whom, one.body.people,
         one.body.network, schools.get(one.body.school, ""), places.get(one.body.listing, ""),
         one.body.note)
        for one in reversed(_known(year))
        if not one.withdrawn
    )  # fmt: skip
    response = FlaskResponse(csv_text(headings, rows), mimetype=CSV_TYPE)
    response.headers["Content-Disposition"] = f"attachment; filename=activities-{year}.csv"
    return response


@blueprint.route("/activities/new", methods=["GET", "POST"])
def add_activity() -> Response | str | tuple[str, int]:
    """A new activity."""
    if not (g.account.scope.is_whole or g.account.scope.networks or _listings()):
        abort(403)
    return _edit(_form({"held_on": today()}), None)


@blueprint.route("/activities/<activity_id>/change", methods=["GET", "POST"])
def change_activity(activity_id: str) -> Response | str | tuple[str, int]:
    """One activity."""
    stored = read_activity(database(), activity_id)
    record_view(database(), g.account.actor, f"activity:{activity_id}")
    body = stored.body
    names = {id_: name for name, id_ in _listings().items()}
    fields = ("held_on", "with_whom", "people", "network", "school", "note")
    values: dict[str, object] = {name: getattr(body, name) for name in fields}
    values |= {"kind": str(body.kind), "listing": names.get(body.listing, "")}
    return _edit(_form(values), stored)


@blueprint.post("/activities/<activity_id>/move")
def move_activity(activity_id: str) -> Response:
    """Take an activity out of the counts, or bring it back."""
    db, actor = database(), g.account.actor
    step = step_of(
        withdrawing(lambda withdrawn: withdraw_activity(db, activity_id, withdrawn, actor))
    )
    return done("coordinator.activities", step, activity_id)


def _edit(form: ActivityForm, stored: StoredActivity | None) -> Response | str | tuple[str, int]:
    stale = False
    if is_sent() and form.validate():
        activity = Activity(
            held_on=form.held_on.data,
            kind=ActivityKind(form.kind.data),
            with_whom=form.with_whom.data,
            people=form.people.data,
            network=form.network.data,
            school=form.school.data,
            listing=_listings().get(form.listing.data, ""),
            note=form.note.data,
        )
        stale = is_stale(stored)
        if not reach.covers_activity(activity):
            form.network.errors = [gettext("Say which network or place it concerns.")]
        elif not stale:
            kept = keep_activity(database(), activity, g.account.actor, id_of(stored))
            year = fiscal_year_of(activity.held_on)
            return saved("coordinator.activities", kept, year, is_new=stored is None)
    heading = gettext("Activity log") if stored else gettext("Add an activity")
    back = (gettext("Activity log"), url_for("coordinator.activities"))
    known = {"listing": list(_listings())}
    return entry_page(form, heading, _SECTIONS, back, stored, stale, known=known)


def _form(values: Mapping[str, object]) -> ActivityForm:
    """The form with the networks and schools of whoever is signed in."""
    form = sent(ActivityForm, values)
    scope = g.account.scope
    names = network_ids(database()) if scope.is_whole else sorted(scope.networks)
    kept = [str(values[name]) for name in ("network",) if values.get(name)]
    none = SelectChoice("", gettext("None"))
    form.network.choices = [none, *map(SelectChoice, dict.fromkeys([*names, *kept]))]
    schools = {one.id: one.name for one in read_schools(database())}
    if (school := str(values.get("school", ""))) and school not in schools:
        schools[school] = school
    form.school.choices = [none, *(SelectChoice(id_, name) for id_, name in schools.items())]
    return form


def _listings() -> dict[str, str]:
    """The ids of the listings in reach by their names; one that is called like another, with its
    address."""
    found: dict[str, str] = {}
    for stored in store.read_all_stored(database()):
        if not reach.covers_stored(stored):
            continue
        if wording := reach.newest_wording(stored):
            name = wording.name
            label = name if name not in found else f"{name}（{wording.location.address}）"
            found.setdefault(label, stored.id)
    return found


def _known(year: int) -> list[StoredActivity]:
    return [one for one in read_activities(database(), year) if reach.covers_activity(one.body)]


def _within(stored: Iterable[StoredActivity], period: Period) -> list[StoredActivity]:
    return [one for one in stored if period_of(one.body.held_on) is period]


def _year() -> int:
    """The fiscal year that was asked for, or else this one."""
    asked = request.values.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else fiscal_year_of(today())
    return min(max(year, _FIRST_YEAR), _LAST_YEAR)


def _row(stored: StoredActivity, places: Mapping[str, str], schools: Mapping[str, str]) -> Row:
    body = stored.body
    here: dict[str, Any] = {"activity_id": stored.id}
    about = (body.network, schools.get(body.school, ""), places.get(body.listing, ""))
    people = gettext("%(num)d people", num=body.people) if body.people is not None else ""
    return Row(
        id=stored.id,
        title=f"{day_of_year(body.held_on)} {body.with_whom}".strip(),
        href=url_for("coordinator.change_activity", **here),
        move=url_for("coordinator.move_activity", **here),
        badge=str(ACTIVITY_KINDS[body.kind]),
        lines=tuple(filter(None, (people, gettext(", ").join(filter(None, about)), body.note))),
        steps=("bring_back" if stored.withdrawn else "withdraw",),
    )
