"""When rows speak of one place, and which listing that is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ibasho.data.database import Database
from ibasho.data.listings import Listing, store
from ibasho.data.listings.identity import core_name, same_address
from ibasho.importers import ImportReport

Run = Callable[..., ImportReport]
Main = Callable[..., Path]
Kept = Callable[[], dict[str, store.StoredListing]]

IZUMI = {"名称": "たんぽぽ", "住所": "西東京市泉町1-1"}


def outcome(report: ImportReport) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.skipped


def test_two_rows_of_one_name_and_address_are_one_listing_with_both_schedules(
    run: Run, main: Main, the: Callable[[], Listing]
) -> None:
    path = main(
        {"電話番号1": "042-458-0251", "参加費_大人": "300"},
        {"名称": "ひだまり　食堂", "住所": "東京都西東京市南町５丁目６番１１号",
         "開催日": "第１月曜日",
         "電話番号1": "042-458-0251", "参加費_大人": "500", "備考": "第１月曜日は弁当"},
    )  # fmt: skip
    report = run(path)
    assert outcome(report) == (1, 1, 0, 0)
    assert report.positions == {"chome": 2}
    body = the()
    assert body.name == "ひだまり食堂"
    assert {rule.rrule() for rule in body.schedule.rules} == {
        "FREQ=MONTHLY;BYDAY=3SA",
        "FREQ=MONTHLY;BYDAY=1MO",
    }
    assert body.schedule_text == "第３土曜日 10:30～13:30\n第１月曜日 10:30～13:30"
    assert len(body.phones) == 1
    assert [(cost.amount, cost.description) for cost in body.costs] == [
        (300, ""),
        (500, "第１月曜日 10:30～13:30"),
    ]
    assert outcome(run(path)) == (0, 0, 2, 0)


def test_the_order_of_rows_and_the_name_of_the_file_do_not_matter(
    run: Run, main: Main, db: Database
) -> None:
    run(main({}, IZUMI))
    assert outcome(run(main(IZUMI, {}, name="kodomo2027.csv"))) == (0, 0, 2, 0)
    assert len(list(store.read_all_stored(db))) == 2


def test_an_id_finds_a_place_that_has_moved_or_is_renamed(
    run: Run, main: Main, the: Callable[[], Listing]
) -> None:
    run(main({"ID": "1"}))
    assert outcome(run(main({"ID": "1", "住所": "西東京市泉町1-1"}))) == (0, 1, 0, 0)
    assert outcome(run(main({"ID": "1", "住所": "西東京市泉町1-1", "名称": "にこにこ"}))) == (
        0,
        1,
        0,
        0,
    )
    assert the().name == "にこにこ"


def test_without_an_id_another_address_is_another_place(run: Run, main: Main) -> None:
    run(main({}))
    assert outcome(run(main({"住所": "西東京市泉町1-1"}))) == (1, 0, 0, 0)


def test_ids_that_come_later_belong_to_the_same_listings(run: Run, main: Main, kept: Kept) -> None:
    run(main({}, IZUMI))
    path = main({"ID": "A1"}, IZUMI | {"ID": "A2"})
    assert outcome(run(path)) == (0, 2, 0, 0)
    assert kept()["西東京市泉町1-1"].source_key == "A2"
    assert outcome(run(path)) == (0, 0, 2, 0)


def test_an_id_that_is_left_out_is_not_forgotten(run: Run, main: Main, kept: Kept) -> None:
    run(main({"ID": "A1"}))
    assert outcome(run(main({}))) == (0, 0, 1, 0)
    assert kept()["西東京市南町5-6-11"].source_key == "A1"


def test_a_list_that_is_numbered_anew_mixes_nothing_up(run: Run, main: Main, kept: Kept) -> None:
    run(main({"ID": "1"}, IZUMI | {"ID": "2"}))
    before = {address: stored.id for address, stored in kept().items()}
    new = {"ID": "1", "名称": "あたらしい", "住所": "西東京市北町1-1"}
    path = main(new, {"ID": "2"}, IZUMI | {"ID": "3"})
    report = run(path)
    assert report.created == 1
    after = kept()
    assert {address: after[address].id for address in before} == before
    assert [after[address].source_key for address in ("西東京市北町1-1", *before)] == [
        "1", *("3" if address == IZUMI["住所"] else "2" for address in before),
    ]  # fmt: skip
    assert outcome(run(path)) == (0, 0, 3, 0)


def test_an_id_passes_to_another_place_when_the_first_is_gone(
    run: Run, main: Main, kept: Kept
) -> None:
    run(main({}, IZUMI | {"ID": "2"}))
    run(main({"ID": "2"}))
    assert kept()["西東京市南町5-6-11"].source_key == "2"
    assert kept()["西東京市泉町1-1"].source_key is None


def test_an_id_that_two_places_share_is_reported_and_not_used(
    run: Run, main: Main, kept: Kept
) -> None:
    path = main({"ID": "1"}, IZUMI | {"ID": "1"})
    report = run(path)
    assert outcome(report) == (2, 0, 0, 0)
    assert [(found.row, found.field, found.value) for found in report.problems] == [
        (2, "ID", "1"),
        (3, "ID", "1"),
    ]
    assert {stored.source_key for stored in kept().values()} == {None}
    assert outcome(run(path)) == (0, 0, 2, 0)


def test_lists_of_two_sources_are_kept_apart(run: Run, main: Main, db: Database) -> None:
    run(main({"ID": "1"}))
    report = run(main({"ID": "1"}), source="社会福祉協議会の一覧")
    assert outcome(report) == (1, 0, 0, 0)
    assert len(report.duplicates) == 1
    assert len(list(store.read_all_stored(db))) == 2


@pytest.mark.parametrize(
    ("municipality", "one", "other"),
    [
        ("東京都西東京市", "南町5-6-13", "〒188-0012 西東京市南町5-6-13 ひかりビル2F"),
        ("東京都西東京市", "南町5-6-13", "大字南町５丁目６番１３号（２階）"),
        ("東京都西東京市", "南町5-6-13", "南町5丁目 6番 13号 201"),
        ("東京都西東京市", "南町5-6-13", "南町5丁目6番地の13 201"),
        ("東京都西東京市", "南町59", "南町59番地 2階"),
        ("北海道札幌市中央区", "北2条西11丁目1-1", "札幌市中央区北2条西十一丁目1番1号 会館"),
        ("大阪府大阪市西区", "新町4-10-10", "西区新町4-10-10 1階"),
        ("三重県三重郡菰野町", "永井59", "菰野町大字永井５９番地"),
    ],
)
def test_an_address_is_the_same_up_to_its_house_number(
    municipality: str, one: str, other: str
) -> None:
    assert same_address(municipality, one) == same_address(municipality, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("南町5-6-13", "南町5-61-3"),
        ("南町5-6-13", "南町5-6"),
        ("南町5-6-1", "南町5-6 13階"),
        ("北2条西11丁目1-1", "北2条西11丁目1-2"),
        ("松波8字2番地", "松波82番地"),
        ("五番町3-2", "五番町5-6"),
        ("5番町3-2", "5番町5-6"),
        ("第7地割12-3", "第7地割12-4"),
    ],
)
def test_another_house_number_is_another_address(one: str, other: str) -> None:
    assert same_address("東京都西東京市", one) != same_address("東京都西東京市", other)


def test_what_is_a_names_own_is_never_nothing() -> None:
    assert core_name("NPO法人 にじいろ子ども食堂（西東京）") == core_name("こども食堂にじいろ")
    assert core_name("こども食堂（ひまわり）") == "ひまわり"
    assert core_name("こども食堂") == "こども食堂"
