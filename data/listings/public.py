"""The one allow-list: what of a listing may be known outside, for every page, feed and index.

A field that is not here does not exist outside. Whatever is made for the public is made from a
`PublicListing`, never from a `Listing`.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ibasho.data.listings.facts import Fact
from ibasho.data.listings.kinds import Kind
from ibasho.data.listings.model import (
    AddressVisibility,
    ContactVisibility,
    CostOption,
    Email,
    Listing,
    Phone,
    Position,
)
from ibasho.data.listings.notices import ConfirmedDate, DateNotice, with_notices
from ibasho.data.listings.places import public_address, public_position
from ibasho.data.listings.translations import Translation, each_text
from ibasho.data.listings.withhold import WITHHELD, Secrets, secrets_of, withhold
from ibasho.data.schedule import Schedule
from ibasho.data.text import printable


@dataclass(frozen=True, slots=True)
class PublicContact:
    """A telephone number or mail address that anyone may use, and what it is for."""

    value: str
    description: str


@dataclass(frozen=True, slots=True)
class PublicListing:
    """A listing as everyone may see it.

    `position` is the one position for every public calculation: distance, order, box, map. For a
    hidden address it is the area's own point. `school_district` stays where the area is public, for
    it says no more than that; it is "" where the address is told on request only. `listed_on` is
    the date of the list that named it, `assured_date` the date on which somebody last said that
    all this is true (both JST). `schedule` has followed the `notices` and what
    was `confirmed` already, which also say why and when. `is_stale`: nobody could confirm it of
    late.
    """

    id: str
    kind: Kind
    name: str
    alternate_name: str
    description: str
    organization: str
    municipality: str
    address: str
    building: str
    address_visibility: AddressVisibility
    position: Position
    schedule: Schedule
    schedule_text: str
    costs: tuple[CostOption, ...]
    fees_description: str
    eligibility_description: str
    minimum_age: float | None
    maximum_age: float | None
    application_process: str
    capacity: str
    phones: tuple[PublicContact, ...]
    emails: tuple[PublicContact, ...]
    url: str
    food_pantry: bool | None
    takeaway: bool | None
    facts: tuple[Fact, ...]
    school_district: str
    network: str
    note: str
    translations: tuple[Translation, ...]
    assured_date: dt.date | None
    source_name: str
    source_licence: str
    listed_on: dt.date | None
    notices: tuple[DateNotice, ...] = ()
    is_stale: bool = False
    confirmed: tuple[ConfirmedDate, ...] = ()


def to_public(
    listing_id: str,
    listing: Listing,
    source_name: str = "",
    source_licence: str = "",
    listed_on: dt.date | None = None,
    notices: Iterable[DateNotice] = (),
    is_stale: bool = False,
    confirmed: tuple[ConfirmedDate, ...] = (),
) -> PublicListing:
    """What the public may know of an approved listing, with what was said of single dates."""
    secrets = secrets_of(listing)
    where = listing.location
    exact = where.visibility is AddressVisibility.EXACT
    on_request = where.visibility is AddressVisibility.ON_REQUEST

    def text(value: str) -> str:
        return withhold(printable(value), secrets)

    told = tuple(replace(one, note=text(one.note)) for one in notices)
    schedule = replace(listing.schedule, phrase=text(listing.schedule.phrase))
    return PublicListing(
        id=listing_id,
        kind=listing.kind,
        name=text(listing.name),
        alternate_name=text(listing.alternate_name),
        description=text(listing.description),
        organization=text(listing.organization),
        municipality=text(where.municipality),
        address=text(public_address(where)),
        building=text(where.building) if exact else "",
        address_visibility=where.visibility,
        position=public_position(where),
        schedule=with_notices(schedule, told, confirmed),
        schedule_text=text(listing.schedule_text),
        costs=_public_costs(listing.costs, text),
        fees_description=text(listing.fees_description),
        eligibility_description=text(listing.eligibility_description),
        minimum_age=listing.minimum_age,
        maximum_age=listing.maximum_age,
        application_process=text(listing.application_process),
        capacity=text(listing.capacity),
        phones=public_phones(listing.phones, secrets),
        emails=public_emails(listing.emails, secrets),
        url=web_address(text(listing.url)),
        food_pantry=listing.food_pantry,
        takeaway=listing.takeaway,
        facts=listing.facts,
        school_district="" if on_request else text(listing.school_district),
        network=text(listing.network),
        note=text(listing.note),
        translations=tuple(each_text(one, text) for one in listing.translations),
        assured_date=listing.assured_date,
        source_name=source_name,
        source_licence=source_licence,
        listed_on=listed_on,
        notices=told,
        is_stale=is_stale,
        confirmed=confirmed,
    )


def _public_costs(
    costs: Iterable[CostOption], text: Callable[[str], str]
) -> tuple[CostOption, ...]:
    return tuple(CostOption(text(one.option), one.amount, text(one.description)) for one in costs)


def public_phones(phones: Iterable[Phone], secrets: Secrets) -> tuple[PublicContact, ...]:
    """The telephone numbers that anyone may call."""
    return tuple(
        PublicContact(printable(phone.number), withhold(printable(phone.description), secrets))
        for phone in phones
        if phone.visibility is ContactVisibility.PUBLIC
    )


def public_emails(emails: Iterable[Email], secrets: Secrets) -> tuple[PublicContact, ...]:
    """The mail addresses that anyone may write to."""
    return tuple(
        PublicContact(printable(email.address), withhold(printable(email.description), secrets))
        for email in emails
        if email.visibility is ContactVisibility.PUBLIC
    )


def web_address(url: str) -> str:
    """The address if it is one of the web; anything else (javascript: …) is not for a link."""
    is_web = re.match(r"https?://[^\s<>\"']+$", url, re.IGNORECASE)
    return url if is_web and WITHHELD not in url else ""
