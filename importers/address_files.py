"""Files of address points as offices publish them, CSV or a zip of it, to rows.

Two shapes are known: the 街区レベル files of 位置参照情報 (国土交通省), and of the
アドレス・ベース・レジストリ the 住居表示-街区マスター with the file of its positions, joined by
municipality, town and block. Both give JGD2000 or JGD2011, which for our purposes are WGS 84.
"""

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from ibasho.data.addresses import AddressRow
from ibasho.importers.report import ImportRefusedError

PREFECTURES = (
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県",
    "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県",
    "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府",
    "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県",
    "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県",
    "鹿児島県", "沖縄県",
)  # fmt: skip
"""The prefectures in the order of their codes: the first is 01."""

_DELETED = "3"
_JAPAN = (20.0, 46.0, 122.0, 154.0)
_ADVICE = (
    "give the 街区レベル file of 位置参照情報, or mt_rsdtdsp_blk_….csv together with"
    " mt_rsdtdsp_blk_pos_….csv"
)


class Shape(StrEnum):
    """What a table of addresses is, by its columns."""

    ISJ = "位置参照情報"
    BLOCKS = "住居表示-街区マスター"
    POSITIONS = "住居表示-街区マスター位置参照"
    TOWNS = "町字マスター"


_COLUMNS = {
    Shape.ISJ: {"都道府県名", "市区町村名", "大字・丁目名", "街区符号・地番", "緯度", "経度"},
    Shape.BLOCKS: {"lg_code", "machiaza_id", "blk_id", "blk_num"},
    Shape.POSITIONS: {"lg_code", "machiaza_id", "blk_id", "rep_lat", "rep_lon"},
    Shape.TOWNS: {"lg_code", "machiaza_id", "pref", "city", "oaza_cho", "chome"},
}

# RuntimeError: a zip with a password, or packed in a way that Python does not know.
_UNREADABLE = (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError)

Cells = Mapping[str, str]
Progress = Callable[[int], None]
_TOLD_EVERY = 5_000


@dataclass(frozen=True, slots=True)
class AddressFile:
    """One CSV, perhaps inside a zip, what it is, and its size in bytes."""

    path: Path
    member: str
    shape: Shape
    encoding: str
    size: int

    def rows(self, progress: Progress | None = None) -> Iterator[Cells]:
        """Its rows by their columns; `progress` is told now and then at which byte it is.

        Raises ImportRefusedError where the file is cut or damaged.
        """
        row = 1
        try:
            with _opened(self.path, self.member) as stream:
                text = io.TextIOWrapper(stream, self.encoding, "replace", "")
                for row, cells in enumerate(csv.DictReader(text, strict=True), 2):
                    if progress and row % _TOLD_EVERY == 0:
                        progress(min(stream.tell(), self.size))
                    if None in cells.values():
                        raise ImportRefusedError(
                            f"{self.path} is cut: row {row} has fewer columns than the first."
                            " Download it again"
                        )
                    yield cells
        except csv.Error as error:
            raise ImportRefusedError(
                f"{self.path} is cut or damaged after row {row} ({error}). Download it again"
            ) from error
        except _UNREADABLE as error:
            raise ImportRefusedError(
                f"{self.path} is damaged ({error}). Download it again"
            ) from error


@contextmanager
def _opened(path: Path, member: str) -> Iterator[IO[bytes]]:
    if not member:
        with path.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
        yield stream


def read_address_files(paths: Sequence[Path]) -> list[AddressFile]:
    """What the files are, in their order. Raises ImportRefusedError for what is none of these."""
    found = []
    for path in paths:
        try:
            members = _members(path)
            known = [one for member, size in members if (one := _known(path, member, size))]
        except (*_UNREADABLE, csv.Error) as error:
            raise ImportRefusedError(f"{path} cannot be read ({error}); {_ADVICE}") from error
        if not known:
            raise ImportRefusedError(f"{path} is no file of address points; {_ADVICE}")
        found += known
    shapes = {file.shape for file in found}
    if (Shape.BLOCKS in shapes) != (Shape.POSITIONS in shapes) or shapes == {Shape.TOWNS}:
        names = ", ".join(str(file.path) for file in found if file.shape is not Shape.ISJ)
        raise ImportRefusedError(
            f"{names}: the アドレス・ベース・レジストリ has blocks and positions in two files;"
            " name mt_rsdtdsp_blk_….csv and mt_rsdtdsp_blk_pos_….csv in one command"
        )
    return found


def _members(path: Path) -> list[tuple[str, int]]:
    if not zipfile.is_zipfile(path):
        return [("", path.stat().st_size)]
    with zipfile.ZipFile(path) as archive:
        return [
            (info.filename, info.file_size)
            for info in archive.infolist()
            if info.filename.lower().endswith(".csv")
        ]


def _known(path: Path, member: str, size: int) -> AddressFile | None:
    """The file if its first line is a header of ours."""
    with _opened(path, member) as stream:
        line = stream.readline(10_000)
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = codecs.decode(line, encoding)
        except UnicodeDecodeError:
            continue
        header = set(next(csv.reader([text]), []))
        for shape, columns in _COLUMNS.items():
            if columns <= header:
                return AddressFile(path, member, shape, encoding, size)
    return None


def isj_rows(file: AddressFile, progress: Progress | None = None) -> Iterator[AddressRow]:
    """The rows of one 街区レベル file; what was deleted, or has no point in Japan, is left out.

    代表フラグ marks the one of several points of a number that stands for it.
    """
    for row in file.rows(progress):
        point = _point(row["緯度"], row["経度"])
        if point is None or _DELETED in (row.get("更新前履歴フラグ"), row.get("更新後履歴フラグ")):
            continue
        yield AddressRow(
            row["都道府県名"] + row["市区町村名"],
            row["大字・丁目名"],
            row.get("小字・通称名") or "",
            row["街区符号・地番"],
            *point,
            is_lot=row.get("住居表示フラグ") == "0",
            is_main=row.get("代表フラグ") != "0",
        )


def abr_rows(
    files: Sequence[AddressFile], progress: Progress | None = None
) -> Iterator[AddressRow]:
    """The blocks of the アドレス・ベース・レジストリ with their points, out of all files of it.

    A block without a point, or with a day of abolition, is left out. Towns are named by the
    町字マスター where that is given.
    """
    points: dict[tuple[str, ...], tuple[float, float]] = {}
    towns: dict[tuple[str, ...], Cells] = {}
    for file in files:
        if file.shape is Shape.POSITIONS:
            for row in file.rows(progress):
                point = _point(row["rep_lat"], row["rep_lon"])
                # A block may have a row for either way of numbering; 1 is the one of blocks.
                if point and (row.get("rsdt_addr_flg") != "0" or _block_key(row) not in points):
                    points[_block_key(row)] = point
        elif file.shape is Shape.TOWNS:
            towns |= {_block_key(row)[:2]: row for row in file.rows(progress)}
    for file in files:
        if file.shape is Shape.BLOCKS:
            for row in file.rows(progress):
                point = points.get(_block_key(row))
                if point and not row.get("ablt_date"):
                    yield _abr_row(row, towns.get(_block_key(row)[:2], row), point)


def _block_key(row: Cells) -> tuple[str, ...]:
    return row["lg_code"], row["machiaza_id"], row.get("blk_id", "")


def _abr_row(row: Cells, town: Cells, point: tuple[float, float]) -> AddressRow:
    prefecture = town.get("pref") or _prefecture(row["lg_code"])
    names = (prefecture, *(town.get(part) or "" for part in ("county", "city", "ward")))
    return AddressRow(
        "".join(names),
        (town.get("oaza_cho") or "") + (town.get("chome") or ""),
        town.get("koaza") or "",
        row["blk_num"],
        *point,
        is_lot=False,
    )


def _prefecture(code: str) -> str:
    number = int(code[:-4]) if code[:-4].isascii() and code[:-4].isdecimal() else 0
    return PREFECTURES[number - 1] if 0 < number <= len(PREFECTURES) else ""


def _point(lat: str, lon: str) -> tuple[float, float] | None:
    """WGS 84 degrees, or None for what is no point in Japan."""
    try:
        point = float(lat), float(lon)
    except ValueError:
        return None
    south, north, west, east = _JAPAN
    return point if south <= point[0] <= north and west <= point[1] <= east else None
