"""What a visitor asked for: from the address of a page to one query, and back to an address."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ibasho.data.geocode import Level
from ibasho.data.geocode.normalise import fold
from ibasho.data.listings import Kind
from ibasho.data.listings.facts import Fact
from ibasho.data.schools import district_key
from ibasho.data.synonyms import Added, SynonymGroup, added_by
from ibasho.search_index import (
    AgeGroup,
    Box,
    Open,
    Place,
    Point,
    SearchQuery,
    Sort,
    Understood,
    days_of,
    kinds_meant,
    read_place,
    with_synonyms,
    words_of,
)
from ibasho.site.arguments import Arguments, Value, as_box, as_way

PAGE_SIZE = 20
_LONGEST_TEXT = 200
LONGEST_PLACE = 200


_UNHEARD = Understood("")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query together with the words in which it was asked.

    `place` is where the visitor wants to be near, None where none was asked or it was not found,
    and `goal` the place to which the way leads from there; `way` is one that was given in points.
    `heard` are the conditions among the words, `understood` those of them that none of the others
    overrules; with `plain` the words are looked for as they stand. `ages` are those of a school,
    `monthly` is the most in yen that a month may cost; `added` are the words that stand for those
    that were typed, looked for as well unless `also` is off; `not_understood` names the conditions
    that no meaning could be found for.
    """

    query: SearchQuery
    understood: Understood
    heard: Understood = _UNHEARD
    text: str = ""
    plain: bool = False
    kind: Kind | None = None
    near: str = ""
    place: Place | None = None
    to: str = ""
    goal: Place | None = None
    way: tuple[Point, ...] = ()
    on: dt.date | None = None
    open: Open | None = None
    weekdays: tuple[int, ...] = ()
    age: int | None = None
    ages: AgeGroup | None = None
    facts: tuple[Fact, ...] = ()
    free: bool = False
    monthly: int | None = None
    within: int | None = None
    district: str = ""
    box: Box | None = None
    sort: Sort | None = None
    also: bool = True
    added: tuple[Added, ...] = ()
    page: int = 1
    not_understood: tuple[str, ...] = ()

    @property
    def origin(self) -> Place | None:
        """Where the visitor wants to be near, no more exact than a town or about 100 m."""
        return _rounded(self.place)

    @property
    def rounded_near(self) -> str:
        """The origin as it may stand in a link; "" where there is none, or the words name it."""
        return self.origin.label if self.near and self.origin else ""

    @property
    def rounded_to(self) -> str:
        """The goal as it may stand in a link; "" where there is none."""
        goal = _rounded(self.goal)
        return goal.label if goal else ""

    @property
    def is_rounded(self) -> bool:
        """Whether a link says no more of where someone is than what was typed."""
        typed = (self.near if self.place else "", self.to if self.goal else "")
        return typed == (self.rounded_near, self.rounded_to)

    @property
    def may_tell_a_home(self) -> bool:
        """Whether what was typed has a number that is no town's, or names a place nobody knows.

        南町五丁目6 may be a home and サンハイツ南町 too; 南町五丁目 is a town.
        """
        said = self.understood
        typed = [
            (self.near, self.place),
            (self.to, self.goal),
            (said.text, None),
            *(
                (said.words(one), place)
                for one in said.conditions
                if (place := one.condition.place)
            ),
        ]
        is_unknown = (self.near and not self.place) or (self.to and not self.goal)
        return bool(is_unknown) or any(_is_closer(text, place) for text, place in typed)

    def is_as_linked(self, given: Mapping[str, Sequence[str]], districts: Collection[str]) -> bool:
        """Whether these arguments of an address are what was understood, and tell no home.

        `districts` are the school districts of the site. What nobody understood may be anything.
        """
        keys = {district_key(name) for name in districts} if self.district else set()
        if self.may_tell_a_home or (self.district and district_key(self.district) not in keys):
            return False
        linked = {**self.arguments(), "q": self.text, "near": self.near, "to": self.to}
        return all(
            sorted(one.strip() for one in values if one) == sorted(_as_list(linked.get(name, "")))
            for name, values in given.items()
        )

    def arguments(self, **changes: Value) -> dict[str, str | list[str]]:
        """The conditions as they may stand in a link: where someone lives is rounded."""
        box = self.box
        values: dict[str, Value] = {
            "q": self.text,
            "plain": 1 if self.plain else None,
            "kind": self.kind,
            "near": self.rounded_near,
            "to": self.rounded_to,
            "along": ";".join(f"{point.lat:.3f},{point.lon:.3f}" for point in self.way),
            "within": self.within,
            "district": self.district,
            "bbox": f"{box.west!r},{box.south!r},{box.east!r},{box.north!r}" if box else None,
            "on": self.on.isoformat() if self.on else None,
            "open": self.open,
            "weekday": self.weekdays,
            "age": self.age,
            "ages": self.ages,
            "free": 1 if self.free else None,
            "fact": self.facts,
            "monthly": self.monthly,
            "sort": self.sort,
            "also": None if self.also else 0,
            "page": self.page if self.page > 1 else None,
            **changes,
        }
        return {
            name: [str(one) for one in value] if isinstance(value, tuple) else str(value)
            for name, value in values.items()
            if value is not None and value not in {"", ()}
        }

    def without(self, names: Collection[str]) -> "Asked":
        """The same without the conditions of these names, which are those of a result's `dropped`.

        Those among the words go with their words.
        """
        gone = {field: value for name in names for field, value in _NO_CONDITION[name].items()}
        fields = [_IN_WORDS[name] for name in names if name in _IN_WORDS]
        if "days" in names and (self.on or self.open):
            fields.append("weekdays")  # which these had overruled
        said = self.understood.overruled(*fields)
        return replace(
            self,
            query=self.query.without(names),
            text=self.heard.without_fields(*fields, text="text" in names),
            understood=said.without_words() if "text" in names else said,
            **gone,
        )


# The conditions that can stand among the words, and the fields of `Condition` that hold them.
_IN_WORDS = {"hours": "hours", "days": "days", "weekdays": "weekdays", "age": "ages",
             "facts": "facts", "free": "free"}  # fmt: skip
# What makes each condition that can give way no condition.
_NO_CONDITION: dict[str, dict[str, Any]] = {
    "text": {"plain": False, "added": ()},
    "kinds": {"kind": None},
    "hours": {},
    "days": {"on": None, "open": None},
    "weekdays": {"weekdays": ()},
    "age": {"age": None, "ages": None},
    "facts": {"facts": ()},
    "free": {"free": False},
    "monthly": {"monthly": None},
    "within_m": {"within": None},
    "along": {"to": "", "goal": None, "way": (), "within": None},
    "district": {"district": ""},
    "box": {"box": None},
}


def _as_list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _is_closer(text: str, place: Place | None) -> bool:
    """Whether a text may say more of where someone is than the town that was found in it."""
    numbers = _numbers(text)
    if place is None or not numbers:
        return bool(numbers)
    return place.level in {Level.PIN, Level.BLOCK} or numbers != _numbers(place.label)


def _numbers(text: str) -> list[str]:
    return re.findall("[0-9]+", fold(text))


def _rounded(place: Place | None) -> Place | None:
    if place is None or place.level is not Level.PIN:
        return place
    point = Point(round(place.point.lat, 3), round(place.point.lon, 3))
    return replace(place, point=point, label=f"{point.lat:.3f},{point.lon:.3f}")


def read_asked(
    arguments: Mapping[str, str | list[str]],
    today: dt.date,
    find_place: Callable[[str], Place | None] = read_place,
    read_words: Callable[[str, dt.date], Understood] = lambda text, _: Understood(text),
) -> Asked:
    """The query in the arguments of an address; nonsense is named, never an error.

    `today` is the JST date; `find_place` knows what visitors of this site mean by a place,
    `read_words` what they mean on that date by the words that they look for. Where a condition says
    one thing and the words another, the condition counts.
    """
    given = Arguments(arguments)
    near, place = _place_of(given, "near", find_place)
    text = given.text("q", _LONGEST_TEXT)
    plain = bool(text) and given.flag("plain")
    understood = Understood(text) if plain else read_words(text, today)
    if not near:
        place = understood.condition.place
    way = given.read("along", as_way) or ()
    to, goal = ("", None) if way else _place_of(given, "to", find_place)
    if goal and place is None:
        goal = given.understood("to", None)
    within = given.number("within", 1, 1_000_000)
    if within and not (place or way):
        within = given.understood("within", None)
    on = given.read("on", dt.date.fromisoformat)
    age = given.number("age", 0, 120)
    asked = Asked(
        query=SearchQuery(),
        text=text,
        understood=understood,
        heard=understood,
        plain=plain,
        kind=given.read("kind", Kind),
        near=near,
        place=place,
        to=to,
        goal=goal,
        way=way,
        on=on,
        # A day of its own says more than a word like weekend, which then is no condition any more.
        open=None if on else given.read("open", Open),
        weekdays=given.numbers("weekday", 0, 6),
        age=age,
        # a year says more than a school
        ages=given.read("ages", AgeGroup) if age is None else None,
        facts=given.read_all("fact", Fact),
        free=given.flag("free"),
        monthly=given.number("monthly", 0, 1_000_000),
        within=within,
        district=given.text("district", LONGEST_PLACE),
        box=given.read("bbox", as_box),
        sort=given.read("sort", Sort),
        also=given.text("also", 1) != "0",
        page=given.number("page", 1, 5_000) or 1,
    )
    asked = replace(asked, understood=_besides(asked), not_understood=tuple(given.missed))
    return replace(asked, query=_query(asked, today))


def _place_of(
    given: Arguments, name: str, find_place: Callable[[str], Place | None]
) -> tuple[str, Place | None]:
    """What was typed for a place, and the place."""
    text = given.text(name, LONGEST_PLACE)
    return text, given.understood(name, find_place(text)) if text else None


def _besides(asked: Asked) -> Understood:
    """What the words say where no condition says something else."""
    said = asked.understood
    if asked.near:
        said = said.overruled("place")
    if asked.on or asked.open:
        said = said.overruled("days", "weekdays")
    elif asked.weekdays:
        said = said.overruled("weekdays")
    return said.overruled("ages") if asked.ages or asked.age is not None else said


def _query(asked: Asked, today: dt.date) -> SearchQuery:
    """All conditions, those among the words included."""
    text, said = asked.understood.text, asked.understood.condition
    days = (asked.on, asked.on) if asked.on else asked.open and days_of(asked.open, today)
    # from the rounded place, for the links to the next page and of the map know no other
    origin, goal = asked.origin, _rounded(asked.goal)
    along = (origin.point, goal.point) if origin and goal else asked.way
    return SearchQuery(
        text=text,
        kinds=frozenset({asked.kind}) if asked.kind else kinds_meant(text),
        near=origin.point if origin else None,
        within_m=asked.within,
        along=along,
        box=asked.box,
        district=asked.district,
        days=days or said.days,
        weekdays=frozenset(asked.weekdays) or said.weekdays,
        hours=said.hours,
        age=asked.age,
        ages=asked.ages.ages if asked.ages else said.ages,
        facts=frozenset(asked.facts) | said.facts,
        free=asked.free or said.free,
        monthly_at_most=asked.monthly,
        sort=asked.sort,
        limit=PAGE_SIZE,
        offset=(asked.page - 1) * PAGE_SIZE,
    )


def also_asked(asked: Asked, groups: tuple[SynonymGroup, ...]) -> Asked:
    """The same with the words that stand for those of its query on this site."""
    return replace(
        asked,
        query=with_synonyms(asked.query, groups) if asked.also else asked.query,
        added=added_by(words_of(asked.query.text), groups),
    )
