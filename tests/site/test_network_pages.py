"""Networks on the desk: what a coordinator does there, and that nobody outside sees any of it."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from support import ReadingClient, press, seen_on, send, take_back

from ibasho.data.accounts import Scope, set_scope
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.listings import store
from ibasho.data.mail import MailState, read_mails, read_message
from ibasho.data.networks import (
    Help,
    Meeting,
    Network,
    Offer,
    PartnerKind,
    Person,
    Standing,
    helping,
    keep_network,
    meetings,
    members,
    news,
    read_members,
)

Publish = Callable[..., str]
NAME = "スクラムウエスト"
SECRET = "かなりあ"


@pytest.fixture
def network(db: Database, publish: Publish) -> int:
    """A network with one member, who has a contact person."""
    network_id = keep_network(db, Network(NAME, "", "042-000-0070"), "test")
    listing = publish("あかり食堂", network=NAME)
    person = Person("佐倉", "代表", "042-000-0082", "sakura@example.jp")
    members.add_person(db, network_id, f"listing:{listing}", person, "test")
    return network_id


@pytest.fixture
def page(client: ReadingClient, network: int) -> str:
    client.sign_in()
    return f"/coordinator/networks/{network}"


def test_a_listing_is_taken_in_and_out_and_the_public_page_follows(
    client: ReadingClient, db: Database, publish: Publish, page: str
) -> None:
    listing = publish("みなみ食堂", address="東京都西東京市南町5-6-14")
    press(client, f"{page}/members", f"{page}/members/add", listing=listing)
    assert NAME in client.get(f"/listings/{listing}").text
    press(client, f"{page}/members", f"{page}/members/remove", listing=listing)
    assert store.read_public(db, [listing])[0].network == ""


def test_a_coordinator_of_the_network_alone_takes_nobody_elses_listing_in(
    client: ReadingClient, db: Database, publish: Publish, page: str
) -> None:
    other = publish("みなみ食堂", address="東京都西東京市南町5-6-14")
    account = int(db.execute("SELECT max(id) FROM account").fetchone()[0])
    set_scope(db, account, Scope(networks=frozenset({NAME})), "test")
    token = client.token(f"{page}/members")
    answer = client.post(f"{page}/members/add", data={"form_token": token, "listing": other})
    assert answer.status_code == 404
    assert "みなみ食堂" not in client.get(f"{page}/members").text
    assert store.read_public(db, [other])[0].network == ""


def test_a_contact_is_called_written_to_taken_out_and_brought_back(
    client: ReadingClient, page: str
) -> None:
    told = client.get(f"{page}/members").text
    assert 'href="tel:0420000082"' in told
    assert 'href="mailto:sakura@example.jp"' in told
    done = press(client, f"{page}/members", f"{page}/people/1", step="remove")
    assert "佐倉" not in client.get(done).text
    assert "佐倉" in client.get(take_back(client, done)).text


def test_who_cannot_be_reached_is_no_contact(
    client: ReadingClient, db: Database, network: int, page: str
) -> None:
    [member] = read_members(db, network)
    told = send(client, f"{page}/people/new", member=member.key, name="佐倉")
    assert "電話番号かメールアドレスを入れてください" in told
    told = send(client, f"{page}/people/new", member=member.key, name="佐倉", email="x")
    assert "メールアドレスの形になっていません" in told


def test_a_meeting_is_planned_held_and_what_it_decided_is_done_and_undone(
    client: ReadingClient, page: str
) -> None:
    soon = (today() + dt.timedelta(days=3)).isoformat()
    there = send(
        client, f"{page}/meetings/new", held_on=soon, opens_at="19:00", closes_at="20:30",
        place="公民館", agenda="米の分け方\nちらし",
    )  # fmt: skip
    meeting = there.partition("?")[0]
    assert "公民館" in client.get(page).text
    assert "米の分け方" in client.get(f"{meeting}/sheet").text
    send(client, f"{meeting}/change", held_on=soon, people="7", minutes="自転車で運ぶ")
    assert "参加者7人" in client.get(meeting).text
    send(client, f"{meeting}/tasks/new", words="台車を探す", owner="佐倉", due_on=soon)
    assert "台車を探す" in client.get(page).text
    done = press(client, meeting, f"{meeting}/tasks", task="1", step="done")
    assert "台車を探す" not in client.get(page).text
    take_back(client, done)
    assert "台車を探す" in client.get(page).text


def test_a_meeting_ends_after_it_begins(client: ReadingClient, page: str) -> None:
    told = send(
        client, f"{page}/meetings/new", held_on="2027-05-10", opens_at="19:00", closes_at="18:00"
    )
    assert "終わりの時刻は始まりより後に" in told


def test_a_past_meeting_without_minutes_is_the_next_step(
    client: ReadingClient, db: Database, network: int, page: str
) -> None:
    past = Meeting(today() - dt.timedelta(days=2))
    one = meetings.keep_meeting(db, network, past, "test")
    assert f'href="{page}/meetings/{one}/change">議事録を書く' in client.get(page).text


def test_news_are_seen_with_their_recipients_then_sent_once(
    client: ReadingClient, db: Database, network: int, page: str
) -> None:
    silent = members.add_partner(db, network, PartnerKind.COMPANY, "やおや", "test")
    grocer = Person("店主", phone="042-000-0081")
    members.add_person(db, network, f"partner:{silent}", grocer, "test")
    one = send(client, f"{page}/news/new", title="ちらし", text="日にちをお知らせください。")
    told = client.get(one).text
    assert "佐倉 様" in told
    assert "メールを1通送る" in told
    assert 'href="tel:0420000081"' in told
    assert read_mails(db) == []
    data = {"form_token": client.token(one), "seen": seen_on(told)}
    for _ in range(2):
        client.post(f"{one}/send", data=data)
    [mail] = read_mails(db)
    assert (mail.to, mail.template) == ("sakura@example.jp", "network_news")
    assert mail.title == f"【{NAME}】ちらし"
    assert "日にちをお知らせください。" in read_message(db, mail.id).text
    assert "に送りました" in client.get(one).text
    assert send(client, f"{page}/news/new", title="", text="").count("入力してください") >= 2


def test_an_offer_is_brought_together_with_the_best_need_after_a_look_at_both(
    client: ReadingClient, db: Database, network: int, page: str
) -> None:
    listing = store.read_of_network(db, NAME)[0].id
    until = (today() + dt.timedelta(days=3)).isoformat()
    send(client, f"{page}/needs/new", listing=listing, kind="food", words="米", until=until)
    send(
        client, f"{page}/offers/new", kind="food", giver="米店 いなほ", words="精米した米",
        email="inaho@example.jp", place="西東京市田無町3丁目", reach="",
    )  # fmt: skip
    told = client.get(f"{page}/needs").text
    assert re.search(r"同じ種類・約?[0-9.]+ k?m・あと3日", told)
    pair = f"{page}/offers/1/needs/1"
    told = client.get(pair).text
    assert "042-000-0082" in told
    assert told.count("inaho@example.jp") > 2, "beside the mails, too"
    assert read_mails(db) == []
    seen = seen_on(told)
    assert client.post(pair, data={"form_token": client.token(pair)}).status_code == 409
    done = press(client, pair, pair, seen=seen)
    mails = {mail.to: read_message(db, mail.id).text for mail in read_mails(db)}
    assert set(mails) == {"inaho@example.jp", "sakura@example.jp"}
    assert "sakura@example.jp" in mails["inaho@example.jp"]
    assert "inaho@example.jp" in mails["sakura@example.jp"]
    assert "ほかの人が先に" in client.get(press(client, f"{page}/needs", pair, seen=seen)).text
    take_back(client, done)
    assert helping.read_needs(db, network, today())[0].standing is Standing.OPEN
    assert {mail.state for mail in read_mails(db)} == {MailState.DROPPED}


def test_a_mail_that_nobody_saw_like_this_is_shown_before_two_are_brought_together(
    client: ReadingClient, db: Database, network: int, page: str
) -> None:
    listing = store.read_of_network(db, NAME)[0].id
    helping.add_need(db, network, listing, Help.FOOD, "米", "", None, "test")
    helping.add_offer(db, network, Offer(Help.FOOD, "米店", email="a@example.jp"), "test")
    pair = f"{page}/offers/1/needs/1"
    seen = seen_on(client.get(pair).text)
    more = Person("椿", email="tsubaki@example.jp")
    members.add_person(db, network, f"listing:{listing}", more, "test")
    data = {"form_token": client.token(pair), "seen": seen}
    answer = client.post(pair, data=data)
    assert answer.status_code == 409
    assert "その間にほかの人が変更しました" in answer.text
    assert "tsubaki@example.jp" in answer.text
    assert read_mails(db) == []
    press(client, pair, pair, seen=seen_on(answer.text))
    assert len(read_mails(db)) == 3


def test_what_does_not_fit_is_not_suggested_again_until_that_is_taken_back(
    client: ReadingClient, db: Database, network: int, page: str
) -> None:
    listing = store.read_of_network(db, NAME)[0].id
    helping.add_need(db, network, listing, Help.FOOD, "米", "", None, "test")
    helping.add_offer(db, network, Offer(Help.FOOD, "米店", "042-000-0001", words="米"), "test")
    pair = f"{page}/offers/1/needs/1"
    done = press(client, f"{page}/needs", f"{pair}/judge", step="unfit")
    assert f'href="{pair}"' not in client.get(done).text
    assert f'href="{pair}"' in client.get(take_back(client, done)).text


def test_an_offer_needs_a_contact_a_known_place_and_a_day_to_come(
    client: ReadingClient, page: str
) -> None:
    told = send(
        client, f"{page}/offers/new", kind="food", giver="米店", words="米", place="ぬばたま",
        until="2020-01-01",
    )  # fmt: skip
    assert "電話番号かメールアドレスを入れてください" in told
    assert "この場所がわかりません" in told
    assert "この日は過ぎています" in told


@pytest.mark.parametrize("done", ["off", "joined", "task_done", "person_removed", "nothing"])
@pytest.mark.parametrize("one", ["", "1-1-1", "x", "99999999999", "1"])
def test_an_address_that_somebody_made_up_says_nothing_wrong(
    client: ReadingClient, page: str, done: str, one: str
) -> None:
    assert client.get(f"{page}?done={done}&one={one}").status_code == 200


def test_nothing_of_it_is_public(client: ReadingClient, db: Database, network: int) -> None:
    listing = store.read_of_network(db, NAME)[0].id
    person = Person(SECRET, SECRET, "042-000-0099", f"{SECRET}@example.jp")
    members.add_person(db, network, f"listing:{listing}", person, "test")
    members.add_partner(db, network, PartnerKind.COMPANY, SECRET, "test")
    meeting = Meeting(today(), place=SECRET, agenda=SECRET, minutes=SECRET)
    meetings.keep_meeting(db, network, meeting, "test")
    news.keep_news(db, network, SECRET, SECRET, "test")
    helping.add_need(db, network, listing, Help.FOOD, SECRET, SECRET, None, "test")
    helping.add_offer(db, network, Offer(Help.FOOD, SECRET, words=SECRET), "test")
    for address in ("/", f"/listings/{listing}", "/search", "/about", "/events", "/search.csv",
                    "/api/services", "/listings.geojson", f"/api/services/{listing}"):  # fmt: skip
        told = client.get(address).text
        assert SECRET not in told, address
        assert "042-000-0099" not in told, address
    assert SECRET not in client.get("/search", query_string={"q": NAME}).text
