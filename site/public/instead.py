"""What else there is where nothing fits all that was asked for: never a dead end."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ibasho.data.areas import AreaKind, read_areas
from ibasho.data.clock import japan_now, today
from ibasho.data.listings import Kind
from ibasho.data.schools import district_key
from ibasho.search_index import SearchQuery, SearchResult
from ibasho.site import stores
from ibasho.site.asking import Asked
from ibasho.site.languages import LazyString, gettext, lazy_gettext, ngettext
from ibasho.site.public.cards import read_cards
from ibasho.site.public.desks import Answering, answering
from ibasho.site.words import district_label

_DESKS = 20  # of this city, the nearest
DROPPED: dict[str, LazyString] = {
    "text": lazy_gettext("the words"),
    "kinds": lazy_gettext("the kind"),
    "hours": lazy_gettext("the time of day"),
    "days": lazy_gettext("the day"),
    "weekdays": lazy_gettext("the weekday"),
    "age": lazy_gettext("the age"),
    "facts": lazy_gettext("what it promises"),
    "free": lazy_gettext("free for children"),
    "monthly": lazy_gettext("the monthly fee"),
    "within_m": lazy_gettext("the distance"),
    "along": lazy_gettext("the way"),
    "district": lazy_gettext("the school district"),
    "box": lazy_gettext("this part of the map"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """Another search, in words."""

    label: str
    arguments: dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Instead:
    """Which conditions gave way, in words, what to try, and who listens meanwhile."""

    dropped: tuple[str, ...]
    ways: tuple[Way, ...]
    desk: Answering | None


def instead(asked: Asked, result: SearchResult) -> Instead | None:
    """What to offer beside a result; None where it is what was asked for."""
    dropped = [
        name for name in result.dropped
        if name in DROPPED and not (name == "kinds" and asked.kind is None)
    ]  # fmt: skip
    if not result.total and asked.box:
        dropped = ["box"]
    if not dropped:
        return None
    ways = [_neighbour(asked), _without(asked, dropped), _nearest(asked, dropped)]
    different = {str(way.arguments): way for way in ways[::-1] if way}
    offered = tuple(way for way in ways if way and different[str(way.arguments)] is way)
    return Instead(tuple(str(DROPPED[name]) for name in dropped), offered, _listening(asked))


def _without(asked: Asked, dropped: list[str]) -> Way:
    """The same search, without what gave way."""
    words = gettext(", ").join(str(DROPPED[name]) for name in dropped)
    label = gettext("Search without %(conditions)s", conditions=words)
    return Way(label, asked.without(dropped).arguments(page=None))


def _nearest(asked: Asked, dropped: list[str]) -> Way | None:
    """All of the kind from the nearest on; of every kind where it is the kind that is missing."""
    if not asked.place:
        return None
    kind = "" if "kinds" in dropped else asked.kind or ""
    arguments = {"near": asked.rounded_near} | ({"kind": str(kind)} if kind else {})
    return Way(gettext("The nearest places, whatever they offer"), dict(arguments))


def _neighbour(asked: Asked) -> Way | None:
    """The nearest other school district in which the other conditions find something."""
    if not asked.district:
        return None
    counts = stores.facets(asked.query, today()).districts
    here = district_key(asked.district)
    others = {name: count for name, count in counts.items() if district_key(name) != here}
    if not others:
        return None
    far = _distances(here)
    name = min(others, key=lambda one: (far.get(district_key(one), math.inf), -others[one], one))
    label = gettext(
        "%(district)s: %(places)s",
        district=district_label(name),
        places=ngettext("%(num)d place", "%(num)d places", others[name]),
    )
    return Way(label, asked.arguments(page=None, district=name))


def _distances(here: str) -> Mapping[str, float]:
    """How far the middles of the other districts lie, in degrees of latitude; {} where unknown."""
    centres = {
        district_key(area.name): area.centre
        for area in read_areas(stores.database())
        if area.kind is AreaKind.SCHOOL_DISTRICT
    }
    if here not in centres:
        return {}
    lat, lon = centres[here]
    shrunk = math.cos(math.radians(lat))
    return {
        name: math.hypot(other_lat - lat, (other_lon - lon) * shrunk)
        for name, (other_lat, other_lon) in centres.items()
    }


def _listening(asked: Asked) -> Answering | None:
    """The nearest desk of this city that answers now, or else a line that does."""
    near = asked.origin.point if asked.origin else None
    query = SearchQuery(kinds=frozenset({Kind.CONSULTATION_DESK}), near=near, limit=_DESKS)
    desks = read_cards(stores.find(query, today(), relax=False))
    open_now = [one for one in answering(japan_now(), desks) if one.is_open]
    order = {card.listing.id: number for number, card in enumerate(desks)}
    here = [one for one in open_now if one.listing]
    lines = [one for one in open_now if one.line and not one.line.urgent]
    here.sort(key=lambda one: order[one.listing.id] if one.listing else len(order))
    return next(iter([*here, *lines]), None)
