"""The request's database connection and the process's search index."""

import datetime as dt
import sqlite3
import threading
from pathlib import Path
from typing import cast

from flask import Flask, current_app, g

from ibasho.data.database import Database, open_database
from ibasho.data.demo import is_demo
from ibasho.data.demo.facts import MUNICIPALITY as DEMO_WARD
from ibasho.data.geocode import Level
from ibasho.data.listings.store import (
    has_index_notes,
    read_index_outbox,
    read_municipalities,
)
from ibasho.data.schedule import Schedule
from ibasho.search_index import (
    Place,
    SearchIndex,
    SearchQuery,
    SearchResult,
    read_landmark,
    read_place,
    read_place_among,
)
from ibasho.site.config import Settings
from ibasho.site.words import without_prefecture

_local = threading.local()


def install(app: Flask, settings: Settings) -> None:
    """Open the search index of this data directory for the whole process."""
    app.extensions["ibasho_data_dir"] = settings.data_dir
    app.extensions["ibasho_index"] = SearchIndex(
        settings.data_dir / "index", settings.school_holidays
    )


def database() -> Database:
    """This thread's connection; opened once, for opening costs more than a page's queries."""
    data_dir = current_app.extensions["ibasho_data_dir"]
    opened = cast("dict[Path, Database]", _local.__dict__.setdefault("opened", {}))
    if data_dir not in opened:
        opened[data_dir] = open_database(data_dir)
    return opened[data_dir]


def in_school_year(schedule: Schedule) -> Schedule:
    """A schedule with the dates that the school holidays of this city give it."""
    settings = cast("Settings", current_app.config["IBASHO"])
    return schedule.with_school_holidays(settings.school_holidays)


def holds_demo() -> bool:
    """Whether this site shows the made-up ward."""
    if "holds_demo" not in g:
        g.holds_demo = is_demo(database())
    return bool(g.holds_demo)


def ward() -> str:
    """The city or ward whose site this is, without its prefecture; "" where nobody said."""
    municipality = current_app.config["IBASHO"].municipality
    return without_prefecture(municipality or (DEMO_WARD if holds_demo() else ""))


def find_place(text: str) -> Place | None:
    """What a visitor means by a place: a school by its name, a town, then where listings are.

    Towns are those of this site's own city first.
    """
    if landmark := read_landmark(database(), text):
        return landmark
    own = current_app.config["IBASHO"].municipality
    place = read_place(text, own)
    if place and place.level is not Level.MUNICIPALITY:
        return place
    return read_place_among(text, [own] if own else read_municipalities(database())) or place


def index() -> SearchIndex:
    """The search index, having followed whatever was written since it was last asked.

    Where it cannot follow just now (a full disk, a long import), visitors are answered from what
    it knows, and the next request tries again.
    """
    search_index = cast("SearchIndex", current_app.extensions["ibasho_index"])
    try:
        if has_index_notes(database()) or not search_index.exists():
            search_index.bring_up_to_date(database())
    except (OSError, sqlite3.OperationalError) as error:
        current_app.logger.error("the search index could not follow: %s", error)
    return search_index


def find(query: SearchQuery, day: dt.date, relax: bool = True) -> SearchResult:
    """What answers a query on a JST date.

    A listing that the index has yet to follow is left out: it may have been hidden meanwhile.
    """
    search_index, db = index(), database()
    pending = read_index_outbox(db)[1] if has_index_notes(db) else ()
    return search_index.search(query, day, relax, without=pending)
