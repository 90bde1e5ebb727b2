"""Rows beside the listings that they may be, for a person to compare and decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ibasho.data.database import Database
from ibasho.data.imports.verdicts import Judgement, Verdict
from ibasho.data.listings import CLOSED_STATES, Listing, store
from ibasho.data.listings.store import StoredListing
from ibasho.importers.duplicates import Neighbours
from ibasho.importers.match import Group, Shelf
from ibasho.importers.plan import Plan

Verdicts = Mapping[tuple[str, str], Sequence[Verdict]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Rows of one place, and what they resemble: a listing, or another row of the same files.

    `other` names that one for a verdict; `body` is its wording. `stored` is the listing where it
    is one of before. `verdict` is what people have said of the two.
    """

    group: Group
    is_new: bool
    other: str
    listing_id: str
    body: Listing
    stored: StoredListing | None
    why: str
    verdict: Verdict | None

    @property
    def is_told(self) -> bool:
        """Whether nobody has said yet what the two are to each other."""
        return self.verdict is None

    @property
    def is_open(self) -> bool:
        """Whether a person has to decide: a new listing, or a row that has changed since."""
        if self.verdict is None:
            return self.is_new
        is_same = self.verdict.judgement is Judgement.SAME
        return is_same and not self.verdict.holds(self.group.digest, self.revision)

    @property
    def is_done(self) -> bool:
        """Whether an earlier import has taken over already what was chosen."""
        return not self.is_open and self.verdict is not None and self.verdict.run is not None

    @property
    def revision(self) -> int | None:
        """The public wording of the listing."""
        return self.stored.published.id if self.stored and self.stored.published else None

    @property
    def can_merge(self) -> bool:
        """Whether the row can be taken over into the other: a listing with a public wording."""
        stored = self.stored
        return bool(stored and stored.published and stored.state not in CLOSED_STATES)


def pairs_of(
    db: Database, groups: Sequence[Group], plans: Sequence[Plan], shelf: Shelf, verdicts: Verdicts
) -> list[Pair]:
    """What resembles each other, in the order of the rows."""
    kept = {stored.id: stored for stored in shelf.listings}
    waiting = {revision.listing_id: revision.body for revision in store.read_waiting(db)}
    decided = [pair for group in groups if (pair := _decided(group, kept, waiting))]
    return [*decided, *_alike(plans, kept, waiting, verdicts)]


def _decided(
    group: Group, kept: Mapping[str, StoredListing], waiting: Mapping[str, Listing]
) -> Pair | None:
    """The pair of which a person has said that both are one place."""
    verdict = group.verdict
    stored = kept.get(verdict.other) if verdict else None
    if verdict is None:
        return None
    body = _body(stored, waiting) if stored else group.says
    other = verdict.other
    return Pair(group, False, other, other, body or group.says, stored, verdict.why, verdict)


def _alike(
    plans: Sequence[Plan],
    kept: Mapping[str, StoredListing],
    waiting: Mapping[str, Listing],
    verdicts: Verdicts,
) -> list[Pair]:
    imported = {plan.id: plan for plan in plans}
    neighbours, found = Neighbours(by_phone=True), list[Pair]()
    for known in kept.values():
        if known.id not in imported and (said_there := _body(known, waiting)):
            neighbours.add(known.id, said_there)
    stored: StoredListing | None
    for plan in plans:
        group = plan.group
        said = {one.other: one for one in verdicts.get((group.source, group.identity), ())}
        for id_, why in neighbours.like(plan.id, plan.body):
            row = imported.get(id_)
            if row:
                # By what it says, for the listing of the other row may still have to be made.
                other, stored, body = f"row:{row.group.identity}", None, row.body
            else:
                other, stored = id_, kept[id_]
                body = _body(stored, waiting) or plan.body
            if id_ in kept and kept[id_].state in CLOSED_STATES:
                why = f"{why}, {kept[id_].state}"
            is_new = group.stored is None
            found.append(Pair(group, is_new, other, id_, body, stored, why, said.get(other)))
        neighbours.add(plan.id, plan.body)
    return found


def _body(stored: StoredListing, waiting: Mapping[str, Listing]) -> Listing | None:
    return stored.published.body if stored.published else waiting.get(stored.id)
