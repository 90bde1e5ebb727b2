"""Why a wording was declined: by a person, who returned it with a reason, or by what followed."""

from collections.abc import Collection

from ibasho.data.database import Database
from ibasho.data.listings.store import Revision, read_revisions

SUPERSEDED, TAKEN_BACK = "superseded", "taken back"
"""Where no person gave a reason: a newer wording was approved; its writer took it back."""


def read_returned(db: Database, listing_id: str, writers: Collection[str]) -> Revision | None:
    """The wording that the office returned with a reason, where nothing has followed it since.

    One of these writers, whom the reason is for; None where there is none.
    """
    for one in read_revisions(db, listing_id):
        if one.decision == "rejected" and one.decision_reason == TAKEN_BACK:
            continue
        has_reason = one.decision_reason not in {"", SUPERSEDED}
        is_returned = one.decision == "rejected" and has_reason and one.written_by in writers
        return one if is_returned else None
    return None
