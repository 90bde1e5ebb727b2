"""`ibasho search`, `index` and `check`: the same search as the site's, and its health."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.listings import Kind, PublicListing
from ibasho.data.listings.facts import Fact
from ibasho.data.listings.store import count_public, read_municipalities, read_public
from ibasho.data.synonyms import added_by, read_groups, words_by_group
from ibasho.search_index import (
    AgeGroup,
    Hit,
    NamedPlaces,
    Place,
    SearchIndex,
    Sort,
    Understood,
    check,
    read_landmark,
    read_place,
    read_place_among,
    understand,
    with_synonyms,
    words_of,
)
from ibasho.site.asking import read_asked
from ibasho.site.commands.output import as_json, own_geocoder, pass_data_dir, print_json, stores
from ibasho.site.config import read_municipality

_MEANT = {
    "bbox": "write WEST,SOUTH,EAST,NORTH in degrees: 139.52,35.71,139.57,35.76",
    "along": "write two points or more: 35.727,139.539;35.739,139.553",
}
_SEE_HELP = "see: ibasho search --help"


@click.command("search")
@click.argument("text", metavar="[QUERY]", default="")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]))
@click.option("--near", default="", help="An address, or LAT,LON.")
@click.option("--to", default="", help="On the way there from --near.")
@click.option("--along", default="", help="Along a way: LAT,LON;LAT,LON.")
@click.option("--within", type=click.IntRange(1), help="At most this many metres away.")
@click.option("--district", default="", help="In this school district.")
@click.option("--bbox", default="", help="In a box: WEST,SOUTH,EAST,NORTH.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Open on this date.")
@click.option("--weekday", type=click.IntRange(0, 6), multiple=True, help="Monday is 0.")
@click.option("--age", type=click.IntRange(0, 120), help="For a child of this age.")
@click.option("--ages", type=click.Choice([group.value for group in AgeGroup]))
@click.option("--plain", is_flag=True, help="Look for the words as they stand.")
@click.option("--free", is_flag=True, help="Free for children.")
@click.option("--fact", type=click.Choice([fact.value for fact in Fact]), multiple=True)
@click.option("--monthly", type=click.IntRange(0), help="At most this many yen a month.")
@click.option("--sort", type=click.Choice([sort.value for sort in Sort]))
@click.option("--only", is_flag=True, help="Look for no other words that mean the same.")
@click.option("--limit", type=click.IntRange(1, 1_000), default=20, show_default=True)
@as_json
@pass_data_dir
def search_(
    data_dir: Path,
    /,
    as_json: bool,
    limit: int,
    only: bool,
    **given: Any,  # noqa: ANN401 (click)
) -> None:
    """Search as the site does; with a place, the nearest come first."""
    if given["to"] and not given["near"]:
        raise click.UsageError("--to needs --near")
    with stores(data_dir, make=False) as (db, index):
        index.bring_up_to_date(db)
        asked = read_asked(
            _arguments(given),
            today(),
            lambda place: _place(data_dir, db, place),
            lambda words, day: _understood(db, index, words, day),
        )
        if "within" in asked.not_understood:
            raise click.UsageError("--within needs --near or --along")
        if asked.not_understood:
            name = asked.not_understood[0]
            raise click.ClickException(f"--{name} is not understood; {_MEANT.get(name, _SEE_HELP)}")
        groups = () if only else read_groups(db)
        # who asks at a desk of their own may be as exact as they like
        near = asked.place.point if asked.place else None
        query = with_synonyms(replace(asked.query, near=near, limit=limit), groups)
        result = index.search(query, today(), relax=query.box is None)
        listings = {one.id: one for one in read_public(db, [hit.id for hit in result.hits])}
    added = added_by(words_of(query.text), groups)
    results = [_told(hit, listings[hit.id]) for hit in result.hits if hit.id in listings]
    if as_json:
        print_json(
            {"understood": asked.understood.to_json(), "total": result.total,
             "mended": dict(result.mended), "phrases": dict(result.phrases),
             "relaxed": result.relaxed,
             "dropped": list(result.dropped),
             "added": {one.word: one.others for one in added}, "results": results}
        )  # fmt: skip
        return
    for typed, meant in result.read_as.items():
        click.echo(f"{typed} was not found; searched for {meant}.")
    if result.relaxed:
        click.echo(f"Nothing fits all of it; left out: {', '.join(result.dropped)}.")
    for word, others in added:
        click.echo(f"{word} was also looked for as {', '.join(others)}; --only does without.")
    for one in results:
        when = one["next_date"] or "ask first"
        click.echo(f"{_away(one):>9}  {when:<10}  {one['name']}  {one['address']}")
    nothing = "Nothing lies there." if asked.box else "There is no listing yet."
    click.echo(f"{result.total} in all." if result.total else nothing)


def _told(hit: Hit, listing: PublicListing) -> dict[str, Any]:
    """One listing of a result, in plain values."""
    return {
        "id": hit.id,
        "name": listing.name,
        "kind": listing.kind,
        "address": listing.address,
        "distance_m": hit.distance_m,
        "why": hit.why,
        "level": listing.position.level,
        "radius_m": listing.position.radius_m,
        "next_date": hit.next.date.isoformat() if hit.next else None,
        "opens_at": hit.next.opens_at if hit.next else None,
        "closes_at": hit.next.closes_at if hit.next else None,
        "confirm": hit.next.confirm if hit.next else None,
    }


def _arguments(given: dict[str, Any]) -> dict[str, str | list[str]]:
    """The options as the arguments of the site's own addresses."""
    texts = given | {
        "q": given["text"],
        "on": given["on"].date() if given["on"] else "",
        "free": "1" if given["free"] else "",
        "plain": "1" if given["plain"] else "",
    }
    return {
        name: [str(one) for one in value] if isinstance(value, tuple) else str(value)
        for name, value in texts.items()
        if value is not None and value != ()
    }


def _understood(db: Database, index: SearchIndex, text: str, day: dt.date) -> Understood:
    """The conditions among the words, as on the site: its own city's towns, or all that it has."""
    own = read_municipality()
    find = NamedPlaces(db, [own] if own else read_municipalities(db)).find
    things = words_by_group(read_groups(db))
    return understand(text, find, index.names_listing, day, things)


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
