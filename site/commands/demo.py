"""`ibasho demo`: the made-up ward, to look at and to try things in."""

from pathlib import Path

import click

from ibasho.data.clock import today
from ibasho.data.demo import NotEmptyError, is_demo, make_demo
from ibasho.data.listings.store import count_public
from ibasho.site.commands.output import as_json, pass_data_dir, print_json, stores


@click.command()
@as_json
@pass_data_dir
def demo(data_dir: Path, as_json: bool) -> None:
    """Make the fictional demo ward in an empty directory; change nothing in any other."""
    with stores(data_dir) as (db, index):
        try:
            made, accounts = make_demo(db, today())
        except NotEmptyError:
            made, accounts = 0, []
        index.bring_up_to_date(db)
        listings, ours = count_public(db), is_demo(db)
    if as_json:
        print_json({"listings": listings, "made": made})
    elif made:
        click.echo(f"The demo ward is in {data_dir}: {listings} places, all of them made up.")
        click.echo("Accounts, whose passwords are told only now:")
        for account in accounts:
            click.echo(f"  {account.email}  {account.password}")
        click.echo("Try: a meal on Saturday near 田無駅, a free school under 20,000 yen a month,")
        click.echo("     a number that answers tonight; then sign in at /sign-in and add a place.")
    elif ours:
        click.echo(f"The demo ward is in {data_dir} already; nothing was changed.")
    else:
        click.echo(
            f"{data_dir} holds {listings} listings that are no demo; nothing was changed. "
            "Make the demo elsewhere: ibasho --data-dir demo demo"
        )
