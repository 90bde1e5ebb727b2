"""`ibasho search`, `index` and `check`: the same search as the site's, and its health."""

import datetime as dt
from pathlib import Path
from typing import Any

import click

from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.listings import Kind
from ibasho.data.listings.store import count_public, read_municipalities, read_public
from ibasho.search_index import (
    Place,
    SearchQuery,
    check,
    kinds_meant,
    read_landmark,
    read_place,
    read_place_among,
)
from ibasho.site.commands.output import as_json, own_geocoder, pass_data_dir, print_json, stores


@click.command("search")
@click.argument("text", metavar="[QUERY]", default="")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]))
@click.option("--near", default="", help="An address, or LAT,LON.")
@click.option("--within", type=click.IntRange(1), help="At most this many metres away.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Open on this date.")
@click.option("--age", type=click.IntRange(0, 120), help="For a child of this age.")
@click.option("--free", is_flag=True, help="Free for children.")
@click.option("--monthly", type=click.IntRange(0), help="At most this many yen a month.")
@click.option("--limit", type=click.IntRange(1, 1_000), default=20, show_default=True)
@as_json
@pass_data_dir
def search_(
    data_dir: Path, text: str, kind: str | None, near: str, within: int | None,
    on: dt.datetime | None, age: int | None, free: bool, monthly: int | None, limit: int,
    as_json: bool,
) -> None:  # fmt: skip
    """Search as the site does; with a place, the nearest come first."""
    if within and not near:
        raise click.UsageError("--within needs --near")
    with stores(data_dir, make=False) as (db, index):
        place = _place(data_dir, db, near) if near else None
        query = SearchQuery(
            text=text,
            kinds=frozenset({Kind(kind)}) if kind else kinds_meant(text),
            near=place.point if place else None,
            within_m=within,
            days=(on.date(), on.date()) if on else None,
            age=age,
            free=free,
            monthly_at_most=monthly,
            limit=limit,
        )
        index.bring_up_to_date(db)
        result = index.search(query, today())
        listings = {one.id: one for one in read_public(db, [hit.id for hit in result.hits])}
    results = [
        {
            "id": hit.id,
            "name": listings[hit.id].name,
            "kind": listings[hit.id].kind,
            "address": listings[hit.id].address,
            "distance_m": hit.distance_m,
            "level": listings[hit.id].position.level,
            "radius_m": listings[hit.id].position.radius_m,
            "next_date": hit.next.date.isoformat() if hit.next else None,
            "opens_at": hit.next.opens_at if hit.next else None,
            "closes_at": hit.next.closes_at if hit.next else None,
            "confirm": hit.next.confirm if hit.next else None,
        }
        for hit in result.hits
        if hit.id in listings
    ]
    if as_json:
        print_json(
            {"total": result.total, "relaxed": result.relaxed, "dropped": list(result.dropped),
             "results": results}
        )  # fmt: skip
        return
    if result.relaxed:
        click.echo(f"Nothing fits all of it; left out: {', '.join(result.dropped)}.")
    for one in results:
        when = one["next_date"] or "ask first"
        click.echo(f"{_away(one):>9}  {when:<10}  {one['name']}  {one['address']}")
    click.echo(f"{result.total} in all." if result.total else "There is no listing yet.")


def _place(data_dir: Path, db: Database, text: str) -> Place:
    """The place that is meant; a town without its city is looked for where listings are."""
    with own_geocoder(data_dir) as find:
        place = (
            read_landmark(db, text)
            or read_place(text, find=find)
            or read_place_among(text, read_municipalities(db))
        )
    if place is None:
        raise click.ClickException(f"{text}: not found; add the prefecture and city")
    return place


def _away(result: dict[str, Any]) -> str:
    """How far, no more exact than what is known."""
    metres, radius = result["distance_m"], result["radius_m"] or 0
    if metres is None:
        return "-"
    if metres <= radius:
        return f"≤ {radius} m"
    rough = f"~ {round(metres, -2)}" if radius else str(metres)
    return f"{rough} m" if metres < 10_000 else f"{metres / 1000:.0f} km"


@click.command("index")
@click.option("--rebuild", is_flag=True, help="Make it anew from the database.")
@as_json
@pass_data_dir
def index_(data_dir: Path, rebuild: bool, as_json: bool) -> None:
    """Bring the search index up to date."""
    with stores(data_dir) as (db, index):
        written = index.rebuild(db) if rebuild else index.bring_up_to_date(db)
        body = {"ok": True, "listings": count_public(db), "indexed": index.count()}
    if as_json:
        print_json(body | {"written": written})
    else:
        click.echo(f"{body['indexed']} of {body['listings']} listings indexed, {written} written.")


@click.command("check")
@as_json
@pass_data_dir
def check_(data_dir: Path, as_json: bool) -> None:
    """Compare database, index and positions; status 1 if anything differs."""
    with stores(data_dir, make=False) as (db, index):
        problems = check(db, index)
        body = {
            "ok": not problems,
            "listings": count_public(db),
            "indexed": index.count(),
            "problems": [
                {"listing": problem.listing, "reason": problem.reason} for problem in problems
            ],
        }
    if as_json:
        print_json(body)
    else:
        for problem in problems:
            click.echo(f"{problem.listing}: {problem.reason}")
        if problems:
            click.echo("Mend the index with: .venv/bin/ibasho index --rebuild")
        else:
            click.echo(f"{body['listings']} listings, all indexed, all positions in order.")
    raise SystemExit(1 if problems else 0)
