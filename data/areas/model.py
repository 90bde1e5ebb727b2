"""What an area is, and which outlines can be one."""

from dataclasses import dataclass
from enum import StrEnum
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
