"""Places are found by what they say in other languages, as by what they say in Japanese."""

from typing import Any

import pytest

from ibasho.data.listings import Kind, Translation
from ibasho.search_index import Why


@pytest.mark.parametrize(
    "typed",
    ["Round Plate", "children's cafeteria Round Plate", "Đĩa Tròn", "dia tron", "kendama"],
)
def test_a_place_is_found_by_its_words_in_another_language(ward: Any, typed: str) -> None:
    ward.add(
        "まるいお皿",
        kind=Kind.CHILDRENS_CAFETERIA,
        translations=(
            Translation("en", "Children's Cafeteria Round Plate", "Homework and kendama."),
            Translation("vi", "Bếp ăn Đĩa Tròn"),
        ),
    )
    ward.add("しかくいお皿", kind=Kind.CHILDRENS_CAFETERIA)
    assert ward.names(typed) == ["まるいお皿"]


def test_a_name_in_another_language_is_a_name(ward: Any) -> None:
    ward.add("あおぞら", description="Round plates for everyone")
    ward.add("まるいお皿", translations=(Translation("en", "Round Plate"),))
    result = ward.ask("round")
    assert [hit.why for hit in result.hits] == [Why.IN_NAME, Why.IN_TEXT]


def test_texts_in_other_languages_do_not_push_a_place_back(ward: Any) -> None:
    long = Translation("en", "A Name of Many Words", "A long description. " * 40)
    ward.add("あ", description="宿題をする家", translations=(long,))
    ward.add("い", description="宿題をする家")
    assert ward.names("宿題") == ["あ", "い"]
