"""What an import will do to each listing, decided before anything is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ibasho.data.imports.verdicts import Verdict
from ibasho.data.listings import Listing
from ibasho.data.listings.store import StoredListing
from ibasho.importers.match import Group, Shelf, is_main, said
from ibasho.importers.merge import chosen, filled, join, three_way


@dataclass(slots=True)
class Plan:
    """One listing as it will be: what the source says by part, and what is published of it.

    `outcome` is `created`, `updated` or `unchanged`. `kept` are the fields, with what the source
    says, in which a person's correction stays. `id` is "" until the listing is made.
    """

    group: Group
    parts: dict[str, Listing]
    body: Listing
    outcome: str
    kept: list[tuple[str, str]]
    id: str = ""
    key: str | None = None


def plan_listing(group: Group) -> Plan:
    """What becomes of the listing of which these rows speak."""
    says, stored = group.parts(), group.stored
    if stored is None:
        return Plan(group, says, join(says.values()), "created", [])
    if group.verdict:
        return _plan_chosen(group, stored, group.verdict)
    said_before = [body for part, body in stored.imported.items() if is_main(part)]
    if said_before:
        before = join(said_before)
        says = {
            part: filled(body, before, group.silent) if is_main(part) else body
            for part, body in says.items()
        }
    # A main row stands for all that the main sheet says; the other part stays as it was.
    had = {
        part: body
        for part, body in stored.imported.items()
        if not (is_main(part) and any(map(is_main, says)))
    }
    parts = dict(sorted((had | says).items(), key=lambda item: not is_main(item[0])))
    new = join(parts.values())
    if stored.published is None:
        return Plan(group, parts, new, "updated", [], stored.id)
    # A listing that people have entered keeps every field that they have filled in.
    base = said(stored) or Listing(kind=new.kind, name="")
    body, kept = three_way(base, new, stored.published.body)
    is_same = parts == stored.imported and body == stored.published.body
    return Plan(
        group,
        parts,
        body,
        "unchanged" if is_same else "updated",
        [(name, _shown(new, name)) for name in kept] if stored.imported else [],
        stored.id,
    )


def _plan_chosen(group: Group, stored: StoredListing, verdict: Verdict) -> Plan:
    """What a person chose for a listing that is the place of these rows.

    Rows that say something else than was seen then, or were taken over already, change nothing.
    """
    assert stored.published is not None  # noqa: S101 (no other listing is offered as the same)
    is_due = verdict.run is None and verdict.holds(group.digest, stored.published.id)
    body = stored.published.body
    if is_due:
        body = chosen(body, group.says, verdict.take)
    parts = stored.imported if group.is_foreign else group.parts()
    is_same = parts == stored.imported and body == stored.published.body
    return Plan(group, parts, body, "unchanged" if is_same else "updated", [], stored.id)


def plan_keys(plans: Sequence[Plan], shelf: Shelf) -> list[StoredListing]:
    """Give each plan its source's ID, and return the listings that have to give theirs up.

    An ID is unique within a source. One that a row states goes before one that was known.
    """
    used: set[tuple[int, str]] = set()
    for plan in sorted(own_plans(plans), key=lambda plan: not plan.group.keys):
        source_id, stored = plan.group.source_id, plan.group.stored
        own = stored.source_key if stored and stored.source_id == source_id else None
        stated = plan.group.keys
        key = own if own in stated or not stated else stated[0]
        if key is not None and (source_id, key) not in used:
            used.add((source_id, key))
            plan.key = key
        if stored and plan.outcome == "unchanged" and own != plan.key:
            plan.outcome = "updated"
    released = []
    for plan in own_plans(plans):
        holder = shelf.by_key.get((plan.group.source_id, plan.key or ""))
        if plan.key is not None and holder and holder.id != plan.id:
            released.append(holder)
    return released


def own_plans(plans: Iterable[Plan]) -> Iterator[Plan]:
    """Those of listings for which this source answers, or will."""
    return (plan for plan in plans if not plan.group.is_foreign)


def _shown(body: Listing, name: str) -> str:
    """What the source says in a field, in a few words for the report."""
    match name:
        case "location" | "position":
            return body.location.address
        case "schedule":
            return body.schedule_text
        case "costs":
            return body.fees_description
        case "phones":
            return ", ".join(phone.number for phone in body.phones)
        case "emails":
            return ", ".join(email.address for email in body.emails)
        case _:
            return str(getattr(body, name))
