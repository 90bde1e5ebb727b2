"""Who looks for something for a child is not shown where hands are wanted."""

import pytest

from ibasho.data.listings import Kind
from ibasho.data.listings.kinds import VOLUNTEER_KINDS
from ibasho.search_index import kinds_meant


@pytest.mark.parametrize("text", ["", "  ", "ごはん", "ご飯", "夜ごはん", "子ども食堂", "不登校"])
def test_offers_to_help_are_left_out_unless_they_are_asked_for(text: str) -> None:
    assert kinds_meant(text) == frozenset(Kind) - VOLUNTEER_KINDS


@pytest.mark.parametrize("text", ["ボランティア", "手伝い", "まるいお皿", "子ども食堂 手伝い"])
def test_a_name_may_be_of_any_kind_and_volunteers_are_found_by_their_words(text: str) -> None:
    assert kinds_meant(text) == frozenset()
