"""Bringing somebody on board: the board, the page of a lead, and the way of a registration."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from support import ReadingClient, seen_on

from ibasho.data.accounts import Scope, set_scope
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.listings import AddressVisibility, Kind, State, locate, store
from ibasho.data.mail import Message, read_mails, read_message
from ibasho.data.pipeline import (
    Item,
    Lead,
    Person,
    Stage,
    add_lead,
    read_checks,
    read_lead,
    read_leads,
    read_notes,
)

Publish = Callable[..., str]
CANARY = "かなりあ"

FORM = {
    "kind": "childrens_cafeteria",
    "name": "ほしぞら食堂",
    "municipality": "東京都西東京市",
    "address": "南町5-6-13",
    "visibility": "exact",
    "schedule_text": "毎月第2・4土曜日 11:30～14:00",
    "phone": "042-000-0000",
    "person": f"{CANARY}さん",
    "mail": "canary@example.jp",
    "office_phone": "090-8888-7777",
    "consent": "y",
    "form_key": "a-form",
}
LEAD = Lead(
    Kind.FREE_SCHOOL, "川べりの学び舎", "東京都西東京市", "南町", "スクラムウエスト",
    source="町会長", people=(Person("山田", "代表", "042-000-0001", "yamada@example.jp"),),
)  # fmt: skip


def send(client: ReadingClient, address: str, /, **data: str) -> str:
    """Send a form to an address; where it led, or what it says."""
    page = client.get(address if address.startswith(("/register", "/confirm")) else "/sign-in")
    token = re.search(r'name="form_token" value="([^"]+)"', page.text)
    assert token
    answer = client.post(address, data={"form_token": token[1], **data})
    return answer.headers.get("Location") or answer.text


def press(client: ReadingClient, address: str, /, **data: str) -> str:
    """Press a button of the desk; the page where it led."""
    token = client.token("/coordinator/")
    answer = client.post(address, data={"form_token": token, **data})
    return client.get(answer.location).text if answer.location else answer.text


def newest_mail(db: Database) -> Message:
    return read_message(db, read_mails(db)[0].id)


def link_in(mail: Message) -> str:
    found = re.search(r"/confirm/[a-z0-9]+", mail.text)
    assert found
    return found[0]


# -- registering


def test_the_next_dates_are_shown_before_anything_is_sent(
    client: ReadingClient, db: Database
) -> None:
    page = send(client, "/register", **FORM, step="check")
    assert page.count("<time ") == 6
    assert "<dd>ほしぞら食堂</dd>" in page
    assert db.table("listing").count == 0
    assert 'value="ほしぞら食堂"' in send(client, "/register", **FORM, step="change")
    assert "行く前にお問い合わせください" in send(
        client, "/register", **FORM | {"schedule_text": "ときどき"}
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("address", ""), ("mail", "nobody"), ("mail", "a@b@c.jp"), ("phone", "たなか"),
     ("person", ""), ("consent", ""), ("municipality", "ぬばたま市"), ("mail", "a@b.jp,c@d.jp")],
)  # fmt: skip
def test_what_is_wrong_is_said_on_top_and_nothing_is_lost(
    client: ReadingClient, db: Database, field: str, value: str
) -> None:
    data = {name: one for name, one in (FORM | {field: value}).items() if one}
    page = send(client, "/register", **data, step="send")
    summary = page.split('role="alert"')[1].split("</section>")[0]
    assert f'href="#{field}"' in summary
    assert "毎月第2・4土曜日 11:30～14:00" in page
    assert db.table("lead").count == 0


def test_a_place_that_is_listed_is_shown_before_it_is_sent(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish("子ども食堂 ほしぞら", address="東京都西東京市南町5丁目6番13号")
    for step in ("check", "send"):
        page = send(client, "/register", **FORM, step=step)
        assert f"/listings/{listing}" in page, step
    assert db.table("lead").count == 0
    assert "thanks/sent" in send(client, "/register", **FORM, step="send", is_other="1")


def test_no_warning_tells_where_a_hidden_place_lies(
    client: ReadingClient, publish: Publish
) -> None:
    hidden = locate("東京都西東京市", "南町5-6-13", "", AddressVisibility.AREA_ONLY)
    publish("ほしぞらのいえ食堂", location=hidden)
    right = send(client, "/register", **FORM | {"name": "ほしぞらのいえ食堂さん"}, step="check")
    other = {"name": "ほしぞらのいえ食堂さん", "address": "泉町1-1-1"}
    wrong = send(client, "/register", **FORM | other, step="check")
    assert ("/listings/" in right) == ("/listings/" in wrong)


def test_a_machine_that_fills_the_hidden_field_is_thanked_and_nothing_is_kept(
    client: ReadingClient, db: Database
) -> None:
    assert "thanks/sent" in send(client, "/register", **FORM, step="send", homepage="x")
    assert db.table("lead").count == 0
    assert read_mails(db) == []


def test_a_form_that_is_sent_twice_is_kept_once(client: ReadingClient, db: Database) -> None:
    for _ in range(2):
        assert "thanks/sent" in send(client, "/register", **FORM, step="send")
    assert db.table("lead").count == 1
    assert len(read_mails(db)) == 1


def test_the_mail_to_confirm_carries_nothing_that_a_stranger_wrote(
    client: ReadingClient, db: Database
) -> None:
    send(client, "/register", **FORM | {"name": f"{CANARY} http://x.example/"}, step="send")
    mail = newest_mail(db)
    assert CANARY not in mail.title + mail.text
    assert "x.example" not in mail.title + mail.text
    assert CANARY in client.get(link_in(mail)).text


def test_one_visitor_who_registers_again_and_again_is_asked_to_call(
    client: ReadingClient, db: Database
) -> None:
    for number in range(11):
        more = {"mail": f"{number}@example.jp", "form_key": f"form {number}", "is_other": "1"}
        answer = send(client, "/register", **FORM | more, step="send")
    assert "今日の受付はいっぱいです" in answer
    assert db.table("lead").count == 10


def test_registering_leaves_no_cookie(client: ReadingClient) -> None:
    token = client.token("/register")
    answer = client.post("/register", data=FORM | {"form_token": token, "step": "send"})
    assert "Set-Cookie" not in answer.headers


def test_a_mail_address_is_public_only_where_that_is_ticked(
    client: ReadingClient, db: Database, data_dir: Path
) -> None:
    send(client, "/register", **FORM, step="send")
    more = {"name": "べつの食堂", "address": "泉町3-12-25", "form_key": "b",
            "mail": "open@example.jp", "mail_is_public": "y"}  # fmt: skip
    send(client, "/register", **FORM | more, step="send")
    client.sign_in()
    for revision in store.read_waiting(db):
        press(client, f"/coordinator/revisions/{revision.id}/approve")
    pages = [client.get("/search").text, client.get("/search.csv").text]
    pages += [client.get("/api/services").text, client.get("/listings.geojson").text]
    pages += [client.get(f"/listings/{one.id}").text for one in store.read_all_public(db)]
    seen = "".join(pages)
    assert "open@example.jp" in seen
    for secret in (CANARY, "canary@", "090-8888-7777"):
        assert secret not in seen
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for secret in (CANARY, "canary@", "090-8888-7777"):
        assert secret.encode() not in (data_dir / "ibasho.db").read_bytes()


def test_who_has_not_answered_the_mail_waits_for_no_decision_and_the_review_says_so(
    client: ReadingClient, db: Database
) -> None:
    send(client, "/register", **FORM, step="send")
    confirm = link_in(newest_mail(db))
    [revision] = store.read_waiting(db)
    review, unsure = f"/coordinator/revisions/{revision.id}", "メールアドレスの確認はまだです"
    client.sign_in()
    assert review not in client.get("/coordinator/").text
    page = client.get(review).text
    assert unsure in page.split("/approve")[0]
    assert "/approve" in page
    send(client, confirm)
    assert review in client.get("/coordinator/").text
    assert unsure not in client.get(review).text


def test_a_dead_link_says_what_to_do(client: ReadingClient) -> None:
    assert client.get("/confirm/nothing").status_code == 404
    assert "リンク全体" in client.get("/confirm/nothing").text


def test_looking_at_a_link_uses_nothing_up(client: ReadingClient, db: Database) -> None:
    send(client, "/register", **FORM, step="send")
    link = link_in(newest_mail(db))
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert "thanks/confirmed" in send(client, link)
    assert client.get(link).status_code == 410


# -- the desk


def test_a_lead_is_kept_with_its_name_alone_and_stands_on_the_board(
    client: ReadingClient, db: Database
) -> None:
    client.sign_in()
    assert "coordinator/pipeline/new" in client.get("/coordinator/pipeline").text
    page = press(client, "/coordinator/pipeline/new", name="あたらしい場", kind="free_school")
    assert "あたらしい場" in page
    board = client.get("/coordinator/pipeline").text
    assert "あたらしい場" in board.split("stage-found")[1].split("</section>")[0]
    assert "山田" not in board


def test_a_lead_goes_along_with_buttons_and_says_what_is_missing(
    client: ReadingClient, db: Database
) -> None:
    client.sign_in()
    lead = add_lead(db, Lead(Kind.FREE_SCHOOL, "川べり"), "test")
    address = f"/coordinator/pipeline/{lead}"
    assert "訪問・聞き取り" in press(client, f"{address}/move", stage="visited")
    page = press(client, f"{address}/move", stage="invited")
    assert "連絡先" in page.split('role="alert"')[1].split("</section>")[0]
    assert read_lead(db, lead).stage is Stage.VISITED
    press(client, f"{address}/undo")
    assert read_lead(db, lead).stage is Stage.FOUND
    assert 'role="alert"' in press(client, f"{address}/move", stage="declined")
    press(client, f"{address}/move", stage="declined", reason="来春から")
    assert "来春から" in client.get(address).text
    assert read_lead(db, lead).stage is Stage.DECLINED
    assert client.post(f"{address}/move", data={"stage": "x"}).status_code == 400


def test_checklist_visits_and_tasks_are_kept_and_taken_back(
    client: ReadingClient, db: Database
) -> None:
    client.sign_in()
    lead = add_lead(db, LEAD, "test")
    address = f"/coordinator/pipeline/{lead}"
    press(client, f"{address}/check", insurance="done", insurance_on="2026-11-01", fire="done")
    known = {check.item: check.mark for check in read_checks(db, lead)}
    assert known[Item.INSURANCE] == "done"
    assert known[Item.ALLERGY] == "not_yet"
    day = today().isoformat()
    page = press(client, f"{address}/notes", kind="visit", written_on=day, text="畑がある")
    assert "畑がある" in page
    [note] = read_notes(db, lead)
    assert "畑がある" not in press(client, f"{address}/notes", note=str(note.id))
    assert "畑がある" in press(client, f"{address}/notes", note=str(note.id), undo="1")
    page = press(client, f"{address}/tasks", text="電話する", due_on="2020-01-01")
    assert "日過ぎ" in page
    assert "日過ぎ" in client.get("/coordinator/pipeline").text
    task = read_lead(db, lead).tasks[0]
    of = {"task": str(task.id), "owner": ""}
    seen = seen_on(client.get(address).text)
    press(client, f"{address}/tasks", **of, text="訪ねる", due_on=day, seen=seen)
    [changed] = read_lead(db, lead).tasks
    assert (changed.text, changed.due_on, changed.owner) == ("訪ねる", today(), None)
    wrong = press(client, f"{address}/tasks", **of, text="", due_on="")
    assert f'href="#task-{task.id}-text"' in wrong
    press(client, f"{address}/tasks", task=str(task.id))
    assert read_lead(db, lead).next_task is None
    press(client, f"{address}/tasks", task=str(task.id), undo="1")
    assert read_lead(db, lead).next_task is not None
    for data in ({"text": ""}, {"text": "x", "due_on": "soon"}):
        assert 'role="alert"' in press(client, f"{address}/tasks", **data)
    assert 'role="alert"' in press(client, f"{address}/notes", kind="visit", text="")


def test_a_date_on_the_checklist_says_done_and_a_wrong_one_is_said_with_nothing_lost(
    client: ReadingClient, db: Database
) -> None:
    client.sign_in()
    lead = add_lead(db, LEAD, "test")
    address = f"/coordinator/pipeline/{lead}/check"
    page = press(client, address, fire="done", fire_on="2999-01-01",
                 insurance="not_yet", insurance_on="2026-11-01")  # fmt: skip
    assert 'href="#fire_on"' in page.split('role="alert"')[1].split("</section>")[0]
    assert 'value="2999-01-01"' in page
    assert 'value="2026-11-01"' in page
    assert {check.mark for check in read_checks(db, lead)} == {"not_yet"}
    press(client, address, insurance="not_yet", insurance_on="2026-11-01")
    known = {check.item: check.mark for check in read_checks(db, lead)}
    assert known[Item.INSURANCE] == "done"


def test_the_list_is_narrowed_down(client: ReadingClient, db: Database) -> None:
    client.sign_in()
    own = int(db.execute("SELECT max(id) FROM account").fetchone()[0])
    late = add_lead(db, LEAD, "test")
    press(client, f"/coordinator/pipeline/{late}/tasks", text="x", due_on="2020-01-01")
    add_lead(db, Lead(Kind.FOOD_PANTRY, "もう一つ", owner=own), "test")
    for asked, found in (
        ("", {"川べりの学び舎", "もう一つ"}), ("&overdue=1", {"川べりの学び舎"}),
        ("&kind=food_pantry", {"もう一つ"}), (f"&owner={own}", {"もう一つ"}),
        ("&stage=found", {"川べりの学び舎", "もう一つ"}), ("&stage=review", set()),
        ("&owner=x", set()),
    ):  # fmt: skip
        page = client.get(f"/coordinator/pipeline?view=list{asked}").text
        assert {name for name in ("川べりの学び舎", "もう一つ") if name in page} == found, asked


def test_a_listing_is_made_from_what_is_known(client: ReadingClient, db: Database) -> None:
    client.sign_in()
    lead = add_lead(db, LEAD, "test")
    page = client.get(f"/coordinator/listings/new?lead={lead}").text
    assert 'value="川べりの学び舎"' in page
    assert "yamada" not in page
    data = {"kind": "free_school", "name": "川べりの学び舎", "visibility": "exact"}
    token = client.token("/coordinator/listings/new")
    address = f"/coordinator/listings/new?lead={lead}"
    answer = client.post(address, data={"form_token": token, **data})
    assert answer.status_code == 303
    assert read_lead(db, lead).stage is Stage.REVIEW
    assert client.get("/coordinator/listings/new?lead=nobody").status_code == 404


def test_an_invitation_goes_out_once_a_day(client: ReadingClient, db: Database) -> None:
    client.sign_in()
    lead = add_lead(db, LEAD, "test")
    for _ in range(2):
        press(client, f"/coordinator/pipeline/{lead}/invite")
    [mail] = read_mails(db)
    assert (mail.to, mail.template) == ("yamada@example.jp", "invitation")
    assert "川べりの学び舎" in client.get(link_in(newest_mail(db))).text
    assert read_lead(db, lead).stage is Stage.INVITED


def test_a_coordinator_of_a_part_keeps_and_sees_leads_of_that_part(
    client: ReadingClient, db: Database
) -> None:
    client.sign_in()
    own = int(db.execute("SELECT max(id) FROM account").fetchone()[0])
    set_scope(db, own, Scope(networks=frozenset({"スクラムウエスト"})), "test")
    ours = add_lead(db, LEAD, "test")
    theirs = add_lead(db, Lead(Kind.FREE_SCHOOL, CANARY, network="よそ"), "test")
    for view in ("", "?view=list"):
        page = client.get(f"/coordinator/pipeline{view}").text
        assert ours in page
        assert theirs not in page
    assert client.get(f"/coordinator/listings/new?lead={theirs}").status_code == 404
    new = {"name": "x", "kind": "free_school"}
    assert 'href="#network"' in press(client, "/coordinator/pipeline/new", **new)
    press(client, "/coordinator/pipeline/new", **new, network="スクラムウエスト")
    assert {lead.body.network for lead in read_leads(db)} == {"スクラムウエスト", "よそ"}


def test_returning_needs_a_reason(client: ReadingClient, db: Database) -> None:
    send(client, "/register", **FORM, step="send")
    client.sign_in()
    [revision] = store.read_waiting(db)
    page = press(client, f"/coordinator/revisions/{revision.id}/reject", reason=" ")
    assert 'href="#reason"' in page
    assert store.read_waiting(db) == [revision]


def test_states_of_drafts_are_not_public(app: Flask, client: ReadingClient, db: Database) -> None:
    send(client, "/register", **FORM, step="send")
    [stored] = store.read_all_stored(db)
    assert stored.state is State.DRAFT
    assert client.get(f"/listings/{stored.id}").status_code == 404
    assert "ほしぞら" not in client.get("/search").text
