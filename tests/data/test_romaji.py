"""One spelling for the many in which a Japanese name is written in Latin letters."""

import pytest

from ibasho.data.romaji import plain, romaji


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
