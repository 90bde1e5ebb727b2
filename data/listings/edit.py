"""What people do to a listing: propose, approve, reject, move on. Each is one transaction."""

from ibasho.data.database import Database, transaction
from ibasho.data.listings import store
from ibasho.data.listings.model import Listing
from ibasho.data.listings.returned import SUPERSEDED
from ibasho.data.listings.states import (
    CLOSED_STATES,
    PUBLIC_STATES,
    State,
    StepError,
    check_step,
)
from ibasho.data.record import write_record


class StaleRevisionError(Exception):
    """Somebody else has changed the listing meanwhile; `newest` is their wording."""

    def __init__(self, newest: store.Revision) -> None:
        super().__init__(f"listing {newest.listing_id} is at revision {newest.id}")
        self.newest = newest


class WithdrawnError(Exception):
    """The listing, or one of the same name and address, was taken out; the message is its id."""


class DecidedError(Exception):
    """The revision does not wait any more, or its approval cannot be taken back any more."""


def propose_listing(db: Database, body: Listing, actor: str) -> int:
    """Keep a new listing in review and return the id of the revision that waits."""
    with transaction(db):
        listing_id = store.insert_listing(db, body, State.IN_REVIEW)
        revision_id = store.insert_revision(db, listing_id, body, actor, None)
        write_record(db, actor, "propose", listing_id, str(revision_id))
    return revision_id


def propose_change(
    db: Database, listing_id: str, body: Listing, actor: str, based_on: int | None
) -> int:
    """Keep a changed wording that waits, and return its id; the public row is untouched.

    `based_on` is the revision that the editor saw. Raises StaleRevisionError where a newer one
    has come between, and UnknownListingError.
    """
    with transaction(db):
        newest = newest_revision(db, listing_id)
        if newest and newest.id != based_on:
            raise StaleRevisionError(newest)
        revision_id = store.insert_revision(db, listing_id, body, actor, based_on)
        write_record(db, actor, "propose", listing_id, str(revision_id))
    return revision_id


def newest_revision(db: Database, listing_id: str) -> store.Revision | None:
    """What an editor starts from: the last that waits, the published one, or the last at all."""
    stored = store.read_stored(db, listing_id)
    waiting = store.read_waiting(db, listing_id)
    return waiting[-1] if waiting else stored.published or store.read_last(db, listing_id)


def approve_revision(db: Database, revision_id: int, actor: str) -> str:
    """Publish a waiting revision, and close those that it was built on; return the listing's id.

    Raises DecidedError, WithdrawnError, StepError and UnknownListingError.
    """
    with transaction(db):
        revision = _waiting(db, revision_id)
        stored = store.read_stored(db, revision.listing_id)
        _check_not_withdrawn(db, stored, revision)
        if stored.state not in PUBLIC_STATES:
            check_step(stored.state, State.PUBLISHED)
            store.set_state(db, stored.id, State.PUBLISHED)
        for earlier in store.read_waiting(db, stored.id):
            if earlier.id < revision_id:
                store.decide_revision(db, earlier.id, "rejected", actor, SUPERSEDED)
        store.decide_revision(db, revision_id, "approved", actor)
        store.note_replaced(db, revision_id, stored)
        store.publish_revision(db, revision)
        store.note_for_index(db, stored.id)
        write_record(db, actor, "approve", stored.id, str(revision_id))
    return stored.id


def can_undo(stored: store.StoredListing) -> bool:
    """Whether the approval of what is public can be taken back."""
    public = stored.published
    return public is not None and public.state_before is not None and stored.state in PUBLIC_STATES


def undo_approval(db: Database, revision_id: int, actor: str) -> str:
    """Take an approval back: what was public before is again, and the wording waits once more.

    A listing that was not public before is hidden. Return the listing's id. Raises DecidedError
    where this wording is not the public one any more, and UnknownListingError.
    """
    with transaction(db):
        revision = store.read_revision(db, revision_id)
        stored = store.read_stored(db, revision.listing_id)
        before, replaced = revision.state_before, revision.replaced
        is_public = stored.published is not None and stored.published.id == revision_id
        if not (is_public and can_undo(stored)) or before is None:
            raise DecidedError(str(revision_id))
        if replaced is None:
            store.publish_nothing(db, stored.id)
        else:
            store.publish_revision(db, store.read_revision(db, replaced))
        if before not in PUBLIC_STATES:
            store.set_state(db, stored.id, before)
        store.reopen_revision(db, revision_id)
        store.note_for_index(db, stored.id)
        write_record(db, actor, "undo_approval", stored.id, str(revision_id))
    return stored.id


def restore_revision(db: Database, revision_id: int, actor: str) -> int:
    """Propose an older wording again, and return the id of the revision that waits.

    Raises UnknownListingError.
    """
    with transaction(db):
        old = store.read_revision(db, revision_id)
        newest = newest_revision(db, old.listing_id)
        based_on = newest.id if newest else None
        waiting = store.insert_revision(db, old.listing_id, old.body, actor, based_on)
        write_record(db, actor, "restore", old.listing_id, f"{revision_id} {waiting}")
    return waiting


def reject_revision(db: Database, revision_id: int, actor: str, reason: str) -> str:
    """Decline a waiting revision with a reason; the public row stays. Return the listing's id.

    A listing of which nothing was ever published goes back to draft. Raises as approving does.
    """
    with transaction(db):
        revision = _waiting(db, revision_id)
        store.decide_revision(db, revision_id, "rejected", actor, reason)
        stored = store.read_stored(db, revision.listing_id)
        if stored.state is State.IN_REVIEW and not store.read_waiting(db, stored.id):
            store.set_state(db, stored.id, State.DRAFT, reason)
        write_record(db, actor, "reject", stored.id, str(revision_id))
    return stored.id


def change_state(db: Database, listing_id: str, state: State, actor: str, reason: str) -> None:
    """Move a listing to another state, with a reason. Raises StepError, UnknownListingError."""
    with transaction(db):
        stored = store.read_stored(db, listing_id)
        check_step(stored.state, state)
        if state in PUBLIC_STATES and stored.published is None:
            raise StepError("nothing of it was ever approved")
        store.set_state(db, listing_id, state, reason)
        store.note_for_index(db, listing_id)
        write_record(db, actor, f"state:{state}", listing_id)


def _check_not_withdrawn(
    db: Database, stored: store.StoredListing, revision: store.Revision
) -> None:
    """A listing that somebody took out comes back by a decision of its own, not by an edit."""
    if stored.state in CLOSED_STATES:
        raise WithdrawnError(stored.id)
    for other in store.read_same_place(db, revision.body):
        if other.id != stored.id and other.state is State.DO_NOT_LIST:
            raise WithdrawnError(other.id)


def _waiting(db: Database, revision_id: int) -> store.Revision:
    revision = store.read_revision(db, revision_id)
    if revision.decision != "waiting":
        raise DecidedError(str(revision_id))
    return revision
