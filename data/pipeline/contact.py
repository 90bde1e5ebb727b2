"""Whom the office writes to about a listing; confidential.

The people of its lead come first, then an address for the staff, then one for everyone.
"""

from ibasho.data.database import Database
from ibasho.data.listings import edit
from ibasho.data.listings.model import ContactVisibility, Listing
from ibasho.data.mail import is_mail_address
from ibasho.data.pipeline.store import lead_of_listing


def mail_of(body: Listing) -> str:
    """What a wording itself names: the address for the staff before the one for everyone, or ""."""
    usable = [one for one in body.emails if is_mail_address(one.address)]
    staff = [one for one in usable if one.visibility is ContactVisibility.STAFF_ONLY]
    return next((one.address for one in staff + usable), "")


def contact_address(db: Database, listing_id: str) -> str:
    """The mail address of the provider of a listing, "" where none is known."""
    lead = lead_of_listing(db, listing_id)
    if lead and lead.mail:
        return lead.mail
    newest = edit.newest_revision(db, listing_id)
    return mail_of(newest.body) if newest else ""
