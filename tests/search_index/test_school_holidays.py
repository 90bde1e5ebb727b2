"""Days in school holidays are found once somebody says when these are, without a new index."""

import datetime as dt
from typing import TYPE_CHECKING

from ibasho.data.schedule import SchoolHolidays
from ibasho.search_index import SearchIndex, SearchQuery

if TYPE_CHECKING:
    from conftest import Ward

TODAY, TUESDAY = dt.date(2026, 11, 22), dt.date(2027, 8, 3)


def test_a_day_in_the_school_holidays_is_found_where_they_are_known(ward: "Ward") -> None:
    ward.add("夏の食堂", opens="夏休み期間中の平日 10時～")
    query = SearchQuery(text="", days=(TUESDAY, TUESDAY))
    assert ward.ask(days=(TUESDAY, TUESDAY)).total == 0
    known = SchoolHolidays.from_text("2027-07-21/2027-08-31 夏休み")
    found = SearchIndex(ward.folder / "index", known).search(query, TODAY, relax=False)
    assert [hit.next and hit.next.date for hit in found.hits] == [TUESDAY]
