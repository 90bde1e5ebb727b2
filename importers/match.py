"""Which rows speak of one listing, and which listing that is among those that are kept."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import filterfalse

from ibasho.data.database import Database
from ibasho.data.imports.verdicts import Judgement, Verdict
from ibasho.data.listings import CLOSED_STATES, Listing, State
from ibasho.data.listings.codec import to_text
from ibasho.data.listings.identity import identity_of
from ibasho.data.listings.states import TAKEN_BACK
from ibasho.data.listings.store import StoredListing, read_all_stored
from ibasho.importers.merge import join
from ibasho.importers.report import Ledger
from ibasho.importers.rows import MAIN, Entry


@dataclass(slots=True)
class Group:
    """The rows of one source that speak of one place, and the listing that they speak of.

    `verdict` is what a person has said of these rows and `stored`.
    """

    source_id: int
    identity: str
    entries: list[Entry] = field(default_factory=list)
    stored: StoredListing | None = None
    verdict: Verdict | None = None

    @property
    def source(self) -> str:
        """The name of the source."""
        return self.entries[0].source

    @property
    def says(self) -> Listing:
        """What the rows say, all together."""
        return join(self.parts().values())

    @property
    def digest(self) -> str:
        """What differs as soon as the rows say something else."""
        return hashlib.sha256(to_text(self.says).encode()).hexdigest()

    @property
    def is_foreign(self) -> bool:
        """Whether another source answers for the listing, and these rows only add to it."""
        return self.stored is not None and self.stored.source_id not in (None, self.source_id)

    @property
    def keys(self) -> list[str]:
        """The source's own IDs of this place, the first row's first."""
        return list(dict.fromkeys(entry.key for entry in self.entries if entry.key))

    @property
    def silent(self) -> frozenset[str]:
        """The fields of which none of the rows speaks."""
        return frozenset.intersection(*(entry.silent for entry in self.entries))

    def parts(self) -> dict[str, Listing]:
        """What each part of the publication says, the main one first."""
        found: dict[str, list[Listing]] = defaultdict(list)
        for entry in sorted(self.entries, key=lambda entry: not is_main(entry.part)):
            found[entry.part].append(entry.body)
        return {part: join(bodies) for part, bodies in found.items()}


def is_main(part: str) -> bool:
    """Whether a part of a publication is its main sheet, whatever number it gives a row."""
    return part.partition("/")[0] == MAIN


def identity(body: Listing) -> str:
    """By what two rows are known to speak of one place where no ID says so."""
    where = body.location
    return identity_of(where.municipality, body.name, where.address)


def said(stored: StoredListing) -> Listing | None:
    """What the source said last, all parts together."""
    return join(stored.imported.values()) if stored.imported else None


def identities(stored: StoredListing) -> set[str]:
    """By what a listing is known: as its source says it and as people have corrected it."""
    is_, told = stored.published, said(stored)
    is_ = is_ or (None if told else stored.newest)
    return {identity(body) for body in (is_.body if is_ else None, told) if body}


def _words(known: str) -> tuple[str, str]:
    """An identity without its municipality, and its name alone."""
    _, name, address = known.split("|", 2)
    return f"|{name}|{address}", name


def _is_taken_back(stored: StoredListing) -> bool:
    return stored.state is State.ARCHIVED and stored.state_reason == TAKEN_BACK


class Shelf:
    """Everything that is kept, found by the source's ID and by name and address.

    A listing is found by the name and address of its source as well as by those that a person
    has corrected.
    """

    def __init__(self, db: Database) -> None:
        # Open listings first: of two with one name and address the closed one is a leftover.
        kept = filterfalse(_is_taken_back, read_all_stored(db))
        self.listings = sorted(kept, key=lambda one: one.state in CLOSED_STATES)
        self.by_key: dict[tuple[int | None, str], StoredListing] = {}
        self.by_identity: dict[tuple[int | None, str], list[StoredListing]] = defaultdict(list)
        self.closed: dict[str, StoredListing] = {}
        self.by_words: dict[tuple[int | None, str], list[StoredListing]] = defaultdict(list)
        self._by_number: dict[tuple[int | None, str], StoredListing] = {}
        for stored in self.listings:
            for part in stored.imported:
                if number := part.partition("/")[2]:
                    self._by_number.setdefault((stored.source_id, number), stored)
            if stored.source_key is not None:
                self.by_key[stored.source_id, stored.source_key] = stored
            for known in identities(stored):
                self.by_identity[stored.source_id, known].append(stored)
                if stored.state is State.DO_NOT_LIST:
                    self.closed[known] = stored
                elif stored.state in CLOSED_STATES:
                    self.closed.setdefault(known, stored)
            for words in {words for known in identities(stored) for words in _words(known)}:
                self.by_words[stored.source_id, words].append(stored)

    def main_of(self, source_id: int | None, number: str) -> StoredListing | None:
        """The listing of a source to which a tsuika sheet refers by this number."""
        place = source_id, number
        return self._by_number.get(place) or self.by_key.get(place)


def without_shared_ids(entries: Iterable[Entry], ledger: Ledger) -> list[Entry]:
    """The entries, without an ID that two different places of one source have; reports those."""
    entries = list(entries)
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in entries:
        places[entry.source, entry.key].add(identity(entry.body))
    found = []
    for entry in entries:
        if entry.key and len(places[entry.source, entry.key]) > 1:
            reason = "the ID is not unique; the row goes by its name and address"
            ledger.problem(entry.file, entry.row, "ID", entry.key, reason)
            entry = replace(entry, key="")
        found.append(entry)
    return found


def grouped(entries: Iterable[Entry], source_ids: Mapping[str, int]) -> list[Group]:
    """The entries by source, name and address, in the order of their first row."""
    groups: dict[tuple[int, str], Group] = {}
    for entry in entries:
        place = source_ids[entry.source], identity(entry.body)
        groups.setdefault(place, Group(*place)).entries.append(entry)
    return list(groups.values())


def find_stored(groups: Sequence[Group], shelf: Shelf) -> None:
    """Find for each group its listing, if it has one already; each listing is found once.

    Name and address go before an ID that has moved to another row, as where a list is numbered
    anew; an ID alone still finds a place that has changed its name or its address.
    """
    taken: set[str] = set()
    for candidates in (_by_both, _by_identity, _by_key, _by_words, _by_hand):
        for group in groups:
            if group.stored is None:
                free = (stored for stored in candidates(group, shelf) if stored.id not in taken)
                group.stored = next(free, None)
                if group.stored:
                    taken.add(group.stored.id)


def follow_verdicts(
    groups: Sequence[Group], verdicts: Mapping[tuple[str, str], Sequence[Verdict]], shelf: Shelf
) -> None:
    """Find the listing of a group that is still without one where a person has named it."""
    taken = {group.stored.id for group in groups if group.stored}
    open_ = {one.id: one for one in shelf.listings if one.state not in CLOSED_STATES}
    for group in groups:
        if group.stored is None:
            for verdict in verdicts.get((group.source, group.identity), ()):
                stored = open_.get(verdict.other)
                if verdict.judgement is Judgement.NOTHING:
                    group.verdict = verdict
                elif (
                    verdict.judgement is Judgement.SAME
                    and stored
                    and stored.published
                    and stored.id not in taken
                ):
                    group.verdict, group.stored = verdict, stored
                    taken.add(stored.id)
                    break


def _by_both(group: Group, shelf: Shelf) -> list[StoredListing]:
    return [found for found in _by_identity(group, shelf) if found.source_key in group.keys]


def _by_identity(group: Group, shelf: Shelf) -> list[StoredListing]:
    return shelf.by_identity.get((group.source_id, group.identity), [])


def _by_key(group: Group, shelf: Shelf) -> list[StoredListing]:
    places = ((group.source_id, key) for key in group.keys)
    return [shelf.by_key[place] for place in places if place in shelf.by_key]


def _by_words(group: Group, shelf: Shelf) -> list[StoredListing]:
    """The only one that fits where the rows do not say in which city, or nothing of where."""
    words, name = _words(group.identity)
    if "location" in group.silent:
        found = shelf.by_words.get((group.source_id, name), [])
    elif words == group.identity:
        found = shelf.by_words.get((group.source_id, words), [])
    else:
        found = []
    return found if len(found) == 1 else []


def _by_hand(group: Group, shelf: Shelf) -> list[StoredListing]:
    """Those that people have entered: a source that names them from now on is theirs too."""
    kind = group.entries[0].body.kind
    return [
        stored
        for stored in shelf.by_identity.get((None, group.identity), [])
        if stored.published and stored.published.body.kind is kind
    ]
