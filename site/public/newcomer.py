"""The answers to what a newcomer asks, as rows of a page in the page's language."""

from typing import NamedTuple

from ibasho.data.listings import Fact, Kind, PublicListing
from ibasho.data.listings.questions import FACTS, Question, answers_of
from ibasho.site.costs_words import TERMS, cost_line, cost_rows
from ibasho.site.languages import LazyString, gettext, lazy_gettext
from ibasho.site.own_words import OwnWords, japanese, own, told_here
from ibasho.site.words import ages, facts

QUESTIONS: dict[Question, LazyString] = {
    Question.ATTENDANCE: lazy_gettext("School attendance"),
    Question.WHO: lazy_gettext("Who may come"),
    Question.ALONE: lazy_gettext("Coming alone or with an adult"),
    Question.BOOKING: lazy_gettext("Booking"),
    Question.LOOK: lazy_gettext("Looking first"),
    Question.ALLERGY: lazy_gettext("Food allergies"),
    Question.BRING: lazy_gettext("What to bring"),
    Question.ONLINE: lazy_gettext("Taking part from home"),
}
# The questions that a field of its own answers; one in the page's language stays whole.
_FIELDS = {
    Question.WHO: "eligibility_description",
    Question.BOOKING: "application_process",
}
# What families ask a free school before anything else, with what it costs after the first.
_SCHOOL_FIRST = (Question.ATTENDANCE, Question.ONLINE, Question.WHO)
_SCHOOL_COSTS = ("monthly", "initial", "cancellation")


class Row(NamedTuple):
    """One question with what is said to it: facts, words of ours, words of the place."""

    label: str
    facts: tuple[Fact, ...] = ()
    ours: str = ""
    theirs: OwnWords = OwnWords("")


class Newcomer(NamedTuple):
    """What a page says to a newcomer: `badges` are the facts that answer none of the questions,
    `unsaid` the questions that stay open, `note` what else the place notes."""

    rows: list[Row]
    unsaid: list[str]
    badges: list[Fact]
    note: OwnWords


def newcomer(listing: PublicListing) -> Newcomer:
    """What a place says to somebody who has never been there."""
    answers = answers_of(listing, apart=told_here(listing))
    rows = {question: Row(str(label)) for question, label in QUESTIONS.items()}
    for question, answer in answers.said.items():
        rows[question] = Row(str(QUESTIONS[question]), answer.facts, theirs=japanese(answer.words))
    rows[Question.WHO] = rows[Question.WHO]._replace(ours=ages(listing))
    for question, field in _FIELDS.items():
        row = rows[question]
        rows[question] = row._replace(theirs=own(listing, field, row.theirs.text))
    unsaid = [str(QUESTIONS[one]) for one in answers.unsaid if not rows[one].theirs]
    ordered = list(rows.values())
    if listing.kind is Kind.FREE_SCHOOL:
        costs = _costs(listing)
        first, *others = (rows.pop(question) for question in _SCHOOL_FIRST)
        ordered = [first, *costs, *others, *rows.values()]
        said = {row.label for row in costs}
        unsaid += [label for term in _SCHOOL_COSTS if (label := str(TERMS[term])) not in said]
    return Newcomer(
        [row for row in ordered if any(row[1:])],
        unsaid,
        sorted(set(facts(listing)) - set(FACTS.values()), key=_welcome_first),
        own(listing, "note", answers.note),
    )


def _costs(listing: PublicListing) -> list[Row]:
    """All that a school costs, by its terms, and what its own words add."""
    rows = [Row(label, theirs=japanese(price)) for label, price in cost_rows(listing.costs)]
    said = "" if rows else cost_line(listing.costs)
    return [*rows, Row(gettext("Cost"), ours=said, theirs=own(listing, "fees_description"))]


def _welcome_first(fact: Fact) -> tuple[bool, int]:
    return fact is not Fact.ANYONE, list(Fact).index(fact)
