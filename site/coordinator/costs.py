"""What a listing costs as the fields of the form, and back, without losing what none shows."""

import re
from dataclasses import replace

from ibasho.data.listings import CostOption

_LINE = re.compile(r"(?:(\d[\d,，]{0,9})(?:円|(?=[\s(（])|$)|無料(?=[\s(（]|$))\s*(.*)")
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")


def amount_of(costs: tuple[CostOption, ...], group: str) -> int | None:
    """What a group pays a visit in yen; the first where there are several."""
    return next((cost.amount for cost in costs if cost.option == group), None)


def with_amount(
    costs: tuple[CostOption, ...], group: str, amount: int | None
) -> tuple[CostOption, ...]:
    """The costs in which a group pays this a visit; whatever else is said of it stays."""
    if amount == amount_of(costs, group):
        return costs
    place = next((n for n, cost in enumerate(costs) if cost.option == group), None)
    if place is None:
        return (*costs, CostOption(group, amount))
    changed = () if amount is None else (replace(costs[place], amount=amount),)
    return (*costs[:place], *changed, *costs[place + 1 :])


def term_lines(costs: tuple[CostOption, ...], term: str) -> str:
    """All that is said of a term, an amount or a sentence a line: 19800 週3日まで."""
    return "\n".join(
        " ".join(f"{'' if cost.amount is None else cost.amount} {cost.description}".split())
        for cost in costs
        if cost.option == term
    )


def with_term(costs: tuple[CostOption, ...], term: str, text: str | None) -> tuple[CostOption, ...]:
    """The costs in which a term is what the lines say; lines that nobody touched change nothing."""
    lines = [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]
    if lines == term_lines(costs, term).splitlines():
        return costs
    others = tuple(cost for cost in costs if cost.option != term)
    return (*others, *(_option(term, line) for line in lines))


def _option(term: str, line: str) -> CostOption:
    """One line: an amount and what it is for, or words alone, as always for a cancellation."""
    found = _LINE.fullmatch(line)
    if term == "cancellation" or not found:
        return CostOption(term, None, line)
    bracketed = _BRACKETS.fullmatch(found[2])
    about = bracketed[1] if bracketed else found[2]
    return CostOption(term, int(re.sub(r"\D", "", found[1] or "0")), about)
