"""The child's own page: where one may come alone this week, and who listens, in short words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import render_template, request
from flask_babel import format_date

from ibasho.data.clock import japan_now, today
from ibasho.data.listings import VOLUNTEER_KINDS, Fact, Kind
from ibasho.data.notices import Light, SaidLight
from ibasho.data.schedule import Occurrence, is_over
from ibasho.search_index import Open, SearchQuery, Sort, days_of
from ibasho.site import stores
from ibasho.site.arguments import Arguments
from ibasho.site.asking import LONGEST_PLACE, read_asked
from ibasho.site.keeping import not_on_a_device
from ibasho.site.languages import LazyString, gettext, lazy_gettext
from ibasho.site.public.cards import Card, read_cards
from ibasho.site.public.desks import answering
from ibasho.site.public.views import blueprint
from ibasho.site.spoken_name import spoken_name

WALK_M = 2_000  # half an hour on a child's legs
MOST = 8
LOOKED_THROUGH = 100  # of which some are over today

_KINDS = frozenset(Kind) - VOLUNTEER_KINDS - {Kind.CONSULTATION_DESK}
# A word with its reading, as the catalogues write it: {漢字|かんじ}.
_WITH_READING = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")

KINDS: dict[Kind, LazyString] = {
    Kind.CHILDRENS_CAFETERIA: lazy_gettext("Eating with others"),
    Kind.FREE_SCHOOL: lazy_gettext("Learning outside school"),
    Kind.PLACE_TO_BELONG: lazy_gettext("Playing, or just being there"),
    Kind.LEARNING_SUPPORT: lazy_gettext("Homework and learning"),
    Kind.FOOD_PANTRY: lazy_gettext("Food to take home"),
    Kind.PARENTING_SUPPORT: lazy_gettext("For little children and parents"),
}

# What a child hears of a place, as far as somebody stated it.
FACTS: dict[Fact, LazyString] = {
    Fact.ANYONE: lazy_gettext("Everyone may come"),
    Fact.NO_BOOKING: lazy_gettext("You may just come"),
    Fact.ALLERGY: lazy_gettext("Tell them what you cannot eat"),
}

# What a child hears of how full a place is, and at what time or on what day that was said.
LIGHTS: dict[Light, LazyString] = {
    Light.FREE: lazy_gettext("There is room (%(when)s)"),
    Light.FEW: lazy_gettext("There is a little room left (%(when)s)"),
    Light.FULL: lazy_gettext("It is full (%(when)s)"),
}

_WEEKDAYS: tuple[LazyString, ...] = (
    lazy_gettext("Monday, %(date)s"),
    lazy_gettext("Tuesday, %(date)s"),
    lazy_gettext("Wednesday, %(date)s"),
    lazy_gettext("Thursday, %(date)s"),
    lazy_gettext("Friday, %(date)s"),
    lazy_gettext("Saturday, %(date)s"),
    lazy_gettext("Sunday, %(date)s"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A line as a child is told of it: what it is called, what for, and when."""

    name: LazyString
    about: LazyString
    hours: LazyString


LINES: dict[str, Told] = {
    "189": Told(
        lazy_gettext("189 (ichi-haya-ku)"),
        lazy_gettext("When somebody hurts you, or you are afraid at home."),
        lazy_gettext("Day and night. It costs nothing."),
    ),
    "0120-0-78310": Told(
        lazy_gettext("The line for children, day and night"),
        lazy_gettext("Bullying, school, home: anything that weighs on you."),
        lazy_gettext("Day and night. It costs nothing."),
    ),
    "0120-99-7777": Told(
        lazy_gettext("Childline"),
        lazy_gettext("Up to 18. You may talk about anything."),
        lazy_gettext("From 4 in the afternoon to 9 in the evening. It costs nothing."),
    ),
}


@blueprint.get("/child")
def child() -> str:
    """Where a child may come alone in the next seven days, soonest first, and who listens."""
    not_on_a_device()
    given = Arguments(request.args.to_dict(flat=False))
    near = given.text("near", LONGEST_PLACE)
    asked = read_asked({"near": near, "open": Open.WEEK}, today(), stores.find_place)
    point = asked.origin.point if asked.origin else None
    query = SearchQuery(
        kinds=_KINDS, facts=frozenset({Fact.ALONE}), days=days_of(Open.WEEK, today()),
        near=point, sort=Sort.DATE, limit=LOOKED_THROUGH,
    )  # fmt: skip
    cards = _open(replace(query, within_m=WALK_M if point else None))
    is_far = point is not None and not cards
    return render_template(
        "public/child.html",
        asked=asked,
        cards=_open(replace(query, sort=Sort.DISTANCE)) if is_far else cards,
        is_far=is_far,
        lines=answering(japan_now()),
        told=LINES,
        child_kinds=KINDS,
        child_facts=FACTS,
    )


def _open(query: SearchQuery) -> list[Card]:
    """What a query finds, without the openings of today that are over."""
    moment = japan_now()
    result = stores.find(query, moment.date(), relax=False)
    left = [hit for hit in result.hits if hit.next and not is_over(hit.next, moment)]
    return read_cards(replace(result, hits=tuple(left[:MOST])))


@blueprint.app_template_filter()
def readings(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of a text, each with its reading; "" where it has none."""
    at = 0
    for found in _WITH_READING.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], ""
        yield found[1], found[2]
        at = found.end()
    if at < len(text):
        yield text[at:], ""


blueprint.add_app_template_filter(spoken_name)


@blueprint.app_template_filter()
def child_day(occurrence: Occurrence) -> str:
    """The day of an opening as children say it: today, tomorrow, or its weekday."""
    days = (occurrence.date - today()).days
    if days < 2:
        return gettext("It is open today") if days == 0 else gettext("It is open tomorrow")
    date = format_date(occurrence.date, gettext("d MMMM"))
    return str(_WEEKDAYS[occurrence.date.weekday()]) % {"date": date}


@blueprint.app_template_filter()
def child_light(said: SaidLight) -> str:
    """How full a place is, and the time at which that was said, or the day if it was not today."""
    is_today = said.said_at.date() == today()
    date = format_date(said.said_at.date(), gettext("d MMMM"))
    return str(LIGHTS[said.light]) % {"when": f"{said.said_at:%H:%M}" if is_today else date}
