"""The only code that reads and writes the table of areas."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ibasho.data.areas.model import Area, AreaKind, check_outline
from ibasho.data.areas.outlines import DistrictOutlines
from ibasho.data.database import Database, transaction
from ibasho.data.listings.store import note_all_for_index
from ibasho.data.record import write_record
from ibasho.data.withdrawn import UnknownEntryError, set_withdrawn


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
    return [one.body for one in read_stored_areas(db) if not one.withdrawn]


def read_outlines(db: Database) -> DistrictOutlines:
    """The outlines of the school districts; those of before where nothing about them changed."""
    rows = db.execute(
        "SELECT name, geometry FROM area WHERE kind = ? AND NOT withdrawn ORDER BY name",
        [AreaKind.SCHOOL_DISTRICT],
    )
    return _outlines(tuple(rows))


@lru_cache(maxsize=1)  # comparing the texts is quick, reading them is not
def _outlines(rows: tuple[tuple[str, str], ...]) -> DistrictOutlines:
    return DistrictOutlines(
        Area(AreaKind.SCHOOL_DISTRICT, name, json.loads(geometry), "") for name, geometry in rows
    )


# -- the staff


@dataclass(frozen=True, slots=True)
class StoredArea:
    """An area as the staff know it; a withdrawn one is known to nobody else."""

    body: Area
    withdrawn: bool


def read_stored_areas(db: Database) -> list[StoredArea]:
    """All areas, also withdrawn ones: municipalities first, by name."""
    rows = db.execute(
        "SELECT kind, name, geometry, source, withdrawn FROM area ORDER BY kind, name"
    )
    return [
        StoredArea(Area(AreaKind(kind), name, json.loads(geometry), source), bool(withdrawn))
        for kind, name, geometry, source, withdrawn in rows
    ]


def read_stored_area(db: Database, kind: AreaKind, name: str) -> StoredArea:
    """One of them. Raises UnknownEntryError."""
    for one in read_stored_areas(db):
        if (one.body.kind, one.body.name) == (kind, name):
            return one
    raise UnknownEntryError(name)


def enter_areas(db: Database, areas: Iterable[Area], actor: str) -> None:
    """Keep areas that somebody sent, each in place of one of the same kind and name.

    One transaction with a line for each in the record. Raises ValueError as `keep_areas` does.
    """
    kept = list(areas)
    with transaction(db):
        keep_areas(db, kept)
        for area in kept:
            write_record(db, actor, "keep_area", f"area:{area.kind}:{area.name}")


def withdraw_area(db: Database, kind: AreaKind, name: str, withdrawn: bool, actor: str) -> None:
    """Withdraw an area, or bring it back; the search index follows. Raises UnknownEntryError."""
    with transaction(db):
        set_withdrawn(db, "area", (str(kind), name), withdrawn, actor, f"area:{kind}:{name}")
        if kind is AreaKind.SCHOOL_DISTRICT:
            note_all_for_index(db)
