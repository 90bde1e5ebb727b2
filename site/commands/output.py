"""What every command shares: its data directory, its JSON, and errors in one line."""

import json
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ibasho.data.addresses import Geocode, geocoder
from ibasho.data.database import FILE_NAME, Database, is_busy, open_database
from ibasho.data.migrations import NewerDatabaseError
from ibasho.data.schedule import SchoolHolidays
from ibasho.data.sealing import WrongKeyError
from ibasho.search_index import SearchIndex
from ibasho.site.config import UnsafeConfigurationError, read_dictionary, read_school_holidays

pass_data_dir = click.make_pass_decorator(Path)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@contextmanager
def stores(data_dir: Path, make: bool = True) -> Iterator[tuple[Database, SearchIndex]]:
    """The database and the search index of a data directory; what fails says what to do.

    Without `make`, a directory that holds no site is an error: it may be a mistyped one.
    """
    if not make and not (data_dir / FILE_NAME).exists():
        raise click.ClickException(
            f"there is no site in {data_dir}; import a list first, or name another with --data-dir"
        )
    try:
        db = open_database(data_dir)
    except (NewerDatabaseError, WrongKeyError, OSError, sqlite3.DatabaseError) as error:
        raise click.ClickException(f"{data_dir} cannot be opened: {error}") from error
    try:
        yield db, SearchIndex(data_dir / "index", own_school_holidays())
    except (WrongKeyError, OSError) as error:
        raise click.ClickException(f"{data_dir} cannot be used: {error}") from error
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
        raise click.ClickException(
            f"the database could not be written ({error}); nothing was changed, try again"
        ) from error
    finally:
        db.close()


def own_school_holidays() -> SchoolHolidays:
    """The school holidays of this site; a ClickException where their file cannot be read."""
    try:
        return read_school_holidays()
    except UnsafeConfigurationError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def own_geocoder(data_dir: Path) -> Iterator[Geocode]:
    """Addresses to points as near as this site can say, with no network."""
    try:
        dictionary = read_dictionary()
    except UnsafeConfigurationError as error:
        raise click.ClickException(str(error)) from error
    with geocoder(data_dir, dictionary) as find:
        yield find


class Tally:
    """How many answers of each sort many questions got, and how many a second."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._counts: Counter[str] = Counter()

    def add(self, sort: str) -> None:
        """Count one answer."""
        self._counts[sort] += 1

    def show(self, what: str, sorts: Iterable[str]) -> None:
        """On the error stream, so that the answers stay alone; nothing where there was but one."""
        total = self._counts.total()
        if total < 2:
            return
        rate = total / (time.perf_counter() - self._started)
        shares = ", ".join(
            f"{sort} {100 * self._counts[sort] / total:.1f} %"
            for sort in sorts
            if self._counts[sort]
        )
        click.echo(f"{total:,} {what}: {shares}; {rate:,.0f} a second", err=True)


def print_json(value: dict[str, Any]) -> None:
    """One JSON object on one line."""
    click.echo(json.dumps(value, ensure_ascii=False))


def input_lines() -> Iterator[str]:
    """The lines of standard input, or a word on what is missing where nobody pipes any in."""
    if sys.stdin.isatty():
        raise click.UsageError("give at least one, or one a line on standard input")
    for line in sys.stdin:
        yield line.rstrip("\r\n")
