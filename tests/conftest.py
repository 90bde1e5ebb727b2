"""What tests share: a real database, listings that are quickly made, an app and its client."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from support import Clock, ReadingClient, publisher

from ibasho.data.database import FILE_NAME, Database, open_database
from ibasho.site.app import create_app
from ibasho.site.config import Settings

# no test is timed: the first example may read the towns of all Japan, on a machine with other work
hypothesis.settings.register_profile("calm", deadline=None)
hypothesis.settings.register_profile("ordeal", max_examples=2_000, deadline=None)
hypothesis.settings.load_profile("calm")


class Compiled(BytecodeCache):
    """The templates as they were compiled for an earlier test: each is compiled once."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as it is made where there was none, made once."""
    data_dir = tmp_path_factory.mktemp("new")
    open_database(data_dir).close()
    return data_dir / FILE_NAME


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def db(data_dir: Path, new_database: Path) -> Iterator[Database]:
    data_dir.mkdir(mode=0o700)
    shutil.copy(new_database, data_dir)
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
    app = create_app(settings)
    app.jinja_env.bytecode_cache = COMPILED
    return app


@pytest.fixture
def client(app: Flask) -> ReadingClient:
    app.test_client_class = ReadingClient
    client = app.test_client()
    assert isinstance(client, ReadingClient)
    return client
