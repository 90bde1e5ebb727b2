"""Free of charge and a month's fee: only where somebody said so, plainly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ibasho.data.listings.model import CostOption
from ibasho.search_index.costs import is_free_for_children, monthly_fee


@pytest.mark.parametrize(
    "text",
    [
        "無料", "参加費無料", "子ども無料", "大人300円 子ども無料", "子ども無料・大人300円",
        "高校生以下無料、大人２００円", "300円（子どもは無料）", "中学生まで：無料 大人：500円",
        "0円",
        "子ども 0円、大人 300円", "無料(大人は300円)", "無料です。カンパ歓迎",
        "こども：無料　おとな：３００円",
        "小学生 無料\n保護者 100円", "大人 1,000円 子供 無料", "相談無料",
        "相談は無料（通話料がかかります）。こちらからかけ直すこともできます",
        "無料。テキスト代もいりません", "高校生まで無料。大人はお茶代として", "大人も子どもも無料",
        "参加費：無料（要予約）", "どなたでも無料でご利用いただけます", "小学生から高校生まで無料",
        "参加費300円（18歳以下は無料）", "カンパ歓迎。無料です",
    ],
)  # fmt: skip
def test_these_words_say_free(text: str) -> None:
    assert is_free_for_children((), text)


@pytest.mark.parametrize(
    "text",
    [
        "", "不明", "100円", "子ども100円", "子ども100円 大人無料", "大人無料",
        "100円、未就学児無料",
        "未就学児無料", "初回無料", "初月無料", "きょうだい無料", "教材費無料",
        "見学・体験は無料", "月額3万円（入会金無料）",
        "無料ではありません",
        "無料または低額", "1人目100円、2人目から無料", "小学生無料、中学生100円",
        "有料", "無料 材料費実費",
        "一部無料", "子ども 1,000円", "駐車場無料", "100円〜無料", "無料〜300円",
        "ひとり親家庭は無料",
        "相談無料、利用料 月3,000円", "10円", "300円",
        "無料体験あり",
        "無料体験あり。費用はお問い合わせください",
        "無料見学随時",
        "無料説明会あり、料金は問い合わせ",
        "無料駐車場あり",
        "無料送迎あり",
        "無料Wi-Fi",
        "こども食堂無料チケットあり",
        "要相談（無料の場合あり）",
        "子ども無料の日あり（通常100円）",
        "就学援助世帯は無料",
        "母子家庭無料",
        "障害者手帳をお持ちの方は無料",
        "会員は無料",
        "ボランティアの方は無料",
        "住民税がかからない世帯は無料",
        "飲み物無料",
        "年会費無料",
        "説明会無料",
        "第1回は子ども無料",
        "お手伝いした子ども無料",
        "誕生月の子ども無料",
        "夏休み中は子ども無料",
        "小学生無料 中高生200円",
        "小学生以下無料、それ以上は300円",
        "小学生以下無料 その他300円",
        "小学生以下無料、13歳以上300円",
        "子ども無料（2回目から200円）",
        "子ども無料（先着20名、以降100円）",
        "子ども無料（市外の方は100円）",
        "子ども無料（別途保険料100円）",
        "子ども無料、材料費実費",
        "無料（材料費はいただきます）",
        "基本無料（内容により材料費あり）",
        "無料（別途食材費）",
        "半額または無料",
        "低額もしくは無料",
        "無料（初回のみ）", "無料（ひとり親）", "無料・低額", "無料で利用できる日あり",
        "無料保護者会あり",
        "説明会：子ども無料",
        "小学生未満無料",
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
        ((cost("monthly", 0), cost("initial", 0)), "", True),
        ((cost("monthly", 0),), "", False),
        ((cost("monthly", 0),), "無料", True),
        ((cost("monthly", 0), cost("initial", 30_000)), "無料", False),
        ((cost("monthly", 0), cost("monthly", 8_800), cost("initial", 0)), "", False),
        ((cost("monthly", 0), cost("initial", 0), cost("extra", 36_000)), "", False),
        ((cost("monthly", 0), cost("initial", 0), cost("extra", None, "実費")), "", True),
        ((cost("monthly", None, "所得による"), cost("elementary", 0)), "無料", False),
        ((cost("trial", 0),), "", False),
        ((cost("trial", 3_000),), "無料", True),
        ((cost("per_visit", 0),), "", True),
        ((cost("per_visit", 0), cost("per_visit", 500)), "", False),
        ((cost("cancellation", None, "無料"),), "", False),
        ((cost("toddler", 0),), "", False),
        ((cost("toddler", 0), cost("adult", 300)), "", False),
        ((cost("toddler", 0), cost("adult", 0)), "無料", True),
        ((cost("toddler", None, "無料"),), "", False),
        ((cost("elementary", 0),), "中学生以上300円", False),
        ((cost("elementary", 0), cost("high_school", None, "300円")), "", False),
        ((cost("junior_high", 0),), "無料。模擬試験を受けるときだけ実費", True),
        ((cost("per_visit", 0, "初回"),), "", False),
        ((cost("monthly", 0), cost("initial", 0)), "1回1000円", False),
    ],
)
def test_stated_amounts_decide(costs: tuple[CostOption, ...], text: str, free: bool) -> None:
    assert is_free_for_children(costs, text) is free


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("月額33,000円（週5日まで）、22,000円（週2日まで）。入会金3,000円", 22_000),
        ("月額３万円", 30_000),
        ("月謝 ２．５万円", 25_000),
        ("月額3万5千円", 35_000),
        ("月会費500円、1回300円", 500),
        ("月額3～5万円", 30_000),
        ("月額30,000円〜50,000円", 30_000),
        ("月額：２０，０００円程度", 20_000),
        ("月額（税込）¥33,000", 33_000),
        ("利用料 月3,000円", 3_000),
        ("1か月20,000円", 20_000),
        ("入会金2万円月額3万円", 30_000),
        ("月謝：週1回 10,000円、週2回 18,000円", 10_000),
        ("小学生 月額25,000円、中学生 月額20,000円", 20_000),
        ("週2日（月額15,000円）", 15_000),
        ("月額20,000円（きょうだいは10,000円）", 20_000),
        ("月額40000円、月額10000円免除", 40_000),
        ("月額20,000円（施設費込み）", 20_000),
        ("月額無料", 0),
        ("無料", 0),
        ("子ども無料、大人300円", 0),
    ],
)
def test_these_words_name_a_monthly_fee(text: str, fee: int) -> None:
    assert monthly_fee((), text) == fee


@pytest.mark.parametrize(
    "text",
    [
        "", "100円", "1回2,000円", "大人無料", "初月無料", "見学無料", "月額は所得によります",
        "月額は1回2,000円、上限16,000円", "月4回8,000円", "8月5,000円", "今月500円",
        "休会は月額3,000円", "きょうだいは月額10,000円", "きょうだい割（月額15,000円）",
        "就学援助家庭は月額9,900円", "月額10,000円（2人目から）", "端末の貸出しは月1,100円",
        "入会金10,000円", "月額は無料ではありません", "月額0円〜30,000円", "月額0円から",
        "月額2万円の助成あり",
        "最大月額2万円を助成",
        "月10000円の補助金あり",
        "月額5000円引き",
        "月額1万円割引あり（兄弟）",
        "入会金10000円、月額1000円（おやつ代）、授業料1コマ3000円",
        "月2000円の保険料",
        "毎月500円のおやつ代",
        "月額3,000円の積立金",
        "年会費12000円（月額1000円相当）",
        "月会費無料、1回1000円",
        "月額" + "9" * 5_000 + "円",
    ],
)  # fmt: skip
def test_these_words_do_not_name_one(text: str) -> None:
    assert monthly_fee((), text) is None


@pytest.mark.parametrize(
    ("costs", "text", "fee"),
    [
        ((cost("monthly", 18_700), cost("monthly", 8_800, "オンラインだけ")), "月額1,000円", 8_800),
        ((cost("monthly", 16_000, "上限"), cost("per_visit", 2_000)), "", 16_000),
        ((cost("monthly", None, "2万円、初月は半額"),), "", 20_000),
        ((cost("monthly", None, "所得による"),), "無料", None),
        ((cost("monthly", 0), cost("per_visit", 500)), "", None),
        ((cost("monthly", 0),), "", 0),
        ((cost("elementary", 0), cost("adult", 300)), "", 0),
        ((cost("elementary", 0),), "月会費500円", 500),
        ((cost("elementary", 100),), "無料", None),
        ((cost("initial", 10_000), cost("trial", 0)), "", None),
        ((cost("elementary", None),), "", None),
        ((cost("monthly", 0, "生活保護世帯"), cost("monthly", 30_000)), "", 30_000),
        ((cost("monthly", 10_000, "兄弟割引"), cost("monthly", 30_000)), "", 30_000),
    ],
)
def test_stated_amounts_come_before_words(
    costs: tuple[CostOption, ...], text: str, fee: int | None
) -> None:
    assert monthly_fee(costs, text) == fee


@given(st.text("月額謝会費無料円万千0123456789,、（）()〜～-はの入金週日1 　¥.", max_size=60))
def test_any_words_can_be_read(text: str) -> None:
    fee = monthly_fee((), text)
    assert fee is None or 0 <= fee < 10_000_000_000


def test_who_is_18_or_older_is_no_child() -> None:
    text = "18歳以上500円、子ども無料"
    paid = [CostOption("toddler", 0), CostOption("elementary", 0), CostOption("adult", 500)]
    assert is_free_for_children(paid, text)
    assert is_free_for_children([], text)
    assert not is_free_for_children([], "15歳以上500円、子ども無料")
