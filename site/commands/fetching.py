"""`ibasho fetch`: lists on the web are fetched again, and what is new waits at the desk."""

import datetime as dt
from pathlib import Path

import click

from ibasho.data.clock import today
from ibasho.data.database import transaction
from ibasho.data.imports.feeds import read_feeds
from ibasho.data.imports.runs import forget_old
from ibasho.importers.feeds import Fetching, fetch_feed
from ibasho.site.commands.output import as_json, own_geocoder, pass_data_dir, print_json, stores
from ibasho.site.config import read_allow_private


@click.command("fetch")
@click.argument("source", required=False)
@as_json
@pass_data_dir
def fetch(data_dir: Path, source: str | None, as_json: bool) -> None:
    """Fetch the lists that are due, or the one of SOURCE now. Nothing is published by it.

    To be run once a day. Where anything is new, it waits at the desk for somebody to look at it.
    """
    allow_private = read_allow_private()
    with stores(data_dir) as (db, _), own_geocoder(data_dir) as find:
        with transaction(db):
            forget_old(db)
        feeds = read_feeds(db)
        if source is None:
            wanted = [feed for feed in feeds if feed.is_due(dt.datetime.now(dt.UTC))]
        else:
            wanted = [feed for feed in feeds if feed.name == source]
            if not wanted:
                names = ", ".join(feed.name for feed in feeds) or "none yet: add it at the desk"
                raise click.ClickException(f"No source is called {source}. Known: {names}.")
        results = []
        for feed in wanted:
            result, problem = fetch_feed(db, feed, today(), find, allow_private=allow_private)
            results.append({"source": feed.name, "result": str(result), "problem": problem})
    if as_json:
        print_json({"fetched": results})
    else:
        for one in results:
            problem = f" ({one['problem']})" if one["problem"] else ""
            click.echo(f"{one['source']}: {one['result']}{problem}")
        if not results:
            click.echo("No source is due.")
    if any(one["result"] == Fetching.FAILED for one in results):
        raise click.exceptions.Exit(1)
