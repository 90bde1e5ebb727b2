"""The only code that reads and writes the table of schools."""

from collections.abc import Iterable
from dataclasses import astuple

from ibasho.data.database import Database
from ibasho.data.schools.model import School, SchoolKind, short_name


def keep_schools(db: Database, schools: Iterable[School]) -> None:
    """Keep these schools, each in place of one with the same id.

    Part of the caller's transaction. Raises ValueError for a point that is not on the globe.
    """
    for school in schools:
        if not (-90 <= school.lat <= 90 and -180 <= school.lon <= 180):
            raise ValueError(f"{school.name}: {school.lat}, {school.lon} is no point in degrees")
        db.execute(
            "INSERT OR REPLACE INTO school (id, name, kind, address, lat, lon, district)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            astuple(school),
        )


def read_schools(db: Database) -> list[School]:
    """All schools: elementary schools first, by name."""
    rows = db.execute(
        "SELECT id, name, kind, address, lat, lon, district FROM school ORDER BY kind, name"
    )
    return [
        School(id_, name, SchoolKind(kind), address, lat, lon, district)
        for id_, name, kind, address, lat, lon, district in rows
    ]


def find_school(db: Database, text: str) -> School | None:
    """The school of which the text is the name, in full or short: みなみ小学校, みなみ小.

    None where it is no school's name, or that of two.
    """
    asked = short_name(text)
    found = [school for school in read_schools(db) if short_name(school.name) == asked]
    return found[0] if asked and len(found) == 1 else None
