"""What an area is, and which outlines can be one."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any


class AreaKind(StrEnum):
    """What an outline is of."""

    MUNICIPALITY = "municipality"
    SCHOOL_DISTRICT = "school_district"


@dataclass(frozen=True, slots=True)
class Area:
    """A named outline.

    `geometry` is a GeoJSON Polygon or MultiPolygon in WGS 84 degrees, longitude first. `source`
    is the credit that is shown with it.
    """

    kind: AreaKind
    name: str
    geometry: dict[str, Any]
    source: str

    @property
    def centre(self) -> tuple[float, float]:
        """Latitude and longitude of the middle of its largest polygon, holes left in."""
        outlines = self.geometry["coordinates"]
        polygons = [outlines] if self.geometry["type"] == "Polygon" else outlines
        _, lat, lon = max(_middle(polygon[0]) for polygon in polygons)
        return lat, lon


def _middle(ring: list[list[float]]) -> tuple[float, float, float]:
    """Size in square degrees, latitude and longitude of the centre of mass of a ring."""
    # from its first position: far from the origin the products would lose their digits
    lon0, lat0 = ring[0][:2]
    points = [(one[0] - lon0, one[1] - lat0) for one in ring]
    parts = [(x1 * y2 - x2 * y1, x1 + x2, y1 + y2) for (x1, y1), (x2, y2) in pairwise(points)]
    double = sum(cross for cross, _, _ in parts)
    if not double:
        return 0.0, lat0, lon0
    lon, lat = (sum(part[0] * part[axis] for part in parts) / (3 * double) for axis in (1, 2))
    return abs(double) / 2, lat0 + lat, lon0 + lon


def check_outline(geometry: dict[str, Any]) -> None:
    """Raise ValueError, saying what is wrong, for what is no outline on the globe."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"}:
        raise ValueError(f"an outline is a Polygon or a MultiPolygon, not {kind}")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list | tuple) or not polygons:
        raise ValueError("the outline is empty")
    for polygon in polygons:
        if not isinstance(polygon, list | tuple) or not polygon:
            raise ValueError("a polygon of the outline is empty")
        for ring in polygon:
            _check_ring(ring)


def _check_ring(ring: object) -> None:
    if not isinstance(ring, list | tuple) or len(ring) < 4:
        raise ValueError("a ring of the outline has fewer than four positions")
    for position in ring:
        if not _is_position(position):
            raise ValueError(f"{position} is not a longitude and a latitude in degrees")
    if list(ring[0]) != list(ring[-1]):
        raise ValueError("a ring of the outline does not end where it begins")


def _is_position(position: object) -> bool:
    if not isinstance(position, list | tuple) or len(position) < 2:
        return False
    lon, lat = position[:2]
    if not (isinstance(lon, int | float) and isinstance(lat, int | float)):
        return False
    return -180 <= lon <= 180 and -90 <= lat <= 90
