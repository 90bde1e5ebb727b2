"""What the desk knows of leads: the forms, who may see which, what the board shows."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from flask import abort, g, request
from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    FieldList,
    FormField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Optional

from ibasho.data.accounts.names import read_names
from ibasho.data.clock import today
from ibasho.data.listings import Kind, Listing, locate
from ibasho.data.pipeline import (
    Lead,
    NoteKind,
    Person,
    Stage,
    StoredLead,
    read_lead,
    read_leads,
)
from ibasho.data.telephone import one_line
from ibasho.site.coordinator.own_part import NOT_YOURS
from ibasho.site.form_parts import SHORT, SpokenForm, line, mail_line, plain, text
from ibasho.site.languages import lazy_gettext
from ibasho.site.listing_fields import ListingFields
from ibasho.site.pipeline_words import NOTES
from ibasho.site.reach import covers_lead, reaches_lead
from ibasho.site.stores import database

_PLACE = ("name", "municipality", "place", "network", "school_district", "source")
_PEOPLE = 3


class PersonForm(SpokenForm):
    """Somebody to talk to."""

    name = line(lazy_gettext("Name of the person"))
    role = line(lazy_gettext("Role"))
    phone = StringField(lazy_gettext("Telephone"), [SHORT], filters=[plain, one_line])
    mail = mail_line(lazy_gettext("Mail address"))


class LeadForm(SpokenForm):
    """What is known of a possible provider."""

    name = ListingFields.name
    kind = ListingFields.kind
    municipality = ListingFields.municipality
    place = line(lazy_gettext("Address, or words for where it is"))
    network = line(lazy_gettext("Network"))
    school_district = line(lazy_gettext("School district"))
    source = line(lazy_gettext("Who told of it"))
    owner = SelectField(lazy_gettext("Who looks after it"), default="")
    people = FieldList(FormField(PersonForm), min_entries=_PEOPLE)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.owner.choices = owner_choices()

    def validate_network(self, field: StringField) -> None:
        """One of theirs or none, for who looks after a part of the ward alone."""
        scope, district = g.account.scope, self.school_district
        # a new lead has nothing before, and not even "" is as it was
        stays = (field.data, district.data) == (field.object_data, district.object_data)
        within = stays or scope.covers(field.data, district.data)
        if not (within and scope.takes_network(field.data, field.object_data)):
            raise ValidationError(NOT_YOURS)

    def validate_school_district(self, field: StringField) -> None:
        """The same of school districts."""
        if not g.account.scope.takes_district(field.data, field.object_data):
            raise ValidationError(NOT_YOURS)


class TaskForm(SpokenForm):
    """What is to be done."""

    text = line(
        lazy_gettext("What is to be done"), lazy_gettext("Write what is to be done."), most=500
    )
    owner = SelectField(lazy_gettext("Who"), default="")
    due_on = DateField(lazy_gettext("Due by"), [Optional()])

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.owner.choices = owner_choices()


class NoteForm(SpokenForm):
    """What a visit or a talk brought."""

    kind = SelectField(
        lazy_gettext("What"), choices=[SelectChoice(str(kind), NOTES[kind]) for kind in NoteKind]
    )
    written_on = DateField(
        lazy_gettext("When"), [DataRequired(lazy_gettext("Write the date."))], default=today
    )
    text = text(lazy_gettext("In your words"), lazy_gettext("Write what was said."))


def owner_choices() -> list[SelectChoice]:
    """Everybody of the desk, after nobody."""
    names = read_names(database()).items()
    return [SelectChoice("", "–"), *(SelectChoice(str(number), name) for number, name in names)]


def lead_of(form: LeadForm, before: Lead | None = None) -> Lead:
    """The lead that a valid form describes; people beyond those of the form stay."""
    people = [Person(**one.data) for one in form.people]
    kept = (before.people if before else ())[len(people) :]
    return Lead(
        kind=Kind(form.kind.data),
        owner=int(form.owner.data) if form.owner.data else None,
        people=(*(one for one in people if one != Person()), *kept),
        **{name: getattr(form, name).data for name in _PLACE},
    )


def fields_of_lead(lead: Lead) -> dict[str, object]:
    """The fields of the form for a lead."""
    names = ("name", "role", "phone", "mail")
    people = [{name: getattr(one, name) for name in names} for one in lead.people[:_PEOPLE]]
    return {
        **{name: getattr(lead, name) for name in _PLACE},
        "kind": str(lead.kind),
        "owner": str(lead.owner or ""),
        "people": people + [{}] * (_PEOPLE - len(people)),
    }


def asked_lead() -> StoredLead | None:
    """The lead that `?lead=` names; 404 where it is out of reach."""
    lead_id = request.args.get("lead")
    if not lead_id:
        return None
    try:
        if not reaches_lead(database(), g.account, lead_id):
            abort(404)
        return read_lead(database(), lead_id)
    except LookupError:
        abort(404)


def listing_of_lead(lead: Lead) -> Listing:
    """What the form for a listing begins with."""
    return Listing(
        lead.kind, lead.name, location=locate(lead.municipality, lead.place),
        network=lead.network, school_district=lead.school_district,
    )  # fmt: skip


class Asked(NamedTuple):
    """Which leads somebody wants to see."""

    owner: str = ""
    stage: str = ""
    kind: str = ""
    overdue: str = ""

    @classmethod
    def of(cls, arguments: MultiDict[str, str]) -> "Asked":
        """What an address asks for; what has no meaning finds nothing."""
        return cls(**{name: arguments.get(name, "").strip() for name in cls._fields})

    def fits(self, lead: StoredLead, day: dt.date) -> bool:
        """Whether a lead is among them on a JST date."""
        return (
            self.owner in {"", str(lead.body.owner or "")}
            and self.stage in {"", str(lead.stage)}
            and self.kind in {"", str(lead.body.kind)}
            and (not self.overdue or any(task.is_overdue(day) for task in lead.tasks))
        )


def leads_within() -> list[StoredLead]:
    """The leads of the part of the ward of who is signed in, those with the next task first."""
    found = [lead for lead in read_leads(database()) if covers_lead(lead)]
    return sorted(found, key=_urgency)


def columns(found: Iterable[StoredLead]) -> dict[Stage, list[StoredLead]]:
    """The leads by their stage; every stage is there."""
    by_stage: dict[Stage, list[StoredLead]] = {stage: [] for stage in Stage}
    for lead in found:
        by_stage[lead.stage].append(lead)
    return by_stage


def _urgency(lead: StoredLead) -> dt.date:
    task = lead.next_task
    return (task.due_on if task else None) or dt.date.max
