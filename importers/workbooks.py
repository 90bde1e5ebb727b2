"""XLSX workbooks as rows of text, however they are packed."""

import datetime as dt
import io
import re
import zipfile

from python_calamine import CalamineSheet, SheetVisibleEnum, load_workbook

from ibasho.importers.report import ImportRefusedError

MAX_UNPACKED_BYTES = 200_000_000
MAX_CELLS = 10_000_000

_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*[^<>/])?>")
_REFERENCE = re.compile(rb"""\sr=["']([A-Za-z]{1,3})([0-9]{1,7})["']""")

_Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def read_sheets(name: str, data: bytes, max_rows: int, max_columns: int) -> list[list[list[str]]]:
    """The rows of each visible sheet as texts, from the sheet's first row and column on.

    Raises ImportRefusedError for an archive that is no workbook, is damaged or too large.
    """
    try:
        workbook = load_workbook(io.BytesIO(_unpacked(name, data, max_rows, max_columns)))
        return [
            _rows(workbook.get_sheet_by_name(sheet.name))
            for sheet in workbook.sheets_metadata
            if sheet.visible is SheetVisibleEnum.Visible
        ]
    except ImportRefusedError:
        raise
    except Exception as error:  # a damaged file makes the libraries raise anything
        raise ImportRefusedError(
            f"{name} is a damaged or cut workbook. Download it again or save it as XLSX anew."
        ) from error


def _unpacked(name: str, data: bytes, max_rows: int, max_columns: int) -> bytes:
    """The same archive with nothing compressed: what is read on is what was measured here."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(result, "w") as plain:
        parts = packed.infolist()
        if "xl/workbook.xml" not in packed.namelist():
            raise ImportRefusedError(
                f"{name} is not a table: it is an archive."
                " Unpack it and import the CSV or XLSX that is in it."
            )
        if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            raise ImportRefusedError(
                f"{name} unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB."
                " Import it in parts."
            )
        for part in parts:
            content = packed.read(part)
            if b"sheetData" in content:
                _check_extent(name, content, max_rows, max_columns)
            plain.writestr(part.filename, content)
    return result.getvalue()


def _check_extent(name: str, sheet: bytes, max_rows: int, max_columns: int) -> None:
    """Refuse a sheet whose cells stand far apart: reading it would fill the gap with memory."""
    rows = columns = 0
    for cell in _CELL.finditer(sheet):
        reference = _REFERENCE.search(cell[1] or b"")
        if not reference:
            raise ImportRefusedError(
                f"{name} does not number its cells. Open it in a spreadsheet and save it anew."
            )
        rows = max(rows, int(reference[2]))
        columns = max(columns, _column_number(reference[1]))
    if rows > max_rows + 1 or columns > max_columns or rows * columns > MAX_CELLS:
        raise ImportRefusedError(
            f"{name} has a sheet of {rows:,} rows and {columns:,} columns; at most {max_rows:,}"
            f" rows and {max_columns} columns are read. Delete what lies far outside the table."
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _rows(sheet: CalamineSheet) -> list[list[str]]:
    return [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def cell_text(value: _Value) -> str:
    """What the spreadsheet shows, as near as the file tells."""
    match value:
        case bool():
            return "1" if value else "0"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case dt.datetime():
            midnight = value.time() == dt.time()
            return value.date().isoformat() if midnight else f"{value:%Y-%m-%d %H:%M}"
        case dt.time():
            return f"{value:%H:%M}"
        case dt.timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case _:
            return str(value)
