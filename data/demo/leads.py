"""The demo ward's possible providers, in every stage of their way; dates move along."""

import datetime as dt
from typing import Any

from ibasho.data.database import Database
from ibasho.data.demo.facts import ACTOR, MUNICIPALITY, read_bodies
from ibasho.data.listings import Kind, Listing, State, edit, locate, store
from ibasho.data.pipeline import (
    PROVIDER,
    Item,
    Lead,
    Mark,
    NoteKind,
    Person,
    Stage,
    add_lead,
    add_note,
    add_task,
    make_listing,
    move_lead,
    set_check,
)
from ibasho.data.pipeline.store import set_listing
from ibasho.data.schedule import read_phrase

_TEXTS = ("network", "school_district", "source")


def keep_leads(db: Database, today: dt.date, owner: int) -> None:
    """Keep the leads about a JST date, some of them for an account; in the caller's transaction."""
    for body in read_bodies("leads.json"):
        _keep(db, body, today, owner if body.get("owner") else None)


def _keep(db: Database, body: dict[str, Any], today: dt.date, owner: int | None) -> None:
    listing = _listing(db, body["listing"]) if "listing" in body else None
    known = listing[1] if listing else None
    lead = Lead(
        kind=known.kind if known else Kind(body["kind"]),
        name=known.name if known else body["name"],
        municipality=MUNICIPALITY,
        place=known.location.address if known else body["place"],
        people=tuple(Person(*one) for one in body.get("people", ())),
        owner=owner,
        **{name: str(body.get(name) or getattr(known, name, "")) for name in _TEXTS},
    )
    lead_id = add_lead(db, lead, ACTOR)
    for kind, days, text in body.get("notes", ()):
        add_note(db, lead_id, NoteKind(kind), _day(today, days), text, ACTOR)
    for item, mark, days in body.get("checks", ()):
        on = None if days is None else _day(today, days)
        set_check(db, lead_id, Item(item), Mark(mark), on, today, ACTOR)
    for text, days in body.get("tasks", ()):
        add_task(db, lead_id, text, owner, _day(today, days), ACTOR)
    if listing:
        set_listing(db, lead_id, listing[0])
    if "returned" in body:
        _return(db, lead_id, lead, body)
    if "stage" in body and body["stage"] != Stage.VISITED:  # a visit is a step of its own
        move_lead(db, lead_id, Stage(body["stage"]), ACTOR, body.get("reason", ""))


def _listing(db: Database, name: str) -> tuple[str, Listing]:
    """A listing of the demo by its name, or the one that waits for its first decision."""
    if name == State.IN_REVIEW:
        [revision] = store.read_waiting(db)
        return revision.listing_id, revision.body
    [found] = [
        one.published
        for one in store.read_all_stored(db)
        if one.published and one.published.body.name == name
    ]
    return found.listing_id, found.body


def _return(db: Database, lead_id: str, lead: Lead, body: dict[str, Any]) -> None:
    phrase = body["schedule"]
    listing = Listing(
        lead.kind, lead.name, location=locate(lead.municipality, lead.place),
        schedule=read_phrase(phrase), schedule_text=phrase,
    )  # fmt: skip
    revision = make_listing(db, lead_id, listing, PROVIDER)
    edit.reject_revision(db, revision, ACTOR, body["returned"])


def _day(today: dt.date, days: int) -> dt.date:
    return today + dt.timedelta(days=days)
