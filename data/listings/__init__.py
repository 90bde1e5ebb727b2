"""Listings: what a visitor finds, how it is written, approved, kept and shown to the public."""

from ibasho.data.listings.facts import LANGUAGES, TICKS, Fact
from ibasho.data.listings.first_visit import FirstVisit, first_visit
from ibasho.data.listings.kinds import KIND_WORDS, VOLUNTEER_KINDS, Kind
from ibasho.data.listings.model import (
    COST_GROUPS,
    COST_TERMS,
    AddressVisibility,
    ContactVisibility,
    CostOption,
    Email,
    Listing,
    Location,
    Phone,
    Position,
    PositionSource,
)
from ibasho.data.listings.notices import ConfirmedDate, DateNotice
from ibasho.data.listings.places import locate, pin, refined
from ibasho.data.listings.public import PublicContact, PublicListing, to_public
from ibasho.data.listings.stated import doubted, facts_of
from ibasho.data.listings.states import (
    CLOSED_STATES,
    PUBLIC_STATES,
    STEPS,
    State,
    StepError,
)
from ibasho.data.listings.translations import (
    TONGUES,
    TRANSLATED,
    Translation,
    in_language,
)
from ibasho.data.listings.withhold import is_mobile, keeps_secrets

__all__ = [
    "CLOSED_STATES",
    "COST_GROUPS",
    "COST_TERMS",
    "KIND_WORDS",
    "LANGUAGES",
    "PUBLIC_STATES",
    "STEPS",
    "TICKS",
    "TONGUES",
    "TRANSLATED",
    "VOLUNTEER_KINDS",
    "AddressVisibility",
    "ConfirmedDate",
    "ContactVisibility",
    "CostOption",
    "DateNotice",
    "Email",
    "Fact",
    "FirstVisit",
    "Kind",
    "Listing",
    "Location",
    "Phone",
    "Position",
    "PositionSource",
    "PublicContact",
    "PublicListing",
    "State",
    "StepError",
    "Translation",
    "doubted",
    "facts_of",
    "first_visit",
    "in_language",
    "is_mobile",
    "keeps_secrets",
    "locate",
    "pin",
    "refined",
    "to_public",
]
