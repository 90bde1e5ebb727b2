"""The command line: one file a subject, each command one call below."""

from pathlib import Path

import click

from ibasho.site.commands.addresses import addresses_
from ibasho.site.commands.backup import backup, restore
from ibasho.site.commands.demo import demo
from ibasho.site.commands.fetching import fetch
from ibasho.site.commands.importing import import_
from ibasho.site.commands.mailing import mail, remind
from ibasho.site.commands.meaning import geocode_, schedule_
from ibasho.site.commands.people import user
from ibasho.site.commands.searching import check_, index_, search_
from ibasho.site.commands.serving import serve


@click.group()
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("instance"),
    envvar="IBASHO_DATA_DIR",
    show_default=True,
    show_envvar=True,
    help="Where this site keeps its data.",
)
@click.version_option(package_name="ibasho")
@click.pass_context
def main(context: click.Context, data_dir: Path) -> None:
    """Ibasho: a directory and map of the places in a ward where a child belongs."""
    context.obj = data_dir


for command in (
    addresses_, backup, check_, demo, fetch, geocode_, import_, index_, mail, remind, restore,
    schedule_, search_, serve, user,
):  # fmt: skip
    main.add_command(command)
