"""What visitors reported, as the desk shows it."""

from typing import NamedTuple

from ibasho.data.database import Database
from ibasho.data.listings import Listing, store
from ibasho.data.reports import Report, read_open_reports
from ibasho.site.reach import covers


class Reported(NamedTuple):
    """A report and the public wording that it is about, with the numbers to ask at.

    The wording is None where there is none any more.
    """

    report: Report
    listing: Listing | None


def reported(db: Database) -> list[Reported]:
    """What nobody has dealt with yet within the part of who is signed in, the oldest first."""
    found = read_open_reports(db)
    stored = {id_: store.read_stored(db, id_) for id_ in {one.listing_id for one in found}}
    bodies = {id_: one.published.body for id_, one in stored.items() if one.published}
    return [
        Reported(one, bodies.get(one.listing_id))
        for one in found
        if covers(one.listing_id, bodies.get(one.listing_id))
    ]
