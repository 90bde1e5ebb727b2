"""The town table as it is shipped, and how it is made."""

from pathlib import Path

import numpy as np
import pytest

from ibasho.data.geocode.build_table import build
from ibasho.data.geocode.normalise import arabic, fold, fold_address
from ibasho.data.geocode.table import PATH, table


def test_the_table_is_whole_and_small() -> None:
    towns = table()
    assert len(towns.lat) == len(towns.lon) == towns.starts[-1] == 277_635
    assert len(towns.municipalities) == len(towns.towns) == len(towns.starts) - 1 == 1_892
    assert [text.count("\n") + 1 for text in towns.towns] == np.diff(towns.starts).tolist()
    assert np.isnan(towns.lat).sum() == 444
    assert PATH.stat().st_size <= 6_000_000


def test_every_point_lies_in_japan() -> None:
    towns = table()
    assert 20 < np.nanmin(towns.lat) < np.nanmax(towns.lat) < 46
    assert 122 < np.nanmin(towns.lon) < np.nanmax(towns.lon) < 154


def test_folding_keeps_the_lines_of_the_table() -> None:
    assert all(fold(text).count("\n") == text.count("\n") for text in table().towns)


def test_another_file_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    other = tmp_path / "other.whl"
    other.write_bytes(b"no wheel")
    with pytest.raises(ValueError, match="is not the wheel of"):
        build(other, tmp_path / "towns.npz")
    assert not (tmp_path / "towns.npz").exists()


@pytest.mark.parametrize(
    ("kanji", "digits"),
    [
        ("十", "10"),
        ("十三", "13"),
        ("二十", "20"),
        ("二十三", "23"),
        ("二三", "23"),
        ("二〇", "20"),
    ],
)
def test_numbers_in_kanji(kanji: str, digits: str) -> None:
    assert arabic(kanji) == digits


def test_numbers_that_stand_side_by_side_stay_two() -> None:
    assert fold("松波8字2番地") == "松波8-2番地"
    assert fold("野田三2番") == "野田3-2番"
    assert fold_address("新町4-10-10 1階") == "新町4-10-10-1階"
    assert fold_address("南町 5 丁目") == "南町5丁目"
