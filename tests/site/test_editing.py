"""Writing a listing: what the form asks and answers, drafts, preview, history and undo."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support import ReadingClient, press, send
from typed import NEW, SCHOOL

from ibasho.data import drafts
from ibasho.data.accounts import Role, Scope, add_account, set_scope
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.listings import State, edit, store
from ibasho.data.listings.do_not_list import read_do_not_list
from ibasho.importers import ImportOptions, import_files

Publish = Callable[..., str]
FORM = "/coordinator/listings/new"
ID = "abcdefghjk"


@pytest.fixture
def desk(client: ReadingClient) -> ReadingClient:
    return client.sign_in()


def at_once(page: str) -> tuple[str, str]:
    """What a form asks, and what it leaves folded."""
    form = page.split('<form class="asking"')[1]
    asked, _, folded = form.partition("more-asked")
    return asked, folded


# -- one form a kind


def test_a_form_asks_what_matters_for_its_kind_and_has_all_the_rest(desk: ReadingClient) -> None:
    meals, rest = at_once(desk.get(f"{FORM}?kind=childrens_cafeteria").text)
    assert 'name="elementary"' in meals
    assert 'value="allergy"' in meals
    assert 'name="monthly"' in rest
    school, rest = at_once(desk.get(f"{FORM}?kind=free_school").text)
    assert 'name="monthly"' in school
    assert 'value="attendance"' in school
    assert 'name="elementary"' in rest
    helps, _ = at_once(desk.get(f"{FORM}?kind=consultation_desk").text)
    assert 'name="emails_public"' in helps


@pytest.mark.parametrize("kind", ["childrens_cafeteria", "free_school", "circus", ""])
def test_every_field_stands_in_every_form_once(desk: ReadingClient, kind: str) -> None:
    page = desk.get(f"{FORM}?kind={kind}").text
    for name in ("monthly", "toddler", "network", "note", "assured_date", "en_name", "capacity",
                 "food_pantry", "phones_staff", "school_district", "called"):  # fmt: skip
        assert page.count(f'name="{name}"') == 1, name
    assert page.count('name="facts"') == 7


def test_what_is_filled_in_or_wrong_is_never_folded(desk: ReadingClient) -> None:
    page = send(desk, FORM, **SCHOOL | {"kind": "food_pantry", "capacity": "20名", "url": "x"})
    asked, _ = at_once(page)
    for name in ("monthly", "capacity", "url"):
        assert f'name="{name}"' in asked, name


def test_another_kind_asks_anew_and_nothing_typed_is_lost(desk: ReadingClient) -> None:
    page = send(desk, FORM, **NEW | {"kind": "free_school", "step": "kind", "name": "ふりいひろば"})
    asked, _ = at_once(page)
    assert 'name="initial"' in asked
    assert 'value="ふりいひろば"' in asked
    assert 'role="alert"' not in page


def test_one_tick_says_that_it_was_confirmed_by_telephone_today(
    desk: ReadingClient, db: Database
) -> None:
    review = send(desk, FORM, **NEW | {"called": "y"})
    body = store.read_revision(db, int(review.rsplit("/", 1)[1])).body
    assert (body.assured_date, body.assured_by) == (today(), "電話")


# -- what is said at once


def test_a_phrase_is_answered_with_its_next_six_dates(desk: ReadingClient) -> None:
    said = desk.get("/coordinator/schedule?phrase=毎月第2・4土曜日 11:30～14:00").json
    assert len(said["dates"]) == 6
    assert said["says"] == []
    assert all("(土)" in one["day"] and "11:30" in one["hours"] for one in said["dates"])


@pytest.mark.parametrize(
    ("phrase", "why"),
    [("月1回 土曜日", "どの日か"), ("不定期", "決まった日"), ("毎週土曜 ぬばたま", "読み取れない"),
     ("12月20日", "どの日か")],
)  # fmt: skip
def test_what_is_not_certain_is_said_in_words(desk: ReadingClient, phrase: str, why: str) -> None:
    said = desk.get("/coordinator/schedule", query_string={"phrase": phrase}).json
    assert why in " ".join(said["says"])


def test_an_address_is_answered_with_its_honest_radius(desk: ReadingClient) -> None:
    asked = {"address": "南町5-6-13", "municipality": "東京都西東京市"}
    said = desk.get("/coordinator/place", query_string=asked).json
    assert f"半径{said['radius_m']} mの円" in said["says"]
    assert said["radius_m"] > 200
    assert said["public"].endswith("西東京市南町5-6-13")
    area = desk.get("/coordinator/place", query_string=asked | {"visibility": "area_only"}).json
    assert area["public"].endswith("東京都西東京市南町")
    pinned = desk.get("/coordinator/place", query_string=asked | {"pin": "35.72,139.54"}).json
    assert (pinned["lat"], pinned["radius_m"]) == (35.72, None)
    nowhere = desk.get("/coordinator/place?address=ぬばたま町9").json
    assert nowhere["lat"] is None
    assert "地図" in nowhere["says"]


# -- drafts


def kept(client: ReadingClient, **fields: str) -> int:
    token = client.token(FORM)
    data = {"form_token": token, "draft": ID, **fields}
    return client.post("/coordinator/drafts", data=data).status_code


def test_what_was_begun_is_found_again_and_gone_once_it_is_sent(
    desk: ReadingClient, db: Database
) -> None:
    assert kept(desk, **NEW | {"name": "とちゅう食堂"}) == 200
    page = desk.get(FORM).text
    assert "とちゅう食堂" in page
    assert "続きを書く" in page
    again = desk.get(f"{FORM}?draft={ID}").text
    assert 'value="とちゅう食堂"' in again
    assert f'name="draft" value="{ID}"' in again
    send(desk, FORM, **NEW | {"draft": ID})
    assert "とちゅう食堂" not in desk.get(FORM).text
    assert list(db.query("SELECT * FROM draft")) == []


def test_a_draft_is_kept_without_scripts_and_thrown_away(
    desk: ReadingClient, publish: Publish
) -> None:
    change = f"/coordinator/listings/{publish()}/change"
    where = send(desk, change, **NEW | {"step": "draft", "draft": ID, "name": "あとで"})
    assert "draft=abcdefghjk" in where
    assert 'value="あとで"' in desk.get(where).text
    assert "あとで" not in desk.get(FORM).text
    listing = change.split("/")[3]
    press(desk, change, "/coordinator/drafts/drop", draft=ID, listing=listing)
    assert "あとで" not in desk.get(change).text


def test_a_draft_is_sealed_and_for_its_writer_alone(
    desk: ReadingClient, db: Database, data_dir: Path
) -> None:
    kept(desk, name="ひみつの食堂", note="利用者のこと")
    assert "ひみつの食堂".encode() not in (data_dir / "ibasho.db").read_bytes()
    other = add_account(db, "other@example.jp", Role.COORDINATOR, "four words make a key")
    assert drafts.read_drafts(db, other.id, None) == []
    with pytest.raises(drafts.UnknownDraftError):
        drafts.keep_draft(db, other.id, ID, None, {"name": ["mine"]})
    drafts.drop_draft(db, other.id, ID)
    assert "ひみつの食堂" in desk.get(FORM).text


def test_no_draft_is_kept_for_a_listing_out_of_reach(
    desk: ReadingClient, db: Database, publish: Publish
) -> None:
    listing = publish(network="ひがしネット")
    assert kept(desk, listing="nonesuch") == 404
    account = int(db.execute("SELECT max(id) FROM account").fetchone()[0])
    set_scope(db, account, Scope(networks=frozenset({"スクラムウエスト"})), "test")
    assert kept(desk, listing=listing) == 404
    assert list(db.query("SELECT * FROM draft")) == []


def test_a_draft_is_forgotten_after_thirty_days(desk: ReadingClient, db: Database) -> None:
    kept(desk, name="むかしの食堂")
    with db.atomic():
        db.execute("UPDATE draft SET saved_at = '2000-01-01T00:00:00.000000+00:00'")
    assert "むかしの食堂" not in desk.get(FORM).text
    assert desk.get(f"{FORM}?draft={ID}").status_code == 404
    drafts.drop_draft(db, 1, "otherdraft")
    assert list(db.query("SELECT * FROM draft")) == []


# -- preview, history, undo


def test_a_wording_is_seen_as_its_public_page_before_it_is_one(desk: ReadingClient) -> None:
    review = send(desk, FORM, **NEW)
    answer = desk.get(f"{review}/preview")
    main = answer.text.split("<main")[1].split("</main>")[0]
    assert "ほしぞら食堂" in main
    assert main.count("11:30～14:00") >= 6
    assert "090-1234-5678" not in main
    assert not re.search(r"<a\b[^>]* href=", main)
    assert "公開前の表示" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_approval_is_taken_back_to_the_wording_before(desk: ReadingClient, db: Database) -> None:
    first = send(desk, FORM, **NEW)
    listing = press(desk, first, f"{first}/approve")
    page = listing.split("?")[0]
    second = send(desk, f"{page}/change", **NEW | {"name": "あたらしい名前"})
    approved = press(desk, second, f"{second}/approve")
    assert f"{second}/undo" in desk.get(approved).text
    undone = press(desk, approved, f"{second}/undo")
    assert "以前公開していた内容に戻り" in desk.get(undone).text
    [public] = store.read_all_public(db)
    assert public.name == "ほしぞら食堂"
    assert "ほしぞら食堂" in desk.get("/search?q=ほしぞら").text
    assert "あたらしい名前" not in desk.get("/search").text
    assert [one.body.name for one in store.read_waiting(db)] == ["あたらしい名前"]
    assert "取り消せません" in desk.get(press(desk, page, f"{second}/undo")).text
    press(desk, page, f"{first}/undo")
    assert list(store.read_all_public(db)) == []
    assert store.read_stored(db, public.id).state is State.IN_REVIEW


def test_taking_back_publishes_nothing_that_was_hidden(
    desk: ReadingClient, db: Database, publish: Publish
) -> None:
    listing = publish()
    edit.change_state(db, listing, State.ARCHIVED, "test", "終了")
    edit.change_state(db, listing, State.DRAFT, "test", "再開の相談")
    review = send(desk, f"/coordinator/listings/{listing}/change", **NEW)
    press(desk, review, f"{review}/approve")
    press(desk, review, f"{review}/undo")
    assert list(store.read_all_public(db)) == []
    assert store.read_stored(db, listing).state is State.DRAFT


def test_every_wording_is_compared_and_brought_back(
    desk: ReadingClient, db: Database, publish: Publish
) -> None:
    listing = publish(name="はじめの名前")
    page = f"/coordinator/listings/{listing}"
    for name in ("つぎの名前", "いまの名前"):
        review = send(desk, f"{page}/change", **NEW | {"name": name})
        press(desk, review, f"{review}/approve")
    first, _, third = reversed(store.read_revisions(db, listing))
    compared = desk.get(f"{page}/history?before={first.id}&after={third.id}").text
    assert "はじめの名前" in compared
    assert "いまの名前" in compared
    assert "つぎの名前" not in compared
    assert "coordinator@example.jp" in compared
    assert "account:" not in compared
    assert "今の内容" not in compared  # both may be old
    assert compared.count("前の内容</th>") == compared.count("後の内容</th>") == 2
    back = press(desk, f"{page}/history", f"/coordinator/revisions/{first.id}/restore")
    assert "はじめの名前" in desk.get(back).text
    press(desk, back, f"{back}/approve")
    [public] = store.read_all_public(db)
    assert public.name == "はじめの名前"


def test_what_leaves_no_doubt_is_published_from_the_form(desk: ReadingClient, db: Database) -> None:
    where = send(desk, FORM, **NEW | {"step": "publish"})
    assert "done=approved" in where
    assert "取り消す" in desk.get(where).text
    assert [public.name for public in store.read_all_public(db)] == ["ほしぞら食堂"]


@pytest.mark.parametrize(
    "doubt",
    [{"schedule_text": "月1回 土曜日"}, {"address": ""}, {"phones_public": "090-1111-2222"}],
    ids=["days", "place", "mobile"],
)
def test_what_leaves_a_doubt_is_looked_at_first(
    desk: ReadingClient, db: Database, doubt: dict[str, str]
) -> None:
    where = send(desk, FORM, **NEW | {"step": "publish"} | doubt)
    assert "/revisions/" in where
    assert list(store.read_all_public(db)) == []


# -- not to be listed


def test_who_asks_not_to_be_listed_is_not_by_hand_nor_by_import(
    desk: ReadingClient, db: Database, tmp_path: Path
) -> None:
    page = "/coordinator/do-not-list"
    asked = {"name": "かくれ食堂", "municipality": "東京都西東京市", "address": "南町5-6-13"}
    assert "done=kept" in press(desk, page, page, **asked, reason="電話で申し出")
    [one] = read_do_not_list(db)
    assert one.reason == "電話で申し出"
    assert one.since
    assert "かくれ食堂" in desk.get(page).text
    review = send(desk, FORM, **NEW | asked)
    press(desk, review, f"{review}/approve")
    assert list(store.read_all_public(db)) == []
    file = tmp_path / "list.csv"
    file.write_text(
        "名称,住所,開催日\nかくれ子ども食堂,東京都西東京市南町5丁目6番13号,毎週土曜\n"
        "みえる食堂,東京都西東京市泉町3-12-25,毎週土曜\n", "utf-8",
    )  # fmt: skip
    import_files(
        db,
        [file],
        ImportOptions(
            source="市", mapping={"名称": "name", "住所": "address", "開催日": "schedule"}
        ),
        today(),
    )
    assert [public.name for public in store.read_all_public(db)] == ["みえる食堂"]


def test_a_place_kept_off_by_name_shows_its_public_namesake_and_can_be_undone(
    desk: ReadingClient, db: Database, publish: Publish
) -> None:
    listing = publish(name="やめたい食堂", address="東京都西東京市南町5-6-13")
    page = "/coordinator/do-not-list"
    said = press(desk, page, page, name="やめたい 食堂", municipality="東京都西東京市")
    assert f'href="/coordinator/listings/{listing}"' in desk.get(said).text
    [one] = read_do_not_list(db)
    press(desk, said, f"/coordinator/listings/{one.id}/move", state="archived")
    assert read_do_not_list(db) == []


def test_a_listing_whose_place_asks_not_to_be_listed_goes_off_the_list(
    desk: ReadingClient, db: Database, publish: Publish
) -> None:
    listing = publish(name="やめたい食堂", address="東京都西東京市南町5-6-13")
    page = "/coordinator/do-not-list"
    press(desk, page, page, name="やめたい食堂", municipality="東京都西東京市",
          address="南町5丁目6-13")  # fmt: skip
    assert store.read_stored(db, listing).state is State.DO_NOT_LIST
    assert desk.get(f"/listings/{listing}").status_code == 404
    assert len(read_do_not_list(db)) == 1
