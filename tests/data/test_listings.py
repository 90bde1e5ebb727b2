"""A listing on its way: proposed, approved, changed, withdrawn; and what the public never sees."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ibasho.data.database import Database
from ibasho.data.geocode import Level
from ibasho.data.listings import (
    STEPS,
    AddressVisibility,
    ContactVisibility,
    CostOption,
    Email,
    Kind,
    Listing,
    Phone,
    PositionSource,
    State,
    StepError,
    edit,
    locate,
    pin,
    store,
    to_public,
)
from ibasho.data.listings.codec import from_text, to_text
from ibasho.data.listings.identity import identity_of
from ibasho.data.record import read_record
from ibasho.data.schedule import read_phrase

Publish = Callable[..., str]

FULL = Listing(
    kind=Kind.CHILDRENS_CAFETERIA,
    name="ほしぞら食堂",
    alternate_name="ホシゾラショクドウ",
    description="放課後にごはんを食べます",
    organization="ほしぞらの会",
    location=locate("東京都西東京市", "南町5-6-13", "田無公民館"),
    schedule=read_phrase("毎月第2・4土曜日 11:30～14:00"),
    schedule_text="毎月第2・4土曜日 11:30～14:00",
    costs=(CostOption("elementary", 0), CostOption("adult", 300, "保護者も")),
    minimum_age=3.5,
    phones=(Phone("042-000-0000"), Phone("090-0000-0000", "代表", ContactVisibility.STAFF_ONLY)),
    emails=(Email("hoshi@example.jp"),),
    food_pantry=True,
    assured_date=dt.date(2026, 11, 1),
    assured_by="電話",
)


def test_a_listing_is_the_same_after_it_was_stored() -> None:
    assert from_text(to_text(FULL)) == FULL


def test_the_public_sees_the_last_approved_wording(db: Database, publish: Publish) -> None:
    listing = publish(name="はじめの食堂")
    first = store.read_stored(db, listing).published
    assert first is not None

    changed = replace(first.body, name="あとの食堂")
    revision = edit.propose_change(db, listing, changed, "account:1", first.id)
    assert store.read_public(db, [listing])[0].name == "はじめの食堂"

    edit.approve_revision(db, revision, "account:2")
    assert store.read_public(db, [listing])[0].name == "あとの食堂"


def test_a_declined_wording_changes_nothing_public(db: Database, publish: Publish) -> None:
    listing = publish(name="そのままの食堂")
    first = store.read_stored(db, listing).published
    assert first is not None
    revision = edit.propose_change(db, listing, replace(first.body, name="ちがう"), "a", first.id)
    edit.reject_revision(db, revision, "account:1", "確認できません")
    assert store.read_public(db, [listing])[0].name == "そのままの食堂"
    with pytest.raises(edit.DecidedError):
        edit.approve_revision(db, revision, "account:1")


def test_two_editors_do_not_overwrite_each_other(db: Database, publish: Publish) -> None:
    listing = publish()
    seen = store.read_stored(db, listing).published
    assert seen is not None
    edit.propose_change(db, listing, replace(seen.body, note="ひとりめ"), "account:1", seen.id)
    with pytest.raises(edit.StaleRevisionError) as refused:
        edit.propose_change(db, listing, replace(seen.body, note="ふたりめ"), "account:2", seen.id)
    assert refused.value.newest.body.note == "ひとりめ"


def test_approving_a_wording_closes_those_before_it(db: Database, publish: Publish) -> None:
    listing = publish()
    seen = store.read_stored(db, listing).published
    assert seen is not None
    first = edit.propose_change(db, listing, replace(seen.body, note="1"), "a", seen.id)
    second = edit.propose_change(db, listing, replace(seen.body, note="2"), "a", first)
    edit.approve_revision(db, second, "a")
    assert store.read_waiting(db) == []
    assert store.read_revision(db, first).decision == "rejected"


def test_every_step_is_on_record_and_the_record_cannot_be_changed(
    db: Database, publish: Publish
) -> None:
    listing = publish()
    edit.change_state(db, listing, State.ARCHIVED, "account:1", "終了")
    assert [entry.action for entry in read_record(db, listing)] == [
        "state:archived", "approve", "propose",
    ]  # fmt: skip
    for statement in ("UPDATE record SET actor = 'x'", "DELETE FROM record"):
        with pytest.raises(Exception, match="append-only"):
            db.execute(statement)


def test_an_archived_listing_is_not_public_and_can_come_back(
    db: Database, publish: Publish
) -> None:
    listing = publish()
    edit.change_state(db, listing, State.ARCHIVED, "account:1", "終了")
    assert store.read_public(db, [listing]) == []
    edit.change_state(db, listing, State.PUBLISHED, "account:1", "再開")
    assert len(store.read_public(db, [listing])) == 1


def test_each_step_can_be_undone() -> None:
    def reachable(start: State) -> set[State]:
        found, front = set(), {start}
        while front:
            found |= front
            front = set().union(*(STEPS[state] for state in front)) - found
        return found

    for state in STEPS:
        for after in STEPS[state]:
            assert state in reachable(after), f"{state} → {after} cannot be taken back"


def test_a_step_that_cannot_follow_is_refused_and_changes_nothing(
    db: Database, publish: Publish
) -> None:
    listing = publish()
    with pytest.raises(StepError):
        edit.change_state(db, listing, State.INVITED, "account:1", "")
    assert store.read_stored(db, listing).state is State.PUBLISHED


def test_nothing_that_was_never_approved_is_published(db: Database) -> None:
    revision = edit.propose_listing(db, FULL, "account:1")
    listing = store.read_revision(db, revision).listing_id
    edit.reject_revision(db, revision, "account:1", "確認中")
    assert store.read_stored(db, listing).state is State.DRAFT
    with pytest.raises(StepError):
        edit.change_state(db, listing, State.PUBLISHED, "account:1", "")


def test_a_failed_use_case_leaves_nothing_behind(db: Database, publish: Publish) -> None:
    listing = publish()
    before = list(db.query("SELECT * FROM index_outbox")), list(db.query("SELECT * FROM record"))
    with pytest.raises(store.UnknownListingError):
        edit.approve_revision(db, 9_999, "account:1")
    with pytest.raises(StepError):
        edit.change_state(db, listing, State.CONFIRMED, "account:1", "")
    after = list(db.query("SELECT * FROM index_outbox")), list(db.query("SELECT * FROM record"))
    assert before == after


# -- what the public never sees


def test_staff_contacts_and_mobile_numbers_are_withheld_wherever_they_stand() -> None:
    listing = replace(
        FULL,
        note="連絡は090-1234-5678（山田）か０８０－１１１１－２２２２、042-000-0000へ",
        description="代表 09000000000",
    )
    public = repr(to_public("x", listing))
    assert "042-000-0000" in public
    for hidden in ("090-0000-0000", "090-1234-5678", "1111", "09000000000"):
        assert hidden not in public


@pytest.mark.parametrize("visibility", [AddressVisibility.AREA_ONLY, AddressVisibility.ON_REQUEST])
def test_a_hidden_address_is_nowhere(visibility: AddressVisibility) -> None:
    where = locate("東京都西東京市", "南町5-6-13", "カナリア荘", visibility)
    listing = replace(FULL, location=where, note="会場は南町5-6-13 カナリア荘です")
    public = to_public("x", listing)
    assert "5-6-13" not in repr(public)
    assert "カナリア荘" not in repr(public)
    assert public.position.lat != where.position.lat


@given(lat=st.floats(35.715, 35.735), lon=st.floats(139.53, 139.56), house=st.integers(1, 40))
def test_the_true_point_of_a_hidden_place_changes_nothing_public(
    lat: float, lon: float, house: int
) -> None:
    def public(address: str, lat: float, lon: float) -> object:
        here = pin(lat, lon, PositionSource.PERSON)
        where = locate("東京都西東京市", address, "", AddressVisibility.AREA_ONLY, here)
        return to_public("x", replace(FULL, location=where))

    assert public(f"南町5-{house}", lat, lon) == public("南町5-6-13", 35.72, 139.54)


def test_a_field_that_is_not_on_the_list_does_not_exist_outside() -> None:
    outside = {field.name for field in fields(to_public("x", FULL))}
    inside = {field.name for field in fields(FULL)}
    assert inside - outside == {"location", "assured_by"}


def test_a_web_address_that_would_run_is_not_a_link() -> None:
    for address in ("javascript:alert(1)", "data:text/html,x", "//example.jp", 'https://a"b'):
        assert to_public("x", replace(FULL, url=address)).url == ""


# -- one place, spelt in many ways


@pytest.mark.parametrize(
    "other",
    [
        ("東京都西東京市", "ほしぞら食堂", "東京都西東京市南町５丁目６番１３号"),
        ("東京都西東京市", "ホシゾラ食堂", "西東京市南町五丁目6-13"),
        ("東京都西東京市", "ほしぞら 食堂", "南町5−6−13"),
    ],
)
def test_one_name_and_address_is_one_place(other: tuple[str, str, str]) -> None:
    assert identity_of(*other) == identity_of("東京都西東京市", "ほしぞら食堂", "南町5-6-13")


def test_a_neighbour_is_another_place() -> None:
    here = identity_of("東京都西東京市", "ほしぞら食堂", "南町5-6-13")
    assert identity_of("東京都西東京市", "ほしぞら食堂", "南町5-61-3") != here
    assert identity_of("東京都西東京市", "ほしぞら食堂", "南町5-6-14") != here


def test_a_pin_of_a_person_wins_over_the_address() -> None:
    here = pin(35.7, 139.5, PositionSource.PERSON)
    where = locate("東京都西東京市", "南町5-6-13", pin=here)
    assert where.position == here
    assert where.area == "東京都西東京市南町"
    assert where.area_position.level is Level.TOWN


SPELLINGS = (
    "南町5丁目6番13号",
    "南町５－６－１３",
    "南町 5-6-13",
    "南町5の6の13",
    "南町五丁目6-13",
    "5‐6‐13",
    "南町5-\n6-13",
    "5・6・13",
    "5/6/13",
    "５．６．１３",
    "35.7211, 139.5422",
    "北緯３５．７２１１度 東経１３９．５４２２度",
    "139.5422 35.7211",
    "35.7211%2C139.5422",
    "https://maps.app.goo.gl/aBc123",
    "goo.gl/maps/aBc123",
    "https://www.google.com/maps/place/ふたば/@35.72,139.5,17z",
    "https://www.google.co.jp/maps?q=x",
    "https://maps.google.com/?q=x",
    "https://www.openstreetmap.org/node/1",
    "https://maps.gsi.go.jp/#18/35.7/139.5",
    "https://map.yahoo.co.jp/place?lat=35.7",
    "ひかり荘２０３",
    "ﾋｶﾘ荘203",
    "ひかり 荘203",
)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_hidden_address_is_recognised_however_it_is_spelt(spelling: str) -> None:
    where = locate("東京都西東京市", "南町5-6-13", "ひかり荘203", AddressVisibility.AREA_ONLY)
    public = to_public("x", replace(FULL, location=where, note=f"会場は{spelling}です"))
    assert spelling not in public.note


LINKS = (
    *(spelling for spelling in SPELLINGS if spelling.startswith("https:")),
    "https://a.example/?ll=35.7211,139.5422",
    "https://a.example/?x=139.5422&y=35.7211",
)


@pytest.mark.parametrize("url", LINKS)
@pytest.mark.parametrize("visibility", list(AddressVisibility))
def test_a_link_to_a_map_is_for_a_public_address_only(
    url: str, visibility: AddressVisibility
) -> None:
    where = locate("東京都西東京市", "南町5-6-13", "", visibility)
    shown = url if visibility is AddressVisibility.EXACT else ""
    assert to_public("x", replace(FULL, location=where, url=url)).url == shown


@pytest.mark.parametrize(
    "spelling",
    ["〒188-0012", "〒１８８００１２", "郵便番号: 188-0012", "188-0012",
     "南町", "南 町5丁目", "南町コミュニティ"],
)  # fmt: skip
def test_of_a_place_on_request_not_even_the_town_is_told(spelling: str) -> None:
    where = locate("東京都西東京市", "南町5-6-13", "", AddressVisibility.ON_REQUEST)
    public = to_public("x", replace(FULL, location=where, note=f"会場は {spelling}です"))
    assert "町" not in public.note
    assert not re.search("[0-9０-９]{3}", public.note)
    assert public.municipality == "東京都西東京市"


def test_a_town_is_recognised_in_another_spelling() -> None:
    where = locate("東京都西東京市", "ひばりが丘2-12-16", "", AddressVisibility.ON_REQUEST)
    public = to_public("x", replace(FULL, location=where, note="会場はヒバリヶ丘です"))
    assert "ヒバリ" not in public.note


@pytest.mark.parametrize(
    "text", ["電話 042-000-0000", "(042)000-0000", "042 000-0000", "2026-11-23"]
)
def test_a_telephone_number_is_no_postal_code(text: str) -> None:
    where = locate("東京都西東京市", "南町5-6-13", "", AddressVisibility.ON_REQUEST)
    assert to_public("x", replace(FULL, location=where, note=text)).note == text


def test_two_numbers_are_a_house_only_after_their_town() -> None:
    where = locate("東京都西東京市", "新町5-6", "", AddressVisibility.AREA_ONLY)
    for note, left in (
        ("5/6(土)", True),
        ("第5・6土曜", True),
        ("新町5・6", False),
        ("5-6", False),
    ):
        assert (to_public("x", replace(FULL, location=where, note=note)).note == note) is left


def test_only_what_is_secret_is_cut_out() -> None:
    where = locate("東京都西東京市", "南町5-6-13", "ひかり荘203", AddressVisibility.AREA_ONLY)
    note = "会場は南町5-6-13で、毎月第2土曜です"
    public = to_public("x", replace(FULL, location=where, note=note))
    assert public.note.endswith("で、毎月第2土曜です")


def test_a_school_district_is_public_where_the_area_is() -> None:
    for visibility in AddressVisibility:
        where = locate("東京都西東京市", "南町5-6-13", "", visibility)
        public = to_public("x", replace(FULL, location=where, school_district="みなみ小"))
        on_request = visibility is AddressVisibility.ON_REQUEST
        assert public.school_district == ("" if on_request else "みなみ小")


@pytest.mark.parametrize(
    "spelling",
    ["0425551234", "042(555)1234", "０４２－５５５－１２３４", "042 555 1234", "042-555\n-1234",
     "+81 42-555-1234", "+81-42-555-1234", "(042)555-1234"],
)  # fmt: skip
def test_a_staff_number_is_recognised_however_it_is_spelt(spelling: str) -> None:
    phones = (Phone("042-555-1234", "", ContactVisibility.STAFF_ONLY),)
    public = to_public("x", replace(FULL, phones=phones, note=f"連絡は{spelling}へ"))
    assert spelling not in public.note


@pytest.mark.parametrize(
    "spelling",
    ["+81 90-1234-5678", "+819012345678", "+81(0)90-1234-5678", "81-90-1234-5678",
     "0 9 0-1234-5678", "090----1234-5678", "0901234567813時", "060-1234-5678",
     "（090）1234-5678", "090.1234.5678"],
)  # fmt: skip
def test_a_mobile_number_is_recognised_however_it_is_spelt(spelling: str) -> None:
    public = to_public("x", replace(FULL, note=f"連絡は{spelling}へ"))
    assert spelling[-6:-2] not in public.note


@pytest.mark.parametrize(
    "text",
    ["11:30～14:00", "毎月第2・4土曜 参加費100円", "2026-11-23", "〒188-0012", "042-000-0000"],
)
def test_what_is_no_secret_stays(text: str) -> None:
    where = locate("東京都西東京市", "南町5-6-13", "1", AddressVisibility.AREA_ONLY)
    phones = (*FULL.phones, Phone("公民館", "", ContactVisibility.STAFF_ONLY))
    public = to_public("x", replace(FULL, location=where, phones=phones, note=f"{text} 公民館"))
    assert public.note == f"{text} 公民館"


def test_a_volunteers_mail_and_number_are_in_no_text() -> None:
    volunteer = replace(
        FULL, kind=Kind.VOLUNTEER_OPPORTUNITY, note="山田まで yamada@example.jp 042-111-2222"
    )
    public = to_public("x", volunteer)
    assert "yamada" not in public.note
    assert "111" not in public.note


@pytest.mark.parametrize("visibility", [AddressVisibility.AREA_ONLY, AddressVisibility.ON_REQUEST])
def test_an_address_typed_as_the_city_is_not_public(visibility: AddressVisibility) -> None:
    for typed in ("東京都西東京市南町5-6-13", "東京都西東京市 南町5-6-13"):
        public = to_public("x", replace(FULL, location=locate(typed, "", "", visibility)))
        assert "5-6-13" not in repr(public)
        assert public.position.level is not Level.CHOME


def test_an_address_is_shown_with_its_city() -> None:
    for municipality, address, shown in (
        ("大阪府大阪市西区", "新町4-10-10", "大阪府大阪市西区新町4-10-10"),
        ("大阪府大阪市西区", "西区新町4-10-10", "西区新町4-10-10"),
        ("東京都西東京市", "西東京市南町5-6-13", "西東京市南町5-6-13"),
    ):
        where = locate(municipality, address)
        assert to_public("x", replace(FULL, location=where)).address == shown


def test_what_was_taken_out_is_not_published_by_an_edit(db: Database, publish: Publish) -> None:
    listing = publish(name="やめた食堂")
    seen = store.read_stored(db, listing).published
    assert seen is not None
    waiting = edit.propose_change(db, listing, replace(seen.body, note="x"), "a", seen.id)
    edit.change_state(db, listing, State.DO_NOT_LIST, "account:1", "ご辞退")
    with pytest.raises(edit.WithdrawnError):
        edit.approve_revision(db, waiting, "account:1")
    with pytest.raises(edit.WithdrawnError):
        edit.approve_revision(db, edit.propose_listing(db, seen.body, "account:1"), "account:1")
    assert list(store.read_all_public(db)) == []
