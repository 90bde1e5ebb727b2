"""The public schools of a ward: where they stand, and what people call them."""

from ibasho.data.schools.model import School, SchoolKind, district_key
from ibasho.data.schools.store import find_school, keep_schools, read_schools

__all__ = [
    "School",
    "SchoolKind",
    "district_key",
    "find_school",
    "keep_schools",
    "read_schools",
]
