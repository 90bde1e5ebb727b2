"""In which school districts something lies, by their outlines."""

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from ibasho.data.areas.model import Area, AreaKind
from ibasho.data.geocode.nearby import METRES_PER_DEGREE

_Floats = npt.NDArray[np.float64]


class DistrictOutlines:
    """The outlines of the school districts of a site, which may lie over one another."""

    def __init__(self, areas: Iterable[Area]) -> None:
        """Other areas than school districts are left out."""
        districts = [area for area in areas if area.kind is AreaKind.SCHOOL_DISTRICT]
        self._names = [area.name for area in districts]
        self._edges = [_edges(area) for area in districts]
        sides = [(*edges.min((0, 1)), *edges.max((0, 1))) for edges in self._edges]
        self._sides = np.array(sides, np.float64).reshape(-1, 4)

    def holding(self, lat: float, lon: float, radius_m: float) -> tuple[str, ...]:
        """The districts inside whose outline all of a circle lies.

        The middle is in WGS 84 degrees, the radius in metres, on the plane that touches the Earth
        there. A circle over an edge is in neither of the districts beside it.
        """
        west, south, east, north = self._sides.T
        near = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
        scale = np.array([math.cos(math.radians(lat)), 1.0]) * METRES_PER_DEGREE
        return tuple(
            self._names[number]
            for number in np.flatnonzero(near).tolist()
            if _holds((self._edges[number] - (lon, lat)) * scale, radius_m)
        )


NO_OUTLINES = DistrictOutlines(())


def _edges(area: Area) -> _Floats:
    """All edges of an outline, each with its two ends, longitude before latitude."""
    outlines = area.geometry["coordinates"]
    polygons = [outlines] if area.geometry["type"] == "Polygon" else outlines
    rings = [np.array([one[:2] for one in ring], float) for polygon in polygons for ring in polygon]
    return np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for ring in rings])


def _holds(edges: _Floats, radius: float) -> bool:
    """Whether edges on a plane go around the circle about its origin: a ray from there crosses
    them an odd number of times, holes included, and none of them comes nearer than the radius."""
    start, end = edges[:, 0], edges[:, 1]
    along = end - start
    crosses = (start[:, 1] > 0) != (end[:, 1] > 0)
    x, y, dx, dy = start[crosses, 0], start[crosses, 1], along[crosses, 0], along[crosses, 1]
    if not np.count_nonzero(x - y * dx / dy > 0) % 2:
        return False
    length = np.maximum((along**2).sum(axis=1), np.finfo(float).tiny)
    share = np.clip(-(start * along).sum(axis=1) / length, 0, 1)
    nearest = start + share[:, None] * along
    return bool(np.hypot(nearest[:, 0], nearest[:, 1]).min() >= radius)
