"""Any table, once somebody says which column is which."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ibasho.data.listings import CostOption, Listing, Phone
from ibasho.importers import FIELDS, ImportRefusedError, ImportReport
from ibasho.importers.cells import ages_in, costs_in

Run = Callable[..., ImportReport]
Table = Callable[[str], Path]

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


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("無料", {"toddler": 0, "elementary": 0, "junior_high": 0, "high_school": 0, "adult": 0}),
        ("参加費無料", {"toddler": 0, "elementary": 0, "junior_high": 0, "high_school": 0,
                        "adult": 0}),
        ("高校生以下無料・大人300円", {"toddler": 0, "elementary": 0, "junior_high": 0,
                                       "high_school": 0, "adult": 300}),
        ("大人１，０００円", {"adult": 1000}),
        ("子ども100円 大人300円", {"elementary": 100, "junior_high": 100, "adult": 300}),
        ("こども無料（おかわり50円）", {}),
        ("カンパ", {}),
        ("大人300円くらい", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_fees_are_numbers_only_where_every_word_is_plain(
    text: str, amounts: dict[str, int]
) -> None:
    assert {cost.option: cost.amount for cost in costs_in(text)} == amounts


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("18歳以下", (None, 18.0)),
        ("0歳～18歳", (0.0, 18.0)),
        ("6歳以上", (6.0, None)),
        ("小学生", (6.0, 12.0)),
        ("小学生から高校生まで", (6.0, 18.0)),
        ("中学生以下", (None, 15.0)),
        ("小学生以上", (6.0, None)),
        ("対象は子どものみ", (None, None)),
        ("どなたでも", (None, None)),
        ("小学生とその保護者", (None, None)),
        ("", (None, None)),
    ],
)
def test_ages_are_numbers_only_where_the_whole_text_is_a_range(
    text: str, ages: tuple[float | None, float | None]
) -> None:
    assert ages_in(text) == ages
