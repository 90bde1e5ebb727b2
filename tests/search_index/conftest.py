"""A ward with a real database and a real index, and short ways to fill and ask it."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from ibasho.data.database import Database, open_database
from ibasho.data.geocode import Level
from ibasho.data.listings.edit import (
    approve_revision,
    change_state,
    newest_revision,
    propose_change,
    propose_listing,
)
from ibasho.data.listings.kinds import Kind
from ibasho.data.listings.model import Listing, Location, Position, PositionSource
from ibasho.data.listings.states import State
from ibasho.data.listings.store import read_revision
from ibasho.data.schedule import read_phrase
from ibasho.search_index import SearchIndex, SearchQuery, SearchResult

TODAY = dt.date(2026, 11, 22)  # a Sunday


@dataclass
class Ward:
    """One data directory."""

    folder: Path
    db: Database
    index: SearchIndex

    def add(
        self,
        name: str,
        kind: Kind = Kind.CONSULTATION_DESK,
        at: tuple[float, float] | None = None,
        opens: str = "",
        level: Level = Level.PIN,
        **fields: Any,
    ) -> str:
        """Publish a listing and return its id; the index does not know of it yet."""
        position = Position(*at, level, None, PositionSource.FILE) if at else Position()
        location = fields.pop("location", Location(municipality="大阪府堺市西区"))
        listing = Listing(
            kind=kind,
            name=name,
            location=replace(location, position=position),
            schedule=read_phrase(opens),
            **fields,
        )
        return approve_revision(self.db, propose_listing(self.db, listing, "test"), "test")

    def change(self, listing_id: str, **fields: Any) -> None:
        """Publish a changed wording."""
        newest = newest_revision(self.db, listing_id)
        assert newest
        body = replace(read_revision(self.db, newest.id).body, **fields)
        revision = propose_change(self.db, listing_id, body, "test", newest.id)
        approve_revision(self.db, revision, "test")

    def withdraw(self, listing_id: str) -> None:
        """Take a listing from the public."""
        change_state(self.db, listing_id, State.ARCHIVED, "test", "closed for good")

    def ask(self, text: str = "", relax: bool = False, **conditions: Any) -> SearchResult:
        """Bring the index up to date and search."""
        self.index.bring_up_to_date(self.db)
        query = SearchQuery(text=text, **{"limit": 1000} | conditions)
        return self.index.search(query, TODAY, relax=relax)

    def names(self, text: str = "", relax: bool = False, **conditions: Any) -> list[str]:
        """The names of what is found, in order."""
        hits = self.ask(text, relax, **conditions).hits
        return [self.index.records()[hit.id].name.split("\n")[0] for hit in hits]


@pytest.fixture
def new_ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Ward]]:
    """Makes a ward with nothing in it."""
    opened: list[Database] = []

    def make() -> Ward:
        folder = tmp_path_factory.mktemp("ward")
        opened.append(open_database(folder))
        return Ward(folder, opened[-1], SearchIndex(folder / "index"))

    yield make
    for db in opened:
        db.conn.close()


@pytest.fixture
def ward(new_ward: Callable[[], Ward]) -> Ward:
    """A ward with nothing in it."""
    return new_ward()
