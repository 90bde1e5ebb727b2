"""The names in an address are read as Japan Post reads them, and none is read by guess."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ibasho.data.geocode import read_names, town_names
from ibasho.data.geocode.build_readings import build
from ibasho.data.geocode.postal import list_of_codes
from ibasho.data.geocode.readings import PATH

TOKYO = "東京都西東京市"


def read(address: str, municipality: str = "") -> str:
    """The readings of an address, and what has none as it stands."""
    return " ".join(part.reading or part.text for part in read_names(address, municipality))


@pytest.mark.parametrize(
    ("address", "reading"),
    [
        ("東京都西東京市南町5-6-13", "とうきょうと にしとうきょうし みなみちょう 5-6-13"),
        ("東京都西東京市南町五丁目6", "とうきょうと にしとうきょうし みなみちょう 五丁目6"),
        ("大阪府堺市西区鳳東町６", "おおさかふ さかいし にしく おおとりひがしまち ６"),
        ("三重県三重郡菰野町大字菰野", "みえけん みえぐん こものちょう おおあざ こもの"),
        ("三重県菰野町菰野1250", "みえけん こものちょう こもの 1250"),
        ("群馬県北群馬郡榛東村新井", "ぐんまけん きたぐんまぐん しんとうむら あらい"),
        ("東京都千代田区霞ヶ関1", "とうきょうと ちよだく かすみがせき 1"),
        ("〒188-0012 東京都西東京市", "〒188-0012  とうきょうと にしとうきょうし"),
        ("京都府京都市上京区蛭子町", "きょうとふ きょうとし かみぎょうく えびすちょう"),
    ],
)
def test_an_address_is_read_name_by_name(address: str, reading: str) -> None:
    assert read(address) == reading
    assert "".join(part.text for part in read_names(address)) == address


def test_one_name_is_read_as_that_city_reads_it() -> None:
    assert read("東京都西東京市南町1").split()[2] == "みなみちょう"
    assert read("埼玉県飯能市南町1").split()[2] == "みなみまち"
    assert read("西東京市南町1", TOKYO) == "にしとうきょうし みなみちょう 1"


@pytest.mark.parametrize(
    ("address", "unread"),
    [
        ("山形県酒田市本町1-1", "本町1-1"),  # ほんまち and ほんちょう
        ("東京都西東京市南町田1", "南町田1"),
        ("東京都西東京市大字南町田1", "大字"),
        ("東京都西東京市どこか", "どこか"),
        ("北海道札幌市中央区北一条西2", "北一条西2"),
        ("東京都中の市南町1", "中の市南町1"),
        ("西東京市南町5", "西東京市南町5"),
        ("謎県謎市", "謎県謎市"),
    ],
)
def test_what_is_ambiguous_or_unknown_has_no_reading(address: str, unread: str) -> None:
    assert unread in {part.text for part in read_names(address) if not part.reading}


def test_nothing_has_no_parts() -> None:
    assert read_names("") == ()


def test_nearly_all_towns_of_a_ward_are_read() -> None:
    towns = town_names(TOKYO)
    assert towns
    unread = [one for one in towns if not read_names(f"{TOKYO}{one}")[2:][0].reading]
    assert unread == []


def test_a_page_reads_one_prefecture_and_no_table_of_towns() -> None:
    program = (
        "from ibasho.data.geocode import read_names, readings\n"
        "import ibasho.data.geocode.table as table\n"
        "assert readings._prefecture.cache_info().currsize == 0\n"
        "read_names('東京都西東京市南町5')\n"
        "print(readings._prefecture.cache_info().currsize, table._read.cache_info().currsize)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["1", "0"]


def test_the_table_is_small_and_made_of_the_list_alone(tmp_path: Path) -> None:
    assert PATH.stat().st_size <= 1_000_000
    source = list_of_codes()
    assert source is not None
    assert build(source, tmp_path / "readings.zip") > 110_000
    with zipfile.ZipFile(tmp_path / "readings.zip") as made, zipfile.ZipFile(PATH) as shipped:
        assert made.namelist() == shipped.namelist()
        assert len(made.namelist()) == 47
