"""The facts that a coordinator states with a tick, and when each of them may be ticked."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from ibasho.data.listings import LANGUAGES, TICKS, Fact
from ibasho.site.languages import LazyString, lazy_gettext
from ibasho.site.words import FACTS

HINTS: dict[Fact, LazyString] = {
    Fact.ATTENDANCE: lazy_gettext(
        "Schools count the days here, or have done so. Not where it is only talked over with them."
    ),
    Fact.ALONE: lazy_gettext("Every child they take may come without a grown-up, from the start."),
    Fact.NO_BOOKING: lazy_gettext("Also on the first day, and on every day."),
    Fact.ALLERGY: lazy_gettext(
        "They cook without it, or say on labels what is in. Not where one has to ask first."
    ),
    Fact.ANYONE: lazy_gettext("Whatever the age, and wherever they live."),
    Fact.ONLINE: lazy_gettext("One can take part from home. Booking online is not enough."),
    Fact.WHEELCHAIR: lazy_gettext("From the street into the room, without a step."),
}
_Value = TypeVar("_Value", bound=str)
_FACTS = tuple(fact for fact in TICKS if fact not in LANGUAGES)


class TickField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """A box for each of some things."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def tick_field(
    label: LazyString, labels: Mapping[_Value, LazyString], coerce: Callable[[str], _Value]
) -> TickField:
    """A field that asks which of these hold."""
    choices = [SelectChoice(str(value), name) for value, name in labels.items()]
    return TickField(label, choices=choices, coerce=coerce)


def _labels(facts: Iterable[Fact]) -> dict[Fact, LazyString]:
    return {fact: FACTS[fact] for fact in facts}


def fact_ticks() -> TickField:
    """What somebody who comes for the first time wants to know."""
    return tick_field(lazy_gettext("What a newcomer wants to know"), _labels(_FACTS), Fact)


def language_ticks() -> TickField:
    """The languages in which one is understood there."""
    return tick_field(lazy_gettext("Languages spoken there"), _labels(LANGUAGES), Fact)


def in_order(ticked: Iterable[Fact]) -> tuple[Fact, ...]:
    """Ticked facts as a listing keeps them."""
    chosen = set(ticked)
    return tuple(fact for fact in TICKS if fact in chosen)
