"""The demo ward: made-up places in the real geography of 西東京市, marked as such on every page.

Every place, organization, telephone number and web address in the JSON files is invented; so are
the schools, the school districts and the outlines of `ground`.
"""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from ibasho.data.accounts import Role, Scope, add_account, set_scope
from ibasho.data.database import Database, transaction
from ibasho.data.demo.calendar import keep_articles, keep_events, keep_networks
from ibasho.data.demo.facts import ACTOR, MUNICIPALITY, WRITTEN_ON, read_bodies
from ibasho.data.demo.ground import keep_ground
from ibasho.data.demo.leads import keep_leads
from ibasho.data.demo.pictures import keep_pictures
from ibasho.data.demo.said import keep_said
from ibasho.data.demo.together import keep_together
from ibasho.data.listings import (
    AddressVisibility,
    CostOption,
    Email,
    Fact,
    Kind,
    Listing,
    Phone,
    PositionSource,
    State,
    Translation,
    edit,
    locate,
    pin,
)
from ibasho.data.listings.store import count_states, read_all_public
from ibasho.data.schedule import read_phrase

_TEXTS = {
    "alternate_name": "kana",
    "organization": "organization",
    "description": "description",
    "schedule_text": "schedule",
    "fees_description": "fees",
    "eligibility_description": "who",
    "application_process": "booking",
    "capacity": "capacity",
    "url": "url",
    "school_district": "school_district",
    "network": "network",
    "note": "note",
    "assured_by": "assured_by",
}


_ORGANIZATION = "まるいお皿の会"  # whose places the made-up provider looks after


class NotEmptyError(Exception):
    """The directory holds something already; the demo is made in an empty one only."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo with its password, which is told once and kept nowhere."""

    email: str
    role: Role
    password: str


def make_demo(db: Database, today: dt.date) -> tuple[int, list[DemoAccount]]:
    """Fill an empty directory with the demo ward; return how many listings, and its accounts.

    All or nothing. `today` is the JST date that the freshness of the listings is counted from.
    Raises NotEmptyError and changes nothing where there are listings.
    """
    bodies = read_bodies("listings.json")
    accounts = [
        DemoAccount(f"{role}@demo.example", role, _password())
        for role in (Role.COORDINATOR, Role.SCHOOL, Role.PROVIDER, Role.ADMIN)
    ]
    with transaction(db):
        if count_states(db):
            raise NotEmptyError
        db.execute("INSERT INTO site (name, value) VALUES ('demo', 'yes')")
        keep_ground(db, MUNICIPALITY)
        for body in bodies:
            _keep(db, body, today)
        keep_events(db, today)
        keep_networks(db)
        keep_together(db, today)
        keep_articles(db, today)
        keep_pictures(db)
        made = {one.role: add_account(db, one.email, one.role, one.password) for one in accounts}
        own = {one.id for one in read_all_public(db) if one.organization == _ORGANIZATION}
        set_scope(db, made[Role.PROVIDER].id, Scope(listings=frozenset(own)), ACTOR)
        keep_leads(db, today, made[Role.COORDINATOR].id)
    return len(bodies), accounts


def is_demo(db: Database) -> bool:
    """Whether this directory holds the made-up ward."""
    query = "SELECT EXISTS (SELECT 1 FROM site WHERE name = 'demo')"
    return bool(db.execute(query).fetchone()[0])


def _keep(db: Database, body: dict[str, Any], today: dt.date) -> None:
    revision = edit.propose_listing(db, _listing(body, today), ACTOR)
    state = State(body.get("state", State.PUBLISHED))
    if state is State.IN_REVIEW:
        return
    listing = edit.approve_revision(db, revision, ACTOR)
    if state is not State.PUBLISHED:
        edit.change_state(db, listing, state, ACTOR, body.get("reason", ""))
    keep_said(db, listing, body)


def _listing(body: dict[str, Any], today: dt.date) -> Listing:
    visibility = AddressVisibility(body.get("visibility", AddressVisibility.EXACT))
    point = pin(body["pin"][0], body["pin"][1], PositionSource.PERSON) if "pin" in body else None
    assured = body.get("assured")
    texts: dict[str, Any] = {field: body.get(key, "") for field, key in _TEXTS.items()}
    return Listing(
        kind=Kind(body["kind"]),
        name=body["name"],
        location=locate(
            MUNICIPALITY, body.get("address", ""), body.get("building", ""), visibility, point
        ),
        schedule=read_phrase(body.get("schedule", "")),
        costs=(
            *(CostOption(group, yen) for group, yen in body.get("costs", {}).items()),
            *(CostOption(term, yen, about) for term, yen, about in body.get("terms", ())),
        ),
        minimum_age=body.get("min_age"),
        maximum_age=body.get("max_age"),
        phones=tuple(Phone(number, about) for number, about in body.get("phones", ())),
        emails=tuple(Email(address) for address in body.get("emails", ())),
        food_pantry=body.get("food_pantry"),
        takeaway=body.get("takeaway"),
        facts=tuple(map(Fact, body.get("facts", ()))),
        translations=tuple(
            Translation(language, **said) for language, said in body.get("translations", {}).items()
        ),
        assured_date=assured and dt.date.fromisoformat(assured) + (today - WRITTEN_ON),
        **texts,
    )


def _password() -> str:
    return "-".join(secrets.token_hex(2) for _ in range(4))
