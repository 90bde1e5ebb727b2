"""Address points of an operator: what is kept of the offices' files, and what addresses become."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from address_points import (
    BLOCK_6,
    BLOCKS,
    POSITIONS,
    TOWNS,
    isj_row,
    isj_rows,
    write_abr,
    write_isj,
)

from ibasho.data.addresses import (
    FILE_NAME,
    UNMEASURED_RADIUS_M,
    UnusableAddressesError,
    geocoder,
    make_addresses,
    read_held,
)
from ibasho.data.database import Database
from ibasho.data.geocode import Level, Match, geocode
from ibasho.importers.address_files import PREFECTURES
from ibasho.importers.addresses import AddressReport, import_addresses
from ibasho.importers.report import ImportRefusedError


@pytest.fixture
def points(data_dir: Path) -> Iterator[Database]:
    with closing(make_addresses(data_dir)) as opened:
        yield opened


def keep(points: Database, *files: Path) -> list[AddressReport]:
    return import_addresses(points, files)


def find(data_dir: Path, address: str, municipality: str | None = None) -> Match:
    with geocoder(data_dir) as asked:
        return asked(address, municipality)


@pytest.mark.parametrize("name", ["13_2024.csv", "13000-23.0a.zip"])
def test_an_address_lies_at_its_block_with_a_radius_measured_in_the_file(
    name: str, points: Database, data_dir: Path, tmp_path: Path
) -> None:
    (report,) = keep(points, write_isj(tmp_path / name, isj_rows()))
    assert (report.kept[0].municipality, report.kept[0].points) == ("東京都西東京市", 30)
    assert 55 <= report.kept[0].radius_m <= 65, "neighbours lie 60 m from each other"
    match = find(data_dir, "西東京市南町5-6-13 ひばりビル3階")
    assert (match.lat, match.lon) == BLOCK_6
    assert (match.level, match.matched) == (Level.BLOCK, "東京都西東京市南町5丁目6番")
    assert match.radius_m == report.kept[0].radius_m
    assert match.town == geocode("西東京市南町5-6-13").town


@pytest.mark.parametrize(
    "address",
    ["東京都西東京市南町5丁目6番13号", "西東京市南町五丁目六番", "西東京市南町５−６−１３",
     "西東京市南町5の6の13", "〒188-0012 西東京市南町5-6", "西東京市南町 5丁目 6-13"],
)  # fmt: skip
def test_every_spelling_of_an_address_finds_the_block(
    address: str, points: Database, data_dir: Path, tmp_path: Path
) -> None:
    keep(points, write_isj(tmp_path / "a.csv", isj_rows()))
    match = find(data_dir, address)
    assert (match.lat, match.lon) == BLOCK_6


@pytest.mark.parametrize(
    "address",
    ["西東京市南町5-99-1", "西東京市南町5丁目", "西東京市南町5丁目6階", "西東京市田無町5-6-13",
     "西東京市南町4-6-13", "西東京市", "どこでもない", ""],
)  # fmt: skip
def test_what_no_block_is_kept_of_lies_where_it_lay_before(
    address: str, points: Database, data_dir: Path, tmp_path: Path
) -> None:
    keep(points, write_isj(tmp_path / "a.csv", isj_rows()))
    assert find(data_dir, address) == geocode(address)


def test_lots_say_so_and_include_the_spread_of_several_points(
    points: Database, data_dir: Path, tmp_path: Path
) -> None:
    sakai = {"town": "鳳東町六丁", "city": "大阪府 堺市西区", "lot": True}
    rows = [
        isj_row("600", 34.5371, 135.4651, main=False, **sakai),
        isj_row("600", 34.5362, 135.4651, **sakai),
    ]
    (report,) = keep(points, write_isj(tmp_path / "27.csv", rows))
    assert report.kept[0].radius_m == UNMEASURED_RADIUS_M, "one lot has no neighbours"
    match = find(data_dir, "堺市西区鳳東町6丁600番地")
    assert (match.lat, match.lon) == (34.5362, 135.4651), "代表フラグ marks the point to take"
    assert match.matched == "大阪府堺市西区鳳東町6丁600番地"
    assert match.radius_m == UNMEASURED_RADIUS_M + 100


def test_a_koaza_stands_before_its_lots(points: Database, data_dir: Path, tmp_path: Path) -> None:
    rows = [
        isj_row("45", 35.7260, 139.5460, town="田無町一丁目", koaza="架空谷", lot=True),
        isj_row("45", 35.7270, 139.5470, town="田無町一丁目", lot=True),
    ]
    keep(points, write_isj(tmp_path / "a.csv", rows))
    assert find(data_dir, "西東京市田無町1丁目架空谷45").lat == 35.7260
    assert find(data_dir, "西東京市田無町1丁目45番地の2").lat == 35.7270


def test_what_was_deleted_or_has_no_point_or_town_is_left_out(
    points: Database, data_dir: Path, tmp_path: Path
) -> None:
    rows = [
        *isj_rows(),
        isj_row("40", 35.726, 139.541, history="30"),
        isj_row("41", 35.726, 139.541, history="03"),
        isj_row("42", 0.0, 0.0),
        isj_row("43", 35.726, 139.541, town="架空町九丁目"),
    ]
    (report,) = keep(points, write_isj(tmp_path / "a.csv", rows))
    assert (report.kept[0].points, report.left_out) == (30, 1)
    assert find(data_dir, "西東京市南町5-40-1").level is Level.CHOME


def abr(folder: Path, *, with_names: bool = True) -> list[Path]:
    """Two blocks of 西東京市南町五丁目, one of them abolished; one has a point for lots as well."""
    names = {"city": "西東京市", "oaza_cho": "南町", "chome": "五丁目"}
    key = {"lg_code": "132292", "machiaza_id": "0012005"}
    blocks = [
        key | (names if with_names else {}) | {"blk_id": "006", "blk_num": "6"},
        key | names | {"blk_id": "007", "blk_num": "7", "ablt_date": "2024-01-01"},
        key | names | {"blk_id": "008", "blk_num": "8"},
    ]
    lat, lon = map(str, BLOCK_6)
    positions = [
        key | {"blk_id": "006", "rsdt_addr_flg": "1", "rep_lat": lat, "rep_lon": lon},
        key | {"blk_id": "006", "rsdt_addr_flg": "0", "rep_lat": "35.9", "rep_lon": "139.9"},
        key | {"blk_id": "007", "rsdt_addr_flg": "1", "rep_lat": lat, "rep_lon": lon},
    ]
    towns = [key | names | {"pref": "東京都"}]
    return [
        write_abr(folder / "mt_rsdtdsp_blk_pref13.csv", BLOCKS, blocks),
        write_abr(folder / "mt_rsdtdsp_blk_pos_pref13.csv", POSITIONS, positions),
        *([] if with_names else [write_abr(folder / "mt_town_pref13.csv", TOWNS, towns)]),
    ]


@pytest.mark.parametrize("with_names", [True, False])
def test_blocks_of_the_address_base_registry_meet_their_positions(
    with_names: bool, points: Database, data_dir: Path, tmp_path: Path
) -> None:
    (report,) = keep(points, *abr(tmp_path, with_names=with_names))
    assert [(one.municipality, one.points) for one in report.kept] == [("東京都西東京市", 1)]
    match = find(data_dir, "西東京市南町5-6-13")
    assert (match.lat, match.lon, match.level) == (*BLOCK_6, Level.BLOCK)
    assert find(data_dir, "西東京市南町5-7-1").level is Level.CHOME


def test_the_prefectures_stand_in_the_order_of_their_codes() -> None:
    assert (len(PREFECTURES), PREFECTURES[12], PREFECTURES[26]) == (47, "東京都", "大阪府")


def test_a_second_import_replaces_the_municipality_and_no_other(
    points: Database, data_dir: Path, tmp_path: Path
) -> None:
    other = [isj_row("1", 35.6, 139.7, town="大森北一丁目", city="東京都 大田区")]
    keep(points, write_isj(tmp_path / "a.csv", [*isj_rows(), *other]))
    keep(points, write_isj(tmp_path / "b.csv", isj_rows()[:3]))
    held = {one.municipality: (one.points, one.source) for one in read_held(points)}
    assert held == {"東京都大田区": (1, "a.csv"), "東京都西東京市": (3, "b.csv")}
    assert find(data_dir, "西東京市南町5-6-13").level is Level.CHOME


def test_a_file_that_is_none_is_refused_and_says_what_to_do(
    points: Database, tmp_path: Path
) -> None:
    blocks, positions = abr(tmp_path)
    text = tmp_path / "list.csv"
    text.write_text("名称,住所\nみなみ,西東京市\n", encoding="utf-8")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04" + bytes(40))
    nowhere = write_isj(tmp_path / "x.csv", [isj_row("1", 35.7, 139.5, town="架空町九丁目")])
    empty = tmp_path / "empty.csv"
    empty.touch()
    for file in (text, broken, blocks, positions, nowhere, empty, tmp_path / "missing.csv"):
        with pytest.raises(ImportRefusedError, match=file.name) as refused:
            keep(points, file)
        assert "\n" not in str(refused.value)
    assert read_held(points) == []


def cut(path: Path, length: int) -> Path:
    path.write_bytes(path.read_bytes()[:-length])
    return path


def test_a_file_that_is_cut_or_damaged_is_refused_and_changes_nothing(
    points: Database, data_dir: Path, tmp_path: Path
) -> None:
    keep(points, write_isj(tmp_path / "whole.csv", isj_rows()))
    held = read_held(points)
    blocks, positions = abr(tmp_path)
    wrong_sum = write_isj(tmp_path / "sum.zip", isj_rows())
    content = bytearray(wrong_sum.read_bytes())
    for mark, place in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        content[content.index(mark) + place] ^= 1
    wrong_sum.write_bytes(content)
    damaged = write_isj(tmp_path / "damaged.zip", isj_rows())
    content = bytearray(damaged.read_bytes())
    content[600:640] = bytes(40)
    damaged.write_bytes(content)
    huge = isj_row("1", 35.726, 139.541, koaza="谷" * 140_000)
    for files, says in [
        ([cut(write_isj(tmp_path / "fields.csv", isj_rows()), 6)], "row 31"),
        ([cut(write_isj(tmp_path / "quote.csv", isj_rows()), 3)], "cut"),
        ([blocks, cut(positions, 12)], "row 4"),
        ([wrong_sum], "sum.zip"),
        ([damaged], "damaged.zip"),
        ([write_isj(tmp_path / "huge.csv", [*isj_rows(), huge])], "huge.csv"),
    ]:
        with pytest.raises(ImportRefusedError, match=says) as refused:
            keep(points, *files)
        assert "\n" not in str(refused.value)
        assert files[-1].name in str(refused.value)
    assert read_held(points) == held
    assert find(data_dir, "西東京市南町5-30-1").level is Level.BLOCK


def test_without_points_the_geocoder_is_the_offline_one(data_dir: Path) -> None:
    with geocoder(data_dir) as asked:
        assert asked is geocode
    assert not (data_dir / FILE_NAME).exists()


def test_a_damaged_file_costs_nobody_more_than_the_block(data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / FILE_NAME).write_bytes(b"no database" * 1000)
    assert find(data_dir, "西東京市南町5-6-13").level is Level.CHOME
    with pytest.raises(UnusableAddressesError, match="delete it"):
        make_addresses(data_dir)


def test_one_address_takes_no_more_than_a_millisecond(
    points: Database, data_dir: Path, tmp_path: Path
) -> None:
    keep(points, write_isj(tmp_path / "a.csv", isj_rows()))
    with geocoder(data_dir) as asked:
        asked("西東京市南町5-6-13", None)
        start = time.perf_counter()
        for number in range(500):
            asked(f"西東京市南町5-{number % 30 + 1}-{number}", None)
        assert (time.perf_counter() - start) / 500 < 0.001
