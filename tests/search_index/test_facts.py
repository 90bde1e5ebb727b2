"""What places state of themselves: each fact is a condition, and a hidden place tells no more."""

import datetime as dt
from typing import Any

import pytest

from ibasho.data.geocode import Level
from ibasho.data.listings.facts import Fact
from ibasho.data.listings.kinds import Kind
from ibasho.data.listings.model import AddressVisibility, Location, Position
from ibasho.search_index import Point, SearchQuery

TODAY = dt.date(2026, 11, 22)
BY_FIELD: dict[Fact, dict[str, Any]] = {
    Fact.TAKEAWAY: {"takeaway": True},
    Fact.FOOD_PANTRY: {"food_pantry": True},
}
IN_WORDS: dict[Fact, dict[str, str]] = {
    Fact.ATTENDANCE: {"eligibility_description": "出席扱いの実績あり"},
    Fact.ALLERGY: {"note": "アレルギー対応しています"},
    Fact.ONLINE: {"description": "オンラインで参加できます"},
    Fact.WHEELCHAIR: {"note": "車いすで入れます"},
    Fact.ANYONE: {"eligibility_description": "誰でも歓迎"},
    Fact.ALONE: {"eligibility_description": "ひとりで来てよい"},
    Fact.NO_BOOKING: {"application_process": "予約不要"},
    Fact.ENGLISH: {"note": "英語が通じます"},
}


@pytest.mark.parametrize("fact", list(Fact))
def test_a_stated_fact_is_found_by_its_condition(ward: Any, fact: Fact) -> None:
    for other in Fact:
        ward.add(other, Kind.FREE_SCHOOL, **BY_FIELD.get(other, {"facts": (other,)}))
    ward.add("何も言わない", Kind.FREE_SCHOOL)
    assert ward.names(facts=frozenset({fact})) == [fact.replace("_", " ")]


@pytest.mark.parametrize("fact", list(IN_WORDS))
def test_a_fact_in_full_words_is_found_by_its_condition(ward: Any, fact: Fact) -> None:
    ward.add("言う", Kind.FREE_SCHOOL, **IN_WORDS[fact])
    ward.add("言わない", Kind.FREE_SCHOOL)
    assert ward.names(facts=frozenset({fact})) == ["言う"]


def test_all_facts_of_a_question_must_be_stated(ward: Any) -> None:
    ward.add("両方", facts=(Fact.WHEELCHAIR, Fact.ENGLISH))
    ward.add("片方", facts=(Fact.ENGLISH,))
    assert ward.names(facts=frozenset({Fact.WHEELCHAIR, Fact.ENGLISH})) == ["両方"]


def test_a_fact_follows_when_its_tick_goes(ward: Any) -> None:
    listing = ward.add("教室", facts=(Fact.ONLINE,))
    assert ward.names(facts=frozenset({Fact.ONLINE})) == ["教室"]
    ward.change(listing, facts=())
    assert ward.names(facts=frozenset({Fact.ONLINE})) == []


def test_facts_are_counted_as_further_conditions(ward: Any) -> None:
    ward.add("教室", facts=(Fact.ONLINE, Fact.KOREAN))
    ward.add("食堂", facts=(Fact.KOREAN,))
    ward.index.bring_up_to_date(ward.db)
    found = ward.index.facets(SearchQuery(), TODAY)
    assert found.facts == {Fact.ONLINE: 1, Fact.KOREAN: 2}


@pytest.mark.parametrize("visibility", [AddressVisibility.AREA_ONLY, AddressVisibility.ON_REQUEST])
def test_a_hidden_place_is_found_by_its_facts_and_its_point_changes_nothing(
    ward: Any, visibility: AddressVisibility
) -> None:
    where = Location(
        "大阪府堺市西区", "鳳中町6-1-2", "車いすで入れます。英語が通じます", visibility,
        area="鳳中町", area_position=Position(34.535, 135.465, Level.TOWN, 500),
    )  # fmt: skip
    points = ((34.5300, 135.4600), (34.5400, 135.4700))
    listings = [ward.add(f"教室{at}", at=at, location=where, facts=(Fact.ONLINE,)) for at in points]
    hits = ward.ask(facts=frozenset({Fact.ONLINE}), near=Point(34.53, 135.46)).hits
    assert {hit.id for hit in hits} == set(listings)
    assert len({hit.distance_m for hit in hits}) == 1
    assert (hits[0].distance_m is None) == (visibility is AddressVisibility.ON_REQUEST)
    assert ward.names(facts=frozenset({Fact.WHEELCHAIR})) == []
    assert ward.names(facts=frozenset({Fact.ENGLISH})) == []
