"""The conditions of a search as a visitor sees them: each can be let go of with one tap."""

from collections.abc import Iterator
from dataclasses import dataclass

from ibasho.data.listings import Kind
from ibasho.data.listings.kinds import KIND_WORDS
from ibasho.data.text import fold
from ibasho.search_index import Open, SearchResult
from ibasho.site.arguments import Value
from ibasho.site.asking import Asked
from ibasho.site.costs_words import yen
from ibasho.site.languages import LazyString, gettext, lazy_gettext
from ibasho.site.words import (
    age_group_label,
    day,
    days_from,
    district_label,
    fact_label,
    kind_label,
    length_of_way,
    quoted,
    weekday,
    without_prefecture,
)

OPEN: dict[Open, LazyString] = {
    Open.TODAY: lazy_gettext("today"),
    Open.TOMORROW: lazy_gettext("tomorrow"),
    Open.SATURDAY: lazy_gettext("on Saturday"),
    Open.WEEKEND: lazy_gettext("this weekend"),
    Open.WEEK: lazy_gettext("in the next 7 days"),
}
_LONGEST_WORD = 24  # characters
_USUAL_FEE = 20_000  # yen a month that families ask free schools for
# Those that stand as chips on every result; the others are in the form.
_QUICK = (Open.TODAY, Open.TOMORROW, Open.SATURDAY, Open.WEEKEND)


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition of this name and value, whether it is set, and the search that a tap leads to."""

    label: str
    is_on: bool
    arguments: dict[str, str | list[str]]
    name: str
    value: str


def quick_chips(asked: Asked) -> list[Chip]:
    """The conditions that most visitors want, each of them one tap away."""
    chips = [
        _switch(asked, "open", open_, str(OPEN[open_]), asked.open is open_, on=None)
        for open_ in _QUICK
        # beside a weekday of its own the coming Saturday would read as the same
        if not (asked.weekdays and open_ is Open.SATURDAY)
    ]
    if asked.free or not asked.understood.condition.free:
        chips.append(_switch(asked, "free", 1, gettext("Free for children"), asked.free))
    if asked.kind is Kind.FREE_SCHOOL:
        is_on = asked.monthly == _USUAL_FEE
        chips.insert(0, _switch(asked, "monthly", _USUAL_FEE, _monthly(_USUAL_FEE), is_on))
    return chips


def set_chips(asked: Asked) -> list[Chip]:
    """The other conditions of this search; a tap lets go of one."""
    return [
        Chip(label, True, asked.arguments(page=None, **changes), name, "")
        for name, label, changes in _set(asked)
    ]


def _set(asked: Asked) -> Iterator[tuple[str, str, dict[str, Value]]]:
    """Name and words of each condition, and what changes when it is let go of."""
    yield from _words(asked)
    if asked.kind:
        yield "kind", kind_label(asked.kind), {"kind": None}
    yield from _where(asked)
    if asked.on:
        yield "on", gettext("open on %(day)s", day=day(asked.on)), {"on": None}
    if asked.open and asked.open not in _QUICK:
        yield "open", str(OPEN[asked.open]), {"open": None}
    for one in asked.weekdays:
        others = tuple(other for other in asked.weekdays if other != one)
        yield "weekday", weekday(one), {"weekday": others}
    if asked.age is not None:
        yield "age", gettext("%(age)s years old", age=asked.age), {"age": None}
    if asked.ages:
        yield "ages", age_group_label(asked.ages), {"ages": None}
    for fact in asked.facts:
        rest = tuple(other for other in asked.facts if other is not fact)
        yield "fact", fact_label(fact), {"fact": rest}
    is_chip = asked.kind is Kind.FREE_SCHOOL and asked.monthly == _USUAL_FEE
    if asked.monthly is not None and not is_chip:
        yield "monthly", _monthly(asked.monthly), {"monthly": None}


def _words(asked: Asked) -> Iterator[tuple[str, str, dict[str, Value]]]:
    """The words that are looked for, and those that were understood as conditions."""
    understood = asked.understood
    if understood.text:
        yield "q", quoted(understood.text), {"q": understood.without_text(), "plain": None}
    for piece in understood.conditions:
        left: dict[str, Value] = {"q": understood.without(piece), "plain": None}
        if place := piece.condition.place:
            label = gettext("near %(place)s", place=without_prefecture(place.label))
            yield "q", label, {**left, "to": None, "within": None}
        else:
            days = f" {days_from(*piece.condition.days)}" if piece.condition.days else ""
            yield "q", f"{quoted(understood.words(piece))}{days}", left


def _where(asked: Asked) -> Iterator[tuple[str, str, dict[str, Value]]]:
    if asked.place and asked.near:
        label = without_prefecture(asked.place.label)
        is_here = asked.place.level == "pin"
        words = gettext("near you") if is_here else gettext("near %(place)s", place=label)
        lost = {"to": None, **({} if asked.way else {"within": None})}
        yield "near", words, {"near": None, **lost}
    if asked.goal:
        label = without_prefecture(asked.goal.label)
        yield "to", gettext("on the way to %(place)s", place=label), {"to": None}
    if asked.way:
        lost = {} if asked.place else {"within": None}
        yield "along", gettext("along the way"), {"along": None, **lost}
    if asked.within:
        distance = length_of_way(asked.within)
        yield "within", gettext("within %(distance)s", distance=distance), {"within": None}
    if asked.district:
        yield "district", district_label(asked.district), {"district": None}
    if asked.box:
        yield "bbox", gettext("in this part of the map"), {"bbox": None}


def spellings(asked: Asked, result: SearchResult) -> list[tuple[str, str]]:
    """The words that were taken for others as they were typed, and what was looked for instead."""
    said = asked.understood
    found = [(said.words(one), one.meant) for one in said.conditions if one.meant]
    if not result.read_as:
        return found
    typed = {fold(word): word for word in said.text.split()}
    labels = {fold(word): word for words in KIND_WORDS.values() for word in words}
    for one, meant in result.read_as.items():
        phrase = typed.get(one, one)
        words = (_within(phrase, word) or labels.get(word, word) for word in meant.split())
        found.append((phrase, labels.get(meant) or " ".join(words)))
    return found


def _within(phrase: str, folded: str) -> str:
    """A word of a phrase as it was typed; "" where it is not in it."""
    pieces = (
        phrase[start : start + size]
        for start in range(len(phrase))
        for size in range(1, min(len(phrase) - start, _LONGEST_WORD) + 1)
    )
    return next((piece for piece in pieces if fold(piece) == folded), "")


def _monthly(fee: int) -> str:
    if not fee:
        return gettext("nothing to pay by the month")
    return gettext("%(fee)s a month at most", fee=yen(fee))


def _switch(
    asked: Asked, name: str, value: str | int, label: str, is_on: bool, **others: None
) -> Chip:
    changes: dict[str, Value] = {name: None if is_on else value, "page": None}
    return Chip(label, is_on, asked.arguments(**changes, **others), name, str(value))
