"""The same table in every encoding and container gives the same listing."""

import codecs
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from ibasho.data.listings import Listing
from ibasho.importers import ImportReport

Run = Callable[..., ImportReport]

ENCODED: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode(),
    "BOM": lambda text: codecs.BOM_UTF8 + text.encode(),
    "two BOMs": lambda text: codecs.BOM_UTF8 * 2 + text.encode(),
    "BOM and ?": lambda text: codecs.BOM_UTF8 + b"?" + text.encode(),
    "Shift_JIS": lambda text: text.encode("cp932"),
    "UTF-16 LE": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "UTF-16 TSV": lambda text: text.replace(",", "\t").encode("utf-16"),
    "TSV": lambda text: text.replace(",", "\t").encode(),
    "Unix line ends": lambda text: text.replace("\r\n", "\n").encode(),
    "old Mac line ends": lambda text: text.replace("\r\n", "\r").encode(),
    "DOS end of file": lambda text: text.encode("cp932") + b"\x1a",
    "no final line end": lambda text: text.rstrip().encode(),
    "blank rows above and below": lambda text: f"\r\n,,\r\n{text}\r\n,,,,\r\n　,\r\n".encode(),
    "the spelling outside Tokyo": lambda text: text.replace(
        "全国地方公共団体コード,ID", "都道府県コード又は市区町村コード,NO"
    ).encode(),
}  # fmt: skip


@pytest.fixture
def expected(run: Run, main: Callable[..., Path], the: Callable[[], Listing]) -> Listing:
    run(main({"ID": "7"}))
    return the()


@pytest.mark.parametrize("name", ENCODED)
def test_every_encoding_says_the_same(
    tmp_path: Path,
    run: Run,
    main: Callable[..., Path],
    the: Callable[[], Listing],
    expected: Listing,
    name: str,
) -> None:
    text = main({"ID": "7"}).read_bytes().decode()
    path = tmp_path / "132292_list.csv"
    path.write_bytes(ENCODED[name](text))
    report = run(path)
    assert (report.rows, report.unchanged, report.problems) == (1, 1, ())
    assert the() == expected


def test_a_workbook_says_the_same(
    tmp_path: Path, run: Run, main: Callable[..., Path], the: Callable[[], Listing],
    expected: Listing,
) -> None:  # fmt: skip
    header, row = [line.split(",") for line in main({}).read_text("utf-8").splitlines()]
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("説明").write(0, 0, "この表について")
        hidden = book.add_worksheet("old")
        hidden.write_row(0, 0, header)
        hidden.write_row(1, 0, [*row[:4], "昔の食堂", *row[5:]])
        hidden.hide()
        sheet = book.add_worksheet("一覧")
        sheet.write_row(1, 0, header)
        sheet.write_row(2, 0, row)
        sheet.write_number(2, 0, 132292)
        sheet.write_number(2, 1, 7)
        clock = book.add_format({"num_format": "h:mm"})
        sheet.write_datetime(2, header.index("開催開始時間"), dt.time(10, 30), clock)
        sheet.write_formula(2, header.index("備考"), "=NA()", value="#N/A")
        sheet.write_blank(1_048_575, 0, None, book.add_format({"bold": True}))
    report = run(path)
    assert (report.rows, report.unchanged, report.problems) == (1, 1, ())
    assert the() == expected


def test_rows_have_the_numbers_that_a_spreadsheet_shows(
    run: Run, table: Callable[[str], Path]
) -> None:
    path = table('施設名,住所\n"一つ\n目",\n\n,,\n,b\n')
    report = run(path, mapping={"施設名": "name", "住所": "address"}, source="x")
    assert [(problem.row, problem.field) for problem in report.problems] == [(5, "施設名")]
    assert (report.rows, report.created, report.skipped) == (2, 1, 1)


def test_cells_are_cleaned(run: Run, main: Callable[..., Path], the: Callable[[], Listing]) -> None:
    report = run(
        main(
            {
                "名称": "\t\tひだまり\u00a0 食堂\u200b\n",
                "住所": "\t\t\t東京都西東京市南町5-6-11\r\n\t\t",
                "運営団体名": "株式会社\nそんぽの家",
                "備考": "'=1+1\u202e",
            }
        )
    )
    body = the()
    assert report.problems == ()
    assert body.name == "ひだまり 食堂"
    assert body.location.address == "東京都西東京市南町5-6-11"
    assert body.organization == "株式会社 そんぽの家"
    assert body.note == "=1+1"


def test_a_wide_blank_inside_a_name_stays(
    run: Run, main: Callable[..., Path], the: Callable[[], Listing]
) -> None:
    run(main({"名称": "こども食堂　ひだまり　　"}))
    assert the().name == "こども食堂　ひだまり"


def test_a_cell_that_is_far_too_long_is_cut_and_reported(
    run: Run, main: Callable[..., Path], the: Callable[[], Listing]
) -> None:
    report = run(main({"備考": "あ" * 30_000}))
    assert [problem.field for problem in report.problems] == ["備考"]
    assert len(report.problems[0].value) <= 80
    assert len(the().note) == 20_000


def test_a_row_with_too_many_cells_is_left_out(
    tmp_path: Path, run: Run, main: Callable[..., Path]
) -> None:
    path = main({}, {"名称": "たんぽぽ"})
    with path.open("a", encoding="utf-8") as file:
        file.write("x," * 60 + "y\r\n")
    report = run(path)
    assert (report.rows, report.created, report.skipped) == (3, 2, 1)
    assert report.problems[0].reason == "has more cells than the header"


def test_of_two_columns_of_one_name_the_first_counts_and_it_is_said(
    run: Run, table: Callable[[str], Path], the: Callable[[], Listing]
) -> None:
    path = table("名前,住所,住所\nひだまり,西東京市南町5,西東京市泉町1\n")
    report = run(path, mapping={"名前": "name", "住所": "address"})
    assert [(problem.row, problem.field) for problem in report.problems] == [(1, "住所")]
    assert the().location.address == "西東京市南町5"
