"""What is no table is refused in one clear line, and nothing changes."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from ibasho.data.database import Database
from ibasho.importers import ImportOptions, ImportRefusedError, ImportReport, import_files
from ibasho.importers import tables as limits

Run = Callable[..., ImportReport]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]

GOOD = "名称,住所,開催頻度,開催曜日,開催日\nひだまり食堂,東京都西東京市南町5-6-11,5,土,第３土曜日\n"


def archive(**parts: bytes) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return result.getvalue()


def workbook(rows: list[list[object]]) -> bytes:
    result = io.BytesIO()
    with xlsxwriter.Workbook(result) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return result.getvalue()


TABLE = workbook([["名称", "住所", "開催頻度", "開催曜日", "開催日"], ["a", "b", "c", "d", "e"]])

REFUSED = {
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "begins like a PDF"),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "begins like a picture"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old Excel workbook"),
    "zip": (archive(readme=b"hello"), "is an archive"),
    "cut xlsx": (TABLE[: len(TABLE) * 2 // 3], "damaged or cut workbook"),
    "web page": (b"<!DOCTYPE html><html><body>404</body></html>", "begins like a web page"),
    "JSON": (b'{"type": "FeatureCollection"}', "begins like JSON"),
    "binary": (GOOD.encode() + b"a\0b\0c", "a program's own data"),
    "0 bytes": (b"", "is empty"),
    "only blanks": (b"\xef\xbb\xbf , ,\r\n,,\r\n", "is empty"),
    "no rows": (GOOD.splitlines()[0].encode(), "a header but no rows"),
    "blank rows": (GOOD.split("\n")[0].encode() + b"\n,,,\n,,\n", "a header but no rows"),
    "xlsx without rows": (workbook([["名称", "住所"]]), "a header but no rows"),
    "cut inside a row": ((GOOD + "たんぽぽ,東京都西").encode(), "ends in column 2 of 5"),
    "cut inside a quotation": ((GOOD + 'たんぽぽ,"東京都西').encode(), "is not closed"),
    "cut inside a character": (GOOD.encode()[:-3], "ends inside a character"),
    "cut Shift_JIS": (GOOD.encode("cp932")[:-2], "ends inside a character"),
    "cut UTF-16": (GOOD.encode("utf-16")[:-3], "ends inside a character"),
    "broken UTF-8": (GOOD.encode() + b"a\xffb,c\nd\n", "line 3 is broken"),
    "another encoding": (b"a,b\n\x81\x20,\x85\x01\n", "neither UTF-8 nor Shift_JIS"),
    "unknown columns": ("地図番号,施設名,住所\n1,ひだまり,南町\n".encode(),
                        "--map '施設名=name' --map '住所=address'"),
    "systematically shifted": ((GOOD + "a,b,c,d,e,f\n" * 5).encode(), "most rows have more cells"),
    "an endless cell": (GOOD.encode() + b"a" * 200_000 + b",b\n", "field limit"),
    "too many columns": (("名称," + "x," * 600 + "\n" + "y," * 601 + "\n").encode(), "columns"),
    "no municipality": (b"name,place\nx,y\n", "has no columns that are known"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table_is_refused(
    tmp_path: Path, run: Run, dump: Dump, data: bytes, words: str
) -> None:
    path = tmp_path / "nishi.csv"
    path.write_bytes(data)
    before = dump()
    with pytest.raises(ImportRefusedError, match=words.replace("(", r"\(")) as refused:
        run(path)
    message = str(refused.value)
    assert message.startswith("nishi.csv")
    assert "\n" not in message
    assert str(tmp_path) not in message
    assert dump() == before


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path, run: Run) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(ImportRefusedError, match="is not a file"):
            run(path)


def test_one_refused_file_keeps_the_others_out(
    tmp_path: Path, run: Run, dump: Dump, main: Callable[..., Path]
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"%PDF-1.4")
    before = dump()
    with pytest.raises(ImportRefusedError):
        run(main({}), bad)
    assert dump() == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"format": "hsds"}, "cannot be imported yet"),
        ({"format": "xml"}, "not known"),
        ({"municipality": "どこか市"}, "No municipality is called"),
        ({"mapping": {"名称": "nam"}}, "the fields are name, kana"),
        ({"mapping": {"住所": "address"}}, "No column is the name"),
        ({"mapping": {"施設": "name"}}, "has no column 施設. Its columns are 全国"),
        ({"mapping": {"名称": "name"}, "format": "musubie"}, "Leave out"),
        ({"format": "table"}, "--map"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    run: Run, main: Callable[..., Path], options: dict[str, object], words: str
) -> None:
    with pytest.raises(ImportRefusedError, match=words):
        run(main({}), **options)


def test_no_file_at_all_is_refused(db: Database) -> None:
    with pytest.raises(ImportRefusedError, match="No file"):
        import_files(db, [], ImportOptions(), dt.date(2026, 1, 1))


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "bomb.xlsx"
    parts = {"xl__workbook.xml": b"x"} | {f"xl__media__{n}": bytes(60_000_000) for n in range(4)}
    path.write_bytes(archive(**parts))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(ImportRefusedError, match="unpacks to more than"):
        run(path)


def test_cells_that_stand_far_apart_are_refused(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "名称")
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(ImportRefusedError, match="Delete what lies far outside"):
        run(path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(limits.MAX_BYTES + 1)
    with pytest.raises(ImportRefusedError, match="larger than 50 MB"):
        run(path)


def test_too_many_rows_are_refused(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "long.csv"
    path.write_text("名称,住所\n" + "x,y\n" * (limits.MAX_ROWS + 2), "utf-8")
    with pytest.raises(ImportRefusedError, match="more than 100,000 rows"):
        run(path)


def test_strict_refuses_a_row_without_a_name(
    run: Run, dump: Dump, main: Callable[..., Path]
) -> None:
    before = dump()
    with pytest.raises(ImportRefusedError, match=r"row 3: has no name"):
        run(main({}, {"名称": ""}), strict=True)
    assert dump() == before
