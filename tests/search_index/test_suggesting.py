"""What is called by the letters typed so far, and how districts are told apart."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ibasho.data.listings.kinds import Kind
from ibasho.search_index import AgeGroup, SearchQuery

TODAY = dt.date(2026, 11, 22)


def suggested(ward: Any, text: str, limit: int = 8) -> list[str]:
    ward.index.bring_up_to_date(ward.db)
    records = ward.index.records()
    return [records[one].name.split("\n")[0] for one in ward.index.suggest(text, limit)]


def test_a_name_that_begins_so_comes_before_one_that_holds_it(ward: Any) -> None:
    for name in ("あおぞら広場", "空の家", "みんなの空", "ひかり 空学校"):
        ward.add(name)
    assert suggested(ward, "空") == ["ひかり 空学校", "空の家", "みんなの空"]
    assert suggested(ward, "空", limit=1) == ["ひかり 空学校"]
    assert suggested(ward, "ソラ") == []
    assert suggested(ward, "あおぞ") == ["あおぞら広場"]


def test_a_reading_leads_to_its_name_and_an_organisation_does_not(ward: Any) -> None:
    ward.add("空の家", alternate_name="ソラノイエ", organization="みどり会")
    assert suggested(ward, "そらの") == ["空の家"]
    assert suggested(ward, "みどり") == []


def test_what_is_withdrawn_is_not_suggested_and_what_is_new_is(ward: Any) -> None:
    gone = ward.add("空の家")
    assert suggested(ward, "空") == ["空の家"]
    ward.withdraw(gone)
    ward.add("空の庭")
    assert suggested(ward, "空") == ["空の庭"]
    assert ward.index.suggest("空", 8, without=ward.index.ids()) == ()


def test_an_index_that_is_not_there_suggests_nothing(ward: Any) -> None:
    assert ward.index.suggest("空", 8) == ()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(codec=None), max_size=60))
def test_no_text_is_too_strange(ward: Any, text: str) -> None:
    if not ward.index.ids():
        ward.add("空の家")
        ward.index.bring_up_to_date(ward.db)
    assert len(ward.index.suggest(text, 3)) <= 1


@pytest.mark.parametrize("asked", ["みなみ小", "みなみ小学校", "みなみ小学校区", "ミナミ小 学区"])
def test_a_district_has_several_spellings(ward: Any, asked: str) -> None:
    ward.add("こちら", school_district="みなみ小学校区")
    ward.add("おなじ", school_district="みなみ小")
    ward.add("あちら", school_district="きた小")
    ward.add("どこでもない")
    assert sorted(ward.names(district=asked)) == ["おなじ", "こちら"]
    assert ward.names(district="・") == ward.names(district="小") == []
    counts = ward.index.facets(SearchQuery(district=asked), TODAY).districts
    assert sorted(counts.values()) == [1, 2]
    assert "きた小" in counts


def test_ages_are_counted_as_if_each_were_asked_for(ward: Any) -> None:
    ward.add("小学生の家", Kind.PLACE_TO_BELONG, minimum_age=6, maximum_age=12)
    ward.add("みんなの家", Kind.PLACE_TO_BELONG)
    ward.index.bring_up_to_date(ward.db)
    for query in (SearchQuery(), SearchQuery(age=3)):
        ages = ward.index.facets(query, TODAY).ages
        assert ages == {
            AgeGroup.PRESCHOOL: 2,  # some of them are six
            AgeGroup.ELEMENTARY: 2,
            AgeGroup.JUNIOR_HIGH: 2,
            AgeGroup.HIGH: 1,
        }
