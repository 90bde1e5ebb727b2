"""Which telephone numbers a cell holds, and who may see them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ibasho.data.listings import ContactVisibility, Listing, Phone
from ibasho.importers import ImportReport
from ibasho.importers.cells import phones_in

PUBLIC, STAFF = ContactVisibility.PUBLIC, ContactVisibility.STAFF_ONLY


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("TEL:90-1234-5678", "090-1234-5678"),
        ("９０ １２３４ ５６７８", "090-1234-5678"),
        ("81-90-1234-5678", "090-1234-5678"),
        ("+81-90-1234-5678", "090-1234-5678"),
        ("+81(0)90-1234-5678", "090-1234-5678"),
        ("0081-90-1234-5678", "090-1234-5678"),
        ("90(1234)5678", "090-1234-5678"),
        ("90.1234.5678", "090-1234-5678"),
        ("Ｏ90-1234-5678", "090-1234-5678"),
        ("060-1234-5678", "060-1234-5678"),
        ("6012345678", "060-1234-5678"),
        ("携帯 070-1234-5678", "070-1234-5678"),
    ],
)
def test_a_mobile_number_is_for_the_staff_however_it_is_written(cell: str, number: str) -> None:
    assert [(phone.number, phone.visibility) for phone in phones_in(cell)[0]] == [(number, STAFF)]


@pytest.mark.parametrize(
    "cell",
    [
        "042-555-1234 / 90-1111-2222",
        "9011112222 / 042-555-1234",
        "042-555-1234 90-1111-2222",
        "042-555-1234（81-90-1111-2222）",
    ],
)
def test_beside_a_mobile_number_only_the_other_is_public(cell: str) -> None:
    phones, _ = phones_in(cell)
    assert [phone.number for phone in phones if phone.visibility is PUBLIC] == ["042-555-1234"]
    assert len(phones) == 2
    assert not any(digit in phone.description for phone in phones for digit in "0123456789")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("(042)458-0251", "042-458-0251"),
        ("０４２－４５８－０２５１", "042-458-0251"),
        ("42-458-0251", "042-458-0251"),
        ("+81-42-458-0251", "042-458-0251"),
        ("0120-123-456", "0120-123-456"),
        ("050-1234-5678", "050-1234-5678"),
        ("03(1234)5678 内線 12", "03-1234-5678"),
        ("03-1234-5678（平日9:00～17:00）", "03-1234-5678"),
        ("03-1234-5678 9時～17時30分", "03-1234-5678"),
        ("189", "189"),
        ("119番", "119"),
        ("＃８０００", "#8000"),
        ("#8000", "#8000"),
    ],
)
def test_another_number_is_public(cell: str, number: str) -> None:
    phones, is_clear = phones_in(cell)
    assert [(phone.number, phone.visibility) for phone in phones] == [(number, PUBLIC)]
    assert is_clear


@pytest.mark.parametrize(
    "cell",
    [
        "042-555-1234 / 1111-2222",
        "042-555-1234 090-1111",
        "042-5555-12345",
        "090・1234・5678",
        "12345",
        "042-555-1234 第3金曜 5678",
        "042-555-1234 〇九〇一一一一二二二二",
    ],
)
def test_a_cell_with_other_digits_is_for_the_staff_as_a_whole(cell: str) -> None:
    phones, _ = phones_in(cell)
    assert {phone.visibility for phone in phones} <= {STAFF}


def test_a_number_in_the_words_beside_a_number_hides_both() -> None:
    [phone], is_clear = phones_in("042-458-0251", "夜は 90-1234-5678")
    assert phone.visibility is STAFF
    assert not is_clear


@pytest.mark.parametrize("cell", ["公民館", "HPから", "田中まで"])
def test_a_cell_without_any_number_is_a_word_of_the_note(
    run: Callable[..., ImportReport],
    main: Callable[..., Path],
    the: Callable[[], Listing],
    cell: str,
) -> None:
    report = run(main({"電話番号1": cell, "電話番号1_連絡先備考": "平日", "備考": "駐車場なし"}))
    assert the().phones == ()
    assert the().note == f"電話番号1: {cell} 平日\n駐車場なし"
    assert [problem.field for problem in report.problems] == ["電話番号1"]


def test_a_word_that_says_that_there_is_none_is_nothing(
    run: Callable[..., ImportReport], main: Callable[..., Path], the: Callable[[], Listing]
) -> None:
    run(main({"電話番号1": "なし", "電話番号2": "042-458-0251"}))
    assert the().phones == (Phone("042-458-0251"),)
    assert the().note == ""
