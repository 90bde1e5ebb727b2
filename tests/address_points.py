"""Files of address points in the layout of the offices, with rows and points of our own."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

ISJ = [
    "都道府県名",
    "市区町村名",
    "大字・丁目名",
    "小字・通称名",
    "街区符号・地番",
    "座標系番号",
    "Ｘ座標",
    "Ｙ座標",
    "緯度",
    "経度",
    "住居表示フラグ",
    "代表フラグ",
    "更新前履歴フラグ",
    "更新後履歴フラグ",
]
BLOCKS = [
    "lg_code",
    "machiaza_id",
    "blk_id",
    "city",
    "ward",
    "oaza_cho",
    "chome",
    "koaza",
    "machiaza_dist",
    "blk_num",
    "rsdt_addr_flg",
    "rsdt_addr_mtd_code",
    "status_flg",
    "efct_date",
    "ablt_date",
    "src_code",
    "remarks",
]
POSITIONS = [
    "lg_code",
    "machiaza_id",
    "blk_id",
    "rsdt_addr_flg",
    "rsdt_addr_mtd_code",
    "rep_lon",
    "rep_lat",
    "rep_srid",
    "rep_scale",
    "rep_src_code",
]
TOWNS = [
    "lg_code",
    "machiaza_id",
    "machiaza_type",
    "pref",
    "county",
    "city",
    "ward",
    "oaza_cho",
    "chome",
    "koaza",
]

# 西東京市南町五丁目: the table's point is 35.7253, 139.5406.
BLOCK_6 = (35.72612, 139.54101)


def isj_row(
    number: str,
    lat: float,
    lon: float,
    town: str = "南町五丁目",
    city: str = "東京都 西東京市",
    koaza: str = "",
    lot: bool = False,
    main: bool = True,
    history: str = "00",
) -> list[str]:
    """One row of a 街区レベル file."""
    prefecture, name = city.split(" ")
    return [prefecture, name, town, koaza, number, "9", "-35925.9", "-7446.2", f"{lat:.6f}",
            f"{lon:.6f}", str(int(not lot)), str(int(main)), history[0], history[1]]  # fmt: skip


def isj_rows() -> list[list[str]]:
    """A 丁目 of 30 blocks, about 60 m from one to the next; number 6 is at BLOCK_6."""
    lat, lon = BLOCK_6
    return [
        isj_row(str(number), lat + 0.00054 * (number // 6 - 1), lon + 0.00066 * (number % 6))
        for number in range(1, 31)
    ]


def write_isj(path: Path, rows: Iterable[Sequence[str]], header: Sequence[str] = ISJ) -> Path:
    """A 街区レベル file in Shift_JIS, in a zip if the name says so."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    data = text.getvalue().encode("cp932")
    if path.suffix != ".zip":
        path.write_bytes(data)
        return path
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("13000-23.0a/13_2024.csv", data)
        archive.writestr("13000-23.0a/format.html", "<html></html>")
    return path


def write_abr(path: Path, header: Sequence[str], rows: Iterable[dict[str, str]]) -> Path:
    """A file of the アドレス・ベース・レジストリ: UTF-8 with a byte order mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
