"""Erasing at the desk: looked at first, then done for good, and nothing of it in an address."""

from collections.abc import Callable
from html import unescape

import pytest
from support import ReadingClient

from ibasho.data.database import Database
from ibasho.data.erasing import find_traces
from ibasho.data.listings import ContactVisibility, Phone
from ibasho.data.record import read_record

Publish = Callable[..., str]
PAGE = "/coordinator/erase"
NUMBER = "090-1234-5678"


@pytest.fixture
def coordinator(client: ReadingClient) -> ReadingClient:
    return client.sign_in()


def ask(client: ReadingClient, **fields: str) -> tuple[int, str]:
    """Send the form; the status, and the text of the page or the address that follows."""
    guard = {"form_token": client.token(PAGE)}
    answer = client.post(PAGE, data=guard | fields)
    return answer.status_code, answer.headers.get("Location") or unescape(answer.text)


def test_where_it_stands_is_shown_before_anything_is_erased(
    db: Database, coordinator: ReadingClient, publish: Publish
) -> None:
    publish("ほしぞら食堂", phones=(Phone(NUMBER, "", ContactVisibility.STAFF_ONLY),))
    status, page = ask(coordinator, words=NUMBER)
    assert status == 200
    assert f"「{NUMBER}」はここに書かれています" in page
    assert "掲載内容（過去の版を含む）" in page
    assert "ほしぞら食堂" in page
    assert find_traces(db, NUMBER).total == 1


def test_what_is_confirmed_is_erased_and_the_address_does_not_say_what(
    db: Database, coordinator: ReadingClient, publish: Publish
) -> None:
    publish("ほしぞら食堂", note=f"代表は {NUMBER}", phones=(Phone(NUMBER),))
    status, after = ask(coordinator, words=NUMBER, sure="y")
    assert (status, after) == (303, f"{PAGE}?erased=1")
    assert "1件から消去しました。" in coordinator.get(after).text
    assert find_traces(db, NUMBER).total == 0
    assert [one.action for one in read_record(db, "site")] == ["erase"]


def test_nothing_found_says_what_to_try(coordinator: ReadingClient) -> None:
    _, page = ask(coordinator, words=NUMBER)
    assert "どこにも書かれていません。" in page
    assert 'name="sure"' not in page


def test_too_little_is_refused_with_words(coordinator: ReadingClient) -> None:
    status, page = ask(coordinator, words="林", sure="y")
    assert status == 422
    assert "3文字以上で入力してください。" in page


def test_a_copy_to_hand_over_is_a_table_whose_name_says_nothing(
    db: Database, coordinator: ReadingClient, publish: Publish
) -> None:
    publish("ほしぞら食堂", note=f"=代表は {NUMBER}")
    fields = {"form_token": coordinator.token(PAGE), "words": NUMBER, "give": "1"}
    answer = coordinator.post(PAGE, data=fields)
    assert answer.mimetype == "text/csv"
    assert NUMBER not in answer.headers["Content-Disposition"]
    assert f"掲載内容（過去の版を含む）,'=代表は {NUMBER}" in answer.get_data(as_text=True)
    assert "give_out" in [one.action for one in read_record(db, "site")]
    assert find_traces(db, NUMBER).total == 1
