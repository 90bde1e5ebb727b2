"""Searches that found nothing: what is counted, what is not, who sees it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from support import ReadingClient

from ibasho.data.database import Database
from ibasho.data.misses import FILE_NAME, Miss, Misses
from ibasho.data.synonyms import SynonymGroup, add_group
from ibasho.site import stores
from ibasho.site.app import create_app
from ibasho.site.config import Settings, read_settings

Publish = Callable[..., str]


def counted(app: Flask, times: int, address: str) -> list[tuple[str, str, int]]:
    """What the desk is told after a visitor has asked so many times."""
    for _ in range(times):
        app.test_client().get(address)
    with app.app_context():
        stores.misses().write()
        return [(miss.term, miss.area, count) for miss, count in stores.misses().often()]


def test_a_missing_kind_is_counted_by_town(app: Flask, publish: Publish) -> None:
    publish()
    address = "/search?kind=free_school&near=西東京市南町5-6-13"
    assert counted(app, 4, address) == []
    assert counted(app, 1, address) == [("フリースクール", "西東京市南町", 5)]


def test_only_words_of_ours_are_kept(app: Flask, publish: Publish, data_dir: Path) -> None:
    publish()
    address = "/search?q=フリースクール やまだたろう&near=35.7212,139.5467"
    assert counted(app, 5, address) == [("フリースクール", "西東京市向台町", 5)]
    kept = (data_dir / FILE_NAME).read_bytes()
    assert "やまだ".encode() not in kept
    assert b"35.72" not in kept
    assert counted(app, 5, "/search?q=やまだたろう") == [("フリースクール", "西東京市向台町", 5)]


def test_words_of_one_group_are_counted_as_one(app: Flask, publish: Publish, db: Database) -> None:
    publish()
    add_group(db, SynonymGroup(("絵本の部屋", "文庫")), "account:1")
    assert counted(app, 3, "/search?q=絵本の部屋") == []
    assert counted(app, 2, "/search?q=土曜の文庫") == [("絵本の部屋", "", 5)]
    assert counted(app, 5, "/search?q=寺子屋") == [
        ("学習支援", "", 5),
        ("絵本の部屋", "", 5),
    ]


def test_what_was_found_is_not_counted(app: Flask, publish: Publish) -> None:
    publish()
    assert counted(app, 6, "/search?kind=childrens_cafeteria") == []
    assert counted(app, 6, "/search?kind=childrens_cafeteria&age=9&on=2020-01-01") == []


def test_a_site_that_does_not_count_keeps_nothing_and_says_nothing(
    settings: Settings, data_dir: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish()
    assert "見つからなかった検索だけは" in create_app(settings).test_client().get("/about").text
    monkeypatch.setenv("IBASHO_COUNT_MISSES", "0")
    silent = create_app(read_settings(data_dir))
    assert counted(silent, 6, "/search?kind=free_school") == []
    assert not (data_dir / FILE_NAME).exists()
    assert "見つからなかった検索だけは" not in silent.test_client().get("/about").text


def test_the_desk_shows_what_is_missing(
    app: Flask, client: ReadingClient, publish: Publish
) -> None:
    publish()
    counted(app, 5, "/search?kind=free_school&near=西東京市南町")
    client.sign_in()
    page = client.get("/coordinator/").text
    assert "見つからなかった検索" in page
    missing = page.split('id="today-misses"')[1].split("</section>")[0]
    for words in ("フリースクール", "西東京市南町", "5回", "/listings/new?kind=free_school"):
        assert words in missing


def test_several_processes_add_up_and_a_year_later_it_is_forgotten(tmp_path: Path) -> None:
    first, second = Misses(tmp_path), Misses(tmp_path)
    for misses in (first, second):
        misses.count([Miss("居場所", "西区", "2026-12")] * 3)
        misses.write()
    assert first.often() == [(Miss("居場所", "西区", "2026-12"), 6)]
    second.count([Miss("居場所", "西区", "2027-12")] * 5)
    second.write()
    assert [miss.month for miss, _ in second.often()] == ["2027-12"]
