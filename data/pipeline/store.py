"""The only code that reads and writes the tables of leads."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ibasho.data.clock import now
from ibasho.data.database import Database
from ibasho.data.ids import new_id
from ibasho.data.listings import Kind, State
from ibasho.data.pipeline.model import (
    Check,
    Item,
    Lead,
    Mark,
    Note,
    NoteKind,
    Person,
    Stage,
    Step,
    StoredLead,
    Task,
)
from ibasho.data.pipeline.rules import stage_of
from ibasho.data.sealing import seal, unseal

_SELECT = """
  SELECT lead.*, listing.state AS listing_state FROM lead
  LEFT JOIN listing ON listing.id = lead.listing"""


class UnknownLeadError(LookupError):
    """There is no lead of that id."""


def read_leads(db: Database) -> list[StoredLead]:
    """All leads with their tasks, the newest first."""
    tasks: dict[str, list[Task]] = {}
    for row in db.query("SELECT * FROM lead_task ORDER BY id"):
        tasks.setdefault(row["lead"], []).append(_task(db, row))
    rows = db.query(f"{_SELECT} ORDER BY made_at DESC, lead.id")
    return [_lead(db, row, tuple(tasks.get(row["id"], ()))) for row in rows]


def read_lead(db: Database, lead_id: str) -> StoredLead:
    """One lead with its tasks. Raises UnknownLeadError."""
    return _one(db, "lead.id", lead_id)


def lead_of_listing(db: Database, listing_id: str) -> StoredLead | None:
    """The lead from which a listing came, if any."""
    try:
        return _one(db, "lead.listing", listing_id)
    except UnknownLeadError:
        return None


def mails_of_leads(db: Database) -> dict[str, str]:
    """The mail address of the people of each listing that came from a lead, by listing."""
    leads = (_lead(db, row, ()) for row in db.query(f"{_SELECT} WHERE lead.listing IS NOT NULL"))
    return {lead.listing: lead.mail for lead in leads if lead.listing and lead.mail}


def lead_of_form(db: Database, form_key: str) -> str | None:
    """The id of the lead that was made of a form that was sent, if it was."""
    row = db.execute("SELECT id FROM lead WHERE form_key = ?", [form_key]).fetchone()
    return str(row[0]) if row else None


def mails_unconfirmed(db: Database, day: dt.date) -> list[str]:
    """The mail address, casefolded, of each who registered on a JST date and has not answered."""
    rows = db.query(
        f"{_SELECT} WHERE consent_on = ? AND mail_confirmed_on IS NULL", [day.isoformat()]
    )
    return [_lead(db, row, ()).mail.casefold() for row in rows]


def unconfirmed_listings(db: Database) -> set[str]:
    """The drafts of those who registered themselves and have not answered the mail, whenever."""
    rows = db.execute(
        "SELECT listing.id FROM listing JOIN lead ON lead.listing = listing.id"
        " WHERE listing.state = ? AND consent_on IS NOT NULL AND mail_confirmed_on IS NULL",
        [State.DRAFT],
    )
    return {row[0] for row in rows}


def _one(db: Database, column: str, value: str) -> StoredLead:
    for row in db.query(f"{_SELECT} WHERE {column} = ?", [value]):
        tasks = db.query("SELECT * FROM lead_task WHERE lead = ? ORDER BY id", [row["id"]])
        return _lead(db, row, tuple(_task(db, task) for task in tasks))
    raise UnknownLeadError(value)


def read_state(db: Database, lead_id: str) -> State | None:
    """The state of the listing of a lead; None where there is none yet."""
    query = "SELECT state FROM listing JOIN lead ON lead.listing = listing.id WHERE lead.id = ?"
    row = db.execute(query, [lead_id]).fetchone()
    return State(row[0]) if row else None


def read_checks(db: Database, lead_id: str) -> list[Check]:
    """What is known of each item, in their order; of some nothing is."""
    rows = db.query("SELECT * FROM lead_check WHERE lead = ?", [lead_id])
    known = {
        row["item"]: Check(
            Item(row["item"]), Mark(row["mark"]), _date(row["done_on"]), row["actor"]
        )
        for row in rows
    }
    return [known.get(item, Check(item)) for item in Item]


def read_notes(db: Database, lead_id: str) -> list[Note]:
    """The visits and talks, the newest first, those that were removed among them."""
    rows = db.query(
        "SELECT * FROM lead_note WHERE lead = ? ORDER BY written_on DESC, id DESC", [lead_id]
    )
    return [
        Note(
            row["id"], NoteKind(row["kind"]), dt.date.fromisoformat(row["written_on"]),
            unseal(db, row["sealed"]), row["actor"], bool(row["is_removed"]),
        )
        for row in rows
    ]  # fmt: skip


def read_steps(db: Database, lead_id: str) -> Iterator[Step]:
    """The steps of a lead, the newest first."""
    rows = db.query("SELECT * FROM lead_step WHERE lead = ? ORDER BY id DESC", [lead_id])
    for row in rows:
        before, after = Stage(row["before"]), Stage(row["after"])
        reason = unseal(db, row["reason"])
        yield Step(row["id"], before, after, reason, row["actor"], row["at"])


# -- writing: each function is one step of a use case, inside the caller's transaction


def insert_lead(
    db: Database,
    body: Lead,
    listing: str | None = None,
    form_key: str | None = None,
    consent: str | None = None,
    consent_on: dt.date | None = None,
) -> str:
    """Keep a new lead and return its id."""
    lead_id = new_id()
    db.table("lead").insert(
        _columns(db, body)
        | {
            "id": lead_id,
            "listing": listing,
            "stage": str(Stage.FOUND),
            "consent": consent,
            "consent_on": consent_on and consent_on.isoformat(),
            "mail_confirmed_on": None,
            "form_key": form_key,
            "made_at": now(),
        }
    )
    return lead_id


def update_lead(db: Database, lead_id: str, body: Lead) -> None:
    """Replace what is said of a lead."""
    db.table("lead").update(lead_id, _columns(db, body))


def set_stage(
    db: Database, lead_id: str, before: Stage, after: Stage, reason: str, actor: str
) -> None:
    """Put a lead at a stage of its own, and keep the step."""
    db.table("lead").update(lead_id, {"stage": str(after)})
    db.execute(
        "INSERT INTO lead_step (lead, before, after, reason, actor, at) VALUES (?, ?, ?, ?, ?, ?)",
        [lead_id, before, after, seal(db, reason), actor, now()],
    )


def set_listing(db: Database, lead_id: str, listing_id: str) -> None:
    """Note which listing came of a lead."""
    db.table("lead").update(lead_id, {"listing": listing_id})


def set_mail_confirmed(db: Database, lead_id: str, day: dt.date) -> None:
    """Note the JST date on which somebody answered the mail."""
    db.table("lead").update(lead_id, {"mail_confirmed_on": day.isoformat()})


def set_check(db: Database, lead_id: str, check: Check) -> None:
    """Note what is known of an item."""
    row = {
        "lead": lead_id,
        "item": str(check.item),
        "mark": str(check.mark),
        "done_on": check.done_on and check.done_on.isoformat(),
        "actor": check.actor,
    }
    db.table("lead_check").upsert(row, pk=("lead", "item"))


def insert_note(
    db: Database, lead_id: str, kind: NoteKind, written_on: dt.date, text: str, actor: str
) -> None:
    """Keep a note."""
    db.execute(
        "INSERT INTO lead_note (lead, kind, written_on, sealed, actor) VALUES (?, ?, ?, ?, ?)",
        [lead_id, kind, written_on.isoformat(), seal(db, text), actor],
    )


def set_note_removed(db: Database, lead_id: str, note_id: int, is_removed: bool) -> bool:
    """Strike a note out, or bring it back; whether there is such a note."""
    query = "UPDATE lead_note SET is_removed = ? WHERE id = ? AND lead = ? RETURNING id"
    return db.execute(query, [is_removed, note_id, lead_id]).fetchone() is not None


def insert_task(
    db: Database, lead_id: str, text: str, owner: int | None, due_on: dt.date | None
) -> None:
    """Keep a task."""
    db.execute(
        "INSERT INTO lead_task (lead, sealed, owner, due_on) VALUES (?, ?, ?, ?)",
        [lead_id, seal(db, text), owner, due_on and due_on.isoformat()],
    )


def update_task(
    db: Database, lead_id: str, task_id: int, text: str, owner: int | None, due_on: dt.date | None
) -> bool:
    """Keep a task in place of what it was; whether there is such a task."""
    query = (
        "UPDATE lead_task SET sealed = ?, owner = ?, due_on = ? WHERE id = ? AND lead = ?"
        " RETURNING id"
    )
    values = [seal(db, text), owner, due_on and due_on.isoformat(), task_id, lead_id]
    return db.execute(query, values).fetchone() is not None


def set_task_done(db: Database, lead_id: str, task_id: int, day: dt.date | None) -> bool:
    """Note on which JST date a task was done, or that it is not; whether there is such a task."""
    query = "UPDATE lead_task SET done_on = ? WHERE id = ? AND lead = ? RETURNING id"
    done_on = day and day.isoformat()
    return db.execute(query, [done_on, task_id, lead_id]).fetchone() is not None


def _columns(db: Database, body: Lead) -> dict[str, Any]:
    content = {
        "place": body.place,
        "source": body.source,
        "people": [asdict(person) for person in body.people],
    }
    return {
        "name": body.name,
        "kind": str(body.kind),
        "municipality": body.municipality,
        "network": body.network,
        "school_district": body.school_district,
        "sealed": seal(db, json.dumps(content, ensure_ascii=False)),
        "owner": body.owner,
    }


def _lead(db: Database, row: dict[str, Any], tasks: tuple[Task, ...]) -> StoredLead:
    content = json.loads(unseal(db, row["sealed"]))
    names = ("name", "municipality", "network", "school_district", "owner")
    body = Lead(
        kind=Kind(row["kind"]),
        place=content["place"],
        source=content["source"],
        people=tuple(Person(**person) for person in content["people"]),
        **{name: row[name] for name in names},
    )
    own = Stage(row["stage"])
    state = State(row["listing_state"]) if row["listing_state"] else None
    return StoredLead(
        row["id"], body, stage_of(own, state), own, row["listing"], row["consent"] or "",
        _date(row["consent_on"]), _date(row["mail_confirmed_on"]), tasks,
    )  # fmt: skip


def _task(db: Database, row: dict[str, Any]) -> Task:
    text = unseal(db, row["sealed"])
    return Task(row["id"], text, row["owner"], _date(row["due_on"]), _date(row["done_on"]))


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
