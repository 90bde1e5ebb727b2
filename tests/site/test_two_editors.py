"""Two people who write about one lead at the same time do not overwrite each other."""

import pytest
from support import ReadingClient, press, seen_on
from werkzeug.test import TestResponse

from ibasho.data.database import Database
from ibasho.data.listings import Kind
from ibasho.data.pipeline import Item, Lead, add_lead, add_task, read_checks, read_lead

MEANWHILE = "ほかの人が先に変更しました"
KNOWN = {"kind": "free_school", "name": "川べりの学び舎"}


@pytest.fixture
def page(client: ReadingClient, db: Database) -> str:
    """The page of a lead, for who is signed in."""
    client.sign_in()
    lead = add_lead(db, Lead(Kind.FREE_SCHOOL, KNOWN["name"]), "test")
    return f"/coordinator/pipeline/{lead}"


def post(client: ReadingClient, address: str, /, **data: str) -> TestResponse:
    """Send a form that was opened a while ago."""
    token = client.token("/coordinator/")
    return client.post(address, data={"form_token": token, **data})


def lead_id(page: str) -> str:
    return page.rpartition("/")[2]


def test_what_is_known_of_a_lead_is_not_overwritten_unseen(
    client: ReadingClient, db: Database, page: str
) -> None:
    change = f"{page}/change"
    first, second = (seen_on(client.get(change).text) for _ in range(2))
    assert post(client, change, **KNOWN, place="南町", seen=first).status_code == 303
    answer = post(client, change, **KNOWN, place="北町", seen=second)
    assert answer.status_code == 409
    assert MEANWHILE in answer.text
    assert "北町" in answer.text, "what was typed is still there"
    assert read_lead(db, lead_id(page)).body.place == "南町"
    again = post(client, change, **KNOWN, place="北町", seen=seen_on(answer.text))
    assert again.status_code == 303
    assert read_lead(db, lead_id(page)).body.place == "北町"


def test_a_task_of_a_lead_is_not_overwritten_unseen(
    client: ReadingClient, db: Database, page: str
) -> None:
    add_task(db, lead_id(page), "電話する", None, None, "test")
    task = {"task": str(read_lead(db, lead_id(page)).tasks[0].id), "owner": "", "due_on": ""}
    first, second = (seen_on(client.get(page).text) for _ in range(2))
    assert post(client, f"{page}/tasks", **task, text="訪ねる", seen=first).status_code == 303
    answer = post(client, f"{page}/tasks", **task, text="手紙を書く", seen=second)
    assert answer.status_code == 409
    assert MEANWHILE in answer.text
    assert "訪ねる" in answer.text, "what they wrote"
    assert "手紙を書く" in answer.text, "what was typed"
    assert read_lead(db, lead_id(page)).tasks[0].text == "訪ねる"
    post(client, f"{page}/tasks", **task, text="手紙を書く", seen=seen_on(answer.text))
    assert read_lead(db, lead_id(page)).tasks[0].text == "手紙を書く"


def test_a_task_that_was_done_meanwhile_stays_done(
    client: ReadingClient, db: Database, page: str
) -> None:
    add_task(db, lead_id(page), "電話する", None, None, "test")
    task = str(read_lead(db, lead_id(page)).tasks[0].id)
    seen = seen_on(client.get(page).text)
    press(client, page, f"{page}/tasks", task=task)
    post(client, f"{page}/tasks", task=task, owner="", due_on="", text="訪ねる", seen=seen)
    [changed] = read_lead(db, lead_id(page)).tasks
    assert changed.text == "訪ねる"
    assert changed.done_on


def test_what_one_leaves_alone_in_the_checklist_stays_as_another_set_it(
    client: ReadingClient, db: Database, page: str
) -> None:
    shown = {"fire_shown": "not_yet ", "insurance_shown": "not_yet "}
    assert 'name="fire_shown" value="not_yet "' in client.get(page).text
    post(client, f"{page}/check", **shown, fire="done", fire_on="2026-11-01",
         insurance="not_yet", insurance_on="")  # fmt: skip
    post(client, f"{page}/check", **shown, fire="not_yet", fire_on="",
         insurance="done", insurance_on="2026-11-02")  # fmt: skip
    known = {one.item: one.mark for one in read_checks(db, lead_id(page))}
    assert (known[Item.FIRE], known[Item.INSURANCE]) == ("done", "done")


def test_an_item_of_the_checklist_that_both_change_is_asked_about(
    client: ReadingClient, db: Database, page: str
) -> None:
    shown = {"fire_shown": "not_yet "}
    post(client, f"{page}/check", **shown, fire="done", fire_on="2026-11-01")
    answer = post(client, f"{page}/check", **shown, fire="done", fire_on="2026-11-03")
    assert answer.status_code == 409
    assert MEANWHILE in answer.text
    assert 'value="2026-11-03"' in answer.text
    [fire] = [one for one in read_checks(db, lead_id(page)) if one.item is Item.FIRE]
    assert str(fire.done_on) == "2026-11-01"
    shown = {"fire_shown": "done 2026-11-01"}
    assert post(client, f"{page}/check", **shown, fire="done", fire_on="2026-11-03").location
