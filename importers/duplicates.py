"""Listings that may be one place under two names or from two sources: reported, never dropped."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from ibasho.data.listings import Kind, Listing
from ibasho.data.listings.identity import core_name, same_address
from ibasho.data.telephone import digits
from ibasho.data.text import fold_closed

MAX_METRES = 100
MIN_SIMILARITY = 85

_METRES_A_DEGREE = 111_320
_CELL_DEGREES = 0.002 / 100  # wider than a metre everywhere in Japan
_OWN_NUMBER = 9  # digits; 189 and #8000 belong to many
_MAX_NEIGHBOURS = 50  # beyond that many in one spot only equal names are compared


@dataclass(frozen=True, slots=True)
class _Place:
    id: str
    kind: Kind
    name: str
    core: str
    address: str
    point: tuple[float, float] | None
    phones: frozenset[str]


class Neighbours:
    """Listings by where they are, to find those that one more listing may be the same as.

    `metres` is how far apart two points of one place may be. Listings of different kinds are
    compared where `any_kind` says so. Those at one place with one telephone number are alike
    whatever they are called where `by_phone` says so.
    """

    def __init__(
        self, metres: int = MAX_METRES, *, any_kind: bool = False, by_phone: bool = False
    ) -> None:
        self._metres, self._any_kind, self._by_phone = metres, any_kind, by_phone
        self._near: dict[tuple[int, int], list[_Place]] = defaultdict(list)
        self._near_by_name: dict[tuple[int, int, str], list[_Place]] = defaultdict(list)
        self._at: dict[str, list[_Place]] = defaultdict(list)
        self._at_by_name: dict[tuple[str, str], list[_Place]] = defaultdict(list)

    def add(self, listing_id: str, body: Listing) -> None:
        """Let a listing be found."""
        place = _place(listing_id, body)
        if place.point:
            row, column = cell = self._cell(place.point)
            self._near[cell].append(place)
            self._near_by_name[row, column, place.name].append(place)
        if place.address:
            self._at[place.address].append(place)
            self._at_by_name[place.address, place.name].append(place)

    def like(self, listing_id: str, body: Listing) -> list[tuple[str, str]]:
        """The ids of other listings of this kind that may be the same place, and why."""
        place = _place(listing_id, body)
        found: dict[str, str] = {}
        for other, where in self._candidates(place):
            is_kind = self._any_kind or other.kind is place.kind
            if other.id != place.id and is_kind and other.id not in found:
                names = _why_alike(place, other, by_phone=self._by_phone)
                if names:
                    found[other.id] = f"{names}, {where}"
        return list(found.items())

    def _candidates(self, place: _Place) -> Iterator[tuple[_Place, str]]:
        if place.address:
            same = self._at[place.address]
            crowded = len(same) > _MAX_NEIGHBOURS
            known = self._at_by_name[place.address, place.name][:_MAX_NEIGHBOURS]
            for other in known if crowded else same:
                yield other, "same address"
        for other in self._around(place):
            metres = _distance(place, other)
            if metres <= self._metres:
                yield other, f"{metres:.0f} m apart"

    def _around(self, place: _Place) -> Iterable[_Place]:
        if not place.point:
            return
        row, column = self._cell(place.point)
        for cell in ((row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            near = self._near.get(cell, [])
            crowded = len(near) > _MAX_NEIGHBOURS
            known = self._near_by_name.get((*cell, place.name), [])[:_MAX_NEIGHBOURS]
            yield from known if crowded else near

    def _cell(self, point: tuple[float, float]) -> tuple[int, int]:
        size = self._metres * _CELL_DEGREES
        return math.floor(point[0] / size), math.floor(point[1] / size)


def _place(listing_id: str, body: Listing) -> _Place:
    where = body.location
    position = where.position
    is_exact = position.level in ("pin", "block")
    point = None
    if is_exact and position.lat is not None and position.lon is not None:
        point = position.lat, position.lon
    address = same_address(where.municipality, where.address) if where.address else ""
    return _Place(
        listing_id,
        body.kind,
        fold_closed(body.name),
        core_name(body.name),
        # 南町 alone is not yet an address: many places are there.
        f"{where.municipality}|{address}" if re.search("[0-9]", address) else "",
        point,
        frozenset(
            number for one in body.phones if len(number := digits(one.number)) >= _OWN_NUMBER
        ),
    )


def _distance(one: _Place, other: _Place) -> float:
    """Metres between two points that are near each other."""
    if one.point is None or other.point is None:
        return math.inf
    north = (one.point[0] - other.point[0]) * _METRES_A_DEGREE
    east = (one.point[1] - other.point[1]) * _METRES_A_DEGREE
    return math.hypot(north, east * math.cos(math.radians(one.point[0])))


def _why_alike(one: _Place, other: _Place, *, by_phone: bool) -> str:
    if one.name == other.name:
        return "same name"
    if fuzz.ratio(one.core, other.core) >= MIN_SIMILARITY:
        return "similar name"
    return "same telephone" if by_phone and one.phones & other.phones else ""
