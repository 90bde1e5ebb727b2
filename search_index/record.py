"""What the index keeps of a listing: taken from its public form, and from nothing else."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from ibasho.data.listings.kinds import KIND_WORDS
from ibasho.data.listings.public import PublicListing
from ibasho.data.schedule import Schedule
from ibasho.data.text import fold, fold_closed
from ibasho.search_index.costs import is_free_for_children, monthly_fee

# The words by which each kind is called, in all languages, folded like every text.
KIND_TEXT = {kind: "\n".join(map(fold, words)) for kind, words in KIND_WORDS.items()}


class Record(NamedTuple):
    """One document of the index. It is stored as a plain tuple of texts, numbers and None.

    `name` and `text` are folded, one line a field, and without the words of the kind. `sort_key`
    puts listings in the order of their reading. `lat`, `lon` (WGS 84 degrees) are None where the
    public position can't be measured to; `position` is that position in one comparable text.
    `monthly_fee` is the least in yen, None where nobody said.
    """

    id: str
    kind: str
    name: str
    text: str
    sort_key: str
    lat: float | None
    lon: float | None
    position: str
    free: bool
    monthly_fee: int | None
    minimum_age: float | None
    maximum_age: float | None
    schedule: str


def record_of(listing: PublicListing) -> Record:
    """The document of a public listing."""
    where = listing.position
    names = (listing.name, listing.alternate_name)
    texts = (
        listing.organization,
        listing.municipality,
        listing.address,
        listing.building,
        listing.description,
        listing.schedule_text,
        listing.school_district,
        listing.network,
        listing.note,
        listing.eligibility_description,
        listing.fees_description,
        *(cost.description for cost in listing.costs),
    )
    return Record(
        id=listing.id,
        kind=listing.kind.value,
        name=_folded((*names, *map(fold_closed, names))),
        text=_folded((*texts, fold_closed(listing.organization))),
        sort_key=fold_closed(listing.alternate_name or listing.name),
        lat=where.lat if where.is_known else None,
        lon=where.lon if where.is_known else None,
        position=f"{where.lat} {where.lon} {where.level} {where.radius_m}",
        free=is_free_for_children(listing.costs, listing.fees_description),
        monthly_fee=monthly_fee(listing.costs, listing.fees_description),
        minimum_age=listing.minimum_age,
        maximum_age=listing.maximum_age,
        # without the phrase, so that equal rules are one text and are worked out once
        schedule=_to_text(replace(listing.schedule, phrase="", notes=())),
    )


def schedule_of(text: str) -> Schedule:
    """The schedule that a record keeps; its phrase is left out."""
    return Schedule.from_json(json.loads(text))


def _to_text(schedule: Schedule) -> str:
    return json.dumps(schedule.to_json(), ensure_ascii=False, separators=(",", ":"))


def _folded(texts: Iterable[str]) -> str:
    """All texts folded in one go, which is faster, one line each."""
    lines = fold("\0".join(dict.fromkeys(texts))).split("\0")
    return "\n".join(dict.fromkeys(filter(None, map(str.strip, lines))))
