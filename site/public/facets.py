"""Further conditions with the number of places each would leave, as links."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from ibasho.data.listings.facts import Fact
from ibasho.data.schools import district_key
from ibasho.search_index import AgeGroup, Facets, Sort
from ibasho.site.asking import Asked
from ibasho.site.languages import gettext
from ibasho.site.words import age_group_label, district_label, fact_label, kind_label, weekday

_FIRST = 8  # choices of a group that stand there without a tap
_MOST_DISTRICTS = 30  # more than a ward has
_V = TypeVar("_V", bound=str | int)


@dataclass(frozen=True, slots=True)
class Choice:
    """One condition: the search that a tap leads to, and how many places that finds.

    The count is None where it is set and a tap lets go of it.
    """

    label: str
    count: int | None
    is_on: bool
    arguments: dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Group:
    """Choices of one kind, those that are set first; `more` are those behind another tap."""

    heading: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """One order of the result, and the search that has it."""

    label: str
    is_on: bool
    arguments: dict[str, str | list[str]]


def groups(asked: Asked, facets: Facets) -> list[Group]:
    """The groups in which there is anything to choose."""
    kinds = filter(None, [asked.kind])
    districts = filter(None, [asked.district])
    found = [
        _group(gettext("What"), _instead(asked, "kind", kinds, facets.kinds, kind_label)),
        _group(gettext("What it promises"), _beside(asked, facets)),
        _group(gettext("Weekday, any of them"), _weekdays(asked, facets.weekdays)),
        _group(gettext("Age of the child"), _ages(asked, facets.ages)),
        _group(
            gettext("School district"),
            _instead(asked, "district", districts, _by_count(facets.districts), district_label),
        ),
    ]
    return [group for group in found if group.choices]


def orders(asked: Asked) -> list[Order]:
    """In which orders the result can stand; the first is that which it has by itself."""
    labels = {
        Sort.BEST: gettext("what fits best"),
        Sort.DISTANCE: gettext("nearest first"),
        Sort.DATE: gettext("soonest first"),
        Sort.NAME: gettext("by name"),
    }
    usual = Sort.DISTANCE if asked.place else Sort.BEST if asked.query.text else Sort.DATE
    offered = [sort for sort in labels if sort is not Sort.DISTANCE or asked.place]
    current = asked.sort if asked.sort in offered else usual
    return [
        Order(
            labels[sort],
            sort is current,
            asked.arguments(sort=None if sort is usual else sort, page=None),
        )
        for sort in sorted(offered, key=lambda sort: sort is not usual)
    ]


def _group(heading: str, choices: list[Choice]) -> Group:
    return Group(heading, tuple(choices[:_FIRST]), tuple(choices[_FIRST:]))


def _instead(
    asked: Asked,
    name: str,
    chosen: Iterable[_V],
    counts: Mapping[_V, int],
    label: Callable[[_V], str],
) -> list[Choice]:
    """Conditions of which a tap puts one in the place of another; those that are set first."""
    is_on = list(chosen)
    keys = {_key(one) for one in is_on}

    def without(one: _V) -> dict[str, str | list[str]]:
        others = tuple(other for other in is_on if other != one)
        return asked.arguments(**{"page": None, name: others})

    def only(one: _V) -> dict[str, str | list[str]]:
        return asked.arguments(**{"page": None, name: one})

    return [
        *(Choice(label(one), None, True, without(one)) for one in is_on),
        *(
            Choice(label(one), count, False, only(one))
            for one, count in counts.items()
            if not keys or _key(one) not in keys
        ),
    ]


def _weekdays(asked: Asked, counts: Mapping[int, int]) -> list[Choice]:
    """A tap adds a weekday to those that are set or meant by the words, or lets go of one."""
    meant = asked.query.weekdays
    return [
        *_instead(asked, "weekday", asked.weekdays, {}, weekday),
        *(
            Choice(weekday(one), count, False,
                   asked.arguments(page=None, weekday=tuple(sorted({*meant, one}))))
            for one, count in counts.items()
            if one not in meant
        ),
    ]  # fmt: skip


def _ages(asked: Asked, counts: Mapping[AgeGroup, int]) -> list[Choice]:
    """The children of a school in the place of those of another, or of one year."""
    groups = filter(None, [asked.ages])
    choices = _instead(replace(asked, age=None), "ages", groups, counts, age_group_label)
    if asked.age is None:
        return choices
    label = gettext("%(age)s years old", age=asked.age)
    return [Choice(label, None, True, asked.arguments(page=None, age=None)), *choices]


def _beside(asked: Asked, facets: Facets) -> list[Choice]:
    """Free of charge and the facts: a tap adds one to those that are set, or lets go of it."""
    free = Choice(
        gettext("Free for children"),
        None if asked.free else facets.free,
        asked.free,
        asked.arguments(page=None, free=None if asked.free else 1),
    )
    choices = [free] if asked.free or facets.free else []
    for fact in Fact:
        is_on, count = fact in asked.facts, facets.facts.get(fact, 0)
        if is_on or count:
            others = tuple(one for one in asked.facts if one is not fact)
            facts = others if is_on else (*others, fact)
            arguments = asked.arguments(page=None, fact=facts)
            choices.append(Choice(fact_label(fact), None if is_on else count, is_on, arguments))
    return sorted(choices, key=lambda choice: not choice.is_on)


def _by_count(counts: Mapping[str, int]) -> dict[str, int]:
    most = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return dict(most[:_MOST_DISTRICTS])


def _key(value: str | int) -> str | int:
    """What is the same condition: districts have several spellings."""
    return district_key(value) if isinstance(value, str) else value
