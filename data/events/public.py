"""The one allow-list: what of an event may be known outside. A field not here does not exist there.

Whatever is made for the public is made from a `PublicEvent`, never from an `Event`.
"""

import datetime as dt
from dataclasses import dataclass

from ibasho.data.events.model import Application, Event, EventKind
from ibasho.data.listings import AddressVisibility, Position, PublicContact
from ibasho.data.listings.places import public_address, public_position
from ibasho.data.listings.public import public_emails, public_phones, web_address
from ibasho.data.listings.withhold import secrets_of, withhold
from ibasho.data.schedule import Occurrence
from ibasho.data.text import printable


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """An event as everyone may see it; fields mean what they mean in `Event`.

    `position` is the one position for every public calculation, the area's where the address is
    hidden.
    """

    id: str
    kind: EventKind
    title: str
    occurrences: tuple[Occurrence, ...]
    schedule_text: str
    description: str
    organization: str
    online: bool
    municipality: str
    address: str
    building: str
    address_visibility: AddressVisibility
    position: Position
    eligibility_description: str
    fees_description: str
    capacity: str
    application: Application
    application_process: str
    apply_until: dt.date | None
    phones: tuple[PublicContact, ...]
    emails: tuple[PublicContact, ...]
    url: str
    network: str
    note: str
    cancelled: bool
    assured_date: dt.date | None

    def since(self, date: dt.date) -> list[Occurrence]:
        """Its occurrences from this JST date on."""
        return [one for one in self.occurrences if one.date >= date]


def to_public(event_id: str, event: Event) -> PublicEvent:
    """What the public may know of an event."""
    secrets = secrets_of(event)
    where = event.location

    def text(value: str) -> str:
        return withhold(printable(value), secrets)

    return PublicEvent(
        id=event_id,
        kind=event.kind,
        title=text(event.title),
        occurrences=event.occurrences,
        schedule_text=text(event.schedule_text),
        description=text(event.description),
        organization=text(event.organization),
        online=event.online,
        municipality=text(where.municipality),
        address=text(public_address(where)),
        building=text(where.building) if where.visibility is AddressVisibility.EXACT else "",
        address_visibility=where.visibility,
        position=public_position(where),
        eligibility_description=text(event.eligibility_description),
        fees_description=text(event.fees_description),
        capacity=text(event.capacity),
        application=event.application,
        application_process=text(event.application_process),
        apply_until=event.apply_until,
        phones=public_phones(event.phones, secrets),
        emails=public_emails(event.emails, secrets),
        url=web_address(text(event.url)),
        network=text(event.network),
        note=text(event.note),
        cancelled=event.cancelled,
        assured_date=event.assured_date,
    )
