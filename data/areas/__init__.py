"""The ground under the map: outlines of municipalities and of school districts."""

from ibasho.data.areas.model import Area, AreaKind
from ibasho.data.areas.outlines import NO_OUTLINES, DistrictOutlines
from ibasho.data.areas.store import keep_areas, read_areas, read_outlines

__all__ = [
    "NO_OUTLINES",
    "Area",
    "AreaKind",
    "DistrictOutlines",
    "keep_areas",
    "read_areas",
    "read_outlines",
]
