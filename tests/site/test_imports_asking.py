"""What a list has published is asked for at 国土地理院, where the operator wants that."""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from address_points import BLOCK_6
from gsi_service import Service, answering
from support import ReadingClient, free_port

from ibasho.data.database import Database
from ibasho.data.geocode import Level
from ibasho.data.imports import runs
from ibasho.data.imports.undo import undo_run
from ibasho.data.listings import AddressVisibility, Listing, locate, store
from ibasho.importers.desk import stated
from ibasho.importers.report import ImportOptions
from ibasho.site.config import Settings
from ibasho.site.coordinator.import_asking import ask

ROWS = "施設名,所在地\r\nひだまり食堂,東京都西東京市南町5-6-13\r\nあおぞら,東京都西東京市泉町\r\n"
RIGHT = ("東京都西東京市南町五丁目６番１３号", *BLOCK_6)

Publish = Callable[..., str]


@pytest.fixture
def service() -> Iterator[Service]:
    with answering() as told:
        told.says(RIGHT)
        yield told


@pytest.fixture
def settings(data_dir: Path, service: Service) -> Settings:
    return Settings(data_dir, "x" * 40, gsi=service.address)


@pytest.fixture
def desk(client: ReadingClient) -> ReadingClient:
    return client.sign_in()


def published(desk: ReadingClient, db: Database) -> str:
    """Bring the list in, publish it and wait for what follows; the page of it."""
    options = ImportOptions(format="table", mapping={"施設名": "name", "所在地": "address"})
    run_id = runs.add_run(db, [("list.csv", ROWS.encode())], stated(options), "test")
    address = f"/coordinator/imports/{run_id}"
    seen = re.search('name="seen" value="([0-9a-f]+)"', desk.get(address).text)
    assert seen
    answer = desk.post(
        f"{address}/publish", data={"form_token": desk.token(address), "seen": seen[1]}
    )
    assert answer.status_code == 303
    for thread in threading.enumerate():
        if thread.name == "gsi":
            thread.join(timeout=20)
    return address


def bodies(db: Database) -> dict[str, Listing]:
    found = (one.published.body for one in store.read_all_stored(db) if one.published)
    return {body.name: body for body in found}


def test_what_was_found_is_published_and_told_on_the_page(
    desk: ReadingClient, db: Database, service: Service
) -> None:
    page = desk.get(published(desk, db)).text
    assert service.asked == ["東京都西東京市南町5-6-13"], "no town alone, and no name"
    assert bodies(db)["ひだまり食堂"].location.position.level is Level.BLOCK
    assert "1件が番地の位置になりました" in page


def test_a_list_is_taken_back_with_what_was_found_for_it(desk: ReadingClient, db: Database) -> None:
    address = published(desk, db)
    undo_run(db, int(address.rpartition("/")[2]), "test")
    assert {str(one.state) for one in store.read_all_stored(db)} == {"archived"}


def test_without_an_answer_the_list_is_public_all_the_same(
    desk: ReadingClient, db: Database, service: Service
) -> None:
    service.answer = b"no answer at all"
    page = desk.get(published(desk, db)).text
    assert bodies(db)["ひだまり食堂"].location.position.level is Level.CHOME
    assert "回答が得られない" in page


def test_while_it_is_asked_the_page_says_so_and_nothing_is_locked(
    desk: ReadingClient, db: Database, service: Service, publish: Publish
) -> None:
    address = published(desk, db)
    runs.note_asked(db, int(address.rpartition("/")[2]), runs.Asked.begun())
    assert "問い合わせています" in desk.get(address).text
    assert "もう一度見る" in desk.get(address).text


def test_a_process_that_was_ended_asks_no_more(desk: ReadingClient, db: Database) -> None:
    address = published(desk, db)
    runs.note_asked(
        db, int(address.rpartition("/")[2]), runs.Asked("2026-01-01T00:00:00.000000+00:00")
    )
    assert "もう一度見る" not in desk.get(address).text


def test_a_hidden_address_is_never_asked_for(
    db: Database, settings: Settings, service: Service, publish: Publish
) -> None:
    hidden = locate("", "東京都西東京市南町5-6-13", visibility=AddressVisibility.AREA_ONLY)
    publish(name="かくれが", location=hidden)
    run_id = runs.add_run(db, [("list.csv", ROWS.encode())], stated(ImportOptions()), "test")
    ask(db, settings, run_id, "test")
    assert service.asked == []


def test_where_the_network_is_away_it_goes_on(
    db: Database, settings: Settings, publish: Publish
) -> None:
    publish(name="ひだまり食堂", address="東京都西東京市南町5-6-13")
    run_id = runs.add_run(db, [("list.csv", ROWS.encode())], stated(ImportOptions()), "test")
    away = replace(settings, gsi=f"http://127.0.0.1:{free_port()}/")
    ask(db, away, run_id, "test")
    assert runs.read_run(db, run_id).asked == runs.Asked("", 0, is_failed=True)
