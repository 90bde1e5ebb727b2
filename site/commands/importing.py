"""`ibasho import`: a city's file becomes listings."""

import sys
from pathlib import Path

import click

from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.listings import Kind
from ibasho.importers import ImportOptions, ImportRefusedError, ImportReport, import_files
from ibasho.importers.positions import forget_hidden
from ibasho.search_index import SearchIndex
from ibasho.site.commands.addresses import ask_the_network, gsi_address
from ibasho.site.commands.output import as_json, own_geocoder, pass_data_dir, print_json, stores

_FORMATS = ["auto", "musubie", "municipal", "hsds", "geojson", "table"]
_SHOWN_PROBLEMS = 20


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--format", "format_", type=click.Choice(_FORMATS), default="auto")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    default=Kind.CHILDRENS_CAFETERIA.value,
    show_default=True,
)
@click.option("--municipality", default="", help="Completes addresses: 大阪府堺市西区.")
@click.option(
    "--map", "mapping", multiple=True, metavar="COLUMN=FIELD",
    help="For a table of any shape: which column is what. Fields: name kana organization address "
    "building schedule cost ages phone url description id kind lat lon.",
)  # fmt: skip
@click.option("--source", default="", help="Who publishes the file, for the credit.")
@click.option("--licence", default="", help="Under which licence, for the credit: CC BY 4.0.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
@click.option("--strict", is_flag=True, help="Refuse the file if any row has no name.")
@as_json
@pass_data_dir
def import_(
    data_dir: Path, files: tuple[Path, ...], format_: str, kind: str, municipality: str,
    mapping: tuple[str, ...], source: str, licence: str, dry_run: bool, strict: bool, as_json: bool,
) -> None:  # fmt: skip
    """Import listings from CSV, TSV, XLSX or GeoJSON, all of a file or nothing.

    The same file twice changes nothing; a newer file updates what its source changed.
    """
    options = ImportOptions(
        format=format_, kind=Kind(kind), municipality=municipality, mapping=_mapping(mapping),
        source=source, licence=licence, dry_run=dry_run, strict=strict,
    )  # fmt: skip
    gsi = gsi_address()
    with stores(data_dir) as (db, index), own_geocoder(data_dir) as find:
        try:
            if as_json:
                report = import_files(db, files, options, today(), find=find)
            else:
                with click.progressbar(
                    length=1, label="Importing", file=sys.stderr, hidden=not sys.stderr.isatty()
                ) as bar:

                    def progress(done: int, total: int) -> None:
                        bar.length = total
                        bar.update(done - bar.pos)

                    report = import_files(db, files, options, today(), progress=progress, find=find)
        except ImportRefusedError as error:
            raise click.ClickException(str(error)) from error
        if not dry_run:
            forget_hidden(db, data_dir)
            ask_the_network(data_dir, db, gsi)
            _follow(index, db)
    if as_json:
        print_json(report.to_json())
    else:
        _tell(report, dry_run)


def _follow(index: SearchIndex, db: Database) -> None:
    """Bring the index up to date; what was imported is kept even where that fails."""
    try:
        index.bring_up_to_date(db)
    except OSError as error:
        click.echo(f"Imported, but the search index could not follow yet: {error}", err=True)


def _mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        column, equals, field = pair.rpartition("=")
        if not equals or not column:
            raise click.UsageError(f"--map '{pair}' is not COLUMN=FIELD, as in --map '施設名=name'")
        mapping[column] = field
    return mapping


def _tell(report: ImportReport, dry_run: bool) -> None:
    """The report as people read it."""
    told = report.to_json()
    click.echo(
        f"{told['rows']} rows: {told['created']} created, {told['updated']} updated, "
        f"{told['unchanged']} unchanged, {told['skipped']} skipped."
        + (" (dry run: nothing was changed)" if dry_run else "")
    )
    if told["positions"]:
        counts = ", ".join(f"{level} {count}" for level, count in told["positions"].items())
        click.echo(f"Where: {counts}.")
    for problem in told["problems"][:_SHOWN_PROBLEMS]:
        value = f" “{problem['value']}”" if problem["value"] else ""
        click.echo(f"  row {problem['row']}, {problem['field']}{value}: {problem['reason']}")
    if (more := len(told["problems"]) - _SHOWN_PROBLEMS) > 0:
        click.echo(f"  … and {more} more; --json lists them all.")
    for duplicate in told["duplicates"]:
        click.echo(
            f"  row {duplicate['row']} may be listing {duplicate['listing']}: {duplicate['why']}"
        )
    if not dry_run and told["created"]:
        click.echo("Reload the page to see them, or start it with: .venv/bin/ibasho serve")
