"""Sheets of further venues and days."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from ibasho.data.database import Database, open_database
from ibasho.data.listings import Listing, State, store
from ibasho.data.listings.edit import change_state
from ibasho.importers import (
    ImportOptions,
    ImportRefusedError,
    ImportReport,
    import_files,
)

Run = Callable[..., ImportReport]
Write = Callable[..., Path]
Kept = Callable[[], dict[str, store.StoredListing]]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]

MAIN = {"ID": "7", "運営団体名": "OSUSOWAKE", "電話番号1": "042-458-0251"}
VENUE = {"ID": "7", "住所": "東京都西東京市泉町2-3-2", "方書": "1号棟", "開催日": "第１月曜日",
         "参加費_大人": "100", "定員": "100"}  # fmt: skip
DAY = {"ID": "7", "開催日": "第１月曜日", "開催開始時間": "17:00", "参加費_大人": "100"}


def outcome(report: ImportReport) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.skipped


def test_another_address_is_a_further_listing(
    run: Run, main: Write, tsuika: Write, kept: Kept
) -> None:
    assert outcome(run(main(MAIN), tsuika(VENUE))) == (2, 0, 0, 0)
    stored = kept()["東京都西東京市泉町2-3-2"]
    assert stored.source_key == "7/tsuika"
    assert stored.published
    body = stored.published.body
    assert (body.name, body.organization) == ("ひだまり食堂", "OSUSOWAKE")
    assert body.phones[0].number == "042-458-0251"
    assert body.location.building == "1号棟"
    assert body.capacity == "100"
    assert [rule.rrule() for rule in body.schedule.rules] == ["FREQ=MONTHLY;BYDAY=1MO"]


@pytest.mark.parametrize("address", ["", "東京都西東京市南町５丁目６番１１号"])
def test_the_same_address_or_none_is_a_further_day(
    run: Run, main: Write, tsuika: Write, the: Callable[[], Listing], address: str
) -> None:
    report = run(main(MAIN), tsuika(DAY | {"住所": address}))
    assert outcome(report) == (1, 1, 0, 0)
    body = the()
    assert {rule.rrule() for rule in body.schedule.rules} == {
        "FREQ=MONTHLY;BYDAY=3SA",
        "FREQ=MONTHLY;BYDAY=1MO",
    }
    assert [cost.amount for cost in body.costs] == [100]
    assert body.location.address == "西東京市南町5-6-11"


@pytest.mark.parametrize("row", [VENUE, DAY], ids=["venue", "day"])
def test_it_may_come_later_and_either_may_come_again(
    run: Run, main: Write, tsuika: Write, dump: Dump, db: Database, row: dict[str, str]
) -> None:
    mains, further = main(MAIN), tsuika(row)
    run(mains)
    assert sum(outcome(run(further))[:2]) == 1
    before = dump()
    for files in ((mains,), (further,), (mains, further), (further, mains)):
        report = run(*files)
        assert report.unchanged == report.rows == len(files)
        assert dump() == before


def test_together_or_one_after_the_other_gives_the_same_listings(
    tmp_path: Path, run: Run, main: Write, tsuika: Write, db: Database
) -> None:
    mains, further = main(MAIN), tsuika(VENUE, DAY)
    run(mains, further)
    other = open_database(tmp_path / "other")
    for path in (mains, further):
        import_files(other, [path], ImportOptions(), dt.date(2026, 12, 1))
    bodies = [
        {one.published.body for one in store.read_all_stored(each) if one.published}
        for each in (db, other)
    ]
    other.conn.close()
    assert bodies[0] == bodies[1]


def test_the_main_sheet_can_change_while_the_further_days_stay(
    run: Run, main: Write, tsuika: Write, the: Callable[[], Listing]
) -> None:
    run(main(MAIN), tsuika(DAY))
    run(main(MAIN | {"電話番号1": "042-458-9999", "開催日": "第２土曜日"}))
    assert [phone.number for phone in the().phones] == ["042-458-9999"]
    assert {rule.rrule() for rule in the().schedule.rules} == {
        "FREQ=MONTHLY;BYDAY=2SA",
        "FREQ=MONTHLY;BYDAY=1MO",
    }


@pytest.mark.parametrize("key", ["", "AA01"])
@pytest.mark.parametrize("together", [True, False])
def test_a_row_is_found_by_the_number_for_further_information(
    run: Run, main: Write, tsuika: Write, kept: Kept, dump: Dump, key: str, *, together: bool
) -> None:
    mains = main(MAIN | {"ID": key, "追加情報NO": "3"}, {"ID": "3", "名称": "別の食堂"})
    further = tsuika(VENUE | {"ID": "3"})
    if together:
        run(mains, further)
    else:
        run(mains)
        run(further)
    stored = kept()["東京都西東京市泉町2-3-2"]
    assert stored.published
    assert stored.published.body.organization == "OSUSOWAKE"
    before = dump()
    assert run(mains, further).unchanged == 3
    assert dump() == before


def test_several_rows_of_one_listing(run: Run, main: Write, tsuika: Write, kept: Kept) -> None:
    other = VENUE | {"住所": "西東京市北町1-1"}
    files = main(MAIN), tsuika(VENUE, VENUE | {"開催日": "第４金曜日"}, other)
    assert outcome(run(*files)) == (3, 1, 0, 0)
    keys = {address: stored.source_key for address, stored in kept().items()}
    assert keys == {
        "西東京市南町5-6-11": "7",
        "東京都西東京市泉町2-3-2": "7/tsuika",
        "西東京市北町1-1": "7/tsuika/2",
    }
    assert run(*files).unchanged == 4


def test_a_row_whose_listing_is_unknown_is_skipped_and_reported(
    run: Run, main: Write, tsuika: Write
) -> None:
    report = run(main(MAIN), tsuika(VENUE | {"ID": "8"}, VENUE | {"ID": ""}, VENUE))
    assert outcome(report) == (2, 0, 0, 2)
    assert [(problem.file, problem.row) for problem in report.problems] == [
        ("132292_shokudo_tsuika.csv", 2),
        ("132292_shokudo_tsuika.csv", 3),
    ]


def test_a_sheet_belongs_to_the_main_file_of_its_code(
    run: Run, main: Write, tsuika: Write, kept: Kept
) -> None:
    kunitachi = {"ID": "7", "市区町村名": "国立市", "住所": "国立市東1-1", "名称": "つり舟"}
    run(
        main(kunitachi | {"全国地方公共団体コード": "132152"}, name="132152_kunitachi.csv"),
        main(MAIN),
        tsuika(VENUE),
        tsuika(VENUE | {"住所": "国立市泉2-3-2"}, name="132152_kunitachi_tsuika.csv"),
    )
    names = {address: stored.published for address, stored in kept().items()}
    assert names["国立市泉2-3-2"]
    assert names["国立市泉2-3-2"].body.name == "つり舟"
    assert names["国立市泉2-3-2"].body.location.municipality == "東京都国立市"
    assert names["東京都西東京市泉町2-3-2"]
    assert names["東京都西東京市泉町2-3-2"].body.name == "ひだまり食堂"


def test_alone_it_finds_the_list_that_knows_its_numbers(
    run: Run, main: Write, tsuika: Write, the: Callable[[], Listing]
) -> None:
    run(main({"ID": "6"}), source="市の一覧")
    run(main(MAIN | {"名称": "べつの食堂"}), source="区の一覧", dry_run=True)
    assert outcome(run(tsuika(DAY | {"ID": "6"}))) == (0, 1, 0, 0)
    assert len(the().schedule.rules) == 2


def test_alone_it_asks_to_which_of_two_lists_it_belongs(
    run: Run, main: Write, tsuika: Write, dump: Dump
) -> None:
    for source in ("市の一覧", "区の一覧"):
        run(main(MAIN), source=source)
    before = dump()
    with pytest.raises(ImportRefusedError, match="市の一覧 or 区の一覧"):
        run(tsuika(DAY))
    assert dump() == before
    assert outcome(run(tsuika(DAY), source="区の一覧")) == (0, 1, 0, 0)


def test_alone_and_unknown_to_every_list_its_rows_are_skipped(
    run: Run, tsuika: Write, dump: Dump
) -> None:
    before = dump()
    assert outcome(run(tsuika(DAY, VENUE))) == (0, 0, 0, 2)
    assert dump() == before


@pytest.mark.parametrize("together", [True, False])
def test_what_was_taken_out_takes_its_further_venues_with_it(
    run: Run, main: Write, tsuika: Write, db: Database, *, together: bool
) -> None:
    run(main(MAIN))
    [stored] = store.read_all_stored(db)
    change_state(db, stored.id, State.DO_NOT_LIST, "coordinator", "asked")
    files = [main(MAIN), tsuika(VENUE)] if together else [tsuika(VENUE)]
    report = run(*files)
    assert report.skipped == report.rows == len(files)
    assert len(list(store.read_all_stored(db))) == 1
