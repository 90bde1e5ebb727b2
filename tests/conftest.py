"""What tests share: a real database, listings that are quickly made, an app and its client."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from support import ReadingClient

from ibasho.data.database import Database, open_database
from ibasho.data.listings import Kind, Listing, Location, edit, locate
from ibasho.data.schedule import read_phrase
from ibasho.site.app import create_app
from ibasho.site.config import Settings


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def db(data_dir: Path) -> Iterator[Database]:
    database = open_database(data_dir)
    yield database
    database.close()


@pytest.fixture
def publish(db: Database) -> Callable[..., str]:
    """Publish a listing made of the given fields; `address` and `phrase` are short for more."""

    def make(
        name: str = "みなみ子ども食堂",
        address: str = "東京都西東京市南町5-6-13",
        phrase: str = "毎月第2土曜日 11:30～14:00",
        location: Location | None = None,
        kind: Kind = Kind.CHILDRENS_CAFETERIA,
        **fields: Any,
    ) -> str:
        listing = Listing(
            kind=kind,
            name=name,
            location=location or locate("", address),
            schedule=read_phrase(phrase),
            schedule_text=phrase,
            **fields,
        )
        return edit.approve_revision(db, edit.propose_listing(db, listing, "test"), "test")

    return make


@pytest.fixture
def settings(data_dir: Path) -> Settings:
    return Settings(data_dir=data_dir, secret_key="a secret for the tests alone, long enough")


@pytest.fixture
def app(settings: Settings, db: Database) -> Flask:
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> ReadingClient:
    app.test_client_class = ReadingClient
    client = app.test_client()
    assert isinstance(client, ReadingClient)
    return client
