"""The import itself: files in, listings out, everything in one transaction or nothing."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ibasho.data.addresses import Geocode
from ibasho.data.database import Database, transaction
from ibasho.data.demo import is_demo
from ibasho.data.geocode import geocode
from ibasho.data.imports.verdicts import Judgement, read_verdicts
from ibasho.data.listings import CLOSED_STATES, State, refined, sources, store
from ibasho.data.record import write_record
from ibasho.importers.guard import Guard
from ibasho.importers.match import (
    Group,
    Shelf,
    find_stored,
    follow_verdicts,
    grouped,
    identities,
    without_shared_ids,
)
from ibasho.importers.pairs import Pair, pairs_of
from ibasho.importers.plan import Plan, own_plans, plan_keys, plan_listing
from ibasho.importers.reading import Batch, read_batch
from ibasho.importers.report import (
    Duplicate,
    ImportOptions,
    ImportRefusedError,
    ImportReport,
    Ledger,
)
from ibasho.importers.tables import NamedFile, read_file
from ibasho.importers.tsuika import complete, with_source


@dataclass(frozen=True, slots=True)
class Outcome:
    """An import with what it was made from: what becomes of each listing, and what resembles."""

    report: ImportReport
    plans: tuple[Plan, ...]
    pairs: tuple[Pair, ...]


class _DryRunError(Exception):
    """Takes back what a dry run has written."""


def import_files(
    db: Database,
    files: Sequence[Path],
    options: ImportOptions,
    today: dt.date,
    actor: str = "command-line",
    progress: Callable[[int, int], None] | None = None,
    find: Geocode = geocode,
) -> ImportReport:
    """Publish what the files say, and tell what became of every row.

    What people have said at the desk of rows and listings that resemble each other is kept to.
    `find` may know blocks: then what is new or changed, and public, lies as near as that.
    `today` is the JST date that listings show as that of the list; it moves on only with a file
    in which something is new. The same files again change nothing. `progress` is called with what
    is done and what there is to do. Raises ImportRefusedError, and then nothing has changed.
    """
    read = [read_file(path) for path in files]
    return run_import(db, read, options, today, actor, progress, find).report


def run_import(
    db: Database,
    files: Sequence[NamedFile],
    options: ImportOptions,
    today: dt.date,
    actor: str,
    progress: Callable[[int, int], None] | None = None,
    find: Geocode = geocode,
) -> Outcome:
    """What `import_files` does, and with the report also what it was made from."""
    if is_demo(db):
        raise ImportRefusedError(
            "This is the demo ward, whose places are made up; real ones must not be mixed in."
            " Import into another directory with --data-dir."
        )
    ledger = Ledger(strict=options.strict, progress=progress)
    batch = read_batch(files, options, ledger)
    plans, pairs = list[Plan](), list[Pair]()
    try:
        with transaction(db):
            plans, pairs = _keep(db, batch, options, today, actor, find, ledger)
            if options.dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    report = ledger.report(batch.format, several_files=len(files) > 1)
    return Outcome(report, tuple(plans), tuple(pairs))


def _keep(
    db: Database,
    batch: Batch,
    options: ImportOptions,
    today: dt.date,
    actor: str,
    find: Geocode,
    ledger: Ledger,
) -> tuple[list[Plan], list[Pair]]:
    for name in dict.fromkeys(entry.source for entry in batch.entries):
        sources.keep_source(db, name, options.licence)
    source_ids, shelf = sources.read_sources(db), Shelf(db)
    mains = without_shared_ids(batch.entries, ledger)
    sheets = [with_source(sheet, shelf, source_ids) for sheet in batch.further]
    further = complete(sheets, mains, source_ids, shelf, ledger)
    groups = grouped([*mains, *further], source_ids)
    find_stored(groups, shelf)
    verdicts = read_verdicts(db)
    follow_verdicts(groups, verdicts, shelf)
    guard = Guard(db, shelf)
    plans = [
        plan_listing(group)
        for group in _without_closed(groups, shelf, guard, ledger)
        if not _is_left_out(group, ledger)
    ]
    _hide_what_is_hidden(plans, guard, ledger)
    for plan in plans:
        if plan.outcome != "unchanged":
            plan.body = replace(plan.body, location=refined(plan.body.location, find))
    for released in plan_keys(plans, shelf):
        store.set_source(db, released.id, released.source_id, None)
    # A file in which anything is new is a new edition: all that it names is on its date's list.
    editions = {plan.group.source_id for plan in own_plans(plans) if plan.outcome != "unchanged"}
    for plan in plans:
        _write(db, plan, today, actor, is_new=plan.group.source_id in editions)
        _count(plan, ledger)
    pairs = pairs_of(db, groups, plans, shelf, verdicts)
    for pair in pairs:
        if pair.is_told:
            first = pair.group.entries[0]
            ledger.duplicates.append(Duplicate(first.file, first.row, pair.listing_id, pair.why))
    return plans, pairs


def _is_left_out(group: Group, ledger: Ledger) -> bool:
    """Whether a person has said that nothing of these rows is to be taken over."""
    if group.verdict is None or group.verdict.judgement is not Judgement.NOTHING:
        return False
    for entry in group.entries:
        reason = "is a place that is there already; nothing was taken over"
        ledger.leave(entry.file, entry.row, "name", entry.body.name, reason)
    return True


def _without_closed(
    groups: Sequence[Group], shelf: Shelf, guard: Guard, ledger: Ledger
) -> list[Group]:
    """The groups without those that a person has taken out of the directory, whatever the source.

    What is taken out takes its further venues with it.
    """
    reasons = {
        (group.source_id, group.identity): reason
        for group in groups
        if (reason := _why_left_alone(group, shelf, guard))
    }
    found = []
    for group in groups:
        places = [group.identity, *(entry.parent for entry in group.entries)]
        reason = next(filter(None, (reasons.get((group.source_id, at)) for at in places)), "")
        if not reason:
            found.append(group)
            continue
        for entry in group.entries:
            ledger.leave(entry.file, entry.row, "name", entry.body.name, reason)
    return found


def _why_left_alone(group: Group, shelf: Shelf, guard: Guard) -> str:
    """Why rows must not reach the public: a person has taken out what they speak of; else ""."""
    stored = group.stored
    if stored and stored.state in CLOSED_STATES:
        return f"listing {stored.id} is {stored.state}; it was left alone"
    known = {group.identity} | (identities(stored) if stored else set())
    same = next((shelf.closed[at] for at in sorted(known) if at in shelf.closed), None)
    if stored:
        if same is None or same.state is not State.DO_NOT_LIST:
            return ""
        return (
            f"listing {same.id} of the same place is {same.state};"
            f" listing {stored.id} was left as it is: decide about it"
        )
    if same:
        return f"listing {same.id} is {same.state}; it was left alone"
    like = guard.closed_like(group.entries[0].body)
    if like is None:
        return ""
    reason = f": {like.state_reason}" if like.state_reason else ""
    remedy = "" if like.state is State.DO_NOT_LIST else "; bring that back or add it by hand"
    return f"resembles listing {like.id}, which is {like.state}{reason}{remedy}"


def _hide_what_is_hidden(plans: Iterable[Plan], guard: Guard, ledger: Ledger) -> None:
    """Let a new listing that resembles one with a hidden address tell no more than that."""
    for plan in plans:
        found = guard.hidden_like(plan.body) if plan.group.stored is None else None
        if not found:
            continue
        listing_id, visibility = found
        place = replace(plan.body.location, visibility=visibility)
        plan.body = replace(plan.body, location=place)
        first = plan.group.entries[0]
        reason = (
            f"resembles listing {listing_id}, whose address is {visibility};"
            f" this one is {visibility} too until a person changes that"
        )
        ledger.problem(first.file, first.row, "address", place.address, reason)


def _write(db: Database, plan: Plan, today: dt.date, actor: str, *, is_new: bool) -> None:
    stored, source_id = plan.group.stored, plan.group.source_id
    if stored is None:
        plan.id = store.insert_listing(db, plan.body, State.PUBLISHED, source_id, plan.key)
    elif plan.outcome == "unchanged" and (not is_new or stored.listed_on == today):
        return
    elif plan.group.is_foreign:
        _write_foreign(db, plan, actor)
        return
    elif (stored.source_id, stored.source_key) != (source_id, plan.key):
        store.set_source(db, plan.id, source_id, plan.key)
    revision_id = ""
    if stored is None or stored.published is None or stored.published.body != plan.body:
        revision_id = str(_publish(db, plan, actor))
    store.set_imported(db, plan.id, plan.parts, today)
    store.note_for_index(db, plan.id)
    if plan.outcome != "unchanged":
        write_record(db, actor, "import", plan.id, revision_id)


def _write_foreign(db: Database, plan: Plan, actor: str) -> None:
    """Add what was chosen to the listing of another source, which goes on answering for it."""
    if plan.outcome != "unchanged":
        revision_id = _publish(db, plan, actor)
        store.note_for_index(db, plan.id)
        write_record(db, actor, "import", plan.id, str(revision_id))


def _publish(db: Database, plan: Plan, actor: str) -> int:
    published = plan.group.stored.published if plan.group.stored else None
    based_on = published.id if published else None
    revision_id = store.insert_revision(db, plan.id, plan.body, actor, based_on)
    store.decide_revision(db, revision_id, "approved", actor)
    store.publish_revision(db, store.read_revision(db, revision_id))
    return revision_id


def _count(plan: Plan, ledger: Ledger) -> None:
    first, *others = plan.group.entries
    ledger.outcomes[plan.outcome] += 1
    ledger.outcomes["updated" if plan.outcome == "created" else plan.outcome] += len(others)
    ledger.positions[str(plan.body.location.position.level)] += 1 + len(others)
    for field, value in plan.kept:
        reason = "the list has changed this, but a person has corrected it: that stays"
        ledger.problem(first.file, first.row, field, value, reason)
    for _ in plan.group.entries:
        ledger.tick()
