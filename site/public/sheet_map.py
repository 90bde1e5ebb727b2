"""A small map for paper, drawn from the outlines and stations of the site alone, without tiles."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ibasho.data.areas import Area, AreaKind
from ibasho.data.geocode import Level
from ibasho.data.geocode.nearby import METRES_PER_DEGREE
from ibasho.data.listings import Position, PositionSource, pin
from ibasho.data.stations import Station
from ibasho.site.languages import gettext
from ibasho.site.words import is_rough

WIDTH, HEIGHT = 720, 240  # units of the drawing
MARGIN = 34  # around what is to be seen, in units
NEAREST_M = 1_200.0  # never less from edge to edge, or nothing around would be seen
LARGEST_CIRCLE_M = 1_500  # a place that is known less exactly is in no useful part of a map
BESIDE = 24  # two marks nearer to each other than this are one, in units
LONGEST_BAR = 130
LETTER = 7  # about the width of a Latin letter; one of Japanese is twice as wide
BARS_M = (5_000, 2_000, 1_000, 500, 200, 100)

_Rectangle = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Mark:
    """The numbers of places at a point of the drawing; radius in units, 0 where it is exact."""

    x: float
    y: float
    numbers: tuple[int, ...]
    radius: float


@dataclass(frozen=True, slots=True)
class StationMark:
    """A station on the drawing; its name stands on its right (1), its left (-1) or nowhere (0)."""

    x: float
    y: float
    label: str
    side: int


@dataclass(frozen=True, slots=True)
class SheetMap:
    """A drawing of WIDTH × HEIGHT units, north at the top.

    `land` and `districts` are SVG paths, `bar` is the length of the scale in units and `bar_m` what
    that is in metres, `credits` name where the outlines are from.
    """

    land: str
    districts: str
    stations: tuple[StationMark, ...]
    marks: tuple[Mark, ...]
    bar: float
    bar_m: int
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _View:
    """Where a point on the globe lies in the drawing: equirectangular about the middle."""

    lat: float
    lon: float
    scale: float  # units in a metre

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """The point of the drawing for one of WGS 84."""
        east = (lon - self.lon) * math.cos(math.radians(self.lat)) * METRES_PER_DEGREE
        north = (lat - self.lat) * METRES_PER_DEGREE
        return (
            round(WIDTH / 2 + east * self.scale, 1),
            round(HEIGHT / 2 - north * self.scale, 1),
        )


def draw(
    places: Sequence[tuple[int, Position]], areas: Sequence[Area], stations: Iterable[Station]
) -> SheetMap | None:
    """The map of numbered places; None where none of them is known well enough.

    A place that is known only roughly is a circle, as on the other maps.
    """
    shown = [(number, where) for number, where in places if _can_be_shown(where)]
    if not shown:
        return None
    view = _view([where for _, where in shown])
    seen = [(area, path) for area in areas if (path := _path(area, view))]
    marks = tuple(_marks(shown, view))
    bar_m = next((one for one in BARS_M if one * view.scale <= LONGEST_BAR), BARS_M[-1])
    return SheetMap(
        land=_joined(seen, AreaKind.MUNICIPALITY),
        districts=_joined(seen, AreaKind.SCHOOL_DISTRICT),
        stations=tuple(_stations(stations, marks, view)),
        marks=marks,
        bar=round(bar_m * view.scale, 1),
        bar_m=bar_m,
        credits=tuple(sorted({area.source for area, _ in seen if area.source})),
    )


def draw_outlines(areas: Sequence[Area]) -> list[tuple[str, str]]:
    """The names of areas with their outlines, as SVG paths on the same paper; all are in sight."""
    rings = [ring for area in areas for ring in _rings(area)]
    corners = [
        pin(side(one[1] for one in ring), side(one[0] for one in ring), PositionSource.FILE)
        for ring in rings
        for side in (min, max)
    ]
    if not corners:
        return []
    view = _view(corners)
    return [(area.name, _path(area, view)) for area in areas]


def _can_be_shown(where: Position) -> bool:
    is_near = (where.radius_m or 0) <= LARGEST_CIRCLE_M
    return where.is_known and where.level is not Level.MUNICIPALITY and is_near


def _view(places: Sequence[Position]) -> _View:
    """The part of the globe that holds all places with their circles."""
    boxes = [_box(where) for where in places]
    south, west = (min(box[side] for box in boxes) for side in (0, 1))
    north, east = (max(box[side] for box in boxes) for side in (2, 3))
    lat, lon = (south + north) / 2, (west + east) / 2
    high = max((north - south) * METRES_PER_DEGREE, NEAREST_M)
    wide = (east - west) * METRES_PER_DEGREE * math.cos(math.radians(lat))
    scale = min((HEIGHT - 2 * MARGIN) / high, (WIDTH - 2 * MARGIN) / max(wide, NEAREST_M))
    return _View(lat, lon, scale)


def _box(where: Position) -> tuple[float, float, float, float]:
    lat, lon = where.lat or 0.0, where.lon or 0.0
    reach = (where.radius_m or 0) / METRES_PER_DEGREE if is_rough(where) else 0.0
    beside = reach / math.cos(math.radians(lat))
    return lat - reach, lon - beside, lat + reach, lon + beside


def _marks(places: Sequence[tuple[int, Position]], view: _View) -> Iterator[Mark]:
    """The marks, rough ones first so that they lie below; those at one point are one."""
    ordered = sorted(places, key=lambda one: (not is_rough(one[1]), one[0]))
    for rough, group in groupby(ordered, key=lambda one: is_rough(one[1])):
        marks: list[Mark] = []
        for number, where in group:
            x, y = view.at(where.lat or 0.0, where.lon or 0.0)
            radius = round((where.radius_m or 0) * view.scale, 1) if rough else 0.0
            for at, mark in enumerate(marks):
                if math.dist((x, y), (mark.x, mark.y)) < BESIDE:
                    both = (*mark.numbers, number)
                    marks[at] = Mark(mark.x, mark.y, both, max(mark.radius, radius))
                    break
            else:
                marks.append(Mark(x, y, (number,), radius))
        yield from marks


def _path(area: Area, view: _View) -> str:
    """The outline as a path; "" where nothing of it can be seen."""
    rings = [[view.at(one[1], one[0]) for one in ring] for ring in _rings(area)]
    seen = (ring for ring in rings if _meets(ring))
    return "".join(f"M{'L'.join(f'{x:g} {y:g}' for x, y in ring[:-1])}z" for ring in seen)


def _rings(area: Area) -> list[list[list[float]]]:
    """All rings of an outline, in degrees, longitude first."""
    outlines: Any = area.geometry["coordinates"]
    polygons = [outlines] if area.geometry["type"] == "Polygon" else outlines
    return [ring for polygon in polygons for ring in polygon]


def _joined(seen: Iterable[tuple[Area, str]], kind: AreaKind) -> str:
    return "".join(path for area, path in seen if area.kind is kind)


def _meets(ring: Sequence[tuple[float, float]]) -> bool:
    """Whether the box of a ring and the drawing have anything in common."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs) <= WIDTH and max(xs) >= 0 and min(ys) <= HEIGHT and max(ys) >= 0


def _stations(
    stations: Iterable[Station], marks: Iterable[Mark], view: _View
) -> Iterator[StationMark]:
    """The stations in view, their names where these cover neither a mark nor another name."""
    taken = [(mark.x - 16, mark.y - 16, mark.x + 16, mark.y + 16) for mark in marks]
    seen = [(*view.at(one.lat, one.lon), one) for one in stations]
    seen = [one for one in seen if 8 <= one[0] <= WIDTH - 8 and 8 <= one[1] <= HEIGHT - 8]
    taken += [(x - 7, y - 7, x + 7, y + 7) for x, y, _ in seen]
    for x, y, station in seen:
        label = gettext("%(name)s Station", name=station.name)
        length = sum(LETTER if letter.isascii() else 2 * LETTER for letter in label)
        for side, left in ((1, x + 8), (-1, x - 8 - length)):
            box = left, y - 8, left + length, y + 8
            if left > 0 and left + length < WIDTH and not any(_overlap(box, one) for one in taken):
                taken.append(box)
                yield StationMark(x, y, label, side)
                break
        else:
            yield StationMark(x, y, label, 0)


def _overlap(one: _Rectangle, other: _Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
