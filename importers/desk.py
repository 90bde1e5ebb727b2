"""An import at the desk: looked at as often as one likes, then published as it was seen."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ibasho.data.addresses import Geocode
from ibasho.data.database import Database, transaction
from ibasho.data.imports import mappings, runs, undo
from ibasho.data.imports.verdicts import note_taken
from ibasho.data.listings import Kind
from ibasho.data.listings.codec import to_text
from ibasho.data.record import write_record
from ibasho.importers.apply import Outcome, run_import
from ibasho.importers.mapped import likely_fields
from ibasho.importers.musubie import MAIN_COLUMNS, SHARED_COLUMNS, part_of
from ibasho.importers.pairs import Pair
from ibasho.importers.report import ImportOptions
from ibasho.importers.tables import NamedFile, column_key, read_tables

SAMPLE_ROWS = 3
_KNOWN = frozenset(map(column_key, (*MAIN_COLUMNS, *SHARED_COLUMNS)))


class StaleRunError(Exception):
    """Listings have changed since the import was looked at: it would do something else now."""


class UndecidedError(Exception):
    """Rows resemble listings, and nobody has said yet whether they are the same places."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: whether its format knows it, and what stands in its first rows."""

    name: str
    is_known: bool
    sample: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a file. `part` is `main` or `tsuika` of the むすびえ format, "" for any other."""

    file: str
    part: str
    rows: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do now. `seen` differs as soon as it would do something else."""

    outcome: Outcome
    seen: str

    @property
    def source(self) -> str:
        """Who answers for the list."""
        groups = [plan.group for plan in self.outcome.plans]
        groups += [pair.group for pair in self.outcome.pairs]
        return groups[0].source if groups else ""

    @property
    def undecided(self) -> list[Pair]:
        """What a person still has to compare."""
        return [pair for pair in self.outcome.pairs if pair.is_open]

    @property
    def decided(self) -> list[Pair]:
        """What was compared for this import."""
        return [
            pair
            for pair in self.outcome.pairs
            if pair.verdict and not pair.is_open and not pair.is_done
        ]


def sheets_of(files: Iterable[NamedFile]) -> list[Sheet]:
    """The tables of the files. Raises ImportRefusedError for a file that is none."""
    return [
        Sheet(
            table.file,
            part := part_of(table.header),
            len(table.rows),
            tuple(
                Column(
                    name,
                    bool(part) and column_key(name) in _KNOWN,
                    tuple(
                        row.cells[place] if place < len(row.cells) else ""
                        for row in table.rows[:SAMPLE_ROWS]
                    ),
                )
                for place, name in enumerate(table.header)
                if name
            ),
        )
        for file in files
        for table in read_tables(file)
    ]


def first_options(db: Database, sheets: Sequence[Sheet], source: str) -> dict[str, Any]:
    """How files are read at first: as those of this source before, or as their columns suggest.

    A file of a known format needs no columns to be named.
    """
    columns = [column.name for sheet in sheets for column in sheet.columns]
    if remembered := mappings.read_mapping(db, source, columns):
        return remembered
    if any(sheet.part for sheet in sheets):
        return stated(ImportOptions(source=source))
    likely = likely_fields([column.name for column in sheets[0].columns]) if sheets else {}
    return stated(ImportOptions(format="table", mapping=likely, source=source))


def stated(options: ImportOptions) -> dict[str, Any]:
    """Options as they are kept."""
    kept = asdict(options) | {"kind": str(options.kind), "mapping": dict(options.mapping)}
    return {name: value for name, value in kept.items() if name not in ("dry_run", "strict")}


def options_of(kept: Mapping[str, Any], *, dry_run: bool = False) -> ImportOptions:
    """The options that `stated` wrote."""
    return ImportOptions(**{**kept, "kind": Kind(kept["kind"])}, dry_run=dry_run)


def files_of(db: Database, run_id: int) -> list[NamedFile]:
    """The files of an open import. Raises ClosedRunError."""
    return [NamedFile(name, data) for name, data in runs.read_files(db, run_id)]


def preview(db: Database, run: runs.Run, day: dt.date, find: Geocode) -> Preview:
    """What an open import would do on this JST date; nothing is changed.

    Raises ImportRefusedError and ClosedRunError.
    """
    files, options = files_of(db, run.id), options_of(run.options, dry_run=True)
    outcome = run_import(db, files, options, day, run.made_by, find=find)
    return Preview(outcome, _digest(outcome))


def publish_run(
    db: Database, run_id: int, seen: str, actor: str, day: dt.date, find: Geocode
) -> None:
    """Publish an import as it was seen, in one transaction.

    Raises StaleRunError where it would do something else by now, UndecidedError, ClosedRunError
    and ImportRefusedError; nothing has changed then.
    """
    with transaction(db):
        run = runs.check_open(db, run_id)
        files, before = files_of(db, run_id), undo.read_rows(db)
        outcome = run_import(db, files, options_of(run.options), day, actor, find=find)
        if _digest(outcome) != seen:
            raise StaleRunError
        done = Preview(outcome, seen)
        if done.undecided:
            raise UndecidedError
        undo.keep_changes(db, run_id, before)
        for pair in done.decided:
            if pair.verdict:
                note_taken(db, pair.verdict, run_id)
        columns = [column.name for sheet in sheets_of(files) for column in sheet.columns]
        mappings.keep_mapping(db, done.source, columns, run.options | {"source": done.source})
        runs.close_run(db, run_id, "published", actor, counts_of(outcome))
        write_record(db, actor, "publish_import", run.subject)


def counts_of(outcome: Outcome) -> dict[str, int | str]:
    """What is kept of the report: counts, no cell of a row."""
    report = outcome.report
    return {
        "source": Preview(outcome, "").source,
        "rows": report.rows,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "skipped": report.skipped,
    }


def _digest(outcome: Outcome) -> str:
    """What differs as soon as an import would do something else."""
    said = hashlib.sha256()
    for plan in outcome.plans:
        stored = plan.group.stored
        base = stored.published.id if stored and stored.published else ""
        state = f"{stored.id} {stored.state}" if stored else ""
        lines = (plan.group.identity, plan.outcome, state, str(base), to_text(plan.body))
        said.update("\n".join(lines).encode())
    for pair in outcome.pairs:
        verdict = pair.verdict
        judged = f"{verdict.judgement} {sorted(verdict.take.items())}" if verdict else ""
        said.update(f"\n{pair.group.identity}\n{judged}\n{pair.is_open}".encode())
    return said.hexdigest()
