"""Listings: what a visitor finds, how it is written, approved, kept and shown to the public."""

from ibasho.data.listings.first_visit import FirstVisit, Welcome, first_visit
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
from ibasho.data.listings.places import locate, pin, refined
from ibasho.data.listings.public import PublicContact, PublicListing, to_public
from ibasho.data.listings.states import (
    CLOSED_STATES,
    PUBLIC_STATES,
    STEPS,
    State,
    StepError,
)
from ibasho.data.listings.withhold import is_mobile

__all__ = [
    "CLOSED_STATES",
    "COST_GROUPS",
    "COST_TERMS",
    "KIND_WORDS",
    "PUBLIC_STATES",
    "STEPS",
    "VOLUNTEER_KINDS",
    "AddressVisibility",
    "ContactVisibility",
    "CostOption",
    "Email",
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
    "Welcome",
    "first_visit",
    "is_mobile",
    "locate",
    "pin",
    "refined",
    "to_public",
]
