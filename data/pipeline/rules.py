"""Which step of a lead may follow which, and what it needs.

A stage is never kept twice. Up to 招待 it is the lead's own: people find, visit and invite. Once a
listing is linked, the stage follows from the listing's state (`FOLLOWS`), so that the two cannot
contradict each other: whoever wants 審査 makes the listing, whoever wants 公開 approves its
wording, and a listing that is taken out makes its lead 見送り. Two marks of a person count beside
a listing: 活動中, which needs a public one, and 見送り, which needs that it is not public.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise

from ibasho.data.listings import CLOSED_STATES, PUBLIC_STATES, State
from ibasho.data.pipeline.model import MARKS, Check, Item, Lead, Mark, Stage

OWN_STAGES = (Stage.FOUND, Stage.VISITED, Stage.INVITED)
"""Those that people set as long as there is no listing, in their order."""

FOLLOWS: dict[State, Stage] = {
    State.DRAFT: Stage.CONFIRMING,
    State.INVITED: Stage.INVITED,
    State.CONFIRMED: Stage.REVIEW,
    State.IN_REVIEW: Stage.REVIEW,
    State.PUBLISHED: Stage.PUBLIC,
    State.STALE: Stage.PUBLIC,
    **dict.fromkeys(CLOSED_STATES, Stage.DECLINED),
}


class Missing(StrEnum):
    """What a step needs and there is not yet."""

    CONTACT = "contact"
    """Somebody to invite."""
    LISTING = "listing"
    """A listing, made here or by the provider."""
    ANSWER = "answer"
    """What the provider says of the draft."""
    APPROVAL = "approval"
    """A wording that was approved."""
    CHECKLIST = "checklist"
    """An answer to every item."""
    HIDDEN = "hidden"
    """The listing is public: it has to be taken off the list first."""
    WITHDRAWN = "withdrawn"
    """The listing was taken off the list: it has to be brought back first."""


def stage_of(own: Stage, listing: State | None) -> Stage:
    """Where a lead stands, by the stage that people set and the state of its listing."""
    if listing is None:
        return own
    follows = FOLLOWS[listing]
    if listing in PUBLIC_STATES:
        return Stage.ACTIVE if own is Stage.ACTIVE else follows
    return Stage.DECLINED if own is Stage.DECLINED else follows


def following(stage: Stage) -> Stage | None:
    """The stage that comes after this one on the way; None at the end."""
    way: list[Stage] = [one for one in Stage if one is not Stage.DECLINED]
    return next((after for before, after in pairwise(way) if before is stage), None)


def settled(known: Check, mark: Mark, done_on: dt.date | None, day: dt.date) -> Check:
    """What an answer to an item, of which something is known, means on a JST date.

    A new date says that the item is done where nothing else is said. The old one beside "not yet"
    falls away: that takes the answer back. Raises ValueError for a mark that the item has not, and
    for a date to come, which a plan alone may have.
    """
    if mark is Mark.NOT_YET:
        done_on = None if done_on == known.done_on else done_on
        mark = Mark.DONE if done_on else mark
    if mark not in MARKS[known.item]:
        raise ValueError(f"{known.item} cannot be {mark}")
    if done_on and done_on > day and mark is not Mark.PLANNED:
        raise ValueError(f"{known.item} cannot be {mark} on {done_on}")
    return replace(known, mark=mark, done_on=done_on)


def missing(
    lead: Lead, checks: Iterable[Check], listing: State | None, after: Stage
) -> list[Missing]:
    """What keeps a lead from being moved to a stage by hand; nothing where it may be."""
    is_public = listing in PUBLIC_STATES
    match after:
        case Stage.DECLINED:
            return [Missing.HIDDEN] if is_public else []
        case Stage.ACTIVE:
            open_ = {Item(one.item) for one in checks if one.mark is not Mark.NOT_YET} != set(Item)
            return [Missing.APPROVAL] * (not is_public) + [Missing.CHECKLIST] * open_
        case Stage.INVITED:
            reachable = any(person.phone or person.mail for person in lead.people)
            return [] if reachable or listing else [Missing.CONTACT]
        case Stage.CONFIRMING | Stage.REVIEW | Stage.PUBLIC:
            return _of_listing(listing, after)
        case _:
            return []


def _of_listing(listing: State | None, after: Stage) -> list[Missing]:
    if listing is None:
        return [Missing.LISTING]
    if listing in CLOSED_STATES:
        return [Missing.WITHDRAWN]
    if after is Stage.PUBLIC:
        return [] if listing in PUBLIC_STATES else [Missing.APPROVAL]
    return [Missing.ANSWER] if listing in {State.DRAFT, State.INVITED} else []
