"""The conditions of a search as a visitor sees them: each can be let go of with one tap."""

from dataclasses import dataclass

from ibasho.data.listings import Kind
from ibasho.site.asking import Asked, Open
from ibasho.site.costs_words import yen
from ibasho.site.languages import LazyString, gettext, lazy_gettext
from ibasho.site.words import day, kind_label, length_of_way, without_prefecture

OPEN: dict[Open, LazyString] = {
    Open.TODAY: lazy_gettext("today"),
    Open.TOMORROW: lazy_gettext("tomorrow"),
    Open.SATURDAY: lazy_gettext("on Saturday"),
    Open.WEEKEND: lazy_gettext("this weekend"),
    Open.WEEK: lazy_gettext("in the next 7 days"),
}
_USUAL_FEE = 20_000  # yen a month that families ask free schools for
# Those that stand as chips on every result; the others are in the form.
_QUICK = (Open.TODAY, Open.TOMORROW, Open.SATURDAY, Open.WEEKEND)


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition of this name and value, whether it is set, and the search that a tap leads to."""

    label: str
    is_on: bool
    arguments: dict[str, str]
    name: str
    value: str


def quick_chips(asked: Asked) -> list[Chip]:
    """The conditions that most visitors want, each of them one tap away."""
    chips = [
        _switch(asked, "open", open_, str(OPEN[open_]), asked.open is open_, on=None)
        for open_ in _QUICK
    ]
    chips.append(_switch(asked, "free", 1, gettext("Free for children"), asked.free))
    if asked.kind is Kind.FREE_SCHOOL:
        is_on = asked.monthly == _USUAL_FEE
        chips.insert(0, _switch(asked, "monthly", _USUAL_FEE, _monthly(_USUAL_FEE), is_on))
    return chips


def set_chips(asked: Asked) -> list[Chip]:
    """The other conditions of this search; a tap lets go of one."""
    labels: dict[str, str] = {}
    if asked.text:
        labels["q"] = f"「{asked.text}」"
    if asked.kind:
        labels["kind"] = kind_label(asked.kind)
    if asked.place:
        label = without_prefecture(asked.place.label)
        is_here = asked.place.level == "pin"
        labels["near"] = gettext("near you") if is_here else gettext("near %(place)s", place=label)
    if asked.within:
        labels["within"] = gettext("within %(distance)s", distance=length_of_way(asked.within))
    if asked.on:
        labels["on"] = gettext("open on %(day)s", day=day(asked.on))
    if asked.open and asked.open not in _QUICK:
        labels["open"] = str(OPEN[asked.open])
    if asked.age is not None:
        labels["age"] = gettext("%(age)s years old", age=asked.age)
    is_chip = asked.kind is Kind.FREE_SCHOOL and asked.monthly == _USUAL_FEE
    if asked.monthly is not None and not is_chip:
        labels["monthly"] = _monthly(asked.monthly)
    lost = {"near": {"within": None}}
    return [
        Chip(
            label, True, asked.arguments(page=None, **{name: None}, **lost.get(name, {})), name, ""
        )
        for name, label in labels.items()
    ]


def _monthly(fee: int) -> str:
    return gettext("%(fee)s a month at most", fee=yen(fee))


def _switch(
    asked: Asked, name: str, value: str | int, label: str, is_on: bool, **others: None
) -> Chip:
    changes: dict[str, str | int | None] = {name: None if is_on else value, "page": None}
    return Chip(label, is_on, asked.arguments(**changes, **others), name, str(value))
