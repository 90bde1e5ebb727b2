"""Costs and ages as people write them: numbers only where the whole text is plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ibasho.data.listings import COST_GROUPS
from ibasho.importers.ages import ages_in
from ibasho.importers.fees import costs_in

PIECES = [
    "大人",
    "子ども",
    "小学生",
    "小3",
    "～",
    "18歳",
    "以上",
    "まで",
    "無料",
    "300円",
    "1万",
    "千",
    "、",
    ":",
    " ",
]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("無料", {"toddler": 0, "elementary": 0, "junior_high": 0, "high_school": 0, "adult": 0}),
        ("参加費無料", {"toddler": 0, "elementary": 0, "junior_high": 0, "high_school": 0,
                        "adult": 0}),
        ("高校生以下無料・大人300円", {"toddler": 0, "elementary": 0, "junior_high": 0,
                                       "high_school": 0, "adult": 300}),
        ("大人１，０００円", {"adult": 1000}),
        ("子ども100円 大人300円", {"elementary": 100, "junior_high": 100, "adult": 300}),
        ("こども無料（おかわり50円）", {}),
        ("大人:300～500円 子ども:無料", {"toddler": 0, "elementary": 0, "junior_high": 0,
                                         "adult": None}),
        ("小学生～高校生:100円", {"elementary": 100, "junior_high": 100, "high_school": 100}),
        ("18歳以上500円、子ども無料", {"toddler": 0, "elementary": 0, "junior_high": 0,
                                       "high_school": 0, "adult": 500}),
        ("中学生以下無料、大人200円", {"toddler": 0, "elementary": 0, "junior_high": 0,
                                       "adult": 200}),
        ("100円（未就学児無料）", {"toddler": 0, "elementary": 100, "junior_high": 100,
                                   "high_school": 100, "adult": 100}),
        ("1食300円", dict.fromkeys(COST_GROUPS, 300)),
        ("￥300", dict.fromkeys(COST_GROUPS, 300)),
        ("月額3万5千円、入会金1万円", {"monthly": 35_000, "initial": 10_000}),
        ("月謝35,000円", {"monthly": 35_000}),
        ("小3～中学生100円", {}),
        ("お手伝いで無料", {}),
        ("初回無料", {}),
        ("子ども無料 300円", {}),
        ("小学生100円、子ども200円", {}),
        ("小学生無料、小学生100円", {}),
        ("小学生無料、小3以下100円", {}),
        ("小学生100円、小3以下無料", {}),
        ("子ども無料 一般300円 大人500円", {}),
        ("300円（子どもは無料）", {"toddler": 0, "elementary": 0, "junior_high": 0, "adult": 300}),
        ("18歳未満無料 大人300円", {}),
        ("子ども無料" + " " * 200 + "の日あり", {}),
        ("子ども無料。" + " " * 195 + "市外の方は100円", {}),
        ("子ども無料" + "‼" * 90, {"toddler": 0, "elementary": 0, "junior_high": 0}),
        ("子ども無料" + "‼" * 120, {}),
        ("子ども:0円～100円", {"elementary": None, "junior_high": None}),
        ("大人300円、実費", {}),
        ("大人500～300円", {}),
        ("300", {}),
        ("第2土曜100円", {}),
        ("カンパ", {}),
        ("大人300円くらい", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_fees_are_numbers_only_where_every_word_is_plain(
    text: str, amounts: dict[str, int]
) -> None:
    assert {cost.option: cost.amount for cost in costs_in(text)} == amounts


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("18歳以下", (None, 18.0)),
        ("0歳～18歳", (0.0, 18.0)),
        ("6歳以上", (6.0, None)),
        ("小学生", (6.0, 12.0)),
        ("小学生から高校生まで", (6.0, 18.0)),
        ("中学生以下", (None, 15.0)),
        ("小学生以上", (6.0, None)),
        ("小3～中学生", (8.0, 15.0)),
        ("小学１年生〜小学三年生", (6.0, 9.0)),
        ("小・中学生", (6.0, 15.0)),
        ("区内在住の小中学生", (6.0, 15.0)),
        ("市内在住・在学の中高生", (12.0, 18.0)),
        ("15～39歳の若者", (15.0, 39.0)),
        ("30歳未満", (None, 29.0)),
        ("高校生世代まで", (None, 18.0)),
        ("未就学児不可", (6.0, None)),
        ("概ね15歳まで", (None, None)),
        ("おおむね6歳から20歳", (None, None)),
        ("未就学児は保護者同伴", (None, None)),
        ("小7", (None, None)),
        ("18歳～6歳", (None, None)),
        ("15歳", (None, None)),
        ("1、2歳以下", (None, None)),
        ("4・5歳以上", (None, None)),
        ("３，４歳から", (None, None)),
        ("中学生未満", (None, 12.0)),
        ("小学生未満", (None, 6.0)),
        ("中学生以上" + " " * 200 + "ただし小学生も可", (None, None)),
        ("18歳以下" + " " * 200 + "は不可", (None, None)),
        ("対象は子どものみ", (None, None)),
        ("どなたでも", (None, None)),
        ("小学生とその保護者", (None, None)),
        ("", (None, None)),
    ],
)
def test_ages_are_numbers_only_where_the_whole_text_is_a_range(
    text: str, ages: tuple[float | None, float | None]
) -> None:
    assert ages_in(text) == ages


def test_a_range_of_prices_is_kept_in_words() -> None:
    adult = costs_in("大人:300～500円 子ども:無料")[-1]
    assert (adult.option, adult.amount, adult.description) == ("adult", None, "300～500円")


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=300))
def test_no_text_raises_and_an_unknown_word_takes_every_amount_back(text: str) -> None:
    ages_in(text)
    costs_in(text)
    assert costs_in(f"{text} ただし相談") == ()
