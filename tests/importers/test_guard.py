"""What a person has taken out or hidden stays so, however the next list spells it."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ibasho.data.database import Database
from ibasho.data.listings import AddressVisibility, State, locate, store
from ibasho.data.listings.edit import (
    approve_revision,
    change_state,
    propose_change,
    propose_listing,
    reject_revision,
)
from ibasho.importers import ImportReport

Run = Callable[..., ImportReport]
Main = Callable[..., Path]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
Kept = Callable[[], dict[str, store.StoredListing]]

HERE = {"名称": "にじいろこども食堂", "住所": "西東京市南町5-6-13"}
SPELT_OTHERWISE = [
    {"住所": "〒188-0012 西東京市南町5-6-13"},
    {"住所": "西東京市南町5-6-13 ひかりビル2F"},
    {"住所": "西東京市大字南町5-6-13"},
    {"住所": "西東京市南町5-6"},
    {"住所": "西東京市南町5-6-14"},
    {"住所": ""},
    {"名称": "NPO法人にじいろこども食堂"},
    {"名称": "こども食堂にじいろ"},
    {"名称": "にじいろこども食堂（西東京）"},
    {"名称": "にじいろこどもしょくどう"},
    {"名称": "にじいろ～", "住所": "南町5丁目6番13号"},
]
OTHERS = [
    {"名称": "にじいろこども食堂", "住所": "西東京市泉町1-1-1"},
    {"名称": "あおぞらこども食堂", "住所": "西東京市南町5-6-13"},
    {"名称": "こども食堂", "住所": "西東京市南町5-6-13"},
]


@pytest.fixture
def the_id(run: Run, main: Main, db: Database) -> str:
    run(main(HERE))
    [stored] = store.read_all_stored(db)
    return stored.id


@pytest.fixture
def hide(db: Database) -> Callable[[str, AddressVisibility], None]:
    """A coordinator hides the address of a listing."""

    def change(listing_id: str, visibility: AddressVisibility) -> None:
        published = store.read_stored(db, listing_id).published
        assert published
        place = replace(published.body.location, visibility=visibility)
        body = replace(published.body, location=place)
        approve_revision(db, propose_change(db, listing_id, body, "c", published.id), "c")

    return change


@pytest.mark.parametrize("other", SPELT_OTHERWISE)
@pytest.mark.parametrize("source", ["", "東京都の一覧"])
def test_what_asked_not_to_be_listed_stays_out(
    run: Run, main: Main, db: Database, the_id: str, other: dict[str, str], source: str
) -> None:
    change_state(db, the_id, State.DO_NOT_LIST, "c", "asked")
    report = run(main(HERE | other), source=source)
    assert (report.created, report.skipped) == (0, 1)
    assert the_id in report.problems[-1].reason
    assert "do_not_list" in report.problems[-1].reason
    assert store.count_public(db) == 0


@pytest.mark.parametrize("state", [State.ARCHIVED, State.UNLISTED])
def test_what_was_taken_out_is_named_with_the_reason_and_what_to_do(
    run: Run, main: Main, db: Database, the_id: str, state: State
) -> None:
    change_state(db, the_id, state, "c", "closed in May")
    report = run(main(HERE | {"名称": "こども食堂にじいろ"}))
    assert (report.created, report.skipped) == (0, 1)
    assert report.problems[0].reason == (
        f"resembles listing {the_id}, which is {state}: closed in May;"
        " bring that back or add it by hand"
    )


@pytest.mark.parametrize("other", OTHERS)
def test_another_place_is_not_kept_out(
    run: Run, main: Main, db: Database, the_id: str, other: dict[str, str]
) -> None:
    change_state(db, the_id, State.DO_NOT_LIST, "c", "asked")
    assert run(main(other)).created == 1


def test_a_place_that_was_proposed_and_refused_to_be_listed_stays_out(
    run: Run, main: Main, db: Database, the_id: str
) -> None:
    published = store.read_stored(db, the_id).published
    assert published
    body = replace(
        published.body,
        name="つきのこども食堂",
        location=locate("東京都西東京市", "西東京市泉町1-1-1"),
    )
    proposed = reject_revision(db, propose_listing(db, body, "c"), "c", "no")
    change_state(db, proposed, State.DO_NOT_LIST, "c", "asked")
    report = run(main({"名称": "つきの食堂", "住所": "西東京市泉町1-1"}))
    assert (report.created, report.skipped) == (0, 1)


def test_of_a_place_held_from_two_sources_the_other_is_left_and_reported(
    run: Run, main: Main, db: Database, the_id: str
) -> None:
    run(main(HERE), source="東京都の一覧")
    change_state(db, the_id, State.DO_NOT_LIST, "c", "asked")
    [other] = [one for one in store.read_all_stored(db) if one.id != the_id]
    report = run(main(HERE | {"定員": "99"}), source="東京都の一覧")
    assert (report.updated, report.skipped) == (0, 1)
    assert the_id in report.problems[0].reason
    assert other.id in report.problems[0].reason
    assert store.read_stored(db, other.id) == other


@pytest.mark.parametrize("other", [{}, *SPELT_OTHERWISE])
@pytest.mark.parametrize("visibility", [AddressVisibility.AREA_ONLY, AddressVisibility.ON_REQUEST])
def test_a_hidden_address_stays_hidden_in_a_second_listing(
    run: Run,
    main: Main,
    db: Database,
    the_id: str,
    hide: Callable[[str, AddressVisibility], None],
    other: dict[str, str],
    visibility: AddressVisibility,
) -> None:
    hide(the_id, visibility)
    path = main(HERE | other)
    report = run(path, source="東京都の一覧")
    assert report.created == 1
    [problem] = [found for found in report.problems if found.field == "address"]
    assert the_id in problem.reason
    assert visibility in problem.reason
    for _ in range(2):
        for stored in store.read_all_stored(db):
            assert stored.published
            assert stored.published.body.location.visibility is visibility
        assert all("5-6" not in listing.address for listing in store.read_all_public(db))
        assert run(path, source="東京都の一覧").unchanged == 1


@pytest.mark.parametrize("other", OTHERS)
def test_another_place_is_not_hidden(
    run: Run,
    main: Main,
    the_id: str,
    hide: Callable[[str, AddressVisibility], None],
    kept: Kept,
    other: dict[str, str],
) -> None:
    hide(the_id, AddressVisibility.AREA_ONLY)
    report = run(main(other), source="東京都の一覧")
    assert (report.created, report.problems) == (1, ())


def test_many_of_one_name_are_not_each_compared_with_each(
    run: Run, main: Main, db: Database
) -> None:
    def rows(name: str) -> list[dict[str, str]]:
        return [HERE | {"名称": name, "住所": f"西東京市南町5-{i}"} for i in range(1_500)]

    run(main(*rows("にじいろこども食堂")))
    db.execute("UPDATE listing SET state = 'archived'")
    start = time.process_time()
    assert run(main(*rows("こども食堂にじいろ"))).skipped == 1_500
    assert time.process_time() - start < 60  # each with each would take minutes
