"""Who belongs to a network: the listings that name it, and partners without a listing.

Who may be written to or called for a member is sealed, and forgotten thirty days after it was
taken out, or its member: every change of the members does that, and the start of the site.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.listings import PUBLIC_STATES, Kind, Listing, State, edit, store, to_public
from ibasho.data.networks.rows import insert_row, seal_values, unseal_values
from ibasho.data.networks.store import network_ids, read_network
from ibasho.data.record import write_record

_KEPT = dt.timedelta(days=30)


class PartnerKind(StrEnum):
    """What sort of organization a partner is."""

    SUPPORTER = "supporter"
    COMPANY = "company"
    COUNCIL = "council"
    """社会福祉協議会."""
    OFFICE = "office"
    SCHOOL = "school"
    OTHER = "other"


class UnknownMemberError(LookupError):
    """There is no such member, or person, in this network."""


class NotChangeableError(Exception):
    """The listing is not public, or a wording of it waits: its own page is the way."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to write to or call for a member; `id` is None for what the listing itself says."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A listing (with its `state` and `body`) or a partner (with its `kind`) of a network.

    `key` is `listing:` or `partner:` and the id. `people` are its contact persons.
    """

    key: str
    name: str
    people: tuple[Person, ...]
    state: State | None = None
    body: Listing | None = None
    kind: PartnerKind | None = None

    @property
    def id(self) -> str:
        """The id of the listing or partner."""
        return self.key.partition(":")[2]

    @property
    def is_provider(self) -> bool:
        """Whether it does something itself; an opening for volunteers of another does not."""
        return self.body is None or self.body.kind is not Kind.VOLUNTEER_OPPORTUNITY

    @property
    def contacts(self) -> tuple[Person, ...]:
        """Its contact persons; without any, what the listing says in public of how to reach it."""
        if self.people or self.body is None:
            return self.people
        public = to_public(self.id, self.body)
        phone = public.phones[0].value if public.phones else ""
        email = public.emails[0].value if public.emails else ""
        return (Person(self.name, phone=phone, email=email),) if phone or email else ()


def read_members(db: Database, network_id: int) -> list[Member]:
    """The members: listings in any state but archived by name, then partners by name."""
    people = _people(db, network_id)
    found = []
    for stored in store.read_of_network(db, read_network(db, network_id).name):
        newest = stored.published or edit.newest_revision(db, stored.id)
        key, body = f"listing:{stored.id}", newest.body if newest else None
        name = body.name if body else stored.id
        found.append(Member(key, name, people.get(key, ()), stored.state, body))
    found.sort(key=lambda member: member.name)
    rows = db.query(
        "SELECT * FROM network_partner WHERE network = ? AND removed_at IS NULL ORDER BY name, id",
        [network_id],
    )
    for row in rows:
        key = f"partner:{row['id']}"
        kind = PartnerKind(row["kind"])
        found.append(Member(key, row["name"], people.get(key, ()), kind=kind))
    return found


def add_member(db: Database, network_id: int, listing_id: str, actor: str) -> int:
    """Let a listing name this network, by a revision that is approved at once; its number.

    Raises NotChangeableError and UnknownListingError.
    """
    name = read_network(db, network_id).name
    return _rename(db, network_id, listing_id, name, actor, "add_member")


def remove_member(db: Database, network_id: int, listing_id: str, actor: str) -> int:
    """Let a listing name no network. Raises UnknownMemberError, else as adding does."""
    published = store.read_stored(db, listing_id).published
    if published is None or published.body.network != read_network(db, network_id).name:
        raise UnknownMemberError(listing_id)
    return _rename(db, network_id, listing_id, "", actor, "remove_member")


def network_before(db: Database, network_id: int, revision_id: int) -> str:
    """What network a listing named until a revision took it into this one, or out of it.

    Raises UnknownMemberError for a revision that did something else, NotChangeableError for one
    that is not public any more, and UnknownListingError.
    """
    revision = store.read_revision(db, revision_id)
    if revision.based_on is None:
        raise UnknownMemberError(str(revision_id))
    before = store.read_revision(db, revision.based_on).body
    is_of_it = read_network(db, network_id).name in {before.network, revision.body.network}
    if not is_of_it or replace(before, network=revision.body.network) != revision.body:
        raise UnknownMemberError(str(revision_id))
    published = store.read_stored(db, revision.listing_id).published
    if published is None or published.id != revision_id:
        raise NotChangeableError(revision.listing_id)
    return before.network


def undo_member(db: Database, network_id: int, revision_id: int, actor: str) -> None:
    """Let a listing name the network that it named before a revision took it in or out.

    Raises as `network_before` and `add_member` do.
    """
    with transaction(db):
        name = network_before(db, network_id, revision_id)
        listing_id = store.read_revision(db, revision_id).listing_id
        _rename(db, network_id, listing_id, name, actor, "undo_member")


def _rename(
    db: Database, network_id: int, listing_id: str, name: str, actor: str, action: str
) -> int:
    with transaction(db):
        stored = store.read_stored(db, listing_id)
        published = stored.published
        waits = bool(store.read_waiting(db, listing_id))
        if published is None or stored.state not in PUBLIC_STATES or waits:
            raise NotChangeableError(listing_id)
        body = replace(published.body, network=name)
        revision = edit.propose_change(db, listing_id, body, actor, published.id)
        edit.approve_revision(db, revision, actor)
        forget_people(db)
        write_record(db, actor, action, f"network:{network_id}", listing_id)
    return revision


def add_partner(db: Database, network_id: int, kind: PartnerKind, name: str, actor: str) -> int:
    """Take an organization without a listing in; its id."""
    with transaction(db):
        forget_people(db)
        values = {"network": network_id, "kind": str(kind), "name": name}
        partner_id = insert_row(db, "network_partner", values)
        write_record(db, actor, "add_partner", f"network:{network_id}", str(partner_id))
    return partner_id


def move_partner(
    db: Database, network_id: int, partner_id: int, is_member: bool, actor: str
) -> None:
    """Take a partner out, or back in. Raises UnknownMemberError."""
    action = "add_partner" if is_member else "remove_partner"
    _move(db, "network_partner", network_id, partner_id, is_member, action, actor)


def add_person(db: Database, network_id: int, key: str, person: Person, actor: str) -> int:
    """Keep whom to write to or call for a member. Raises UnknownMemberError."""
    if key not in {member.key for member in read_members(db, network_id)}:
        raise UnknownMemberError(key)
    sort, _, member_id = key.partition(":")
    values = asdict(person)
    del values["id"]
    with transaction(db):
        forget_people(db)
        row = {"network": network_id, sort: member_id, "sealed": seal_values(db, values)}
        person_id = insert_row(db, "network_person", row)
        write_record(db, actor, "add_person", f"network:{network_id}", str(person_id))
    return person_id


def move_person(db: Database, network_id: int, person_id: int, is_known: bool, actor: str) -> None:
    """Take a contact person out, or back in within thirty days. Raises UnknownMemberError."""
    action = "add_person" if is_known else "remove_person"
    _move(db, "network_person", network_id, person_id, is_known, action, actor)


def forget_people(db: Database) -> None:
    """Forget the contact persons that were taken out, or whose member was, thirty days ago.

    Those of a listing that has left the network, by whatever way, are taken out with it, and come
    back with it.
    """
    with transaction(db):
        for name, network_id in network_ids(db).items():
            known = json.dumps([stored.id for stored in store.read_of_network(db, name)])
            values = {"network": network_id, "known": known, "now": now()}
            db.execute(
                "UPDATE network_person SET removed_at = :now WHERE network = :network"
                " AND removed_at IS NULL AND listing IS NOT NULL"
                " AND listing NOT IN (SELECT value FROM json_each(:known))",
                values,
            )
            # whoever was taken out alone is on record for it
            db.execute(
                "UPDATE network_person SET removed_at = NULL WHERE network = :network"
                " AND removed_at IS NOT NULL AND listing IN (SELECT value FROM json_each(:known))"
                " AND NOT EXISTS (SELECT 1 FROM record WHERE subject = 'network:' || network"
                " AND action = 'remove_person' AND detail = CAST(network_person.id AS TEXT)"
                " AND at >= removed_at)",
                values,
            )
        db.execute(
            "DELETE FROM network_person WHERE removed_at < :before OR partner IN"
            " (SELECT id FROM network_partner WHERE removed_at < :before)",
            {"before": now(-_KEPT)},
        )


def recipients(members: Iterable[Member]) -> tuple[list[tuple[Member, Person]], list[Member]]:
    """Who can be written to, each mail address once; and the members of whom nobody can."""
    reached: dict[str, tuple[Member, Person]] = {}
    silent = []
    for member in members:
        with_mail = [person for person in member.contacts if person.email]
        for person in with_mail:
            reached.setdefault(person.email.casefold(), (member, person))
        if not with_mail:
            silent.append(member)
    return list(reached.values()), silent


def _move(
    db: Database, table: str, network_id: int, one: int, is_in: bool, action: str, actor: str
) -> None:
    with transaction(db):
        forget_people(db)
        row = db.execute(
            f"UPDATE {table} SET removed_at = ? WHERE id = ? AND network = ? RETURNING id",  # noqa: S608 (our names)
            [None if is_in else now(), one, network_id],
        ).fetchone()
        if row is None:
            raise UnknownMemberError(str(one))
        write_record(db, actor, action, f"network:{network_id}", str(one))


def _people(db: Database, network_id: int) -> dict[str, tuple[Person, ...]]:
    """The contact persons of a network, by the key of their member."""
    found: dict[str, tuple[Person, ...]] = {}
    rows = db.query(
        "SELECT * FROM network_person WHERE network = ? AND removed_at IS NULL ORDER BY id",
        [network_id],
    )
    for row in rows:
        key = f"listing:{row['listing']}" if row["listing"] else f"partner:{row['partner']}"
        person = Person(**unseal_values(db, row["sealed"]), id=row["id"])
        found[key] = (*found.get(key, ()), person)
    return found
