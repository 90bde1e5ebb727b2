"""With its key lost or another's, the site shows the public what it may, and tells the keeper."""

import datetime as dt
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from support import ReadingClient

from ibasho.data.clock import today
from ibasho.data.database import FILE_NAME as DATABASE
from ibasho.data.database import Database, open_database
from ibasho.data.listings import (
    AddressVisibility,
    ContactVisibility,
    Location,
    Phone,
    locate,
    store,
)
from ibasho.data.notices import close_on
from ibasho.data.sealing import FILE_NAME, WrongKeyError, opens, seal
from ibasho.site.app import create_app
from ibasho.site.config import Settings

MOBILE = "03-3000-5678"
ADDRESS = "東京都西東京市南町5-6-13"


@pytest.fixture(params=["missing", "another's", "empty"])
def moved(
    db: Database, publish: Callable[..., str], tmp_path: Path, request: pytest.FixtureRequest
) -> Path:
    """A data directory without the key of its database; a place keeps address and number in it."""
    where: Location = replace(locate("", ADDRESS), visibility=AddressVisibility.AREA_ONLY)
    phone = Phone(MOBILE, "代表", ContactVisibility.STAFF_ONLY)
    listing = publish("ほしぞら食堂", location=where, phones=(phone,))
    close_on(db, listing, today() + dt.timedelta(days=7), f"南町5-6-13は工事中。{MOBILE}へ", "test")
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    folder = tmp_path / "moved"
    folder.mkdir()
    shutil.copy(tmp_path / "instance" / DATABASE, folder)
    if request.param != "missing":
        key = Fernet.generate_key() if request.param == "another's" else b""
        (folder / FILE_NAME).write_bytes(key)
    return folder


def listings(folder: Path) -> list[str]:
    with closing(open_database(folder)) as db:
        return [one.id for one in store.read_all_public(db)]


def test_the_public_pages_stay_and_tell_nothing_that_is_for_the_staff(
    moved: Path, settings: Settings
) -> None:
    client = create_app(replace(settings, data_dir=moved)).test_client()
    [listing] = listings(moved)
    pages = ["/search?q=食堂", f"/listings/{listing}", "/listings.geojson"]
    for page in (client.get(address).text for address in pages):
        assert "ほしぞら食堂" in page
        assert "5-6-13" not in page
        assert MOBILE not in page


def test_a_monitor_is_told(moved: Path, settings: Settings) -> None:
    answer = create_app(replace(settings, data_dir=moved)).test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.get_json()["key"] == "missing or wrong"


def test_no_new_key_takes_the_place_of_one_that_is_lost(moved: Path) -> None:
    before = (moved / FILE_NAME).read_bytes() if (moved / FILE_NAME).exists() else None
    db = open_database(moved)
    if before:  # another's is a key as well, and seals
        assert opens(moved, seal(db, "x"))
    else:
        with pytest.raises(WrongKeyError, match=FILE_NAME):
            seal(db, "x")
    db.close()
    after = (moved / FILE_NAME).read_bytes() if (moved / FILE_NAME).exists() else None
    assert after == before


@pytest.mark.parametrize("moved", ["another's"], indirect=True)
def test_the_log_says_which_file_to_bring_back(
    moved: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(replace(settings, data_dir=moved))
    app.test_client_class = ReadingClient
    client: ReadingClient = app.test_client()
    [listing] = listings(moved)
    client.sign_in()
    assert client.get(f"/coordinator/listings/{listing}").status_code == 500
    assert f"{FILE_NAME} is " in caplog.text
