"""The only code that reads and writes the table of areas."""

import json
from collections.abc import Iterable
from functools import lru_cache

from ibasho.data.areas.model import Area, AreaKind, check_outline
from ibasho.data.areas.outlines import DistrictOutlines
from ibasho.data.database import Database
from ibasho.data.listings.store import note_all_for_index


def keep_areas(db: Database, areas: Iterable[Area]) -> None:
    """Keep these areas, each in place of one of the same kind and name.

    Part of the caller's transaction. Raises ValueError for a geometry that is no outline. The
    search index is told that listings may lie in other districts than before.
    """
    kept = list(areas)
    for area in kept:
        check_outline(area.geometry)
        db.execute(
            "INSERT OR REPLACE INTO area (kind, name, geometry, source) VALUES (?, ?, ?, ?)",
            (area.kind, area.name, json.dumps(area.geometry), area.source),
        )
    if any(area.kind is AreaKind.SCHOOL_DISTRICT for area in kept):
        note_all_for_index(db)


def read_areas(db: Database) -> list[Area]:
    """All areas: municipalities first, by name."""
    rows = db.execute("SELECT kind, name, geometry, source FROM area ORDER BY kind, name")
    return [
        Area(AreaKind(kind), name, json.loads(geometry), source)
        for kind, name, geometry, source in rows
    ]


def read_outlines(db: Database) -> DistrictOutlines:
    """The outlines of the school districts; those of before where nothing about them changed."""
    rows = db.execute(
        "SELECT name, geometry FROM area WHERE kind = ? ORDER BY name", [AreaKind.SCHOOL_DISTRICT]
    )
    return _outlines(tuple(rows))


@lru_cache(maxsize=1)  # comparing the texts is quick, reading them is not
def _outlines(rows: tuple[tuple[str, str], ...]) -> DistrictOutlines:
    return DistrictOutlines(
        Area(AreaKind.SCHOOL_DISTRICT, name, json.loads(geometry), "") for name, geometry in rows
    )
