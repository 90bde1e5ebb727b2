"""Likely duplicates are reported, never dropped."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ibasho.data.listings import Kind, Listing, locate
from ibasho.importers import ImportReport
from ibasho.importers.cells import phones_in
from ibasho.importers.duplicates import Neighbours

Run = Callable[..., ImportReport]
Main = Callable[..., Path]

HERE = {"緯度": "35.7262", "経度": "139.5388"}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (
            {"名称": "ひだまり食堂！", "住所": "西東京市南町5-6-12 2階"} | HERE,
            "same name, 0 m apart",
        ),
        (
            {"住所": "西東京市南町5-6-12", "緯度": "35.7265", "経度": "139.5388"},
            "same name, 33 m apart",
        ),
        ({"名称": "こども食堂ひだまりのいえ"}, ""),
        ({"名称": "南町こども食堂ひだまり"}, ""),
        ({"名称": "ひだまり子ども食堂"}, "similar name, same address"),
        ({"住所": "西東京市南町5-6-12", "緯度": "35.7275", "経度": "139.5388"}, ""),
        ({"名称": "まったく別"} | HERE, ""),
    ],
)
def test_two_rows_that_may_be_one_place(
    run: Run, main: Main, other: dict[str, str], why: str
) -> None:
    report = run(main(HERE, other))
    assert report.created == 2
    assert [(found.row, found.why) for found in report.duplicates] == ([(3, why)] if why else [])


def test_places_that_are_only_known_roughly_are_not_compared_by_distance(
    run: Run, main: Main
) -> None:
    assert run(main({"住所": "西東京市南町5"}, {"住所": "西東京市南町5丁目"})).created == 1
    assert run(main({"住所": "西東京市泉町"}, {"住所": "西東京市泉町あたり"})).duplicates == ()


def test_a_thousand_at_one_spot_take_no_time_to_compare(run: Run, main: Main) -> None:
    report = run(main(*({"名称": f"{number}番食堂"} | HERE for number in range(1_000))))
    assert report.created == 1_000
    assert len(report.duplicates) < 5_000


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("03-1234-5678", "+81 3 1234 5678", True),
        ("０３（１２３４）５６７８", "03 1234 5678 内線2", True),
        ("#8000", "#8000", False),
    ],
)
def test_one_telephone_is_known_again_however_it_is_spelt(
    one: str, other: str, is_same: bool
) -> None:
    neighbours = Neighbours(by_phone=True)
    place = locate("東京都西東京市", "南町5-6-13")
    neighbours.add(
        "a", Listing(Kind.CHILDRENS_CAFETERIA, "ひだまり", location=place, phones=phones_in(one)[0])
    )
    other_place = Listing(
        Kind.CHILDRENS_CAFETERIA, "まったく別", location=place, phones=phones_in(other)[0]
    )
    found = neighbours.like("b", other_place)
    assert found == ([("a", "same telephone, same address")] if is_same else [])
