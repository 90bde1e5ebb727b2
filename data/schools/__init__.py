"""The public schools of a ward: where they stand, and what people call them."""

from ibasho.data.schools.model import School, SchoolKind, district_key
from ibasho.data.schools.store import (
    StoredSchool,
    enter_school,
    find_school,
    keep_schools,
    read_schools,
    read_stored_school,
    read_stored_schools,
    withdraw_school,
)

__all__ = [
    "School",
    "SchoolKind",
    "StoredSchool",
    "district_key",
    "enter_school",
    "find_school",
    "keep_schools",
    "read_schools",
    "read_stored_school",
    "read_stored_schools",
    "withdraw_school",
]
