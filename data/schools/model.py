"""What a school is, and the one form of the names that people give it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from ibasho.data.text import fold_closed

_FOUNDER = re.compile("^.*?[都道府県市区町村]立")
_SHORT = re.compile("([小中])(?:学校?)?$")
_DISTRICT = re.compile("(?:校区|学区|通学区域?)$")


class SchoolKind(StrEnum):
    """Which school of compulsory education."""

    ELEMENTARY = "elementary"
    JUNIOR_HIGH = "junior_high"


@dataclass(frozen=True, slots=True)
class School:
    """A school that stands somewhere.

    `id` is its code in the source's list. `lat` and `lon` are WGS 84 degrees. `district` names
    the school district it stands in, "" where that is not known.
    """

    id: str
    name: str
    kind: SchoolKind
    address: str
    lat: float
    lon: float
    district: str = ""


def short_name(text: str) -> str:
    """The form in which names of schools are compared: 「市立みなみ小学校」 is みなみ小.

    "" for a text that does not end like a school's name.
    """
    name = _FOUNDER.sub("", fold_closed(text))
    return _SHORT.sub(r"\1", name) if _SHORT.search(name) else ""


def district_key(text: str) -> str:
    """The form in which names of school districts are compared: みなみ小学校区 is みなみ小."""
    name = _DISTRICT.sub("", fold_closed(text))
    return short_name(name) or name
