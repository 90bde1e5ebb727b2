"""How a listing lives: which step may follow which. Each step can be undone by another."""

from enum import StrEnum


class State(StrEnum):
    """Where a listing stands on its way to the public and back."""

    DRAFT = "draft"
    INVITED = "invited"
    CONFIRMED = "confirmed"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    STALE = "stale"
    UNLISTED = "unlisted"
    ARCHIVED = "archived"
    DO_NOT_LIST = "do_not_list"


# What a visitor can find.
PUBLIC_STATES = frozenset({State.PUBLISHED, State.STALE})

# What an import leaves alone: a person took these out.
CLOSED_STATES = frozenset({State.UNLISTED, State.ARCHIVED, State.DO_NOT_LIST})

# The reason of a listing that an import made and that went with it when that was taken back: no
# person has taken out the place, so the next list may name it again.
TAKEN_BACK = "取り込みの取り消し"

_WITHDRAWN = {State.ARCHIVED, State.DO_NOT_LIST}
STEPS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.INVITED, State.IN_REVIEW, State.PUBLISHED} | _WITHDRAWN),
    State.INVITED: frozenset({State.DRAFT, State.CONFIRMED} | _WITHDRAWN),
    State.CONFIRMED: frozenset({State.INVITED, State.IN_REVIEW} | _WITHDRAWN),
    State.IN_REVIEW: frozenset({State.DRAFT, State.CONFIRMED, State.PUBLISHED} | _WITHDRAWN),
    State.PUBLISHED: frozenset({State.IN_REVIEW, State.STALE, State.UNLISTED} | _WITHDRAWN),
    State.STALE: frozenset({State.PUBLISHED, State.UNLISTED} | _WITHDRAWN),
    State.UNLISTED: frozenset({State.PUBLISHED} | _WITHDRAWN),
    State.ARCHIVED: frozenset({State.DRAFT, State.PUBLISHED, State.DO_NOT_LIST}),
    State.DO_NOT_LIST: frozenset({State.DRAFT, State.ARCHIVED}),
}


class StepError(ValueError):
    """That step cannot follow from where the listing stands."""


def check_step(before: State, after: State) -> None:
    """Raise StepError unless `after` may follow `before`."""
    if after not in STEPS[before]:
        raise StepError(f"{before} → {after}")
