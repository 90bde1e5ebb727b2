"""What is due of a listing on a day: pure, all dates are JST."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ibasho.data.listings.states import PUBLIC_STATES, State


class Step(StrEnum):
    """What is done about facts that grow old, in this order, each once a wording."""

    FIRST = "first"
    """The provider is asked by mail."""
    SECOND = "second"
    """The provider is asked once more."""
    STALE = "stale"
    """The page says that nobody could confirm it."""
    UNLIST = "unlist"
    """The listing is taken off the list."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Days: of age beyond which one asks; from the first mail to the second; from there until the
    page is marked; from there until the listing is taken off."""

    remind: int = 180
    again: int = 14
    stale: int = 14
    unlist: int = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a listing stands: since when its facts are known, and on which days which was done.

    `steps` are those that were taken for the wording that is public.
    """

    state: State
    known_on: dt.date
    has_mail: bool
    steps: Mapping[Step, dt.date] = field(default_factory=dict)


def facts_from(assured: dt.date | None, listed: dt.date | None, approved: dt.date) -> dt.date:
    """From what date the age of a listing counts: who said it, else its list, else the approval."""
    return assured or listed or approved


def is_old(known_on: dt.date, day: dt.date, limits: Limits) -> bool:
    """Whether facts of that date are older than the limit."""
    return (day - known_on).days > limits.remind


def next_step(one: Standing, day: dt.date, limits: Limits) -> Step | None:
    """What is to be done on a day; None where nothing is.

    Who has no mail address is asked by telephone, and nothing happens to the listing by itself. A
    step that was taken is never taken again for the same wording: what a person undid stays so.
    """
    if one.state not in PUBLIC_STATES or not is_old(one.known_on, day, limits):
        return None
    if Step.FIRST not in one.steps:
        return Step.FIRST if one.has_mail else None
    if Step.SECOND not in one.steps:
        is_time = _since(one, Step.FIRST, day) >= limits.again
        return Step.SECOND if is_time and one.has_mail else None
    if Step.STALE not in one.steps:
        return Step.STALE if _since(one, Step.SECOND, day) >= limits.stale else None
    if Step.UNLIST not in one.steps and one.state is State.STALE:
        return Step.UNLIST if _since(one, Step.STALE, day) >= limits.unlist else None
    return None


def _since(one: Standing, step: Step, day: dt.date) -> int:
    return (day - one.steps[step]).days
