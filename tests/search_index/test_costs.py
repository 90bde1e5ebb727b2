"""Free of charge for children: only where somebody said so, plainly."""

import pytest

from ibasho.data.listings.model import CostOption
from ibasho.search_index.costs import is_free_for_children


@pytest.mark.parametrize(
    "text",
    [
        "無料", "参加費無料", "子ども無料", "大人300円 子ども無料", "子ども無料・大人300円",
        "高校生以下無料、大人２００円", "300円（子どもは無料）", "中学生まで：無料 大人：500円",
        "0円",
        "子ども 0円、大人 300円", "無料(大人は300円)", "無料です。カンパ歓迎",
        "こども：無料　おとな：３００円",
        "小学生 無料\n保護者 100円", "大人 1,000円 子供 無料", "相談無料",
    ],
)  # fmt: skip
def test_these_words_say_free(text: str) -> None:
    assert is_free_for_children((), text)


@pytest.mark.parametrize(
    "text",
    [
        "", "不明", "100円", "子ども100円", "子ども100円 大人無料", "大人無料",
        "100円、未就学児無料",
        "未就学児無料", "初回無料", "見学・体験は無料", "月額3万円（入会金無料）",
        "無料ではありません",
        "無料または低額", "1人目100円、2人目から無料", "小学生無料、中学生100円",
        "有料", "無料 材料費実費",
        "一部無料", "子ども 1,000円", "駐車場無料", "100円〜無料", "無料〜300円",
        "ひとり親家庭は無料",
        "相談無料、利用料 月3,000円", "10円", "300円",
    ],
)  # fmt: skip
def test_these_words_do_not(text: str) -> None:
    assert not is_free_for_children((), text)


def cost(option: str, amount: int | None, description: str = "") -> CostOption:
    return CostOption(option, amount, description)


@pytest.mark.parametrize(
    ("costs", "text", "free"),
    [
        ((cost("elementary", 0), cost("adult", 300)), "", True),
        ((cost("elementary", 0), cost("high_school", 100)), "", False),
        ((cost("elementary", 100),), "無料", False),
        ((cost("elementary", 0),), "有料", True),
        ((cost("adult", 0),), "", False),
        ((cost("adult", 300),), "子ども無料", True),
        ((cost("elementary", None, "無料"),), "", True),
        ((cost("elementary", None, "100円"),), "無料", False),
        ((cost("elementary", None),), "", False),
        ((), "", False),
    ],
)
def test_stated_amounts_decide(costs: tuple[CostOption, ...], text: str, free: bool) -> None:
    assert is_free_for_children(costs, text) is free
