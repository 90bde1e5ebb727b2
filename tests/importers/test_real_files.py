"""Files that cities publish are imported as they are."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ibasho.data.database import Database
from ibasho.data.listings import store
from ibasho.data.schedule import Certainty
from ibasho.importers import ImportReport

ROWS = {
    "131105_meguroku": 11,
    "131113_otaku": 53,
    "131130_shibuyaku": 52,
    "131199_itabashiku": 53,
    "132063_fuchushi": 11,
    "132101_koganeishi": 2,
    "132152_kunitachishi": 12,
    "132292_nishitokyoshi": 26,
}
Run = Callable[..., ImportReport]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


@pytest.mark.parametrize(("name", "rows"), ROWS.items())
def test_every_city_is_imported_whole(real: Path, run: Run, name: str, rows: int) -> None:
    report = run(real / "kodomo-shokudo" / f"{name}_kodomosyokudo.csv")
    assert (report.format, report.rows, report.created, report.skipped) == (
        "musubie",
        rows,
        rows,
        0,
    )
    assert sum(report.positions.values()) == rows
    assert not {"municipality", "none"} & report.positions.keys()


@pytest.mark.parametrize("name", ROWS)
def test_importing_again_changes_no_byte(real: Path, run: Run, dump: Dump, name: str) -> None:
    path = real / "kodomo-shokudo" / f"{name}_kodomosyokudo.csv"
    run(path)
    before = dump()
    report = run(path)
    assert report.unchanged == report.rows == ROWS[name]
    assert dump() == before


def test_all_cities_at_once_with_their_further_sheets(real: Path, run: Run, dump: Dump) -> None:
    files = sorted((real / "kodomo-shokudo").iterdir())
    report = run(*files)
    assert report.created == report.rows == 223
    assert len(dump()["source"]) == len(ROWS)
    before = dump()
    assert run(*reversed(files)).unchanged == 223
    assert dump() == before


def test_nishitokyo_lies_in_nishitokyo_and_has_certain_days(
    real: Path, run: Run, db: Database
) -> None:
    run(real / "kodomo-shokudo" / "132292_nishitokyoshi_kodomosyokudo.csv")
    listings = list(store.read_all_public(db))
    assert {listing.municipality for listing in listings} == {"東京都西東京市"}
    assert {listing.source_name for listing in listings} == {"東京都西東京市 子ども食堂一覧"}
    assert all(35.70 < (listing.position.lat or 0) < 35.77 for listing in listings)
    certain = [one for one in listings if one.schedule.certainty is Certainty.EXACT]
    assert len(certain) >= 20


def test_a_list_on_a_wards_page_needs_one_command(real: Path, run: Run, db: Database) -> None:
    report = run(
        real / "ward-page" / "osaka_nishi_kodomo_shokudo.csv",
        municipality="大阪府大阪市西区",
        mapping={"施設名": "name", "住所": "address", "内容": "schedule"},
    )
    assert (report.format, report.created, report.problems) == ("table", 6, ())
    assert not {"municipality", "none"} & report.positions.keys()
    by_name = {listing.name: listing for listing in store.read_all_public(db)}
    assert by_name["うつぼこども食堂"].schedule_text == "毎週月曜日"
    assert by_name["うつぼこども食堂"].municipality == "大阪府大阪市西区"


def test_shift_jis_is_read(real: Path, run: Run, db: Database) -> None:
    report = run(
        real / "encodings" / "localgovjp_shift_jis.csv",
        mapping={"city": "name", "citykana": "kana", "phrase": "description", "pid": "id"},
        source="自治体一覧",
        dry_run=True,
    )
    assert report.rows == 1916
