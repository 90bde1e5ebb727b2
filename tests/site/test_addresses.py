"""`ibasho addresses` as operators meet it, and the points where people work."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from address_points import BLOCK_6, isj_rows, write_isj
from click.testing import CliRunner, Result
from support import ReadingClient, free_port

from ibasho.data.addresses import FILE_NAME
from ibasho.data.database import Database
from ibasho.data.geocode import Level
from ibasho.data.listings.store import read_public, read_waiting
from ibasho.search_index import SearchIndex, check
from ibasho.site.commands import main

Run = Callable[..., Result]
ADDRESS = "東京都西東京市南町5-6-13"


@pytest.fixture
def run(data_dir: Path, db: Database) -> Run:
    def start(*arguments: str | Path) -> Result:
        words = ["--data-dir", str(data_dir), *map(str, arguments)]
        return CliRunner().invoke(main, words, catch_exceptions=False)

    return start


@pytest.fixture
def points(tmp_path: Path) -> Path:
    return write_isj(tmp_path / "13_2024.csv", isj_rows())


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_one_command_keeps_points_and_moves_what_is_listed(
    run: Run, points: Path, db: Database, data_dir: Path, publish: Callable[..., str]
) -> None:
    listing_id = publish(address=ADDRESS)
    first = told(run("addresses", points, "--json"))
    assert first["moved"] == 1
    assert first["imported"][0]["kept"][0]["municipality"] == "東京都西東京市"
    (public,) = read_public(db, [listing_id])
    assert (public.position.lat, public.position.lon) == BLOCK_6
    assert check(db, SearchIndex(data_dir / "index")) == [], "the index has followed"
    again = told(run("addresses", points, "--json"))
    assert (again["moved"], again["held"][0]["points"]) == (0, 30)
    assert (data_dir / FILE_NAME).stat().st_mode & 0o077 == 0


def test_without_a_file_it_says_what_is_kept(run: Run, points: Path, data_dir: Path) -> None:
    assert "There are no address points" in run("addresses").stdout
    assert not (data_dir / FILE_NAME).exists()
    shown = run("addresses", points).stdout
    assert "東京都西東京市: 30" in shown and "0 listings moved" in shown
    assert "13_2024.csv" in run("addresses").stdout
    assert "30 points in all" in run("addresses").stdout


def test_what_is_no_such_file_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "list.csv"
    wrong.write_text("名称,住所\n", encoding="utf-8")
    refused = run("addresses", wrong)
    assert refused.exit_code == 1
    assert refused.stderr.count("\n") == 1
    assert "位置参照情報" in refused.stderr


def test_other_commands_know_the_blocks_then(run: Run, points: Path, tmp_path: Path) -> None:
    assert told(run("geocode", ADDRESS, "--json"))["level"] == "chome"
    run("addresses", points)
    match = told(run("geocode", ADDRESS, "--json"))
    assert (match["level"], match["lat"], match["lon"]) == ("block", *BLOCK_6)
    table = tmp_path / "list.csv"
    table.write_text(f"名称,住所\nみなみ食堂,{ADDRESS}\n", encoding="utf-8")
    mapping = ["--map", "名称=name", "--map", "住所=address"]
    assert told(run("import", table, *mapping, "--json"))["positions"] == {"block": 1}
    near = told(run("search", "--near", ADDRESS, "--json"))["results"]
    assert near[0]["distance_m"] == 0


def test_a_coordinators_listing_lies_at_its_block(
    run: Run, points: Path, db: Database, client: ReadingClient
) -> None:
    run("addresses", points)
    client.sign_in()
    form = {"form_token": client.token("/coordinator/listings/new"), "name": "みなみ食堂",
            "kind": "childrens_cafeteria", "municipality": "東京都西東京市",
            "address": "南町5-6-13"}  # fmt: skip
    for visibility, level in (("exact", Level.BLOCK), ("area_only", Level.CHOME)):
        answer = client.post("/coordinator/listings/new", data=form | {"visibility": visibility})
        assert answer.status_code == 303
        assert read_waiting(db)[-1].body.location.position.level is level


def test_a_visitors_place_stays_as_rough_as_its_town(
    run: Run, points: Path, client: ReadingClient, publish: Callable[..., str]
) -> None:
    publish(address=ADDRESS)
    run("addresses", points)
    page = client.get("/search?near=西東京市南町5-6-13").text
    assert "南町5丁目" in page and "5丁目6番" not in page


def test_a_setting_that_says_no_clear_yes_is_refused_before_anything_is_kept(
    run: Run, points: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBASHO_GSI", "yes please")
    refused = run("addresses", points)
    assert refused.exit_code == 1 and "IBASHO_GSI must be 1" in refused.stderr
    assert not (data_dir / FILE_NAME).exists()


def test_an_operator_may_have_a_service_asked(
    run: Run, publish: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    publish(address="東京都西東京市田無町1-2-3")
    points = write_isj(tmp_path / "13_2024.csv", isj_rows())
    assert "国土地理院" not in run("addresses", points).stderr, "nobody is asked by itself"
    monkeypatch.setenv("IBASHO_GSI", f"http://127.0.0.1:{free_port()}/AddressSearch")
    asked = run("addresses", points)
    assert asked.exit_code == 0
    assert asked.stderr.count("did not answer") == 1
