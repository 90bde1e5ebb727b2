"""The request's database connection and the process's search index."""

import datetime as dt
import sqlite3
import threading
from collections.abc import Callable, Collection, Hashable, Sequence
from pathlib import Path
from typing import cast

from flask import Flask, current_app, g
from markupsafe import Markup

from ibasho.data.clock import japan_now, today
from ibasho.data.database import Database, open_database, state_of
from ibasho.data.demo import is_demo
from ibasho.data.demo.facts import MUNICIPALITY as DEMO_WARD
from ibasho.data.geocode import Level
from ibasho.data.listings import PublicListing
from ibasho.data.listings.store import has_index_notes, read_index_outbox
from ibasho.data.misses import Misses
from ibasho.data.notices import SaidLight, read_lights
from ibasho.data.schedule import Occurrence, Schedule, occurrences
from ibasho.data.synonyms import SynonymGroup, read_groups, words_by_group
from ibasho.data.views import Views
from ibasho.search_index import (
    Facets,
    Place,
    SearchIndex,
    SearchQuery,
    SearchResult,
    Understood,
    read_landmark,
    read_place,
    read_place_among,
    understand,
)
from ibasho.site.config import Settings
from ibasho.site.remembered import Remembered
from ibasho.site.words import without_prefecture

HORIZON_DAYS = 366
NEXT_DATES = 6  # that are shown of a listing
_local = threading.local()


def install(app: Flask, settings: Settings) -> None:
    """Open the search index of this data directory for the whole process."""
    app.extensions["ibasho_data_dir"] = settings.data_dir
    app.extensions["ibasho_index"] = SearchIndex(
        settings.data_dir / "index", settings.school_holidays
    )
    app.extensions["ibasho_remembered"] = Remembered()
    app.extensions["ibasho_watch"] = _Watch(settings.data_dir)
    app.extensions["ibasho_misses"] = Misses(settings.data_dir)
    app.extensions["ibasho_views"] = Views(settings.data_dir)


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


def coming(schedule: Schedule) -> list[Occurrence]:
    """The dates of opening days from today (JST) on, for a year, as the school year has them."""
    day = today()
    return occurrences(in_school_year(schedule), day, day + dt.timedelta(days=HORIZON_DAYS))


def state() -> Hashable:
    """What differs after every change of the database or the index, by whomever in any thread.

    The index follows first, so that what was hidden a moment ago is not in it.
    """
    followed = index().state()
    return _written(), followed


def _written() -> Hashable:
    return cast("_Watch", current_app.extensions["ibasho_watch"]).state()


class _Watch:
    """A connection that never writes: what it sees change was written by another one."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._lock = threading.Lock()
        self._db: Database | None = None

    def state(self) -> Hashable:
        """What differs after every write of this process or another."""
        with self._lock:
            # opened when it is needed, for no connection outlives the start of a worker
            self._db = self._db or open_database(self._data_dir)
            return state_of(self._db)


def holds_demo() -> bool:
    """Whether this site shows the made-up ward."""
    if "holds_demo" not in g:
        g.holds_demo = is_demo(database())
    return bool(g.holds_demo)


def ward() -> str:
    """The city or ward whose site this is, without its prefecture; "" where nobody said."""
    return without_prefecture(own_municipality())


def own_municipality() -> str:
    """The same with its prefecture."""
    municipality: str = current_app.config["IBASHO"].municipality
    return municipality or (DEMO_WARD if holds_demo() else "")


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
    return read_place_among(text, _own_municipalities()) or place


def understand_words(text: str, day: dt.date) -> Understood:
    """The conditions among the words of a search on a JST date, and the words that remain."""
    state = _written(), _index().state()
    places = _remembered().places(database(), state, _own_municipalities)
    return understand(text, places.find, _index().names_listing, day, words_by_group(synonyms()))


def _own_municipalities() -> list[str]:
    own = current_app.config["IBASHO"].municipality
    return [own] if own else municipalities()


def municipalities() -> list[str]:
    """The municipalities of the public listings, those with most listings first."""
    return _remembered().municipalities(database(), _index().state())


def synonyms() -> tuple[SynonymGroup, ...]:
    """The words that stand for one another here; read again when the database has changed."""
    db = database()
    state = current_app.extensions["ibasho_data_dir"], state_of(db)
    if _local.__dict__.get("synonyms", (None,))[0] != state:
        _local.synonyms = state, read_groups(db)
    return cast("tuple[SynonymGroup, ...]", _local.synonyms[1])


def listings(ids: Sequence[str]) -> list[PublicListing]:
    """The public listings among `ids`, which the index has just found, in their order."""
    return _remembered().listings(database(), _index().state(), ids)


def lights(ids: Collection[str]) -> dict[str, SaidLight]:
    """Whether there is room at each of these listings, as far as that is known at this moment.

    Read again when the database has changed; the clock is asked each time.
    """
    db, moment = database(), japan_now()
    state = current_app.extensions["ibasho_data_dir"], state_of(db)
    if _local.__dict__.get("lights", (None,))[0] != state:
        _local.lights = state, read_lights(db, moment)
    known = cast("dict[str, SaidLight]", _local.lights[1])
    found = {id_: known[id_] for id_ in ids if id_ in known}
    return {id_: one for id_, one in found.items() if one.until > moment}


def piece(key: Hashable, make: Callable[[], Markup]) -> Markup:
    """A piece of a page that is the same wherever its key is, until a public listing changes."""
    return _remembered().piece(_index().state(), key, make)


def _remembered() -> Remembered:
    return cast("Remembered", current_app.extensions["ibasho_remembered"])


def _index() -> SearchIndex:
    return cast("SearchIndex", current_app.extensions["ibasho_index"])


def index() -> SearchIndex:
    """The search index, having followed whatever was written since it was last asked.

    Where it cannot follow just now (a full disk, a long import), visitors are answered from what
    it knows, and the next request tries again.
    """
    search_index = _index()
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
    return index().search(query, day, relax, without=_pending())


def facets(query: SearchQuery, day: dt.date, dropped: Collection[str] = ()) -> Facets:
    """How many listings further conditions would leave; asked after `find`, which follows."""
    return _index().facets(query, day, dropped, without=_pending())


def districts() -> tuple[str, ...]:
    """The school districts in which there is any listing; asked after `find`, which follows."""
    return _index().districts(without=_pending())


def suggest(text: str, limit: int) -> list[PublicListing]:
    """The listings that are called so, as far as the index knows."""
    return listings(_index().suggest(text, limit, without=_pending()))


def misses() -> Misses:
    """How often searches found nothing."""
    return cast("Misses", current_app.extensions["ibasho_misses"])


def views() -> Views:
    """How often the pages of listings were opened."""
    return cast("Views", current_app.extensions["ibasho_views"])


def _pending() -> Sequence[str]:
    return read_index_outbox(database())[1] if has_index_notes(database()) else ()
