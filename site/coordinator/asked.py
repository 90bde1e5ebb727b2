"""What the form of each kind asks at once, and what it leaves to be unfolded.

The parts come in the order in which one asks on the telephone. A field that is not asked for at
once stands folded, but for one that says something already; none is ever left out of the form.
"""

from collections.abc import Iterable
from typing import NamedTuple

from wtforms import DateField, DecimalField, Field, Form, IntegerField

from ibasho.data.listings import Fact, Kind
from ibasho.site.languages import LazyString, lazy_gettext

PARTS: tuple[tuple[str, LazyString, tuple[str, ...]], ...] = (
    ("what", lazy_gettext("What and who"),
     ("kind", "name", "alternate_name", "organization", "description")),
    ("where", lazy_gettext("Where"),
     ("address", "building", "municipality", "visibility", "pin", "school_district")),
    ("when", lazy_gettext("When"), ("schedule_text",)),
    ("cost", lazy_gettext("Cost"),
     ("toddler", "elementary", "junior_high", "high_school", "adult", "monthly", "per_visit",
      "per_hour", "initial", "extra", "trial", "cancellation", "fees_description")),
    ("whom", lazy_gettext("Who may come"),
     ("eligibility_description", "minimum_age", "maximum_age", "application_process", "capacity",
      "takeaway", "food_pantry", "facts", "languages")),
    ("contact", lazy_gettext("Contact"),
     ("phones_public", "phones_staff", "emails_public", "emails_staff", "url")),
    ("confirmed", lazy_gettext("Confirmed"), ("called", "assured_date", "assured_by")),
    ("note", lazy_gettext("Note"), ("network", "note")),
)  # fmt: skip

_ALWAYS = ("kind", "name", "address", "building", "visibility", "pin", "schedule_text",
           "phones_public", "called")  # fmt: skip
_AGES = ("minimum_age", "maximum_age")
_VISIT = ("elementary", "junior_high", "high_school", "adult")

_FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.CHILDRENS_CAFETERIA: (
        "toddler", *_VISIT, "eligibility_description", "application_process", "takeaway"),
    Kind.FREE_SCHOOL: (
        "description", "monthly", "initial", "trial", "cancellation", *_AGES,
        "application_process", "emails_public", "url"),
    Kind.PLACE_TO_BELONG: (
        "description", "fees_description", "eligibility_description", "application_process"),
    Kind.LEARNING_SUPPORT: (
        "description", "monthly", "per_visit", "eligibility_description", *_AGES,
        "application_process"),
    Kind.PARENTING_SUPPORT: (
        "description", "fees_description", *_AGES, "application_process"),
    Kind.FOOD_PANTRY: (
        "fees_description", "eligibility_description", "application_process"),
    Kind.CONSULTATION_DESK: (
        "organization", "description", "fees_description", "eligibility_description",
        "emails_public", "url"),
    Kind.VOLUNTEER_OPPORTUNITY: (
        "organization", "description", "minimum_age", "application_process", "emails_public",
        "url"),
    Kind.VOLUNTEER_GROUP: ("description", "emails_public", "url"),
}  # fmt: skip

_FACTS: dict[Kind, tuple[Fact, ...]] = {
    Kind.CHILDRENS_CAFETERIA: (Fact.ALONE, Fact.NO_BOOKING, Fact.ALLERGY, Fact.ANYONE),
    Kind.FREE_SCHOOL: (Fact.ATTENDANCE, Fact.ONLINE),
    Kind.PLACE_TO_BELONG: (Fact.ALONE, Fact.NO_BOOKING, Fact.ANYONE),
    Kind.LEARNING_SUPPORT: (Fact.ALONE, Fact.ONLINE),
    Kind.PARENTING_SUPPORT: (Fact.NO_BOOKING, Fact.ANYONE),
    Kind.FOOD_PANTRY: (Fact.NO_BOOKING, Fact.ANYONE),
    Kind.CONSULTATION_DESK: (Fact.NO_BOOKING, Fact.ONLINE),
    Kind.VOLUNTEER_OPPORTUNITY: (Fact.ANYONE,),
    Kind.VOLUNTEER_GROUP: (),
}


class Part(NamedTuple):
    """Some fields of the form under one heading; `facts` are the ticks of them that stand here."""

    name: str
    title: LazyString
    fields: list[str]
    facts: frozenset[Fact]


class Asked(NamedTuple):
    """The form of a kind: what is asked at once, the rest, and whether an error is in the rest."""

    parts: list[Part]
    more: list[Part]


def asked(form: Form) -> Asked:
    """How a form is laid out for the kind that it is about."""
    kind = form.kind.data
    kind = Kind(kind) if kind in list(Kind) else Kind.CHILDRENS_CAFETERIA
    ticked = frozenset(form.facts.data or ())
    facts = ticked | frozenset(_FACTS[kind])
    wanted = {*_ALWAYS, *_FIELDS[kind], *(name for name in _named() if _says(form[name]))}
    wanted |= {"facts"} if facts else set()
    every = frozenset(Fact)
    first = [Part(name, title, [one for one in fields if one in wanted], facts)
             for name, title, fields in PARTS]  # fmt: skip
    rest = [Part(name, title, [one for one in fields if one not in wanted or one == "facts"],
                 every - facts) for name, title, fields in PARTS]  # fmt: skip
    return Asked([one for one in first if one.fields], [one for one in rest if one.fields])


def is_short(field: Field) -> bool:
    """Whether several of these stand beside one another."""
    return isinstance(field, IntegerField | DecimalField | DateField)


def _named() -> Iterable[str]:
    return (field for _, _, fields in PARTS for field in fields)


def _says(field: Field) -> bool:
    """Whether a field is filled in, or wrong."""
    return bool(field.errors) or field.data not in (None, "", False, [])
