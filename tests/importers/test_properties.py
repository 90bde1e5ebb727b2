"""Whatever a file contains, the importer answers with a report or one refusal."""

import datetime as dt
import io
import tempfile
from pathlib import Path

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ibasho.data.database import open_database
from ibasho.importers import ImportOptions, ImportRefusedError, ImportReport, import_files

COLUMNS = ["名称", "ID", "住所", "緯度", "経度", "開催頻度", "開催曜日", "開催日", "参加費_大人",
           "電話番号1", "URL", "メールアドレス1", "参加条件", "追加情報NO"]  # fmt: skip
CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["西東京市南町5-6-11", "第３土曜日", "35.7", "139.5", "1e999", "9" * 40, "-0",
                     "090-1234-5678", "a@b.cc", "#N/A", "\n", "=1+1", "０", "無料", "-"]),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=0, max_size=16), max_size=6)
SLOW = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def answer(data: bytes, **options: object) -> ImportReport | None:
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(Path(folder))
        path = Path(folder) / "132292_list.csv"
        path.write_bytes(data)
        try:
            report = import_files(db, [path], ImportOptions(**options), dt.date(2026, 1, 1))  # type: ignore[arg-type]
            again = import_files(db, [path], ImportOptions(**options), dt.date(2027, 1, 1))  # type: ignore[arg-type]
        except ImportRefusedError as refused:
            assert "\n" not in str(refused)
            return None
        finally:
            db.conn.close()
    for each in (report, again):
        assert each.created + each.updated + each.unchanged + each.skipped == each.rows
        assert sum(each.positions.values()) == each.rows - each.skipped
    assert again.unchanged == again.rows - again.skipped
    return report


@SLOW
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    answer(data, mapping={"名称": "name"}, municipality="西東京市")


@SLOW
@given(st.binary(max_size=200), st.sampled_from([b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]))
def test_any_bytes_behind_a_signature(data: bytes, start: bytes) -> None:
    answer(start + data)


@SLOW
@given(ROWS)
def test_any_cells_in_a_csv(rows: list[list[str]]) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    text = "\r\n".join([",".join(COLUMNS), *quoted, ""])
    answer(text.encode("utf-8", "replace"), municipality="東京都西東京市")


@SLOW
@given(ROWS, st.integers(0, 400))
def test_a_file_that_is_cut_anywhere(rows: list[list[str]], length: int) -> None:
    text = "\r\n".join([",".join(COLUMNS), *(",".join(row) for row in rows), ""])
    answer(text.encode("utf-8", "replace")[:length], municipality="東京都西東京市")


@SLOW
@given(ROWS, st.none() | st.tuples(st.floats(0, 1), st.integers(0, 255)))
def test_any_workbook_whole_or_damaged(
    rows: list[list[str]], damage: tuple[float, int] | None
) -> None:
    result = io.BytesIO()
    with xlsxwriter.Workbook(result, {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([COLUMNS, *rows]):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    data = bytearray(result.getvalue())
    if damage:
        data[int(damage[0] * (len(data) - 1))] = damage[1]
    answer(bytes(data), municipality="東京都西東京市")
