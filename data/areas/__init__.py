"""The ground under the map: outlines of municipalities and of school districts."""

from ibasho.data.areas.files import (
    NoOutlinesError,
    OutlineFile,
    TooManyOutlinesError,
    areas_of,
    keep_file,
    keep_file_areas,
    read_file,
)
from ibasho.data.areas.model import Area, AreaKind
from ibasho.data.areas.outlines import NO_OUTLINES, DistrictOutlines
from ibasho.data.areas.store import (
    StoredArea,
    enter_areas,
    keep_areas,
    read_areas,
    read_outlines,
    read_stored_area,
    read_stored_areas,
    withdraw_area,
)

__all__ = [
    "NO_OUTLINES",
    "Area",
    "AreaKind",
    "DistrictOutlines",
    "NoOutlinesError",
    "OutlineFile",
    "StoredArea",
    "TooManyOutlinesError",
    "areas_of",
    "enter_areas",
    "keep_areas",
    "keep_file",
    "keep_file_areas",
    "read_areas",
    "read_file",
    "read_outlines",
    "read_stored_area",
    "read_stored_areas",
    "withdraw_area",
]
