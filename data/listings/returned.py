"""Why a wording was declined: by a person, who returned it with a reason, or by what followed."""

from collections.abc import Collection

from ibasho.data.database import Database
from ibasho.data.listings.store import Revision, read_revisions

SUPERSEDED, TAKEN_BACK = "superseded", "taken back"
"""Where no person gave a reason: a newer wording was approved; its writer took it back."""


def is_returned(one: Revision) -> bool:
    """Whether a person returned this wording with a reason."""
    gave_reason = one.decision_reason not in {"", SUPERSEDED, TAKEN_BACK}
    return one.decision == "rejected" and gave_reason


def read_returned(db: Database, listing_id: str, writers: Collection[str]) -> Revision | None:
    """The wording that the office returned with a reason, where nothing has followed it since.

    One of these writers, whom the reason is for; None where there is none.
    """
    for one in read_revisions(db, listing_id):
        if one.decision == "rejected" and one.decision_reason == TAKEN_BACK:
            continue
        return one if is_returned(one) and one.written_by in writers else None
    return None
