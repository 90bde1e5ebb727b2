"""Where the places of a list lie, drawn without tiles: enough to see one that lies elsewhere."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ibasho.data.areas import Area, AreaKind
from ibasho.data.listings import Position

WIDTH = 640
_MARGIN = 24
_MOST_HIGH = 480


@dataclass(frozen=True, slots=True)
class Drawing:
    """Points and outlines in the units of a picture of `width` by `height`."""

    width: int
    height: int
    points: tuple[tuple[float, float], ...]
    outlines: tuple[str, ...]


def drawn(positions: Sequence[Position], areas: Sequence[Area]) -> Drawing | None:
    """The positions that are known, within the outlines of municipalities; None without any."""
    known = [(one.lat, one.lon) for one in positions if one.is_known]
    points = [(lat, lon) for lat, lon in known if lat is not None and lon is not None]
    if not points:
        return None
    squeeze = math.cos(math.radians(points[0][0]))
    flat = [(lon * squeeze, -lat) for lat, lon in points]
    west, north = min(x for x, _ in flat), min(y for _, y in flat)
    wide = max(max(x for x, _ in flat) - west, 0.01)
    high = max(max(y for _, y in flat) - north, 0.01)
    scale = min((WIDTH - 2 * _MARGIN) / wide, (_MOST_HIGH - 2 * _MARGIN) / high)
    left = (WIDTH - wide * scale) / 2

    def put(x: float, y: float) -> tuple[float, float]:
        return round((x - west) * scale + left, 1), round((y - north) * scale + _MARGIN, 1)

    outlines = [
        "M" + "L".join(f"{x} {y}" for x, y in (put(lon * squeeze, -lat) for lon, lat, *_ in ring))
        for area in areas
        if area.kind is AreaKind.MUNICIPALITY
        for ring in _rings(area.geometry)
    ]
    height = round(high * scale + 2 * _MARGIN)
    return Drawing(WIDTH, height, tuple(put(x, y) for x, y in flat), tuple(outlines))


def _rings(geometry: dict[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    shapes = geometry["coordinates"]
    for polygon in shapes if geometry["type"] == "MultiPolygon" else [shapes]:
        yield polygon[0]
