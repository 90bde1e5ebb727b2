"""Importing again: nothing changes by itself, people's corrections stay, what is out stays out."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ibasho.data.database import Database
from ibasho.data.listings import (
    CLOSED_STATES,
    AddressVisibility,
    ContactVisibility,
    Listing,
    PositionSource,
    State,
    locate,
    pin,
    store,
)
from ibasho.data.listings.edit import approve_revision, change_state, propose_change
from ibasho.importers import ImportReport

Run = Callable[..., ImportReport]
Main = Callable[..., Path]
The = Callable[[], Listing]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]

LATER = dt.date(2027, 4, 1)


@pytest.fixture
def correct(db: Database) -> Callable[..., None]:
    """A coordinator changes fields of the one listing."""

    def change(**fields: object) -> None:
        [stored] = store.read_all_stored(db)
        assert stored.published
        body = replace(stored.published.body, **fields)  # type: ignore[arg-type]
        revision = propose_change(db, stored.id, body, "coordinator", stored.published.id)
        approve_revision(db, revision, "coordinator")

    return change


def outcome(report: ImportReport) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.skipped


def test_the_same_file_on_another_day_changes_no_row(
    run: Run, main: Main, dump: Dump, db: Database
) -> None:
    path = main(
        {"ID": "1", "緯度": "35.7262", "経度": "139.5388", "参加条件": "18歳以下"},
        {"ID": "2", "名称": "b"},
    )
    run(path)
    store.clear_index_outbox(db, 1_000)
    before = dump()
    assert outcome(run(path, today=LATER)) == (0, 0, 2, 0)
    assert dump() == before


def test_what_the_source_changes_is_taken_over(
    run: Run, main: Main, the: The, db: Database
) -> None:
    run(main({"ID": "1", "定員": "10"}))
    [stored] = store.read_all_stored(db)
    assert outcome(run(main({"ID": "1", "定員": "20"}))) == (0, 1, 0, 0)
    assert the().capacity == "20"
    [again] = store.read_all_stored(db)
    assert again.id == stored.id
    assert again.published
    assert stored.published
    assert again.published.based_on == stored.published.id
    assert store.read_waiting(db) == []


def test_a_new_edition_moves_the_date_of_all_that_it_names(
    run: Run, main: Main, kept: Callable[[], dict[str, store.StoredListing]]
) -> None:
    other = {"名称": "たんぽぽ", "住所": "西東京市泉町1-1"}
    run(main({}, other))
    report = run(main({"定員": "20"}, other, name="132292_2027.csv"), today=LATER)
    assert outcome(report) == (0, 1, 1, 0)
    assert {stored.listed_on for stored in kept().values()} == {LATER}


def test_a_correction_stays_when_the_source_says_the_same_as_before(
    run: Run, main: Main, the: The, correct: Callable[..., None]
) -> None:
    path = main({"電話番号1": "042-458-0251", "定員": "10"})
    run(path)
    correct(capacity="15", note="入口は裏")
    report = run(path)
    assert outcome(report) == (0, 0, 1, 0)
    assert (the().capacity, the().note) == ("15", "入口は裏")
    assert report.problems == ()


def test_other_fields_follow_the_source_around_a_correction(
    run: Run, main: Main, the: The, correct: Callable[..., None]
) -> None:
    run(main({"定員": "10", "学区": "南小"}))
    correct(capacity="15")
    assert outcome(run(main({"定員": "10", "学区": "北小"}))) == (0, 1, 0, 0)
    assert (the().capacity, the().school_district) == ("15", "北小")


def test_a_correction_stays_when_the_source_changes_the_same_field_and_that_is_reported(
    run: Run, main: Main, the: The, dump: Dump, correct: Callable[..., None]
) -> None:
    run(main({"定員": "10"}))
    correct(capacity="15")
    path = main({"定員": "20"})
    [problem] = run(path).problems
    assert (problem.field, problem.value) == ("capacity", "20")
    assert the().capacity == "15"
    before = dump()
    assert outcome(run(path)) == (0, 0, 1, 0)
    assert dump() == before


def test_a_correction_with_which_the_source_agrees_is_no_problem(
    run: Run, main: Main, the: The, correct: Callable[..., None]
) -> None:
    run(main({"定員": "10"}))
    correct(capacity="15")
    assert run(main({"定員": "15"})).problems == ()
    run(main({"定員": "16"}))
    assert the().capacity == "16"


def test_a_persons_pin_is_never_replaced(
    run: Run, main: Main, the: The, correct: Callable[..., None]
) -> None:
    run(main({"ID": "1"}))
    mine = pin(35.7261, 139.5381, PositionSource.PERSON)
    correct(location=replace(the().location, position=mine))
    run(main({"ID": "1", "緯度": "35.73", "経度": "139.54"}))
    assert the().location.position == mine
    report = run(main({"ID": "1", "住所": "西東京市泉町1-1-1"}))
    assert the().location.position == mine
    assert the().location.address == "西東京市泉町1-1-1"
    assert [problem.field for problem in report.problems] == ["position"]


def test_what_a_person_hides_stays_hidden(
    run: Run, main: Main, the: The, correct: Callable[..., None]
) -> None:
    run(main({"ID": "1", "電話番号1": "042-458-0251"}))
    hidden = replace(the().location, visibility=AddressVisibility.AREA_ONLY)
    phones = (replace(the().phones[0], visibility=ContactVisibility.STAFF_ONLY),)
    correct(location=hidden, phones=phones)
    run(main({"ID": "1", "電話番号1": "042-458-9999", "住所": "西東京市泉町1-1-1"}))
    assert the().location.visibility is AddressVisibility.AREA_ONLY
    assert the().location.address == "西東京市泉町1-1-1"
    assert the().phones == phones


def test_a_listing_whose_name_a_person_has_corrected_is_found_again(
    run: Run, main: Main, the: The, correct: Callable[..., None]
) -> None:
    path = main({})
    run(path)
    place = locate("東京都西東京市", "西東京市南町5-6-13")
    correct(name="ひだまり食堂（田無）", location=place)
    assert outcome(run(path)) == (0, 0, 1, 0)
    assert the().name == "ひだまり食堂（田無）"


@pytest.mark.parametrize("state", sorted(CLOSED_STATES))
@pytest.mark.parametrize("key", ["", "1"])
def test_what_a_person_has_taken_out_stays_out(
    run: Run, main: Main, db: Database, dump: Dump, state: State, key: str
) -> None:
    run(main({"ID": key}))
    [stored] = store.read_all_stored(db)
    change_state(db, stored.id, state, "coordinator", "asked by telephone")
    before = dump()
    report = run(main({"ID": key, "定員": "99"}))
    assert outcome(report) == (0, 0, 0, 1)
    assert str(state) in report.problems[0].reason
    assert dump() == before


def test_what_asked_not_to_be_listed_does_not_come_in_through_another_list(
    run: Run, main: Main, db: Database
) -> None:
    run(main({"ID": "1"}))
    [stored] = store.read_all_stored(db)
    change_state(db, stored.id, State.DO_NOT_LIST, "coordinator", "asked")
    assert outcome(run(main({"ID": "9"}), source="東京都の一覧")) == (0, 0, 0, 1)
    assert len(list(store.read_all_stored(db))) == 1


def test_a_listing_that_people_entered_keeps_their_words_and_gains_the_rest(
    run: Run, main: Main, the: The, db: Database
) -> None:
    run(main({"ID": "1", "定員": "10"}))
    entered = replace(the(), organization="わたしたち", school_district="")
    [stored] = store.read_all_stored(db)
    db.execute("DELETE FROM index_outbox")
    listing_id = store.insert_listing(db, entered, State.PUBLISHED)
    revision = store.insert_revision(db, listing_id, entered, "coordinator", None)
    approve_revision(db, revision, "coordinator")
    path = main({"ID": "5", "運営団体名": "市", "学区": "南小"}, name="other.csv")
    report = run(path, source="別の一覧")
    assert outcome(report) == (0, 1, 0, 0)
    adopted = store.read_stored(db, listing_id)
    assert adopted.published
    assert adopted.source_key == "5"
    assert adopted.published.body.organization == "わたしたち"
    assert adopted.published.body.school_district == "南小"
    assert outcome(run(path, source="別の一覧")) == (0, 0, 1, 0)
    assert [duplicate.listing for duplicate in report.duplicates] == [stored.id]
