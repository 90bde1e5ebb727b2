"""What a place costs, said to people in the page's language, with the unit of each price."""

from collections.abc import Iterable, Sequence

from flask_babel import format_decimal

from ibasho.data.listings import COST_GROUPS, COST_TERMS, CostOption
from ibasho.site.languages import LazyString, gettext, lazy_gettext

COSTS: dict[str, LazyString] = {
    "toddler": lazy_gettext("Toddlers"),
    "elementary": lazy_gettext("Elementary school"),
    "junior_high": lazy_gettext("Junior high school"),
    "high_school": lazy_gettext("High school"),
    "adult": lazy_gettext("Adults"),
}

TERMS: dict[str, LazyString] = {
    "monthly": lazy_gettext("Monthly"),
    "per_visit": lazy_gettext("A visit"),
    "per_hour": lazy_gettext("An hour"),
    "initial": lazy_gettext("To join"),
    "extra": lazy_gettext("Extra costs"),
    "trial": lazy_gettext("Trial"),
    "cancellation": lazy_gettext("Leaving or pausing"),
}

# What one pays again and again; the rest is for the page of the listing.
_RECURRING = ("monthly", "per_visit", "per_hour")


def yen(amount: int) -> str:
    """An amount in yen: 無料, 300円."""
    return gettext("%(yen)s yen", yen=format_decimal(amount)) if amount else gettext("free")


def cost_line(costs: Sequence[CostOption]) -> str:
    """What coming here costs, in one line: by the month, by the hour, a visit.

    What is paid once, and how one leaves, is said where nothing else is.
    """
    again = [_term_line(costs, term) for term in _RECURRING]
    again.append(_visit(_groups(costs)))
    once = (_term_line(costs, term) for term in COST_TERMS if term not in _RECURRING)
    return _labelled(filter(None, again)) or _labelled(filter(None, once))


def cost_rows(costs: Sequence[CostOption]) -> list[tuple[str, str]]:
    """Label and text of each term, for a table; nothing where `cost_line` says it all."""
    if not any(cost.option in TERMS for cost in costs):
        return []
    said = {term: [_described(cost) for cost in _of(costs, term)] for term in COST_TERMS}
    said["per_visit"].append(_prices(_groups(costs)))
    rows = ((str(TERMS[term]), _list(filter(None, prices))) for term, prices in said.items())
    return [(label, text) for label, text in rows if text]


def _term_line(costs: Sequence[CostOption], term: str) -> str:
    """One term with its label; of several amounts the least."""
    options = _of(costs, term)
    amounts = [cost.amount for cost in options if cost.amount is not None]
    if len(set(amounts)) > 1:
        price = gettext("from %(price)s", price=yen(min(amounts)))
    else:
        price = _list(filter(None, map(_described, options)))
    return f"{TERMS[term]} {price}" if price else ""


def _visit(groups: Sequence[CostOption]) -> str:
    """What a visit costs by who comes; just 無料 where adults and children were said to pay 0."""
    prices = _prices(groups)
    if any(cost.amount for cost in groups):
        return gettext("%(prices)s a visit", prices=prices)
    said = {cost.option for cost in groups if cost.amount == 0}
    is_for_all = "adult" in said and said != {"adult"} and len(said) == len(groups)
    return _capital(gettext("free")) if is_for_all else prices


def _prices(groups: Sequence[CostOption]) -> str:
    """Who pays what; groups that pay the same are said together."""
    said: dict[str, list[str]] = {}
    for cost in groups:
        said.setdefault(_price(cost), []).append(str(COSTS.get(cost.option, cost.option)))
    children = {str(COSTS[group]) for group in COST_GROUPS if group != "adult"}
    parts = []
    for price, who in said.items():
        if set(who) >= children:
            who = [gettext("Children"), *(one for one in who if one not in children)]
        together = _labelled(who, gettext(" / "))
        parts.append(f"{together} {price}")
    return _labelled(parts)


def _price(cost: CostOption) -> str:
    """What somebody pays, or the words of the place."""
    return cost.description if cost.amount is None else yen(cost.amount)


def _described(cost: CostOption) -> str:
    """The price and what it is for: 19,800円（週3日まで）."""
    if cost.amount is None or not cost.description:
        return _price(cost)
    return gettext("%(price)s (%(about)s)", price=yen(cost.amount), about=cost.description)


def _of(costs: Sequence[CostOption], term: str) -> list[CostOption]:
    return [cost for cost in costs if cost.option == term]


def _groups(costs: Sequence[CostOption]) -> list[CostOption]:
    return [cost for cost in costs if cost.option not in TERMS]


def _list(parts: Iterable[str]) -> str:
    return gettext(", ").join(parts)


def _labelled(parts: Iterable[str], between: str = "") -> str:
    """Parts that begin with a label: after the first in small letters, as in a sentence."""
    first, *rest = [*parts] or [""]
    small = (one[:1].lower() + one[1:] for one in rest)
    return (between or gettext(", ")).join([first, *small])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
