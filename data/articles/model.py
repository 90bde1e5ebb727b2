"""What an article is: a short text of an office or a university that helps at home."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from ibasho.data.listings.facts import Fact
from ibasho.data.listings.kinds import Kind


class Topic(StrEnum):
    """What an article is about; the value is the name in addresses."""

    MEALS = "meals"
    """Cooking and eating: 献立, 朝ごはん."""
    ALLERGY = "allergy"
    """Food that harms some: アレルギー."""
    HEALTH = "health"
    """Body and mind: からだ, こころ, 睡眠."""
    SEASON = "season"
    """What a season brings: 熱中症, 長い休み."""
    LIVING = "living"
    """Money, things and applications: 就学援助, 制服."""


class UnsignedArticleError(ValueError):
    """An article says what it is called, what it says and who says so."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was written.

    `body` is in the lines of `data.articles.text`. `signed_by` is the office or university that
    answers for it, `published_on` the JST date of the wording. It concerns the listings of `kinds`
    that state one of `facts`; where one of them is empty, the other alone decides, and where both
    are, it concerns no listing in particular. `withdrawn` ones are shown to nobody. Raises
    UnsignedArticleError where title, body or `signed_by` are empty.
    """

    topic: Topic
    title: str
    summary: str
    body: str
    signed_by: str
    published_on: dt.date
    url: str = ""
    kinds: tuple[Kind, ...] = ()
    facts: tuple[Fact, ...] = ()
    withdrawn: bool = False

    def __post_init__(self) -> None:
        if not (self.title.strip() and self.body.strip() and self.signed_by.strip()):
            raise UnsignedArticleError(self.title)


@dataclass(frozen=True, slots=True)
class PublicArticle:
    """An article as everyone may read it; its fields mean what they mean in `Article`."""

    id: str
    topic: Topic
    title: str
    summary: str
    body: str
    signed_by: str
    published_on: dt.date
    url: str
    kinds: tuple[Kind, ...]
    facts: tuple[Fact, ...]

    def concerns(self, kind: Kind, facts: frozenset[Fact]) -> bool:
        """Whether it belongs beside a listing of this kind that states these facts."""
        if not (self.kinds or self.facts):
            return False
        of_kind = not self.kinds or kind in self.kinds
        return of_kind and (not self.facts or not facts.isdisjoint(self.facts))
