import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from ibasho.data.database import Database, open_database
from ibasho.data.listings import Listing
from ibasho.data.listings.store import StoredListing, read_all_stored
from ibasho.importers import ImportOptions, ImportReport, import_files

HEADER = [
    "全国地方公共団体コード",
    "ID",
    "都道府県",
    "市区町村名",
    "名称",
    "名称_カナ",
    "設置目的",
    "実施支援の主な区分",
    "住所",
    "方書",
    "緯度",
    "経度",
    "電話番号1",
    "電話番号1_連絡先備考",
    "電話番号2",
    "電話番号2_連絡先備考",
    "内線番号",
    "FAX番号",
    "URL",
    "メールアドレス1",
    "メールアドレス1_連絡先備考",
    "メールアドレス2",
    "メールアドレス2_連絡先備考",
    "法人番号",
    "運営団体名",
    "開催頻度",
    "開催曜日",
    "開催日",
    "開催開始時間",
    "開催終了時間",
    "開催日時特記事項",
    "参加条件",
    "参加費_幼児",
    "参加費_小学生",
    "参加費_中学生",
    "参加費_高校生",
    "参加費_大人",
    "参加費特記事項",
    "予約方法",
    "予約特記事項",
    "定員",
    "フードパントリー実施",
    "テイクアウト実施",
    "学区",
    "ネットワークの加入",
    "追加情報NO",
    "画像",
    "画像_ライセンス",
    "備考",
]
TSUIKA_HEADER = [
    "ID",
    "住所",
    "方書",
    "緯度",
    "経度",
    "開催頻度",
    "開催曜日",
    "開催日",
    "開催開始時間",
    "開催終了時間",
    "開催日時特記事項",
    "参加条件",
    "参加費_幼児",
    "参加費_小学生",
    "参加費_中学生",
    "参加費_高校生",
    "参加費_大人",
    "参加費特記事項",
    "予約方法",
    "予約特記事項",
    "定員",
    "学区",
    "画像",
    "画像_ライセンス",
    "備考",
]
ROW = {
    "全国地方公共団体コード": "132292",
    "都道府県": "東京都",
    "市区町村名": "西東京市",
    "名称": "ひだまり食堂",
    "住所": "西東京市南町5-6-11",
    "開催日": "第３土曜日",
    "開催開始時間": "10:30",
    "開催終了時間": "13:30",
}
TODAY = dt.date(2026, 12, 1)

Row = Mapping[str, str]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / "instance")
    yield database
    database.conn.close()


@pytest.fixture
def real() -> Path:
    folder = Path(__file__).parents[3] / "shared" / "real"
    if not folder.is_dir():
        pytest.skip("the published files are not here")
    return folder


@pytest.fixture
def as_csv() -> Callable[..., str]:
    """Rows as the text of a table with these columns."""

    def text(rows: Sequence[Row], header: Sequence[str] = HEADER) -> str:
        result = io.StringIO()
        writer = csv.DictWriter(result, header, restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
        return result.getvalue()

    return text


@pytest.fixture
def main(tmp_path: Path, as_csv: Callable[..., str]) -> Callable[..., Path]:
    """A main sheet; each row is ROW with some cells changed."""

    def write(*rows: Row, name: str = "132292_shokudo.csv") -> Path:
        path = tmp_path / name
        path.write_text(as_csv([ROW | dict(row) for row in rows]), "utf-8")
        return path

    return write


@pytest.fixture
def tsuika(tmp_path: Path, as_csv: Callable[..., str]) -> Callable[..., Path]:
    """A sheet of further venues and days."""

    def write(*rows: Row, name: str = "132292_shokudo_tsuika.csv") -> Path:
        path = tmp_path / name
        path.write_text(as_csv(rows, TSUIKA_HEADER), "utf-8")
        return path

    return write


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], Path]:
    """A free table with this text."""

    def write(text: str) -> Path:
        path = tmp_path / "list.csv"
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture
def run(db: Database) -> Callable[..., ImportReport]:
    """Import files, with options by name."""

    def call(*files: Path, today: dt.date = TODAY, **options: Any) -> ImportReport:
        return import_files(db, files, ImportOptions(**options), today)

    return call


@pytest.fixture
def dump(db: Database) -> Callable[[], dict[str, list[tuple[object, ...]]]]:
    """Every row of every table."""

    def rows() -> dict[str, list[tuple[object, ...]]]:
        return {
            name: [tuple(row) for row in db.execute(f"SELECT * FROM {name} ORDER BY rowid")]
            for name in db.table_names()
        }

    return rows


@pytest.fixture
def kept(db: Database) -> Callable[[], dict[str, StoredListing]]:
    """What is kept, by address."""

    def by_address() -> dict[str, StoredListing]:
        return {
            stored.published.body.location.address: stored
            for stored in read_all_stored(db)
            if stored.published
        }

    return by_address


@pytest.fixture
def the(db: Database) -> Callable[[], Listing]:
    """The one listing that there is, as published."""

    def only() -> Listing:
        [stored] = read_all_stored(db)
        assert stored.published
        return stored.published.body

    return only
