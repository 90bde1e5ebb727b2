"""What an import is asked to do, what it tells afterwards, and how it refuses."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ibasho.data.listings import Kind

_SHOWN_CHARACTERS = 80


class ImportRefusedError(Exception):
    """Nothing was imported; the message is one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to read the files.

    `format` is `auto`, `musubie` or `table`. `mapping` says which column of a free table is which
    field. `municipality` is where rows are that do not say so themselves. `source` names who
    answers for the list; without it the list is named after its municipality and kind.
    """

    format: str = "auto"
    kind: Kind = Kind.CHILDRENS_CAFETERIA
    municipality: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    licence: str = ""
    dry_run: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a row that a person should look at; the header is row 1."""

    file: str
    row: int
    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that may speak of a place which another listing has already."""

    file: str
    row: int
    listing: str
    why: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every row: `created + updated + unchanged + skipped = rows`.

    `positions` counts, for the rows that were not skipped, how exactly their listing is located.
    """

    format: str
    rows: int
    created: int
    updated: int
    unchanged: int
    skipped: int
    positions: Mapping[str, int]
    problems: tuple[Problem, ...]
    duplicates: tuple[Duplicate, ...]
    several_files: bool = False

    def to_json(self) -> dict[str, Any]:
        """The report as JSON values; problems name their file where there are several."""
        return {
            "format": self.format,
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "skipped": self.skipped,
            "positions": dict(self.positions),
            "problems": [
                {
                    **self._file(problem.file),
                    "row": problem.row,
                    "field": problem.field,
                    "value": problem.value,
                    "reason": problem.reason,
                }
                for problem in self.problems
            ],
            "duplicates": [
                {**self._file(found.file), "row": found.row, "listing": found.listing,
                 "why": found.why}
                for found in self.duplicates
            ],
        }  # fmt: skip

    def _file(self, name: str) -> dict[str, str]:
        return {"file": name} if self.several_files else {}


@dataclass(slots=True)
class Ledger:
    """What happens while an import runs; `report` closes it."""

    strict: bool = False
    progress: Callable[[int, int], None] | None = None
    total: int = 0
    done: int = 0
    rows: int = 0
    skipped: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    positions: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)

    def tick(self) -> None:
        """One step is done; each row takes two, to be read and to be kept."""
        self.done += 1
        if self.progress:
            self.progress(min(self.done, self.total), self.total)

    def problem(self, file: str, row: int, field_name: str, value: str, reason: str) -> None:
        """Note what is odd about a row that is imported nevertheless."""
        shown = value if len(value) <= _SHOWN_CHARACTERS else value[: _SHOWN_CHARACTERS - 1] + "…"
        self.problems.append(Problem(file, row, field_name, shown, reason))

    def skip(self, file: str, row: int, field_name: str, value: str, reason: str) -> None:
        """Leave a faulty row out. Raises ImportRefusedError where the import is strict."""
        if self.strict:
            raise ImportRefusedError(
                f"{file}, row {row}: {reason}. Correct the row, or import without --strict."
            )
        self.leave(file, row, field_name, value, reason)

    def leave(self, file: str, row: int, field_name: str, value: str, reason: str) -> None:
        """Leave a row out that is no fault of the file."""
        self.skipped += 1
        self.problem(file, row, field_name, value, reason)

    def report(self, format_name: str, several_files: bool) -> ImportReport:
        """Everything that was noted, in the order of the files and rows; nothing is left to do."""
        if self.progress and self.done < self.total:
            self.progress(self.total, self.total)
        return ImportReport(
            format=format_name,
            rows=self.rows,
            created=self.outcomes["created"],
            updated=self.outcomes["updated"],
            unchanged=self.outcomes["unchanged"],
            skipped=self.skipped,
            positions=dict(sorted(self.positions.items())),
            problems=tuple(sorted(self.problems, key=lambda found: (found.file, found.row))),
            duplicates=tuple(self.duplicates),
            several_files=several_files,
        )
