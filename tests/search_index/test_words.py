"""Words find what contains them, however they are spelt, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ibasho.data.listings.facts import FACT_WORDS, Fact
from ibasho.data.listings.kinds import KIND_WORDS, Kind
from ibasho.data.listings.public import PublicListing
from ibasho.data.listings.store import read_all_public
from ibasho.search_index.record import KIND_TEXT, record_of
from ibasho.search_index.search import words_of
from ibasho.search_index.words import remembering

CHARACTERS = "子供どもこコドモ食堂居場所ｶフｰー ab1-の之ヶ丘"
TEXTS = st.text(CHARACTERS, min_size=1, max_size=12)


@pytest.mark.parametrize(
    "spelling", ["子ども食堂", "こども食堂", "子供食堂", "コドモ食堂", "ｺﾄﾞﾓ食堂"]
)
def test_spellings_of_one_word_find_the_same(ward: Any, spelling: str) -> None:
    for name in ("鳳子ども食堂", "コドモ食堂ひまわり", "浜寺こども食堂", "子供食堂 虹"):
        ward.add(name)
    ward.add("鳳フリースクール")
    assert len(ward.names(spelling)) == 4


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("緑ケ丘", "緑が丘の家"),
        ("緑が丘", "緑ヶ丘の家"),
        ("障がい", "障害のある子の会"),
        ("障害", "障がいのある子の会"),
        ("引き籠もり", "ひきこもり家族会"),
        ("いばしょ", "みんなの居場所"),
        ("児童", "不登校児童の部屋"),
        ("ＫＩＤＳ", "kidsカフェ"),
        ("ほのぼの食堂", "ほのぼの 食堂"),
        ("ひまわり　食堂", "食堂ひまわり"),
        ("ふりーすくーる", "フリースクール空"),
    ],
)
def test_a_variant_is_found(ward: Any, query: str, name: str) -> None:
    listing = ward.add(name)
    ward.add("別のところ")
    assert [hit.id for hit in ward.ask(query).hits] == [listing]


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_is_found_by_its_words_in_every_language(ward: Any, kind: Kind) -> None:
    wanted = ward.add("にこにこ", kind=kind)
    ward.add("わくわく", kind=next(other for other in Kind if other is not kind))
    for word in KIND_WORDS[kind]:
        assert wanted in {hit.id for hit in ward.ask(word).hits}, word


def test_a_word_that_everybody_says_in_passing_means_who_is_there_for_it(ward: Any) -> None:
    ward.add("夜の窓口", Kind.CONSULTATION_DESK)
    ward.add("相談カフェ", Kind.PLACE_TO_BELONG)
    ward.add("青空学園", Kind.FREE_SCHOOL, description="費用は相談してください")
    assert sorted(ward.names("相談")) == ["夜の窓口", "相談かふぇ"]
    assert ward.names("不登校 相談") == ["相談かふぇ"]


def test_where_nobody_is_there_for_it_who_says_it_is_found(ward: Any) -> None:
    ward.add("鳳食堂", Kind.CHILDRENS_CAFETERIA, description="手伝いも募集中")
    ward.add("浜食堂", Kind.CHILDRENS_CAFETERIA)
    assert ward.names("手伝い") == ["鳳食堂"]
    ward.add("皿あらい", Kind.VOLUNTEER_OPPORTUNITY)
    assert ward.names("手伝い") == ["皿あらい"]


@pytest.mark.parametrize("fact", FACT_WORDS)
def test_a_fact_is_found_by_its_words_however_a_place_says_it(ward: Any, fact: Fact) -> None:
    ward.add("こちら", facts=(fact,))
    ward.add("あちら")
    for word in FACT_WORDS[fact]:
        assert ward.names(word) == ["こちら"], word


def test_every_word_must_occur(ward: Any) -> None:
    ward.add("鳳ひまわり", description="宿題もできます")
    ward.add("鳳さくら")
    assert ward.names("鳳 宿題") == ["鳳ひまわり"]


def test_pieces_of_a_word_are_not_the_word(ward: Any) -> None:
    ward.add("東京京都", description="京都")
    assert ward.names("東京都") == []


@pytest.mark.parametrize("query", ["鳳", "丁", "6"])
def test_one_character_is_a_query(ward: Any, query: str) -> None:
    ward.add("鳳の会", note="6丁")
    ward.add("浜")
    assert ward.names(query) == ["鳳の会"]


@pytest.mark.parametrize("query", ["", " ", "　", "「」", "!?", "---", "。、", "& %"])
def test_punctuation_alone_is_no_condition(ward: Any, query: str) -> None:
    ward.add("鳳")
    ward.add("浜")
    assert len(ward.names(query)) == 2


@pytest.mark.parametrize(
    "query", ["\ud800", "a" * 10_000, "%", "\0", "*", "' OR 1=1 --", "((", "😀"]
)
def test_no_text_is_an_error(ward: Any, query: str) -> None:
    ward.add("鳳")
    assert ward.ask(query, relax=True).total == 1


def test_a_hit_in_the_name_comes_first(ward: Any) -> None:
    ward.add("あおぞら", description="宿題 宿題 宿題 宿題")
    ward.add("宿題クラブ", description="長い説明" * 30)
    assert ward.names("宿題") == ["宿題くらぶ", "あおぞら"]


def test_every_public_text_is_searched(ward: Any) -> None:
    fields = ("alternate_name", "description", "organization", "schedule_text", "note", "network",
              "school_district", "eligibility_description", "fees_description")  # fmt: skip
    for number, field in enumerate(fields):
        ward.add(f"第{number}", **{field: f"しるし{number}番"})
    for number, _ in enumerate(fields):
        assert ward.names(f"しるし{number}番") == [f"第{number}"]


def searchable_text(listing: PublicListing) -> str:
    """Everything that the words of a query are looked for in, folded."""
    record = record_of(listing)
    return "\n".join((record.name, record.text, KIND_TEXT[listing.kind]))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from(Kind)), max_size=6), st.lists(TEXTS))
def test_the_result_is_that_of_a_plain_scan(
    new_ward: Callable[[], Any], listings: list[tuple[str, str, Kind]], queries: list[str]
) -> None:
    ward = new_ward()
    for name, note, kind in listings:
        ward.add(name, note=note, kind=kind)
    texts = {listing.id: searchable_text(listing) for listing in read_all_public(ward.db)}
    for query in [*queries, *(name[1:4] for name, _, _ in listings)]:
        expected = {id_ for id_, text in texts.items() if all(w in text for w in words_of(query))}
        assert {hit.id for hit in ward.ask(query).hits} == expected, query


def test_words_with_a_number_are_not_remembered() -> None:
    asked: list[str] = []
    look_up = remembering(asked.append, 10)
    for words in ("食堂", "南町5-6-13", "南町五丁目六番", "一時預かり"):
        look_up(words)
        look_up(words)
    assert asked == ["食堂", *["南町5-6-13"] * 2, *["南町五丁目六番"] * 2, "一時預かり"]
