"""What the staff do with a lead. Each is one transaction with its line in the record."""

import datetime as dt
from dataclasses import replace

from ibasho.data.accounts import WHOLE, Scope
from ibasho.data.clock import today
from ibasho.data.database import Database, transaction
from ibasho.data.listings import Listing, StepError, edit, store
from ibasho.data.pipeline import store as leads
from ibasho.data.pipeline.model import Item, Lead, Mark, NoteKind, Stage
from ibasho.data.pipeline.rules import OWN_STAGES, Missing, missing, settled, stage_of
from ibasho.data.record import write_record


class OutOfReachError(Exception):
    """The listing of a lead is not for this part of the ward to change."""


class MissingError(StepError):
    """A step needs what there is not yet; `needs` says what."""

    def __init__(self, needs: list[Missing]) -> None:
        super().__init__(", ".join(needs))
        self.needs = needs


def subject_of(lead_id: str) -> str:
    """How the record names a lead."""
    return f"lead:{lead_id}"


def add_lead(db: Database, body: Lead, actor: str) -> str:
    """Keep a new lead, found by somebody; its id."""
    with transaction(db):
        lead_id = leads.insert_lead(db, body)
        write_record(db, actor, "add_lead", subject_of(lead_id))
    return lead_id


def change_lead(db: Database, lead_id: str, body: Lead, actor: str) -> None:
    """Replace what is said of a lead. Raises UnknownLeadError."""
    with transaction(db):
        leads.read_lead(db, lead_id)
        leads.update_lead(db, lead_id, body)
        write_record(db, actor, "change_lead", subject_of(lead_id))


def move_lead(db: Database, lead_id: str, after: Stage, actor: str, reason: str = "") -> None:
    """Bring a lead to a stage, with the reason in words.

    Raises MissingError where the step needs something, StepError where the stage follows from the
    listing and is not for a person to set, and UnknownLeadError.
    """
    with transaction(db):
        lead = leads.read_lead(db, lead_id)
        state = leads.read_state(db, lead_id)
        if needs := missing(lead.body, leads.read_checks(db, lead_id), state, after):
            raise MissingError(needs)
        # with a listing, its own stage says only whether somebody called it active or gave it up
        marks = {Stage.ACTIVE, Stage.DECLINED}
        own = Stage.INVITED if state and after not in marks else after
        if own not in {*marks, *OWN_STAGES} or stage_of(own, state) is not after:
            raise StepError(f"{lead.stage} → {after}")
        leads.set_stage(db, lead_id, lead.own_stage, own, reason, actor)
        write_record(db, actor, f"lead:{own}", subject_of(lead_id))


def undo_step(db: Database, lead_id: str, actor: str) -> bool:
    """Take back the last step that somebody set; whether there was one.

    Raises MissingError where what it would go back to needs something meanwhile.
    """
    with transaction(db):
        last = next(leads.read_steps(db, lead_id), None)
        lead = leads.read_lead(db, lead_id)
        if last is None or last.after is not lead.own_stage:
            return False
        if last.before in {Stage.ACTIVE, Stage.DECLINED}:
            checks, state = leads.read_checks(db, lead_id), leads.read_state(db, lead_id)
            if needs := missing(lead.body, checks, state, last.before):
                raise MissingError(needs)
        leads.set_stage(db, lead_id, last.after, last.before, "", actor)
        write_record(db, actor, "undo_lead", subject_of(lead_id))
    return True


def make_listing(
    db: Database, lead_id: str, body: Listing, actor: str, scope: Scope = WHOLE
) -> int:
    """Make the listing of a lead; the id of the revision that waits.

    Of a lead that has one already it is a change of that. Raises UnknownLeadError, OutOfReachError
    where `scope` does not reach that one, and what `propose_change` raises.
    """
    with transaction(db):
        lead = leads.read_lead(db, lead_id)
        if lead.listing:
            before = store.read_wordings(db, [lead.listing]).get(lead.listing)
            if not (
                scope.covers_listing(lead.listing, before) and scope.takes_wording(body, before)
            ):
                raise OutOfReachError(lead.listing)
            newest = edit.newest_revision(db, lead.listing)
            based_on = newest.id if newest else None
            return edit.propose_change(db, lead.listing, body, actor, based_on)
        revision_id = edit.propose_listing(db, body, actor)
        leads.set_listing(db, lead_id, store.read_revision(db, revision_id).listing_id)
        write_record(db, actor, "list_lead", subject_of(lead_id))
    return revision_id


def set_check(
    db: Database, lead_id: str, item: Item, mark: Mark, done_on: dt.date | None, day: dt.date,
    actor: str,
) -> None:  # fmt: skip
    """Say on a JST date what is known of an item. Raises ValueError as `settled` does."""
    with transaction(db):
        leads.read_lead(db, lead_id)
        known = {check.item: check for check in leads.read_checks(db, lead_id)}
        check = settled(known[item], mark, done_on, day)
        leads.set_check(db, lead_id, replace(check, actor=actor))
        write_record(db, actor, "check_lead", subject_of(lead_id), f"{item}: {check.mark}")


def add_note(
    db: Database, lead_id: str, kind: NoteKind, written_on: dt.date, text: str, actor: str
) -> None:
    """Keep what a visit or talk on a JST date brought; the words are confidential.

    The first visit of a lead that was only found makes it visited.
    """
    with transaction(db):
        lead = leads.read_lead(db, lead_id)
        leads.insert_note(db, lead_id, kind, written_on, text, actor)
        write_record(db, actor, "note_lead", subject_of(lead_id))
        if kind is NoteKind.VISIT and lead.stage is Stage.FOUND:
            move_lead(db, lead_id, Stage.VISITED, actor)


def remove_note(
    db: Database, lead_id: str, note_id: int, actor: str, is_removed: bool = True
) -> None:
    """Strike a note out, or bring it back. Raises UnknownLeadError."""
    with transaction(db):
        if not leads.set_note_removed(db, lead_id, note_id, is_removed):
            raise leads.UnknownLeadError(lead_id)
        write_record(db, actor, "note_lead", subject_of(lead_id))


def add_task(
    db: Database, lead_id: str, text: str, owner: int | None, due_on: dt.date | None, actor: str
) -> None:
    """Keep what is to be done, by which account and until which JST date."""
    with transaction(db):
        leads.read_lead(db, lead_id)
        leads.insert_task(db, lead_id, text, owner, due_on)
        write_record(db, actor, "task_lead", subject_of(lead_id))


def change_task(
    db: Database, lead_id: str, task_id: int, text: str, owner: int | None,
    due_on: dt.date | None, actor: str,
) -> None:  # fmt: skip
    """Correct a task, or give it to another account or JST date. Raises UnknownLeadError."""
    with transaction(db):
        if not leads.update_task(db, lead_id, task_id, text, owner, due_on):
            raise leads.UnknownLeadError(lead_id)
        write_record(db, actor, "task_lead", subject_of(lead_id))


def finish_task(db: Database, lead_id: str, task_id: int, actor: str, is_done: bool = True) -> None:
    """Say that a task is done, or that it is not. Raises UnknownLeadError."""
    with transaction(db):
        if not leads.set_task_done(db, lead_id, task_id, today() if is_done else None):
            raise leads.UnknownLeadError(lead_id)
        write_record(db, actor, "task_lead", subject_of(lead_id))
