"""From a file to a table: one header and its rows, whatever the file calls itself."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ibasho.importers.cells import is_blank, one_line
from ibasho.importers.geojson import read_features
from ibasho.importers.report import ImportRefusedError
from ibasho.importers.workbooks import read_sheets

MAX_BYTES = 50_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 500

_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "a text document"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CUT_REASONS = ("unexpected end of data", "truncated data", "incomplete multibyte sequence")
_DELIMITERS = ",\t;"
_END = "\0"  # no text that is read contains it


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as it came: what it calls itself, without a folder, and all its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and its number as a spreadsheet counts: the first row is 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it that are not blank.

    `shifts` says that a row with more cells than the header has its columns displaced, as where a
    comma inside a cell of a CSV is not quoted. `known` says which field a column is where the
    format itself tells that, as a GeoJSON does of its points.
    """

    file: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    shifts: bool
    known: Mapping[str, str] = field(default_factory=dict)


def column_key(name: str) -> str:
    """A column's name as it is compared: 「電話番号１ 」 and 「電話番号1」 are the same."""
    folded = unicodedata.normalize("NFKC", one_line(name)).casefold()
    return re.sub(r"\s", "", folded).lstrip("?")


def read_tables(file: NamedFile) -> list[Table]:
    """The tables of a CSV, TSV, XLSX or GeoJSON file: at least one, each with at least one row.

    Raises ImportRefusedError for anything else, and for a file that is cut.
    """
    name, data = file.name, file.data
    if not data:
        raise ImportRefusedError(f"{name} is empty (0 bytes). Download or export it again.")
    for signature, what in _SIGNATURES:
        if data.lstrip().startswith(signature):
            raise no_table(name, what)
    if data.startswith(b"PK"):
        sheets = read_sheets(name, data, MAX_ROWS, MAX_COLUMNS)
        tables = [_table(name, records, shifts=False) for records in sheets]
    else:
        tables = [_read_text(name, _decode(name, data))]
    found = [table for table in tables if table]
    if not found:
        raise ImportRefusedError(f"{name} is empty: it has no header and no rows.")
    with_rows = [table for table in found if table.rows]
    if not with_rows:
        raise ImportRefusedError(f"{name} has a header but no rows. Export it again with its rows.")
    return with_rows


def _read_text(name: str, text: str) -> Table | None:
    if not text.lstrip().startswith("{"):
        return _table(name, _records(name, text), shifts=True)
    records, known = read_features(name, text)
    if len(records) > MAX_ROWS + 1:
        raise ImportRefusedError(f"{name} has more than {MAX_ROWS:,} rows. Import it in parts.")
    table = _table(name, records, shifts=False)
    return table and replace(table, known=known)


def no_table(name: str, what: str) -> ImportRefusedError:
    """The refusal of a file that is something else."""
    return ImportRefusedError(
        f"{name} is not a table: it begins like {what}. Export it as CSV or XLSX and try again."
    )


def _cut(name: str, where: str) -> ImportRefusedError:
    return ImportRefusedError(f"{name} is cut: {where}. Download or export it again.")


def read_file(path: Path) -> NamedFile:
    """A file of this machine. Raises ImportRefusedError where it cannot be read or is too large."""
    try:
        if not path.is_file():
            raise ImportRefusedError(f"{path.name} is not a file. Check its name and folder.")
        if path.stat().st_size > MAX_BYTES:
            raise ImportRefusedError(
                f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB. Import it in parts."
            )
        return NamedFile(path.name, path.read_bytes())
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ImportRefusedError(f"{path.name} cannot be read: {reason}.") from error


def _decode(name: str, data: bytes) -> str:
    """The text of a file in UTF-16, UTF-8 or Shift_JIS, without byte order marks."""
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.reason in _CUT_REASONS and error.end >= len(data) - 1:
            raise _cut(name, "it ends inside a character") from error
        # Shift_JIS practically never begins like three-byte UTF-8: such a file is damaged UTF-8.
        if encoding == "utf-16" or any(c >= "\u0800" for c in data[: error.start].decode()):
            line = data[: error.start].count(b"\n") + 1
            raise ImportRefusedError(
                f"{name} is damaged: a character in line {line} is broken. Export it again."
            ) from error
        text = _decode_shift_jis(name, data)
    text = text.lstrip("\ufeff").rstrip("\x1a")
    if "\0" in text:
        raise no_table(name, "a program's own data")
    if text.lstrip().startswith("<"):
        raise no_table(name, "a web page")
    return text


def _decode_shift_jis(name: str, data: bytes) -> str:
    try:
        return data.decode("cp932")
    except UnicodeDecodeError as error:
        if error.reason in _CUT_REASONS and error.end == len(data):
            raise _cut(name, "it ends inside a character") from error
        raise ImportRefusedError(
            f"{name} is neither UTF-8 nor Shift_JIS text. Export it as CSV (UTF-8) or XLSX."
        ) from error


def _records(name: str, text: str) -> list[list[str]]:
    """Every record of a CSV or TSV text, blank ones too. Raises where the text is cut."""
    records: list[list[str]] = []
    # Behind the text stands a mark: an open quotation mark would swallow it.
    reader = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=_delimiter(text))
    try:
        for record in reader:
            records.append(record)
            if len(records) > MAX_ROWS + 2:
                raise ImportRefusedError(
                    f"{name} has more than {MAX_ROWS:,} rows. Import it in parts."
                )
    except csv.Error as error:
        raise ImportRefusedError(
            f"{name} cannot be read after row {len(records)}: {error}."
            " Perhaps a quotation mark is not closed."
        ) from error
    if records.pop() != [_END]:
        raise _cut(name, f"a quotation mark in row {len(records) + 1} is not closed")
    filled = [record for record in records if not _blank(record)]
    if not text.endswith(("\n", "\r")) and len(filled) > 1:
        columns = len(_trimmed(filled[0]))
        if len(filled[-1]) < columns:
            raise _cut(name, f"its last row ends in column {len(filled[-1])} of {columns}")
    return records


def _delimiter(text: str) -> str:
    """The character that parts the columns of the first line with text."""
    start = re.sub('"[^"]*"', "", text.lstrip()[:50_000])
    first = start.splitlines()[0] if start else ""
    return max(_DELIMITERS, key=first.count)


def _table(name: str, records: Iterable[Sequence[str]], *, shifts: bool) -> Table | None:
    """The table whose header is the first row that is not blank."""
    rows = [
        Row(number, tuple(record))
        for number, record in enumerate(records, start=1)
        if not _blank(record)
    ]
    if not rows:
        return None
    header = rows.pop(0)
    width = max(len(_trimmed(row.cells)) for row in [header, *rows])
    if width > MAX_COLUMNS:
        raise ImportRefusedError(f"{name} has {width:,} columns; at most {MAX_COLUMNS} are read.")
    names = tuple(one_line(cell) for cell in header.cells)
    return Table(name, (names[0].lstrip("?"), *names[1:]), header.number, tuple(rows), shifts)


def _blank(record: Sequence[str]) -> bool:
    return all(is_blank(cell) for cell in record)


def _trimmed(record: Sequence[str]) -> Sequence[str]:
    """The record without the blank cells at its end."""
    end = len(record)
    while end and is_blank(record[end - 1]):
        end -= 1
    return record[:end]
