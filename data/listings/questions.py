"""What a newcomer asks of a place, and what of its words answers which question.

Nothing is concluded: an answer is a fact that somebody stated, or whole clauses as the place wrote
them, sorted by what they speak of. Where no text speaks of a matter, that is said too.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ibasho.data.listings.clauses import clauses_of, plain
from ibasho.data.listings.facts import Fact
from ibasho.data.listings.first_visit import first_visit
from ibasho.data.listings.kinds import VOLUNTEER_KINDS, Kind
from ibasho.data.listings.public import PublicListing
from ibasho.data.listings.stated import facts_of


class Question(StrEnum):
    """One thing that newcomers ask, in the order in which pages answer.

    ALONE is whether a child may come alone or with whom; LOOK, whether one looks or tries first.
    """

    ATTENDANCE = "attendance"
    WHO = "who"
    ALONE = "alone"
    BOOKING = "booking"
    LOOK = "look"
    ALLERGY = "allergy"
    BRING = "bring"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was stated: facts, and the place's own words ("" for none), never both empty."""

    facts: tuple[Fact, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Answers:
    """By question what is said; `unsaid` are those of this kind of place that nothing speaks of.

    `note` is what of the place's note answers none of them.
    """

    said: dict[Question, Answer]
    unsaid: tuple[Question, ...]
    note: str


FACTS = {
    Question.ATTENDANCE: Fact.ATTENDANCE,
    Question.ALONE: Fact.ALONE,
    Question.BOOKING: Fact.NO_BOOKING,
    Question.ALLERGY: Fact.ALLERGY,
    Question.ONLINE: Fact.ONLINE,
}
"""The fact that answers a question by itself."""

_WITH = "(?:家族|保護者|大人|おとな|おうちの人|親)(?:の方)?"
# The first that a clause speaks of takes it; WHO and BOOKING take what is left of their fields.
_ABOUT = {
    Question.ATTENDANCE: re.compile("出席"),
    Question.ALLERGY: re.compile(
        "アレル|除去食|特定原材料|(?:卵|乳|小麦|そば|ナッツ|品目).*(?:使わない|使いません|含まない|除[きく])"
    ),
    Question.BRING: re.compile(
        "持ち物|持参|持って(?:き|来|く)|お持ちください|エプロン|上履き|上ばき|うわばき|水筒"
        "|筆記用具|着替え|動きやすい"
    ),
    Question.LOOK: re.compile("見学|説明会|面談|体験(?:入|利用|から|[0-9]+日)"),
    Question.ONLINE: re.compile("オンライン|(?i:zoom)|リモート"),
    Question.ALONE: re.compile(
        f"(?:ひとり|一人|1人)(?:だけ)?で|(?:子ども?|こども|子供)だけ|{_WITH}(?:と|の?付|の送迎|も?一緒)"
        "|親子で|引率|送迎|同伴|付き?添"
    ),
}
_BOOKING = re.compile("予約|申し?込|要?連絡")
# A clause that stands by no clause of its own: it limits or answers the one before it.
_FOLLOWS = re.compile("ただし|但し|ただ、|しかし|でも、|それ|その(?:場合|際|とき|時)")
_HEADS = re.compile("[:はが]$")

_CHILDREN = (Question.WHO, Question.ALONE, Question.BOOKING, Question.BRING)
_FAMILIES = (Question.WHO, Question.BOOKING, Question.BRING)
_ASKED: dict[Kind, tuple[Question, ...]] = {
    Kind.CHILDRENS_CAFETERIA: (*_CHILDREN, Question.ALLERGY),
    Kind.FREE_SCHOOL: (Question.ATTENDANCE, Question.WHO, Question.LOOK, Question.ONLINE),
    Kind.PLACE_TO_BELONG: _CHILDREN,
    Kind.LEARNING_SUPPORT: _CHILDREN,
    Kind.PARENTING_SUPPORT: _FAMILIES,
    Kind.FOOD_PANTRY: _FAMILIES,
    Kind.CONSULTATION_DESK: (Question.WHO, Question.BOOKING),
}
# Where grown-ups come, the words about children and families say who may come.
_NOT_OF_CHILDREN = VOLUNTEER_KINDS | {Kind.PARENTING_SUPPORT, Kind.CONSULTATION_DESK}


def answers_of(listing: PublicListing, apart: Collection[str] = ()) -> Answers:
    """What a place says to a newcomer's questions, and what it does not say.

    Ages belong to WHO; they count as said, and are put into words by whoever shows them. So are the
    words of the fields named in `apart`: they count as said, but are in no answer.
    """
    words: dict[Question | None, list[str]] = {}
    visit = first_visit(listing)
    for field, rest, otherwise in (
        ("eligibility_description", visit.who, Question.WHO),
        ("application_process", visit.booking, Question.BOOKING),
        ("note", listing.note, None),
    ):
        text = "" if field in apart else getattr(listing, field)
        promises = set(clauses_of(text)).difference(clauses_of(rest))
        for clause in _together(clauses_of(text)):
            if clause not in promises:
                words.setdefault(_question(clause, listing.kind) or otherwise, []).append(clause)
    stated = facts_of(listing)
    said = {
        question: Answer(facts, "。".join(words.get(question, ())))
        for question in Question
        for facts in (tuple({FACTS[question]} & stated) if question in FACTS else (),)
        if facts or question in words
    }
    asked = _ASKED.get(listing.kind, ())
    spoken_of = said.keys() | _spoken_of(listing)
    return Answers(
        said,
        tuple(one for one in Question if one in asked and one not in spoken_of),
        "。".join(words.get(None, ())),
    )


def _question(clause: str, kind: Kind) -> Question | None:
    bare = plain(clause)
    for question, about in _ABOUT.items():
        if about.search(bare) and not (question is Question.ALONE and kind in _NOT_OF_CHILDREN):
            return question
    return None


def _spoken_of(listing: PublicListing) -> Iterator[Question]:
    """What any text of a place speaks of, so that it is not called unsaid."""
    texts = (listing.name, listing.description, listing.eligibility_description,
             listing.application_process, listing.schedule_text, listing.fees_description,
             listing.note)  # fmt: skip
    text = plain("\n".join(texts))
    if any((listing.eligibility_description, listing.minimum_age, listing.maximum_age)):
        yield Question.WHO
    if Fact.ANYONE in facts_of(listing):
        yield Question.WHO
    for question, about in ((Question.BOOKING, _BOOKING), *_ABOUT.items()):
        if about.search(text):
            yield question


def _together(clauses: Iterable[str]) -> list[str]:
    """Clauses with those that follow from them: 「卵は使いません。ただし小麦は使います」."""
    groups: list[str] = []
    for clause in clauses:
        if groups and (_FOLLOWS.match(clause) or _HEADS.search(plain(groups[-1]))):
            groups[-1] += f"。{clause}"
        else:
            groups.append(clause)
    return groups
