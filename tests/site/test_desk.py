"""The coordinator's desk: a provider and a volunteer opening come on board, and leave again."""

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from support import ReadingClient, press, send
from typed import NEW, SCHOOL

from ibasho.data.addresses import make_addresses
from ibasho.data.addresses.store import keep_answer, read_answer
from ibasho.data.database import Database
from ibasho.data.listings import CostOption, PositionSource, State, edit, store

Publish = Callable[..., str]


def test_a_provider_comes_on_board(client: ReadingClient, db: Database) -> None:
    client.sign_in()
    review = send(client, "/coordinator/listings/new", **NEW)
    page = client.get(review).text
    assert page.count("11:30～14:00") >= 6
    assert "ほしぞら食堂" in client.get("/coordinator/").text
    assert "ほしぞら" not in client.get("/search").text

    listing = press(client, review, f"{review}/approve")
    assert "公開しました" in client.get(listing).text
    found = client.get("/search?q=ほしぞら&near=西東京市南町5-6-13").text
    assert "ほしぞら食堂" in found
    [public] = store.read_all_public(db)
    assert [phone.value for phone in public.phones] == ["042-000-0000", "042-000-0001"]
    assert "090-1234-5678" not in client.get(f"/listings/{public.id}").text


@pytest.mark.parametrize("kind", ["volunteer_opportunity", "volunteer_group", "free_school"])
def test_every_kind_can_be_added(client: ReadingClient, kind: str) -> None:
    client.sign_in()
    review = send(client, "/coordinator/listings/new", **NEW | {"kind": kind})
    press(client, review, f"{review}/approve")
    assert "ほしぞら食堂" in client.get(f"/search?kind={kind}").text


def test_a_correction_waits_and_shows_what_changes(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish(name="まえの名前")
    client.sign_in()
    review = send(client, f"/coordinator/listings/{listing}/change", **NEW)
    assert "まえの名前" in client.get(f"/listings/{listing}").text
    page = client.get(review).text
    assert "まえの名前" in page
    assert "ほしぞら食堂" in page
    press(client, review, f"{review}/approve")
    assert "ほしぞら食堂" in client.get(f"/listings/{listing}").text


def test_saving_a_form_without_a_change_changes_nothing(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    client.sign_in()
    first = send(client, "/coordinator/listings/new", **NEW)
    press(client, first, f"{first}/approve")
    [public] = store.read_all_public(db)
    before = store.read_stored(db, public.id).published
    assert before is not None

    same = NEW | {"municipality": "東京都西東京市"}
    review = send(client, f"/coordinator/listings/{public.id}/change", **same)
    after = store.read_revision(db, int(review.rsplit("/", 1)[1])).body
    assert after == before.body
    assert "違いはありません" in client.get(review).text


def test_a_declined_wording_needs_a_reason_and_stays_private(
    client: ReadingClient, db: Database
) -> None:
    client.sign_in()
    review = send(client, "/coordinator/listings/new", **NEW)
    listing = press(client, review, f"{review}/reject", reason="電話がつながりません")
    page = client.get(listing).text
    assert "差し戻しました" in page
    assert "電話がつながりません" in page
    assert list(store.read_all_public(db)) == []


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", " ", "呼ばれている名称"),
        ("pin", "ここ", "緯度と経度"),
        ("pin", "139.5,35.7", "緯度と経度"),
        ("adult", "さんびゃく", "大人"),
        ("url", "javascript:alert(1)", "https://"),
        ("phones_public", "事務局 042-000-0000", "各行は電話番号"),
        ("emails_public", "なし", "各行はメールアドレス"),
        ("assured_date", "きのう", "運営者に確認した日"),
        ("kind", "circus", "種類"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(
    client: ReadingClient, db: Database, field: str, value: str, message: str
) -> None:
    client.sign_in()
    page = send(client, "/coordinator/listings/new", **NEW | {field: value})
    summary = page.split('role="alert"')[1].split("</section>")[0]
    assert message in summary
    assert f'href="#{field}"' in summary
    assert "毎月第2・4土曜日 11:30～14:00" in page
    assert store.read_waiting(db) == []


def test_two_who_edit_at_once_both_keep_their_words(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish()
    client.sign_in()
    address = f"/coordinator/listings/{listing}/change"
    token = client.token(address)
    seen = store.read_stored(db, listing).published
    assert seen is not None
    edit.propose_change(db, listing, seen.body, "account:99", seen.id)
    data = NEW | {"form_token": token, "based_on": str(seen.id), "name": "わたしの名前"}
    answer = client.post(address, data=data)
    assert answer.status_code == 409
    assert "ほかの人が先に変更しました" in answer.text
    assert "わたしの名前" in answer.text
    assert "みなみ子ども食堂" in answer.text
    again = re.search(r'name="based_on" value="(\d+)"', answer.text)
    assert again
    answer = client.post(address, data=data | {"based_on": again[1]})
    assert answer.status_code == 303


def test_a_listing_is_archived_with_a_reason_and_comes_back(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish()
    client.sign_in()
    page = f"/coordinator/listings/{listing}"
    press(client, page, f"{page}/move", state="archived", reason="終了しました")
    assert client.get(f"/listings/{listing}").status_code == 404
    assert "終了しました" in client.get(page).text
    press(client, page, f"{page}/move", state="published", reason="再開しました")
    assert client.get(f"/listings/{listing}").status_code == 200
    assert client.post(f"{page}/move", data={"form_token": client.token(page), "state": "invited"}
                       ).status_code == 400  # fmt: skip


def test_a_persons_pin_is_kept_until_the_address_changes(
    client: ReadingClient, db: Database
) -> None:
    client.sign_in()
    review = send(client, "/coordinator/listings/new", **NEW | {"pin": "35.7212, 139.5444"})
    press(client, review, f"{review}/approve")
    [public] = store.read_all_public(db)
    assert (public.position.lat, public.position.source) == (35.7212, PositionSource.PERSON)

    address = f"/coordinator/listings/{public.id}/change"
    moved = NEW | {"pin": "35.7212,139.5444", "address": "芝久保町3-11-3"}
    review = send(client, address, **moved)
    press(client, review, f"{review}/approve")
    [public] = store.read_all_public(db)
    assert public.position.source is PositionSource.GEOCODER


def test_the_desk_lists_by_state_and_name(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish(name="さがす食堂")
    publish(name="ほかの場所")
    client.sign_in()
    page = client.get("/coordinator/listings?q=さがす").text
    assert "さがす食堂" in page
    assert "ほかの場所" not in page
    edit.change_state(db, listing, State.ARCHIVED, "account:1", "終了")
    assert "さがす食堂" in client.get("/coordinator/listings?state=archived").text
    assert client.get("/coordinator/listings?state=nonsense").status_code == 400


def test_a_declined_wording_can_be_corrected_from_where_it_stood(client: ReadingClient) -> None:
    client.sign_in()
    review = send(client, "/coordinator/listings/new", **NEW)
    listing = press(client, review, f"{review}/reject", reason="電話番号を確認してください")
    assert "<h1>ほしぞら食堂</h1>" in client.get(listing).text
    form = client.get(f"{listing.split('?')[0]}/change").text
    assert "ほしぞら食堂" in form
    assert "毎月第2・4土曜日 11:30～14:00" in form


def test_what_is_free_is_shown_before_it_is_approved(client: ReadingClient) -> None:
    client.sign_in()
    review = client.get(send(client, "/coordinator/listings/new", **NEW)).text
    assert '<th scope="row">小学生</th><td>0</td>' in review


def test_a_second_listing_of_one_place_and_a_mobile_number_are_pointed_out(
    client: ReadingClient, publish: Publish
) -> None:
    publish(name="ほしぞら食堂", address="東京都西東京市南町5-6-13")
    client.sign_in()
    fields = NEW | {"phones_public": "090-1111-2222"}
    review = client.get(send(client, "/coordinator/listings/new", **fields)).text
    assert "同じ名称と住所の掲載がすでにあります" in review
    assert "携帯電話の番号が公開されます" in review


def test_messages_about_numbers_are_in_japanese(client: ReadingClient) -> None:
    client.sign_in()
    page = send(client, "/coordinator/listings/new", **NEW | {"adult": "-5", "elementary": "x"})
    assert "Number must be" not in page
    assert "Not a valid" not in page


def test_a_free_school_says_its_terms_line_by_line(client: ReadingClient, db: Database) -> None:
    client.sign_in()
    review = send(client, "/coordinator/listings/new", **SCHOOL)
    press(client, review, f"{review}/approve")
    [public] = store.read_all_public(db)
    assert public.costs == (
        CostOption("monthly", 8_800, "オンラインだけ"),
        CostOption("monthly", 18_700, "オンラインと教室"),
        CostOption("initial", 11_000, "入会金"),
        CostOption("extra", None, "遠足の交通費は実費"),
        CostOption("trial", 0, "見学"),
        CostOption("trial", 3_000, "体験3日"),
        CostOption("cancellation", None, "30日前までに連絡"),
        CostOption("cancellation", None, "休会は月3,000円"),
    )
    assert "ほしぞら食堂" in client.get("/search?monthly=8800").text
    form = client.get(f"/coordinator/listings/{public.id}/change").text
    assert "8800 オンラインだけ\n18700 オンラインと教室" in form


def test_an_edit_keeps_every_cost_that_it_does_not_touch(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    costs = (
        CostOption("elementary", 100, "土曜"),
        CostOption("monthly", None, "300 人までは\n世帯の所得による"),
        CostOption("elementary", 300, "日曜"),
        CostOption("toddler", None, "応相談"),
        CostOption("材料", 50, "工作のとき"),
        CostOption("trial", 0),
    )
    listing = publish(costs=costs)
    client.sign_in()
    page = f"/coordinator/listings/{listing}/change"
    texts = r'<textarea[^>]* name="(\w+)"[^>]*>\s*([^<]*)</textarea>'
    shown = {name: text.replace("\n", "\r\n")
             for name, text in re.findall(texts, client.get(page).text)}  # fmt: skip

    def saved(**changes: str) -> tuple[CostOption, ...]:
        fields = NEW | {"elementary": "100", "adult": "", **shown} | changes
        review = send(client, page, **fields)
        return store.read_revision(db, int(review.rsplit("/", 1)[1])).body.costs

    assert saved() == costs
    assert saved(adult="300", initial="5000") == (
        *costs, CostOption("adult", 300), CostOption("initial", 5_000),
    )  # fmt: skip
    assert saved(elementary="200", trial="") == (CostOption("elementary", 200, "土曜"), *costs[1:5])
    assert saved(elementary="") == costs[1:]


@pytest.mark.parametrize("step", ["hidden", "archived"])
def test_what_a_service_said_of_an_address_goes_with_its_being_public(
    step: str, client: ReadingClient, data_dir: Path
) -> None:
    def answers() -> list[tuple[str, float, float]] | None:
        with closing(make_addresses(data_dir)) as points:
            return read_answer(points, "東京都西東京市南町5-6-13", "2000-01-01")

    client.sign_in()
    review = send(client, "/coordinator/listings/new", **NEW)
    listing = press(client, review, f"{review}/approve").partition("?")[0]
    with closing(make_addresses(data_dir)) as points:
        keep_answer(points, "東京都西東京市南町5-6-13", [("南町", 35.7, 139.5)])
    if step == "hidden":
        hidden = NEW | {"visibility": "on_request"}
        review = send(client, f"{listing}/change", **hidden)
        assert answers(), "it is public until this is approved"
        press(client, review, f"{review}/approve")
    else:
        press(client, listing, f"{listing}/move", state="archived", reason="closed")
    assert answers() is None
