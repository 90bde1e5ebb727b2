"""The only code that reads and writes the table of schools."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from ibasho.data.database import Database, transaction
from ibasho.data.record import write_record
from ibasho.data.schools.model import School, SchoolKind, short_name
from ibasho.data.withdrawn import UnknownEntryError, set_withdrawn


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
        "SELECT id, name, kind, address, lat, lon, district FROM school"
        " WHERE NOT withdrawn ORDER BY kind, name"
    )
    return [_school(*row) for row in rows]


def find_school(db: Database, text: str) -> School | None:
    """The school of which the text is the name, in full or short: みなみ小学校, みなみ小.

    None where it is no school's name, or that of two.
    """
    asked = short_name(text)
    found = [school for school in read_schools(db) if short_name(school.name) == asked]
    return found[0] if asked and len(found) == 1 else None


# -- the staff


@dataclass(frozen=True, slots=True)
class StoredSchool:
    """A school as the staff know it; a withdrawn one is known to nobody else."""

    body: School
    withdrawn: bool


def read_stored_schools(db: Database) -> list[StoredSchool]:
    """All schools, also withdrawn ones: elementary schools first, by name."""
    rows = db.execute(
        "SELECT id, name, kind, address, lat, lon, district, withdrawn FROM school"
        " ORDER BY kind, name"
    )
    return [StoredSchool(_school(*school), bool(withdrawn)) for *school, withdrawn in rows]


def read_stored_school(db: Database, school_id: str) -> StoredSchool:
    """One of them. Raises UnknownEntryError."""
    for one in read_stored_schools(db):
        if one.body.id == school_id:
            return one
    raise UnknownEntryError(school_id)


def enter_school(db: Database, school: School, actor: str) -> None:
    """Keep a school that somebody typed, in place of the one of the same id.

    One transaction with its line in the record. Raises ValueError as `keep_schools` does.
    """
    with transaction(db):
        keep_schools(db, [school])
        write_record(db, actor, "keep_school", f"school:{school.id}")


def withdraw_school(db: Database, school_id: str, withdrawn: bool, actor: str) -> None:
    """Withdraw a school, or bring it back. Raises UnknownEntryError."""
    set_withdrawn(db, "school", school_id, withdrawn, actor, f"school:{school_id}")


def _school(
    id_: str, name: str, kind: str, address: str, lat: float, lon: float, district: str
) -> School:
    return School(id_, name, SchoolKind(kind), address, lat, lon, district)
