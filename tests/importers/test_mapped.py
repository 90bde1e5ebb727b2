"""Any table, once somebody says which column is which."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ibasho.data.listings import CostOption, Listing, Phone
from ibasho.importers import FIELDS, ImportRefusedError, ImportReport

Run = Callable[..., ImportReport]
Table = Callable[[str], Path]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]

NISHI = "大阪府大阪市西区"


def test_every_field_can_be_mapped(run: Run, table: Table, the: Callable[[], Listing]) -> None:
    path = table(",".join(FIELDS) + "\n" + ",".join((
        "てらキッズ", "テラキッズ", "勝光寺", "九条3-18-20", "本堂", "毎月第2土曜日 11:30～14:00",
        "こども無料、大人300円", "小学生～中学生", "06-1234-5678", "https://example.org/",
        "みんなで食べる", "k2",
    )) + "\n")  # fmt: skip
    run(path, municipality=NISHI, mapping={field: field for field in FIELDS})
    body = the()
    assert (body.name, body.alternate_name, body.organization) == (
        "てらキッズ",
        "テラキッズ",
        "勝光寺",
    )
    assert (body.location.municipality, body.location.building) == (NISHI, "本堂")
    assert body.schedule.rules[0].rrule() == "FREQ=MONTHLY;BYDAY=2SA"
    assert body.costs == (
        CostOption("toddler", 0), CostOption("elementary", 0), CostOption("junior_high", 0),
        CostOption("adult", 300),
    )  # fmt: skip
    assert body.fees_description == "こども無料、大人300円"
    assert body.eligibility_description == "小学生～中学生"
    assert (body.minimum_age, body.maximum_age) == (6.0, 15.0)
    assert body.phones == (Phone("06-1234-5678"),)
    assert (body.url, body.description) == ("https://example.org/", "みんなで食べる")


def test_two_columns_can_be_one_field(run: Run, table: Table, the: Callable[[], Listing]) -> None:
    path = table("名,市,番地\nてら,大阪市西区,九条3-18-20\n")
    run(path, mapping={"名": "name", "市": "address", "番地": "address"})
    assert the().location.address == "大阪市西区 九条3-18-20"
    assert the().location.municipality == NISHI


def test_a_table_that_does_not_say_where_asks_for_it(run: Run, table: Table) -> None:
    with pytest.raises(ImportRefusedError, match="Add --municipality"):
        run(table("名\nてら\n"), mapping={"名": "name"})


def test_columns_are_found_however_wide_they_are_written(run: Run, table: Table) -> None:
    report = run(table("ＮＡＭＥ ,住　所\nてら,九条3-18-20\n"),
                 municipality=NISHI, mapping={"name": "name", "住所": "address"})  # fmt: skip
    assert report.created == 1


COLUMNS = {"名": "name", "所": "address", "時": "schedule", "話": "phone", "説": "description"}
LIST = (
    "名,所,時,話,説\n"
    "てら,九条3-18-20 勝光寺,毎月第2土曜日,06-1234-5678,みんなで\n"
    "みなと,新町4-10-10,,,\n"
)


def only(*columns: str) -> dict[str, str]:
    return {column: COLUMNS[column] for column in columns}


@pytest.mark.parametrize("columns", [("名", "所"), ("名",), ("名", "所", "話")])
def test_a_table_that_says_less_takes_nothing_away(
    run: Run, table: Table, dump: Dump, columns: tuple[str, ...]
) -> None:
    path = table(LIST)
    run(path, municipality=NISHI, mapping=COLUMNS)
    before = dump()
    report = run(path, municipality=NISHI, mapping=only(*columns))
    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert dump() == before


def test_a_column_that_is_blank_now_is_a_change(
    run: Run, table: Table, the: Callable[[], Listing]
) -> None:
    mapping = only("名", "所", "時")
    run(table("名,所,時\nてら,九条3-18-20,毎日\n"), municipality=NISHI, mapping=mapping)
    run(table("名,所,時\nてら,九条3-18-20,\n"), municipality=NISHI, mapping=mapping)
    assert the().schedule_text == ""


def test_a_building_stays_with_its_address_alone(
    run: Run, table: Table, the: Callable[[], Listing]
) -> None:
    columns = {"番": "id", "名": "name", "所": "address"}
    run(table("番,名,所,館\n1,てら,九条3-18-20,本堂\n"), municipality=NISHI,
        mapping=columns | {"館": "building"})  # fmt: skip
    run(table("番,名,所\n1,てら,九条３丁目18-20\n"), municipality=NISHI, mapping=columns)
    assert the().location.building == "本堂"
    run(table("番,名,所\n1,てら,新町4-10-10\n"), municipality=NISHI, mapping=columns)
    assert (the().location.address, the().location.building) == ("新町4-10-10", "")


def test_without_the_city_the_listings_of_before_are_found_and_it_is_asked_for(
    run: Run, table: Table, dump: Dump
) -> None:
    source = {"source": "西区の一覧", "mapping": only("名", "所")}
    rows = "てら,九条3-18-20\nうつぼ,靱本町2-5-1\n"
    run(table(f"名,所\n{rows}"), municipality=NISHI, **source)
    before = dump()
    report = run(table(f"名,所\n{rows}"), **source)
    assert (report.created, report.unchanged) == (0, 2)
    assert dump() == before
    [problem] = report.problems
    assert "names no city" in problem.reason
    assert f"--municipality {NISHI}" in problem.reason


def test_a_file_none_of_whose_addresses_names_a_city_is_refused(run: Run, table: Table) -> None:
    with pytest.raises(ImportRefusedError, match="--municipality") as refused:
        run(table("名,所\nてら,九条3-18-20\nみなと,新町4\n"), source="一覧",
            mapping={"名": "name", "所": "address"})  # fmt: skip
    assert "\n" not in str(refused.value)
