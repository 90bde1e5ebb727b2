"""One spelling for the many in which a Japanese name is written in Latin letters."""

import pytest

from ibasho.data.romaji import hepburn, plain, romaji


@pytest.mark.parametrize(
    ("kana", "typed"),
    [
        ("タナシ", "Tanashi"), ("たなし", "TANASI"), ("オオクボ", "Ōkubo"), ("オオクボ", "Ohkubo"),
        ("オオクボ", "Ookubo"), ("シンバシ", "Shimbashi"), ("シンバシ", "Shin-bashi"),
        ("ジュウソウ", "Jūsō"), ("チョウフ", "Tyoufu"), ("シズオカ", "Sizuoka"),
        ("ハッチョウボリ", "Hatchōbori"), ("ホッカイドウ", "Hokkaidō"), ("コンノ", "Kon'no"),
        ("オオハシ", "Ohashi"), ("センター", "Senta"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_alike(kana: str, typed: str) -> None:
    assert romaji(kana) == plain(typed)


@pytest.mark.parametrize("text", ["田無", "", "ABC", "ッ", "ゃ"])
def test_what_is_no_reading_has_no_spelling(text: str) -> None:
    assert romaji(text) == ""


@pytest.mark.parametrize(
    ("one", "other"), [("タナシ", "タナカ"), ("オノ", "ウノ"), ("カギ", "カキ")]
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert romaji(one) != romaji(other)


@pytest.mark.parametrize(
    ("kana", "written", "said"),
    [
        ("とうきょう", "東京", "Tōkyō"), ("おおさか", "大阪", "Ōsaka"),
        ("ほっかいどう", "北海道", "Hokkaidō"), ("にいがた", "新潟", "Niigata"),
        ("はっちょうぼり", "八丁堀", "Hatchōbori"), ("ひろうら", "広浦", "Hiroura"),
        ("もとおおつ", "元大津", "Motoōtsu"), ("まつうら", "松浦", "Matsuura"),
        ("よこうち", "横内", "Yokouchi"), ("ターミナル", "ターミナル", "Tāminaru"),
        ("南", "南", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_a_name_is_said_with_its_long_vowels(kana: str, written: str, said: str) -> None:
    assert hepburn(kana, written) == said
