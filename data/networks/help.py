"""What members of a network need and what others offer: the words of both."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from ibasho.data.listings import Position


class Help(StrEnum):
    """Of what kind a need or an offer is."""

    PEOPLE = "people"
    FOOD = "food"
    MONEY = "money"
    SPACE = "space"
    EQUIPMENT = "equipment"


class Standing(StrEnum):
    """Where a need or an offer stands. `expired`: its last day has passed while it was open."""

    OPEN = "open"
    MATCHED = "matched"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Need:
    """What a member lacks. `until` is the JST date on which it still holds; None for no end.

    `position` is what the public may know of where the member is, however well the desk knows it.
    """

    id: int
    listing_id: str
    member: str
    kind: Help
    words: str
    amount: str
    until: dt.date | None
    standing: Standing
    position: Position


@dataclass(frozen=True, slots=True)
class Offer:
    """What a company or a neighbour gives. `reach_m` is how far in metres; None for any distance.

    `giver`, `phone`, `email`, `words`, `amount`, `place` and `position` are kept sealed.
    """

    kind: Help
    giver: str
    phone: str = ""
    email: str = ""
    words: str = ""
    amount: str = ""
    place: str = ""
    position: Position = field(default_factory=Position)
    reach_m: int | None = None
    until: dt.date | None = None
    is_perishable: bool = False
    id: int = 0
    standing: Standing = Standing.OPEN


def standing_of(state: str, until: dt.date | None, day: dt.date) -> Standing:
    """How a kept state stands on a JST date: what is open ends by itself after its last day."""
    is_over = until is not None and until < day
    return Standing.EXPIRED if state == Standing.OPEN and is_over else Standing(state)
