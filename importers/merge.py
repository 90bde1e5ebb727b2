"""Several statements about one place become one listing, and people's corrections stay."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from ibasho.data.listings import CostOption, Listing, Location, Phone, PositionSource
from ibasho.data.listings.identity import same_address
from ibasho.data.listings.store import StoredListing
from ibasho.data.schedule import Schedule, merge
from ibasho.data.telephone import digits

T = TypeVar("T")

# The texts of which both are worth keeping where two rows speak of one place.
_TEXTS = (
    "description", "schedule_text", "fees_description", "eligibility_description",
    "application_process", "capacity", "school_district", "network", "note",
)  # fmt: skip
_NOT_IMPORTED = frozenset({"assured_date", "assured_by", "facts", "translations"})
_TOGETHER = {"schedule": ("schedule", "schedule_text"), "costs": ("costs", "fees_description")}
_ALONE = [
    field.name
    for field in fields(Listing)
    if field.name not in _NOT_IMPORTED | {"location"}
    and not any(field.name in names for names in _TOGETHER.values())
]
_NAMES = frozenset(field.name for field in fields(Listing))
_UNITS = [*((name,) for name in _ALONE), *_TOGETHER.values()]


def join(bodies: Iterable[Listing]) -> Listing:
    """One listing of several that are at one place; where only one can be said, the first."""
    first, *others = bodies
    for other in others:
        first = _joined(first, other)
    return first


def _joined(one: Listing, other: Listing) -> Listing:
    texts: dict[str, Any] = {
        name: _lines(getattr(one, name), getattr(other, name)) for name in _TEXTS
    }
    place = one.location
    if not place.position.is_known and other.location.position.is_known:
        place = replace(place, position=other.location.position)
    return replace(
        one,
        **texts,
        alternate_name=one.alternate_name or other.alternate_name,
        organization=one.organization or other.organization,
        location=place,
        schedule=_schedule(one.schedule, other.schedule),
        costs=_costs(one, other),
        minimum_age=_widest(min, one.minimum_age, other.minimum_age),
        maximum_age=_widest(max, one.maximum_age, other.maximum_age),
        phones=_once(one.phones + other.phones, _telephone),
        emails=_once(one.emails + other.emails, lambda email: email.address),
        url=one.url or other.url,
        food_pantry=_either(one.food_pantry, other.food_pantry),
        takeaway=_either(one.takeaway, other.takeaway),
    )


def filled(new: Listing, old: Listing, silent: frozenset[str]) -> Listing:
    """What a source says today, with what it said before in the fields of which it is silent.

    An address that names no city is in the city where the same address was before.
    """
    place, was = new.location, old.location
    is_same = "location" in silent or same_address(was.municipality, place.address) == same_address(
        was.municipality, was.address
    )
    if "location" in silent or (is_same and not place.municipality):
        place = replace(was, building=place.building)
    if is_same and "building" in silent:
        place = replace(place, building=was.building)
    kept: dict[str, Any] = {name: getattr(old, name) for name in silent & _NAMES}
    return replace(new, **kept | {"location": place})


def three_way(base: Listing, new: Listing, current: Listing) -> tuple[Listing, list[str]]:
    """What is published now, with what the source has changed since it last spoke.

    `base` is what it said then, `new` what it says today. What a person has corrected meanwhile
    stays; where the source has changed the same thing it is named in the second answer.
    """
    merged, kept = _place(base.location, new.location, current)
    for names in _UNITS:
        said, says, is_ = (_values(body, names) for body in (base, new, current))
        if says in (said, is_):
            continue
        if is_ == said:
            changes: dict[str, Any] = dict(zip(names, says, strict=True))
            merged = replace(merged, **changes)
        else:
            kept.append(names[0])
    return merged, kept


TAKE, BOTH = "take", "both"


def differences(current: Listing, row: Listing) -> dict[str, list[str]]:
    """Where a row says something else than a listing, and what may be chosen there.

    By the name of what changes together (`schedule` for the days and their text): `take`, and
    `both` where both can be said. What the row leaves open is no difference.
    """
    blank = Listing(kind=current.kind, name="")
    found: dict[str, list[str]] = {}
    if row.location.address and not _is_at(row.location, current.location):
        found["location"] = [TAKE]
    for names in _UNITS:
        has, says = _values(current, names), _values(row, names)
        if names != ("kind",) and says not in (has, _values(blank, names)):
            is_both = _values(join([current, row]), names) not in (has, says)
            found[names[0]] = [TAKE, BOTH] if is_both else [TAKE]
    return found


def _is_at(says: Location, is_: Location) -> bool:
    """Whether a row names the place where a listing is, however its address is spelt."""
    here = same_address(says.municipality, says.address)
    is_here = here == same_address(is_.municipality, is_.address)
    return is_here and says.building in ("", is_.building)


def chosen(current: Listing, row: Listing, choices: Mapping[str, str]) -> Listing:
    """A listing with what was chosen of a row, by the names that `differences` gives."""
    both = join([current, row])
    merged = current
    for names in _UNITS:
        if choice := choices.get(names[0]):
            source = both if choice == BOTH else row
            changes: dict[str, Any] = {name: getattr(source, name) for name in names}
            merged = replace(merged, **changes)
    if choices.get("location"):
        place = replace(row.location, visibility=current.location.visibility)
        merged = replace(merged, location=place)
    return merged


def confirmed_by_hand(stored: StoredListing, said: Listing | None) -> dict[str, str]:
    """The fields that a person stands for, and how: `confirmed`, `pin` or `written`.

    By the names that `differences` gives. `said` is what its source said last of the listing.
    """
    if stored.published is None:
        return {}
    is_ = stored.published.body
    blank = Listing(kind=is_.kind, name="")
    units = [names for names in _UNITS if _values(is_, names) != _values(blank, names)]
    if is_.assured_date or is_.assured_by:
        return dict.fromkeys(["location", *(names[0] for names in units)], "confirmed")
    by_hand = {
        names[0]: "written"
        for names in units
        if said is None or _values(is_, names) != _values(said, names)
    }
    if is_.location.position.source is PositionSource.PERSON:
        by_hand["location"] = "pin"
    elif said is None or _written(is_.location) != _written(said.location):
        by_hand["location"] = "written"
    return by_hand


def _place(said: Location, says: Location, current: Listing) -> tuple[Listing, list[str]]:
    is_, kept = current.location, list[str]()
    place = is_
    if _written(says) != _written(said):
        if _written(is_) in (_written(said), _written(says)):
            place = replace(says, visibility=is_.visibility)
        else:
            kept.append("location")
    elif is_.position == said.position:
        place = replace(
            is_, position=says.position, area=says.area, area_position=says.area_position
        )
    if is_.position.source is PositionSource.PERSON and place.position != is_.position:
        place = replace(place, position=is_.position)
        kept.append("position")
    return replace(current, location=place), kept


def _written(place: Location) -> tuple[str, str, str]:
    return place.municipality, place.address, place.building


def _values(body: Listing, names: Sequence[str]) -> tuple[object, ...]:
    return tuple(getattr(body, name) for name in names)


def _schedule(one: Schedule, other: Schedule) -> Schedule:
    if not other.phrase or one == other:
        return one
    return merge([one, other]) if one.phrase else other


def _costs(one: Listing, other: Listing) -> tuple[CostOption, ...]:
    """All fees; one that differs from the first for the same group says on which days it holds."""
    known = {cost.option for cost in one.costs}
    days = other.schedule_text.replace("\n", " ")
    further = tuple(
        replace(cost, description=cost.description or days) if cost.option in known else cost
        for cost in other.costs
        if not any((cost.option, cost.amount) == (had.option, had.amount) for had in one.costs)
    )
    return one.costs + further


def _lines(one: str, other: str) -> str:
    """Both texts, line by line, without saying anything twice."""
    return "\n".join(dict.fromkeys(filter(None, [*one.split("\n"), *other.split("\n")])))


def _either(one: bool | None, other: bool | None) -> bool | None:
    return other if one is None else one or bool(other)


def _widest(
    choose: Callable[[float, float], float], one: float | None, other: float | None
) -> float | None:
    if one is None or other is None:
        return one if other is None else other
    return choose(one, other)


def _telephone(phone: Phone) -> str:
    return digits(phone.number) or phone.number


def _once(items: Iterable[T], value_of: Callable[[T], str]) -> tuple[T, ...]:
    """The items of which no earlier one has the same value."""
    found: dict[str, T] = {}
    for item in items:
        found.setdefault(value_of(item), item)
    return tuple(found.values())
