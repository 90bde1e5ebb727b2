"""`ibasho addresses`: the operator's own points of blocks and lots."""

import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from ibasho.data.addresses import FILE_NAME as ADDRESSES
from ibasho.data.addresses import Held, UnusableAddressesError, make_addresses, read_held
from ibasho.data.database import FILE_NAME, Database
from ibasho.importers.addresses import AddressReport, import_addresses
from ibasho.importers.gsi import GsiSearch
from ibasho.importers.positions import forget_hidden, refine_listings
from ibasho.importers.report import ImportRefusedError
from ibasho.site.commands.output import as_json, own_geocoder, pass_data_dir, print_json, stores
from ibasho.site.config import UnsafeConfigurationError, read_gsi


@click.command("addresses")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE…]")
@as_json
@pass_data_dir
def addresses_(data_dir: Path, files: tuple[Path, ...], as_json: bool) -> None:
    """Keep address points finer than the town, and move listings to them; or say what is kept.

    FILE is a 街区レベル file of 位置参照情報, or both mt_rsdtdsp_blk_….csv and
    mt_rsdtdsp_blk_pos_….csv of the アドレス・ベース・レジストリ, as CSV or zip. A municipality that
    is kept already is replaced.
    """
    reports: list[AddressReport] = []
    held: list[Held] = []
    moved = 0
    gsi = gsi_address()
    try:
        if files or (data_dir / ADDRESSES).exists():
            with closing(make_addresses(data_dir)) as db:
                reports = _import(db, files, is_quiet=as_json) if files else []
                held = read_held(db)
    except (ImportRefusedError, UnusableAddressesError, OSError) as error:
        raise click.ClickException(str(error)) from error
    if files and (data_dir / FILE_NAME).exists():
        moved = _move(data_dir, gsi)
    if as_json:
        print_json(
            {"imported": [asdict(report) for report in reports], "moved": moved,
             "held": [asdict(one) for one in held]}
        )  # fmt: skip
    elif files:
        _tell_imported(reports, moved)
    else:
        _tell_held(held)


def gsi_address() -> str:
    """Whom to ask about addresses on the network, "" for nobody, which is so unless IBASHO_GSI."""
    try:
        return read_gsi()
    except UnsafeConfigurationError as error:
        raise click.ClickException(str(error)) from error


def ask_the_network(data_dir: Path, db: Database, address: str) -> int:
    """Move public listings to where the service at `address` says they are; how many.

    A fault there is one line on standard error.
    """
    if not address:
        return 0
    click.echo("Asking the address search of 国土地理院 (IBASHO_GSI).", err=True)
    try:
        with closing(make_addresses(data_dir)) as points:
            search = GsiSearch(points, lambda line: click.echo(line, err=True), address)
            return len(refine_listings(db, search.geocode))
    except UnusableAddressesError as error:
        click.echo(str(error), err=True)
        return 0


def _import(db: Database, files: tuple[Path, ...], is_quiet: bool) -> list[AddressReport]:
    if is_quiet:
        return import_addresses(db, files)
    with click.progressbar(
        length=1, label="Reading", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        return import_addresses(db, files, progress)


def _move(data_dir: Path, gsi: str) -> int:
    """Move what is listed already, and have the search index follow; how many listings."""
    with stores(data_dir) as (db, index), own_geocoder(data_dir) as find:
        forget_hidden(db, data_dir)
        moved = len(refine_listings(db, find)) + ask_the_network(data_dir, db, gsi)
        index.bring_up_to_date(db)
    return moved


def _tell_imported(reports: list[AddressReport], moved: int) -> None:
    for report in reports:
        points = sum(one.points for one in report.kept)
        click.echo(f"{report.source} ({report.format}): {points} points kept.")
        for one in report.kept:
            click.echo(f"  {one.municipality}: {one.points}, ±{one.radius_m} m")
        if report.left_out:
            click.echo(f"  {report.left_out} rows name a town that is not known; left out.")
    click.echo(f"{moved} listings moved from the middle of their town to their block.")


def _tell_held(held: list[Held]) -> None:
    for one in held:
        click.echo(
            f"{one.municipality}: {one.points}, ±{one.radius_m} m,"
            f" from {one.source}, {one.kept_at[:10]}"
        )
    if held:
        click.echo(f"{sum(one.points for one in held)} points in all.")
    else:
        click.echo(
            "There are no address points. ibasho addresses --help says what files have some."
        )
