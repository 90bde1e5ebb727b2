"""Freshness: which listings nobody has called true for long, who is asked, what they answer."""

from ibasho.data.freshness.answers import (
    Answer,
    AnswerKind,
    ReplacedError,
    UnknownAnswerError,
    assure,
    assure_by_link,
    change_by_link,
    finish_answer,
    has_other_facts,
    listing_of_answer,
    read_answers,
    stop_by_link,
    take_back_assurance,
)
from ibasho.data.freshness.rules import Limits, Standing, Step, facts_from, next_step
from ibasho.data.freshness.steps import Due, Reminder, ToAsk, Why, listings_to_ask, read_due, take
from ibasho.data.freshness.week import GoingStale, going_stale

__all__ = [
    "Answer",
    "AnswerKind",
    "Due",
    "GoingStale",
    "Limits",
    "Reminder",
    "ReplacedError",
    "Standing",
    "Step",
    "ToAsk",
    "UnknownAnswerError",
    "Why",
    "assure",
    "assure_by_link",
    "change_by_link",
    "facts_from",
    "finish_answer",
    "going_stale",
    "has_other_facts",
    "listing_of_answer",
    "listings_to_ask",
    "next_step",
    "read_answers",
    "read_due",
    "stop_by_link",
    "take",
    "take_back_assurance",
]
