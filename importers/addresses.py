"""The import of address points: each file in one transaction, a municipality in place of itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ibasho.data.addresses import (
    AddressRow,
    gather,
    keep_municipality,
    radius_of,
)
from ibasho.data.database import Database, transaction
from ibasho.importers.address_files import (
    AddressFile,
    Shape,
    abr_rows,
    isj_rows,
    read_address_files,
)
from ibasho.importers.report import ImportRefusedError


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of one municipality: how many points, and their radius in metres."""

    municipality: str
    points: int
    radius_m: int


@dataclass(frozen=True, slots=True)
class AddressReport:
    """What one file, or the files of one register together, gave.

    `left_out` counts the rows whose town is not in the town table.
    """

    source: str
    format: str
    kept: tuple[Kept, ...]
    left_out: int


def import_addresses(
    db: Database, paths: Sequence[Path], progress: Callable[[int, int], None] | None = None
) -> list[AddressReport]:
    """Keep the points of all files in `db`, the addresses' own database.

    `progress` is called with the bytes that are read and those there are. Raises
    ImportRefusedError before anything is kept of the file at fault.
    """
    files = read_address_files(paths)
    together = [file for file in files if file.shape is not Shape.ISJ]
    groups = [[file] for file in files if file.shape is Shape.ISJ] + [together] * bool(together)
    total = sum(file.size for file in files)
    done = 0
    reports = []
    for group in groups:

        def tell(position: int, before: int = done) -> None:
            if progress:
                progress(min(before + position, total), total)

        rows = abr_rows(group, tell) if group is together else isj_rows(group[0], tell)
        reports.append(_keep(db, group, rows))
        done += sum(file.size for file in group)
        tell(0, done)
    return reports


def _keep(db: Database, group: Sequence[AddressFile], rows: Iterator[AddressRow]) -> AddressReport:
    """One group of files in one transaction."""
    names = ", ".join(dict.fromkeys(file.path.name for file in group))
    found, left_out = gather(rows)
    if not found:
        raise ImportRefusedError(
            f"{names}: no row has both a point and a town that is known; nothing was kept of it."
            " Take the newest edition of the file"
        )
    kept = []
    with transaction(db):
        for name, gathered in sorted(found.items()):
            radius = radius_of(gathered.towns)
            keep_municipality(db, name, gathered.towns, radius, names)
            kept.append(Kept(name, gathered.points, radius))
    return AddressReport(names, _format(group), tuple(kept), left_out)


def _format(group: Sequence[AddressFile]) -> str:
    return str(Shape.ISJ) if group[0].shape is Shape.ISJ else "アドレス・ベース・レジストリ"
