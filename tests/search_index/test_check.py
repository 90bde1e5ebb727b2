"""The check names each difference between database, index and positions."""

from typing import Any

from ibasho.data.geocode import Level
from ibasho.data.listings.model import CostOption, Location
from ibasho.search_index import check

OTORI = (34.5364, 135.4649)
SAPPORO = (43.0618, 141.3545)


def reasons(ward: Any) -> dict[str, str]:
    return {problem.listing: problem.reason for problem in check(ward.db, ward.index)}


def test_a_sound_ward_has_no_problem(ward: Any) -> None:
    ward.add("鳳", at=OTORI)
    ward.add("不明")
    ward.index.bring_up_to_date(ward.db)
    assert reasons(ward) == {}


def test_differences_of_the_index_are_named(ward: Any) -> None:
    changed, withdrawn = ward.add("一"), ward.add("二")
    ward.index.bring_up_to_date(ward.db)
    ward.change(changed, note="新しい")
    ward.withdraw(withdrawn)
    added = ward.add("三")
    assert reasons(ward) == {
        changed: "the search index holds an older wording",
        withdrawn: "in the search index but not public",
        added: "not in the search index",
    }
    ward.index.bring_up_to_date(ward.db)
    assert reasons(ward) == {}


def test_a_fee_that_the_index_has_not_followed_is_a_difference(ward: Any) -> None:
    school = ward.add("学校", costs=(CostOption("monthly", 8_800),))
    ward.index.bring_up_to_date(ward.db)
    assert reasons(ward) == {}
    ward.change(school, costs=(CostOption("monthly", 18_700),))
    assert reasons(ward) == {school: "the search index holds an older wording"}


def test_positions_that_cannot_be_are_named(ward: Any) -> None:
    elsewhere = ward.add("一", at=SAPPORO)
    at_sea = ward.add("二", at=(0.0, 0.0))
    pointless = ward.add("三", at=OTORI, level=Level.NONE)
    somewhere = ward.add("四", at=SAPPORO, location=Location(municipality="どこか"))
    ward.index.bring_up_to_date(ward.db)
    found = reasons(ward)
    assert found[elsewhere] == "position: not in 大阪府堺市西区"
    assert found[at_sea] == "position: not in Japan"
    assert found[pointless].startswith("position: level none with the point")
    assert somewhere not in found
