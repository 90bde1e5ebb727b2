"""What tests share: a real database, listings that are quickly made, an app and its client."""

from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from support import Clock, ReadingClient, publisher

from ibasho.data.database import Database, open_database
from ibasho.site.app import create_app
from ibasho.site.config import Settings

# no test is timed: the first example may read the towns of all Japan, on a machine with other work
hypothesis.settings.register_profile("calm", deadline=None)
hypothesis.settings.register_profile("ordeal", max_examples=2_000, deadline=None)
hypothesis.settings.load_profile("calm")


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def db(data_dir: Path) -> Iterator[Database]:
    database = open_database(data_dir)
    yield database
    database.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of accounts, links and mails stands still, and the test moves it on."""
    clock = Clock()
    monkeypatch.setattr("ibasho.data.clock.dt", clock.as_module())
    return clock


@pytest.fixture
def publish(db: Database) -> Callable[..., str]:
    """Publish a listing made of the given fields."""
    return publisher(db)


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
