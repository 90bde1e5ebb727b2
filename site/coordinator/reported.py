"""What visitors reported, as the desk shows it."""

from typing import NamedTuple

from ibasho.data.database import Database
from ibasho.data.listings import Listing
from ibasho.data.reports import Report, read_open_reports
from ibasho.site.reach import wordings_within


class Reported(NamedTuple):
    """A report and the wording that it is about, with the numbers to ask at."""

    report: Report
    listing: Listing


def reported(db: Database) -> list[Reported]:
    """What nobody has dealt with yet within the part of who is signed in, the oldest first."""
    found = read_open_reports(db)
    bodies = wordings_within({one.listing_id for one in found})
    return [Reported(one, bodies[one.listing_id]) for one in found if one.listing_id in bodies]
