"""The import itself: files in, listings out, everything in one transaction or nothing."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ibasho.data.database import Database, transaction
from ibasho.data.listings import CLOSED_STATES, Listing, State, store
from ibasho.data.record import write_record
from ibasho.importers.duplicates import Neighbours
from ibasho.importers.mapped import check_mapping, fitting, read_mapped, unknown_columns
from ibasho.importers.match import (
    Group,
    Shelf,
    find_stored,
    grouped,
    identity,
    is_main,
    said,
    without_shared_ids,
)
from ibasho.importers.merge import join, three_way
from ibasho.importers.musubie import FurtherSheet, part_of, read_further, read_main
from ibasho.importers.report import (
    Duplicate,
    ImportOptions,
    ImportRefusedError,
    ImportReport,
    Ledger,
)
from ibasho.importers.rows import MAIN, Entry, leading_code, municipality_named
from ibasho.importers.tables import Table, read_tables
from ibasho.importers.tsuika import complete

Progress = Callable[[int, int], None]
"""Called with what is done and what there is to do."""

MUSUBIE, TABLE = "musubie", "table"
_LATER = ("municipal", "hsds", "geojson")


class _DryRunError(Exception):
    """Takes back what a dry run has written."""


@dataclass(slots=True)
class _Batch:
    """What the files say, before anything is looked up."""

    format: str
    entries: list[Entry] = field(default_factory=list)
    further: list[FurtherSheet] = field(default_factory=list)
