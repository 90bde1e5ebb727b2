"""What a listing is: one service of one organization at one location, with its schedules.

Field names are those of HSDS 3 (Human Services Data Specification) where it has one.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from ibasho.data.geocode import Level
from ibasho.data.listings.facts import Fact
from ibasho.data.listings.kinds import Kind
from ibasho.data.listings.translations import Translation
from ibasho.data.schedule import Schedule, read_phrase

_NOT_GIVEN = read_phrase("")


class PositionSource(StrEnum):
    """Who says where a place is; a person's pin wins over all."""

    FILE = "file"
    GEOCODER = "geocoder"
    PERSON = "person"


class AddressVisibility(StrEnum):
    """How much of the address the public may know."""

    EXACT = "exact"
    AREA_ONLY = "area_only"
    ON_REQUEST = "on_request"


class ContactVisibility(StrEnum):
    """Who may see a telephone number or a mail address."""

    PUBLIC = "public"
    STAFF_ONLY = "staff_only"


@dataclass(frozen=True, slots=True)
class Position:
    """A point in WGS 84 degrees, how exact it is, and who said so.

    `radius_m` is the radius in metres within which the place lies nine times out of ten; None
    for a pin, and where there is no point at all.
    """

    lat: float | None = None
    lon: float | None = None
    level: Level = Level.NONE
    radius_m: int | None = None
    source: PositionSource = PositionSource.GEOCODER

    @property
    def is_known(self) -> bool:
        """Whether the place can be measured to: a whole municipality is too vague for that."""
        return self.lat is not None and self.level is not Level.MUNICIPALITY


@dataclass(frozen=True, slots=True)
class Location:
    """Where the service is.

    `municipality` is prefecture and city or ward. `area` names the part of it that may be public
    where the address may not, and `area_position` is that part's own point: it depends on the
    written area alone, so nothing that is computed from it can give the true point away.
    """

    municipality: str = ""
    address: str = ""
    building: str = ""
    visibility: AddressVisibility = AddressVisibility.EXACT
    position: Position = field(default_factory=Position)
    area: str = ""
    area_position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as written, what it is for, and who may see it."""

    number: str
    description: str = ""
    visibility: ContactVisibility = ContactVisibility.PUBLIC


@dataclass(frozen=True, slots=True)
class Email:
    """A mail address, what it is for, and who may see it."""

    address: str
    description: str = ""
    visibility: ContactVisibility = ContactVisibility.PUBLIC


@dataclass(frozen=True, slots=True)
class CostOption:
    """What one group of people pays a visit, or what is paid by one of the terms, in yen.

    `amount` is None where only text says it; a cancellation is text only. The same term may stand
    more than once: the description says for what each amount is (週2日まで, オンラインだけ).
    """

    option: str
    amount: int | None = None
    description: str = ""


# The groups for which the むすびえ format has a column, youngest first.
COST_GROUPS = ("toddler", "elementary", "junior_high", "high_school", "adult")

# By what else one pays, whoever it is; the order in which people ask for it.
COST_TERMS = ("monthly", "per_visit", "per_hour", "initial", "extra", "trial", "cancellation")


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that is known of one listing, public or not; immutable, stored as one revision.

    Texts are as people wrote them; an empty text, an empty tuple or None means that nobody said.
    Ages are in years and may have decimals. `assured_date` is the JST date on which `assured_by`
    last said that all this is true.
    """

    kind: Kind
    name: str
    alternate_name: str = ""  # kana
    description: str = ""
    organization: str = ""
    location: Location = field(default_factory=Location)
    schedule: Schedule = _NOT_GIVEN
    schedule_text: str = ""
    costs: tuple[CostOption, ...] = ()
    fees_description: str = ""
    eligibility_description: str = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    application_process: str = ""
    capacity: str = ""
    phones: tuple[Phone, ...] = ()
    emails: tuple[Email, ...] = ()
    url: str = ""
    food_pantry: bool | None = None
    takeaway: bool | None = None
    facts: tuple[Fact, ...] = ()  # those stated with a tick; texts may say more
    school_district: str = ""
    network: str = ""
    note: str = ""
    assured_date: dt.date | None = None
    assured_by: str = ""
    translations: tuple[Translation, ...] = ()  # one a language at most
