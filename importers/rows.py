"""One row of a table while it is read, and the listing that it becomes."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from ibasho.data.geocode import (
    Level,
    find_municipality,
    geocode,
    is_plausibly_at,
    is_plausibly_inside,
)
from ibasho.data.listings import (
    KIND_WORDS,
    Kind,
    Listing,
    Location,
    Phone,
    Position,
    PositionSource,
    pin,
)
from ibasho.importers import cells
from ibasho.importers.report import ImportRefusedError, Ledger
from ibasho.importers.tables import Row, Table, column_key

MAX_CELL = 20_000
MAX_CONTACT = 1_000
EXAMPLE = "大阪府大阪市西区"
MAIN, TSUIKA = "main", "tsuika"

_JAPAN_LATITUDES = (20.0, 46.0)
_JAPAN_LONGITUDES = (122.0, 154.0)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as a listing, and by what its source knows it.

    `key` is the source's own ID or "". `part` says which of its publications speaks: `main`,
    `main/12` where a tsuika sheet refers to the row as 12, or `tsuika`. `parent` is the identity
    of the listing whose further venue this is. `silent` are the fields of a listing of which its
    table does not speak: for them holds what the source said before.
    """

    file: str
    row: int
    source: str
    body: Listing
    key: str = ""
    part: str = MAIN
    parent: str = ""
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RowReader:
    """The cells of one row by the names of their columns; what is odd goes into the ledger."""

    file: str
    row: Row
    columns: Mapping[str, int]
    ledger: Ledger

    def line(self, column: str) -> str:
        """A cell on one line, "" where it is blank or the column is missing."""
        return cells.one_line(self._raw(column))

    def text(self, column: str) -> str:
        """A cell with its line breaks."""
        return cells.lines(self._raw(column))

    def contact(self, column: str) -> str:
        """The beginning of a cell on one line, "" also where it says なし or only a dash."""
        text = self.line(column)[:MAX_CONTACT]
        return "" if cells.is_nothing(text) else text

    def problem(self, column: str, reason: str) -> None:
        """Note what is odd about a cell."""
        self.ledger.problem(self.file, self.row.number, column, self.line(column), reason)

    def skip(self, column: str, reason: str) -> None:
        """Leave this row out."""
        self.ledger.skip(self.file, self.row.number, column, self.line(column), reason)

    def phones(self, column: str, description: str = "") -> tuple[tuple[Phone, ...], str]:
        """The telephone numbers in a cell, and its words where it has none."""
        text = self.contact(column)
        if not text:
            return (), ""
        phones, is_clear = cells.phones_in(text, description)
        if not phones:
            self.problem(column, "is no telephone number; it stands in the note")
            return (), f"{column}: {' '.join(filter(None, (text, description)))}"
        if not is_clear:
            self.problem(column, "holds what is no telephone number; only the staff see it")
        return phones, ""

    def web_address(self, column: str) -> tuple[str, str]:
        """The first web address in a cell, and what else the cell says."""
        text = self.contact(column)
        found = cells.web_addresses_in(text)
        if text and not found:
            self.problem(column, "is no web address; it stands in the note")
        return (found[0], "\n".join(found[1:])) if found else ("", text)

    def check_place(self, column: str, place: Location) -> None:
        """Note an address that says no more than its municipality."""
        if place.address and place.position.level in (Level.MUNICIPALITY, Level.NONE):
            reason = "the address was not found; the listing has no distance"
            if not place.municipality:
                reason = (
                    "the address names no city; give it with --municipality, for example"
                    f" --municipality {EXAMPLE}"
                )
            self.ledger.problem(self.file, self.row.number, column, place.address, reason)

    def pin(
        self, latitude: str, longitude: str, municipality: str, address: str
    ) -> Position | None:
        """The point that the row gives, or None where it gives none that can be right."""
        texts = self.contact(latitude), self.contact(longitude)
        if not any(texts):
            return None
        lat, lon = map(cells.number, texts)
        reason = _why_no_pin(lat, lon, municipality, address)
        if reason or lat is None or lon is None:
            self.ledger.problem(
                self.file, self.row.number, f"{latitude}, {longitude}", ", ".join(texts), reason
            )
            return None
        return pin(lat, lon, PositionSource.FILE)

    def _raw(self, column: str) -> str:
        index = self.columns.get(column)
        if index is None or index >= len(self.row.cells):
            return ""
        return self.row.cells[index][:MAX_CELL]


def _why_no_pin(lat: float | None, lon: float | None, municipality: str, address: str) -> str:
    if lat is None or lon is None:
        return "is no pair of decimal degrees; the place was found by its address"
    if _within(lon, _JAPAN_LATITUDES) and _within(lat, _JAPAN_LONGITUDES):
        return "latitude and longitude are exchanged; the place was found by its address"
    if not (_within(lat, _JAPAN_LATITUDES) and _within(lon, _JAPAN_LONGITUDES)):
        return "lies outside Japan; the place was found by its address"
    if municipality and is_plausibly_inside(lat, lon, municipality) is False:
        return f"lies outside {municipality}; the place was found by its address"
    match = geocode(address, municipality or None)
    if not is_plausibly_at(lat, lon, match):
        return f"lies far from {match.matched}; the place was found by its address"
    return ""


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def readers(table: Table, columns: Iterable[str], ledger: Ledger) -> list[RowReader]:
    """The rows of a table, ready to be read by the named columns; counts them.

    A row with more cells than the header is left out where that means displaced columns. Raises
    ImportRefusedError where most rows are so.
    """
    places = _places(table, columns, ledger)
    found: list[RowReader] = []
    displaced: list[RowReader] = []
    for row in table.rows:
        reader = RowReader(table.file, row, places, ledger)
        extra = [cell for cell in row.cells[len(table.header) :] if not cells.is_blank(cell)]
        (displaced if extra and table.shifts else found).append(reader)
    if len(displaced) > len(found):
        raise ImportRefusedError(
            f"{table.file}: most rows have more cells than the header has columns."
            " Correct the header, or put cells that contain a comma in quotation marks."
        )
    ledger.rows += len(table.rows)
    for reader in displaced:
        ledger.skip(table.file, reader.row.number, "", "", "has more cells than the header")
    for reader in found:
        for column, index in places.items():
            if index < len(reader.row.cells) and len(reader.row.cells[index]) > MAX_CELL:
                reader.problem(column, f"is longer than {MAX_CELL:,} characters and was cut")
    return found


def _places(table: Table, columns: Iterable[str], ledger: Ledger) -> dict[str, int]:
    """Where the named columns stand; the first of two of one name."""
    keys = [column_key(name) for name in table.header]
    counts = Counter(keys)
    places = {}
    for column in columns:
        key = column_key(column)
        if counts[key]:
            places[column] = keys.index(key)
        if counts[key] > 1:
            ledger.problem(
                table.file, table.header_row, column, column, "stands twice; the first was used"
            )
    return places


@lru_cache(maxsize=4096)
def municipality_named(text: str) -> str:
    """The full name of a municipality as 東京都西東京市, or "" where none is known by that text."""
    found = find_municipality(text) if text else None
    return found.full_name if found else ""


def source_of(options_source: str, kind: Kind, municipalities: Iterable[str], file: str) -> str:
    """Who answers for a file: as the caller says, or the list of where most of its rows are.

    The name is the same next year, whatever the file is called then.
    """
    if options_source:
        return options_source
    counts = Counter(filter(None, municipalities))
    if not counts:
        raise ImportRefusedError(
            f"{file} does not say in which municipality its places are."
            " Add --municipality, for example --municipality 大阪府堺市西区."
        )
    return f"{counts.most_common(1)[0][0]} {KIND_WORDS[kind][0]}一覧"


def check_placed(places: Sequence[Location], file: str) -> None:
    """Raise ImportRefusedError where every row has an address and none of them names a city."""
    if places and not any(place.municipality or not place.address for place in places):
        raise ImportRefusedError(
            f"None of the addresses in {file} names a city."
            f" Give it with --municipality, for example --municipality {EXAMPLE}."
        )


def leading_code(file: str) -> str:
    """By what files of one publication are known: the digits in front, or else the name."""
    stem = PurePath(file).stem
    digits = len(stem) - len(stem.lstrip("0123456789"))
    return stem[:digits] if digits else stem.removesuffix(f"_{TSUIKA}")


def is_reversed(opens_at: str, closes_at: str) -> bool:
    """Whether both are times of day and the second does not follow the first."""
    try:
        return dt.time.fromisoformat(closes_at) <= dt.time.fromisoformat(opens_at)
    except ValueError:
        return False
