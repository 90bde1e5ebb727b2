"""Which words of a query are conditions: days, ages, costs, facts, a place to be near.

A chunk between blanks is understood only when all of it can be cut into known words; whatever else
is typed stays the text that is looked for. 「土曜無料の子ども食堂」 is a day, a cost and a kind,
「土曜教室」 stays what it is, and so does what could be cut but stands in the name of a listing.
"""

import datetime as dt
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from ibasho.data.geocode import Level
from ibasho.data.listings.facts import Fact
from ibasho.data.text import fold
from ibasho.search_index import phrases
from ibasho.search_index.ages import Ages
from ibasho.search_index.cutting import JOINING, Cut, FindPlace, Known, cut
from ibasho.search_index.opening import Hours
from ibasho.search_index.places import Place
from ibasho.search_index.words import LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Condition:
    """What one word asks for, or several together; the fields are those of `SearchQuery`, and
    `place` is where it asks to be near."""

    days: tuple[dt.date, dt.date] | None = None
    weekdays: frozenset[int] = frozenset()
    hours: Hours | None = None
    ages: Ages | None = None
    facts: frozenset[Fact] = frozenset()
    free: bool = False
    place: Place | None = None

    def __or__(self, other: "Condition") -> "Condition":
        """Both: the days and ages of either, and all the facts."""
        hours = _hull(self.hours, other.hours)
        return Condition(
            _hull(self.days, other.days),
            self.weekdays | other.weekdays,
            hours and Hours(*hours),
            _hull(self.ages, other.ages),
            self.facts | other.facts,
            self.free or other.free,
            self.place or other.place,
        )

    def to_json(self) -> dict[str, Any]:
        """What is asked for, in plain values; what is not is left out."""
        values = {
            "days": [day.isoformat() for day in self.days or ()],
            "weekdays": sorted(self.weekdays),
            "hours": "-".join(self.hours or ()),
            "ages": list(self.ages or ()),
            "facts": sorted(self.facts),
            "free": self.free,
            "near": self.place.label if self.place else "",
        }
        return {name: value for name, value in values.items() if value}


_NOTHING = Condition()


class Role(StrEnum):
    """What a piece of a query is there for."""

    TEXT = "text"
    CONDITION = "condition"
    JOINING = "joining"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of what was typed, from `start` to `end`; only a condition asks for anything.

    `meant` is the folded word of a condition that was typed with an error.
    """

    start: int
    end: int
    role: Role
    condition: Condition = _NOTHING
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was typed, cut into pieces that leave out nothing but gaps.

    There are none where nothing was understood: then all of it is text.
    """

    typed: str
    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """The words that are left to look for."""
        if not self.pieces:
            return self.typed
        return " ".join(self.words(piece) for piece in self.pieces if piece.role is Role.TEXT)

    @property
    def conditions(self) -> tuple[Piece, ...]:
        """The pieces that were understood as conditions."""
        return tuple(piece for piece in self.pieces if piece.role is Role.CONDITION)

    @property
    def condition(self) -> Condition:
        """All conditions together."""
        whole = _NOTHING
        for piece in self.conditions:
            whole |= piece.condition
        return whole

    def words(self, piece: Piece) -> str:
        """The visitor's own words for a piece."""
        return self.typed[piece.start : piece.end]

    def without(self, leaving: Piece) -> str:
        """What would be typed without a condition, and without what joins it to others."""
        return self._less([piece is leaving for piece in self.pieces])

    def without_fields(self, *names: str, text: bool = False) -> str:
        """What would be typed without the conditions that have one of these fields.

        With `text` the words that are left to look for go too.
        """
        if not self.pieces:
            return "" if text else self.typed
        return self._less(
            [
                _overruled(piece, names) != piece.condition or (text and piece.role is Role.TEXT)
                for piece in self.pieces
            ]
        )

    def without_text(self) -> str:
        """What would be typed without the words that are left to look for."""
        return self._less([piece.role is Role.TEXT for piece in self.pieces])

    def without_words(self) -> "Understood":
        """The same conditions and no word to look for; nothing where all of it is text."""
        pieces = tuple(piece for piece in self.pieces if piece.role is not Role.TEXT)
        return replace(self, pieces=pieces) if pieces else Understood("")

    def overruled(self, *names: str) -> "Understood":
        """The same without some fields of conditions; the words of a place are then looked for."""
        return replace(self, pieces=tuple(self._without(names)))

    def to_json(self) -> dict[str, Any]:
        """What is looked for, and what each other word was understood as."""
        conditions = {self.words(one): one.condition.to_json() for one in self.conditions}
        return {"text": self.text, "conditions": conditions}

    def _without(self, names: Sequence[str]) -> Iterator[Piece]:
        for piece in self.pieces:
            if _overruled(piece, names) == piece.condition:
                yield piece
            else:
                role = Role.TEXT if piece.condition.place else Role.JOINING
                yield Piece(piece.start, piece.end, role)

    def _less(self, leaving: Sequence[bool]) -> str:
        """The typed text without some pieces, and without what joined them to others."""
        kept: list[Piece] = []
        is_leaving = False
        for piece, goes in zip(self.pieces, leaving, strict=True):
            is_leaving = goes or (is_leaving and piece.role is Role.JOINING)
            kept += [] if is_leaving else [piece]
        while kept and kept[-1].role is Role.JOINING:
            kept.pop()
        before = [0, *(piece.end for piece in kept)]
        words = [
            " " * (one.start > end) + self.words(one)
            for one, end in zip(kept, before, strict=False)
        ]
        return "".join(words).strip()


def _overruled(piece: Piece, names: Sequence[str]) -> Condition:
    nothing: dict[str, Any] = {name: getattr(_NOTHING, name) for name in names}
    return replace(piece.condition, **nothing)


def understand(
    text: str,
    find_place: FindPlace,
    names_place: Callable[[str], bool],
    today: dt.date,
    things: Container[str] = frozenset(),
) -> Understood:
    """The conditions that a query names, and the words that remain.

    `find_place` knows the places of this site by their whole folded names (see `data.text`), and
    answers None for anything else, an address above all. `names_place` says whether a folded text
    stands in the name of a listing. `today` is the JST date. `things` are folded words that this
    site knows besides those of the kinds. Never raises.
    """
    typed = text[:LONGEST_TEXT].strip()
    folded = fold(typed)
    cuts = _with_a_thing(folded, cut(folded, find_place, names_place, things))
    is_text = all(one.known in {Known.NOT, Known.THING} for one in cuts)
    if is_text and len(cuts) == len(folded.split()):
        return Understood(typed)
    if all(one.known is Known.NOT or one.known in JOINING for one in cuts):
        return Understood(typed)
    spans = _typed_spans(typed, folded, cuts)
    if spans is None:
        return Understood(typed)
    return Understood(
        typed,
        tuple(
            Piece(start, end, *_meaning(folded, one, today), one.meant)
            for one, (start, end) in zip(cuts, spans, strict=True)
        ),
    )


def _with_a_thing(folded: str, cuts: Sequence[Cut]) -> list[Cut]:
    """The same, but where nothing else is looked for, little children are.

    赤ちゃん alone asks for what is there for them, not for all places that name no age.
    """
    if any(one.known in {Known.NOT, Known.THING} for one in cuts):
        return list(cuts)
    return [
        one._replace(known=Known.THING)
        if folded[one.start : one.end] in phrases.LITTLE_ONES
        else one
        for one in cuts
    ]


def _meaning(folded: str, one: Cut, today: dt.date) -> tuple[Role, Condition]:
    if one.known in JOINING:
        return Role.JOINING, _NOTHING
    if one.known is Known.CONDITION:
        return Role.CONDITION, _condition(one.meant or folded[one.start : one.end], today)
    # the middle of a city says less than its name in an address
    if one.place and one.place.level is not Level.MUNICIPALITY:
        return Role.CONDITION, Condition(place=one.place)
    return Role.TEXT, _NOTHING


def _condition(words: str, today: dt.date) -> Condition:
    """What a known folded word for a condition means on a JST date."""
    if days := phrases.DAYS.get(words):
        return Condition(days=days(today))
    if hours := phrases.HOURS.get(words):
        return Condition(hours=hours)
    if weekdays := phrases.WEEKDAYS.get(words):
        return Condition(weekdays=weekdays)
    if fact := phrases.FACTS.get(words):
        return Condition(facts=frozenset({fact}))
    if words in phrases.FREE:
        return Condition(free=True)
    if ages := phrases.GROUPS.get(words):
        return Condition(ages=ages)
    at_start = phrases.ages_at(words, 0)
    return Condition(ages=at_start[1] if at_start else None)


def _typed_spans(typed: str, folded: str, cuts: Sequence[Cut]) -> list[tuple[int, int]] | None:
    """Where pieces of the folded text stand in what was typed; None where that can't be told.

    Folding makes one character of several and several of one, so it is looked where the fold of a
    beginning is the beginning of the fold.
    """
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for at in range(len(typed) + 1):
        beginning = fold(typed[:at])
        if folded.startswith(beginning):
            length = len(beginning)
            ends.setdefault(length, at)
            starts[length] = at
            if folded[length : length + 1] == " ":
                starts[length + 1] = at
    try:
        return [(starts[one.start], ends[one.end]) for one in cuts]
    except KeyError:
        return None


_T = TypeVar("_T", float, dt.date, str)


def _hull(one: tuple[_T, _T] | None, other: tuple[_T, _T] | None) -> tuple[_T, _T] | None:
    """From the first of both spans to the last."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])
