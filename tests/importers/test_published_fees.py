"""Costs and ages as children's cafeterias announce them, each with what a careful reader takes.

t, e, j, h and a are toddlers, elementary school, junior high, high school and adults; a word
instead of a number stays a word, and nothing at all means that no price is certain.
"""

import pytest

from ibasho.data.listings import COST_GROUPS
from ibasho.importers.ages import ages_in
from ibasho.importers.fees import costs_in

EVERYONE_FREE = "t0 e0 j0 h0 a0"

TAKEN = [
    ("小学生以下 無料", "t0 e0"),
    ("中学生以下　無料、大人　300円", "t0 e0 j0 a300"),
    ("子ども 無料 大人 300円", "t0 e0 j0 a300"),
    ("子ども 無料 / 大人 300円", "t0 e0 j0 a300"),
    ("・子ども 100円 ・大人 300円", "e100 j100 a300"),
    ("○子ども 無料 ○大人 300円", "t0 e0 j0 a300"),
    ("子どもは無料です。大人は300円です。", "t0 e0 j0 a300"),
    ("参加費 大人300円、子ども無料", "t0 e0 j0 a300"),
    ("料金：大人300円 子ども100円", "e100 j100 a300"),
    ("子ども無料 大人はカンパ", "t0 e0 j0 aカンパ"),
    ("子ども100円、大人は投げ銭", "e100 j100 a投げ銭"),
    ("無料（大人はカンパ）", "t0 e0 j0 h0 aカンパ"),
    ("子ども無料・大人お気持ち", "t0 e0 j0 aお気持ち"),
    ("大人300円 子ども100円（3歳以下無料）", "t3歳以下無料 e100 j100 a300"),
    ("300円（3歳以下無料）", "t3歳以下無料 e300 j300 h300 a300"),
    ("無料（要予約）", EVERYONE_FREE),
    ("無料 要予約", EVERYONE_FREE),
    ("無料です", EVERYONE_FREE),
    ("大人も子どもも無料", EVERYONE_FREE),
    ("1食300円", "t300 e300 j300 h300 a300"),
    ("お一人様300円", "t300 e300 j300 h300 a300"),
    ("子ども1人につき100円", "e100 j100"),
    ("大人（高校生以上）300円、子ども100円", "e100 j100 h300 a300"),
    ("子ども（中学生まで）無料 大人300円", "t0 e0 j0 a300"),
    ("大人（18歳以上）300円 子ども 無料", "t0 e0 j0 h0 a300"),
    ("小・中学生100円、大人300円", "e100 j100 a300"),
    ("小学生・中学生：100円、高校生以上：300円", "e100 j100 h300 a300"),
    ("大人 1,000円 子ども 500円", "e500 j500 a1000"),
]

NOT_TAKEN = [
    "子ども 無料 300円",
    "無料 300円",
    "カンパ制",
    "お気持ち",
    "大人300円 カンパ歓迎",
    "大人 300円 子ども 100円 カンパ",
    "子ども無料 大人300円以上のカンパ",
    "幼児100円、3歳以下無料",
    "3歳未満無料 3歳以上300円",
    "0～2歳無料、3歳～小学生100円、中学生以上300円",
    "小3 100円",
    "子ども100円、大人300円、70歳以上200円",
    "大人(70歳以上)200円",
    "大人300円（70歳以上は200円） 子ども無料",
    "18歳以下無料、それ以外300円",
    "子ども無料、付き添いの大人300円",
    "子ども無料（18歳まで） 大人300円",
    "大人300円 子ども無料(2人目から100円)",
    "子ども無料・大人300円（お弁当は400円）",
    "大人300円 子ども100円 テイクアウト+50円",
    "大人300円→200円",
    "小学生・大人300円",
    "1家族500円",
    "親子で500円",
    "会費 500円",
    "年会費1000円",
    "材料費300円",
    "参加費300円（食材費込み）",
    "300円～",
    "約300円",
    "無料～500円",
    "基本無料",
    "ひとり親家庭は無料",
    "小学生無料 ※初回のみ",
    "無料 ※大人は寄付のお願い",
    "高校生・大学生200円",
    "大人 三百円",
]


def in_short(text: str) -> str:
    return " ".join(
        f"{cost.option[0]}{cost.description if cost.amount is None else cost.amount}"
        for cost in costs_in(text)
    )


@pytest.mark.parametrize(("text", "expected"), TAKEN)
def test_a_price_that_is_plain_is_taken(text: str, expected: str) -> None:
    assert in_short(text) == expected


@pytest.mark.parametrize("text", NOT_TAKEN)
def test_a_price_that_a_reader_would_ask_about_is_not_taken(text: str) -> None:
    assert costs_in(text) == ()


def test_the_short_names_of_the_groups_are_one_letter_each() -> None:
    assert "".join(group[0] for group in COST_GROUPS) == "tejha"


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("小学1～6年生", (6, 12)),
        ("小学4年生～6年生", (9, 12)),
        ("中学1～3年生", (12, 15)),
        ("小学生、中学生、高校生", (6, 18)),
        ("満3歳以上", (3, None)),
        ("0歳～就学前", (0, 6)),
        ("区内在住の18歳以下の子ども", (None, 18)),
        ("小学校1年生から中学校3年生", (6, 15)),
        ("15歳くらいまで", (None, None)),
        ("0歳から18歳くらい", (None, None)),
        ("小学生（保護者同伴）", (None, None)),
        ("小学生以上（未就学児は保護者同伴）", (None, None)),
        ("小学生まで（中学生は要相談）", (None, None)),
        ("18歳以下（大人も可）", (None, None)),
        ("4年生～6年生", (None, None)),
        ("小学6～3年生", (None, None)),
        ("中学1～6年生", (None, None)),
        ("小学生以外", (None, None)),
        ("主に小学生", (None, None)),
        ("小中学生中心", (None, None)),
        ("高校生まで無料", (None, None)),
        ("生後6か月～", (None, None)),
        ("20代", (None, None)),
        ("年少～年長", (None, None)),
    ],
)
def test_an_age_is_taken_only_where_it_is_a_bound(
    text: str, ages: tuple[float | None, float | None]
) -> None:
    assert ages_in(text) == ages
