"""A word that occurs nowhere is taken for a typing error where it is plain what was meant."""

from typing import Any

import pytest

from ibasho.data.listings.kinds import Kind
from ibasho.search_index import Point

HOME = Point(34.5360, 135.4600)


@pytest.fixture
def town(ward: Any) -> Any:
    cafeteria = Kind.CHILDRENS_CAFETERIA
    ward.add("鳳ひまわり食堂", cafeteria, (34.5460, 135.4600))
    ward.add("浜ひまわり食堂", cafeteria, (34.5860, 135.4600))
    ward.add("ことり文庫", Kind.PLACE_TO_BELONG)
    ward.add("青空学園", Kind.FREE_SCHOOL)
    ward.add("皿あらい", Kind.VOLUNTEER_OPPORTUNITY, description="こども食堂の手伝い")
    return ward


@pytest.mark.parametrize(
    ("typed", "meant", "names"),
    [
        ("子ども食道", "こども食堂", {"鳳ひまわり食堂", "浜ひまわり食堂"}),
        ("コドモ食動", "こども食堂", {"鳳ひまわり食堂", "浜ひまわり食堂"}),
        ("フリースクル", "ふりーすくーる", {"青空学園"}),
        ("フリースクルー", "ふりーすくーる", {"青空学園"}),
        ("不登枚", "不登校", {"青空学園", "ことり文庫"}),
        ("ことり文康", "ことり文庫", {"ことり文庫"}),
        ("鳳ひまありり食堂", "鳳ひまわり食堂", {"鳳ひまわり食堂"}),
    ],
)
def test_the_nearest_word_is_looked_for_instead(
    town: Any, typed: str, meant: str, names: set[str]
) -> None:
    result = town.ask(typed, relax=True)
    assert (list(result.mended.values()), result.phrases) == ([meant], {})
    assert (result.relaxed, result.dropped) == (False, ())
    assert set(town.names(typed, relax=True)) == names


@pytest.mark.parametrize(
    ("typed", "name"),
    [("丸いお皿", "まるいおさら"), ("朝やけの家", "あさやけの家")],
)
def test_a_name_is_found_in_other_characters(ward: Any, typed: str, name: str) -> None:
    ward.add(name)
    ward.add("ことり文庫", description="丸い、朝、青空、家、会")
    result = ward.ask(typed, relax=True)
    assert (result.total, result.dropped) == (1, ())
    assert ward.names(typed, relax=True) == [name]


def test_a_name_in_two_spellings_is_one(ward: Any) -> None:
    ward.add("食堂 まるいお皿", alternate_name="ショクドウ マルイオサラ")
    assert ward.names("丸いお皿", relax=True) == ["食堂 まるいお皿"]
    assert ward.ask("丸いお皿", relax=True).dropped == ()


def test_a_name_of_which_two_could_be_meant_is_not_guessed(ward: Any) -> None:
    ward.add("まるいおさら")
    ward.add("あかいおさら")
    assert ward.ask("丸いお皿", relax=True).mended == {}


@pytest.mark.parametrize(
    "typed",
    [
        "居易",  # of two characters, another one is another word
        "鳳山",
        "霞ひまわり食堂",  # two names are as near
        "ことぶき文学",  # three characters apart
        "ひまわり食堂123",
        "zzzzzz",
        "5678",
    ],
)
def test_what_may_be_anything_is_not_mended(town: Any, typed: str) -> None:
    assert town.ask(typed, relax=True).mended == {}


def test_only_the_wrong_word_is_mended(town: Any) -> None:
    result = town.ask("子ども食道 浜", relax=True)
    assert result.mended == {"こども食道": "こども食堂"}
    assert town.names("子ども食道 浜", relax=True) == ["浜ひまわり食堂"]


def test_a_mended_word_keeps_the_other_conditions(town: Any) -> None:
    result = town.ask("子ども食道", relax=True, near=HOME, within_m=2000)
    assert (result.total, result.dropped) == (1, ())


def test_words_that_occur_are_never_mended(town: Any) -> None:
    assert town.ask("ひまわり ことり", relax=True).mended == {}


def test_without_relaxing_nothing_is_mended(town: Any) -> None:
    assert town.ask("子ども食道").total == 0


def test_a_listing_that_left_is_meant_by_nobody(town: Any) -> None:
    kasumi = town.add("霞が関図書室")
    assert town.ask("霞が関図書質", relax=True).mended
    town.withdraw(kasumi)
    assert town.ask("霞が関図書質", relax=True).mended == {}
