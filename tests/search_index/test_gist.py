"""A phrase that stands nowhere as it is, is looked for by what it is about."""

from typing import Any

import pytest

from ibasho.data.listings.kinds import Kind
from ibasho.data.synonyms import SynonymGroup
from ibasho.search_index import SearchQuery, with_synonyms


@pytest.fixture
def town(ward: Any) -> Any:
    ward.add("ことり文庫", Kind.PLACE_TO_BELONG, description="宿題をしてもよい。友だちができる")
    ward.add("くらしの窓口", Kind.CONSULTATION_DESK, description="お金のこと、食べ物のこと")
    ward.add("鳳ひまわり食堂", Kind.CHILDRENS_CAFETERIA, description="アレルギーはきいてください")
    ward.add("お米の会", Kind.FOOD_PANTRY, description="宿題もみます。食品を配ります")
    ward.add("皿あらい", Kind.VOLUNTEER_OPPORTUNITY, description="鳳ひまわり食堂のボランティア")
    return ward


@pytest.mark.parametrize(
    ("typed", "about", "names"),
    [
        ("お金がない", "お金", {"くらしの窓口"}),
        ("お友だちがほしい", "友", {"ことり文庫"}),
        ("宿題を見てくれる", "宿題", {"ことり文庫", "お米の会"}),
        ("アレルギーがあっても", "あれるぎー", {"鳳ひまわり食堂"}),
        ("ごはんを食べたい", "ごはん", {"鳳ひまわり食堂", "お米の会"}),
        ("ボランティアしたい", "ぼらんてぃあ", {"皿あらい"}),
        ("お金と食費に困る", "お金", {"くらしの窓口"}),
        # no place has both: the rarer of two says more
        ("友だちと宿題をアレルギー", "あれるぎー", {"鳳ひまわり食堂"}),
    ],
)
def test_a_phrase_is_looked_for_by_its_words(
    town: Any, typed: str, about: str, names: set[str]
) -> None:
    result = town.ask(typed, relax=True)
    assert (list(result.phrases.values()), result.mended) == ([about], {})
    assert (result.relaxed, result.dropped) == (False, ())
    assert set(town.names(typed, relax=True)) == names


@pytest.mark.parametrize("typed", ["スケートボード", "つかれました", "kodomo", "ください", "99人"])
def test_a_phrase_of_which_nothing_is_known_is_not_torn_apart(town: Any, typed: str) -> None:
    assert town.ask(typed, relax=True).read_as == {}


def test_what_stands_as_it_is_is_not_read_as_a_phrase(town: Any) -> None:
    assert town.ask("宿題をしてもよい", relax=True).read_as == {}
    assert town.names("宿題をしてもよい", relax=True) == ["ことり文庫"]


def test_words_within_a_phrase_have_their_synonyms(town: Any) -> None:
    groups = (SynonymGroup(("食料", "たべもの"), ("食品",)),)
    also = with_synonyms(SearchQuery(text="食料がありません"), groups).also
    assert town.names("食料がありません", relax=True, also=also) == ["お米の会"]
