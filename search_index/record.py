"""What the index keeps of a listing: taken from its public form, and from nothing else."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ibasho.data.areas import NO_OUTLINES, DistrictOutlines
from ibasho.data.listings.kinds import KIND_WORDS
from ibasho.data.listings.model import AddressVisibility, CostOption
from ibasho.data.listings.public import PublicListing
from ibasho.data.listings.stated import facts_of
from ibasho.data.listings.translations import Translation
from ibasho.data.schedule import Schedule
from ibasho.data.schools import district_key
from ibasho.data.text import fold, without_accents
from ibasho.search_index.costs import is_free_for_children, monthly_fee

_LONGEST_WORD = 24
_KEPT = 1024
# The words by which each kind is called, in all languages, folded like every text.
KIND_TEXT = {kind: "\n".join(map(fold, words)) for kind, words in KIND_WORDS.items()}
KIND_TERMS = frozenset(word for text in KIND_TEXT.values() for word in text.split("\n"))


class Record(NamedTuple):
    """One document of the index. It is stored as a plain tuple of texts, numbers and None.

    `name` and `text` are folded, one line a field, and without the words of the kind. `sort_key`
    puts listings in the order of their reading. `lat`, `lon` (WGS 84 degrees) are None where the
    public position can't be measured to; `position` is that position in one comparable text.
    `monthly_fee` is the least in yen, None where nobody said. `districts` are the names of the
    school districts that it is in; see `_districts`. `told_on` is the JST day, as an ordinal, on
    which all this was last told, 0 where nobody knows, and `assured` whether by the place itself.
    `translated` is how many characters of `name` and `text` are of other languages: they are found,
    but do not make the words in Japanese weigh less.
    `complete` is the share of `_ASKED` that is stated. `words` are those by which it is called.
    """

    id: str
    kind: str
    name: str
    text: str
    translated: int
    sort_key: str
    lat: float | None
    lon: float | None
    position: str
    free: bool
    monthly_fee: int | None
    minimum_age: float | None
    maximum_age: float | None
    schedule: str
    facts: tuple[str, ...]
    districts: tuple[str, ...]
    told_on: int
    assured: bool
    complete: float
    words: tuple[str, ...]


# What visitors ask of a place: where each stands in a listing, empty where nobody said.
_ASKED: tuple[Callable[[PublicListing], object], ...] = (
    lambda listing: listing.description,
    lambda listing: listing.position.is_known,
    lambda listing: listing.schedule.rules or listing.schedule.open_on,
    lambda listing: listing.costs or listing.fees_description,
    lambda listing: listing.eligibility_description or listing.maximum_age is not None,
    lambda listing: listing.application_process,
    lambda listing: listing.phones or listing.emails,
    lambda listing: listing.url,
)


def record_of(listing: PublicListing, outlines: DistrictOutlines = NO_OUTLINES) -> Record:
    """The document of a public listing, on a site with these outlines of school districts."""
    where = listing.position
    told_on = listing.assured_date or listing.listed_on
    called = (listing.name, listing.alternate_name, listing.organization, listing.network,
              listing.school_district)  # fmt: skip
    texts = (
        listing.municipality,
        listing.address,
        listing.building,
        listing.description,
        listing.schedule_text,
        listing.note,
        listing.eligibility_description,
        listing.fees_description,
        *(cost.description for cost in listing.costs),
    )
    others = [text for one in listing.translations for text in _texts_of(one)]
    folded = _fold_each((*called, *texts))
    tongues = [one.name for one in listing.translations]
    names = _fold_each((*tongues, *map(without_accents, tongues)))
    closed = [text.replace(" ", "") for text in folded[: len(called)]]
    own_name, own_text = (*folded[:2], *closed[:2]), (*folded[2:], closed[2])
    name, text = _lines((*own_name, *names)), _lines((*own_text, *_fold_each(others)))
    fees = _fees(listing.costs, listing.fees_description)
    return Record(
        id=listing.id,
        kind=listing.kind.value,
        name=name,
        text=text,
        translated=len(name + text) - len(_lines(own_name) + _lines(own_text)),
        sort_key=closed[1] or closed[0],
        lat=where.lat if where.is_known else None,
        lon=where.lon if where.is_known else None,
        position=f"{where.lat} {where.lon} {where.level} {where.radius_m}",
        free=fees[0],
        monthly_fee=fees[1],
        minimum_age=listing.minimum_age,
        maximum_age=listing.maximum_age,
        schedule=_to_text(listing.schedule),
        facts=tuple(sorted(facts_of(listing))),
        districts=_districts(listing, outlines),
        told_on=told_on.toordinal() if told_on else 0,
        assured=listing.assured_date is not None,
        complete=sum(bool(asked(listing)) for asked in _ASKED) / len(_ASKED),
        words=_words((*folded[: len(called)], *closed)),
    )


def _texts_of(one: Translation) -> tuple[str, ...]:
    """The texts in another language, of the fields that are searched in Japanese too."""
    return one.description, one.note, one.eligibility_description, one.fees_description


def _districts(listing: PublicListing, outlines: DistrictOutlines) -> tuple[str, ...]:
    """The school districts that a place is in, each once, as it is written.

    Those that hold all of the circle in which it lies (see `Position.radius_m`), and the one that
    it names itself: whom it invites is for the place to say, and where its circle crosses an edge
    nothing else counts. Of an address that is not public only what it names is known here; even
    the point of its area is not looked for in an outline.
    """
    where = listing.position
    inside: tuple[str, ...] = ()
    is_public = listing.address_visibility is AddressVisibility.EXACT
    if is_public and where.is_known and where.lat is not None and where.lon is not None:
        inside = outlines.holding(where.lat, where.lon, where.radius_m or 0)
    names = (" ".join(name.split()) for name in (*inside, listing.school_district))
    by_key: dict[str, str] = {}
    for name in filter(None, names):
        by_key.setdefault(district_key(name), name)
    return tuple(by_key.values())


@lru_cache(_KEPT)
def _fees(costs: tuple[CostOption, ...], description: str) -> tuple[bool, int | None]:
    """Whether children come free, and the monthly fee; many places say it in the same words."""
    return is_free_for_children(costs, description), monthly_fee(costs, description)


def _words(called: Iterable[str]) -> tuple[str, ...]:
    """What the place is called by, in whole words: its names, its network, its school district."""
    words = " ".join(called).split()
    return tuple(dict.fromkeys(word for word in words if 2 <= len(word) <= _LONGEST_WORD))


def schedule_of(text: str) -> Schedule:
    """The schedule that a record keeps; its phrase is left out."""
    return Schedule.from_json(json.loads(text))


@lru_cache(_KEPT)
def _to_text(schedule: Schedule) -> str:
    """A schedule without its phrase, so that equal rules are one text and worked out once."""
    plain = replace(schedule, phrase="", notes=())
    return json.dumps(plain.to_json(), ensure_ascii=False, separators=(",", ":"))


def _fold_each(texts: Iterable[str]) -> list[str]:
    """All texts folded, in one go, which is faster."""
    joined = "\0".join(text.replace("\0", " ") for text in texts)
    return [text.strip() for text in fold(joined).split("\0")]


def _lines(texts: Iterable[str]) -> str:
    """The different texts, one line each."""
    return "\n".join(dict.fromkeys(filter(None, texts)))
