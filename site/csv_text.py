"""Tables as CSV that a spreadsheet opens without a question."""

import csv
import io
from collections.abc import Iterable, Sequence

CSV_TYPE = "text/csv"
_BOM = "\ufeff"  # without it Excel takes UTF-8 for Shift_JIS
# A spreadsheet would work these out instead of showing them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """All rows in their order, under one row of headings."""
    text = io.StringIO()
    text.write(_BOM)
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(map(_cell, row) for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    """A text that no spreadsheet takes for a formula; numbers stay numbers."""
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
