"""What people write where a telephone number is asked for, and what is read of it."""

import time

import pytest

from ibasho.data.telephone import dial, digits, numbers_in, read


@pytest.mark.parametrize(
    "written",
    [
        "０３−１２３４−５６７８",
        "03 1234 5678",
        "+81 3 1234 5678",
        "+81(0)3-1234-5678",
        "0081-3-1234-5678",
        "(03)1234-5678",
        "（０３）１２３４ー５６７８",
        "03.1234.5678",
        "0312345678",
        "TEL:03-1234-5678",
        "電話 03－1234－5678",
    ],
)
def test_every_spelling_of_a_number_is_one_number(written: str) -> None:
    assert read(written) == ("03-1234-5678", "")
    assert digits(written) == "0312345678"
    assert dial(written) == "0312345678"


@pytest.mark.parametrize(
    ("written", "number", "words"),
    [
        ("03-1234-5678 内線12", "03-1234-5678", "内線12"),
        ("03-1234-5678（代表）", "03-1234-5678", "（代表）"),
        ("03 1234 5678、平日9時から", "03-1234-5678", "平日9時から"),
        ("042-000-0001、042-000-0002", "042-000-0001", "042-000-0002"),
        ("189（いちはやく）", "189", "（いちはやく）"),
        ("#8000 こども医療", "#8000", "こども医療"),
    ],
)
def test_what_stands_behind_a_number_is_kept_as_it_was_written(
    written: str, number: str, words: str
) -> None:
    assert read(written) == (number, words)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("09012345678", "090-1234-5678"),
        ("05012345678", "050-1234-5678"),
        ("0120123456", "0120-123-456"),
        ("0570123456", "0570-123-456"),
        ("08001234567", "0800-123-4567"),
        ("0612345678", "06-1234-5678"),
        ("0424001234", "042-400-1234"),
        ("0422123456", "0422-12-3456"),
        ("0722001234", "072-200-1234"),
        ("0721123456", "0721-12-3456"),
        ("0312-34-5678", "03-1234-5678"),
    ],
)
def test_hyphens_stand_where_the_number_plan_has_them(written: str, shown: str) -> None:
    assert read(written).number == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("0428123456", "0428123456"),
        ("0428(12)3456", "0428-12-3456"),
        ("0465 12 3456", "0465-12-3456"),
    ],
)
def test_where_the_area_code_is_not_sure_hyphens_stand_as_written(written: str, shown: str) -> None:
    assert read(written).number == shown


@pytest.mark.parametrize(
    ("written", "number", "link"),
    [
        ("#8000", "#8000", "%238000"),
        ("＃８０００", "#8000", "%238000"),
        ("♯8000", "#8000", "%238000"),
        ("110", "110", "110"),
        ("１１９番", "119", "119"),
        ("189", "189", "189"),
    ],
)
def test_short_numbers_are_numbers_and_can_be_tapped(written: str, number: str, link: str) -> None:
    assert read(written).number == number
    assert dial(written) == link


@pytest.mark.parametrize(
    "written", ["公民館", "", "03", "1234", "101号室", "03-1234-567", "03-1234-56789", "2026-12-20"]
)
def test_what_is_no_number_stays_words(written: str) -> None:
    assert read(written) == ("", written)
    assert dial(written) == ""


def test_a_number_abroad_can_be_called_and_is_not_taken_for_one_of_japan() -> None:
    assert read("+1 212 555 0100").number == ""
    assert dial("+1 212 555 0100") == "+12125550100"


def test_several_numbers_of_a_text_are_found() -> None:
    assert numbers_in("042-000-0001 / (090)1234-5678 夜") == (
        ["042-000-0001", "090-1234-5678"],
        "  /   夜",
    )


@pytest.mark.parametrize("part", ["0 ", "0(0)", "1 ", "+"])
def test_digits_without_end_are_read_at_once(part: str) -> None:
    began = time.perf_counter()
    read(part * 50_000)
    dial(part * 50_000)
    numbers_in(part * 5_000)
    assert time.perf_counter() - began < 2
