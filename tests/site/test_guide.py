"""Three questions that end in a search, and keep what was answered to themselves until then."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from support import ReadingClient

from ibasho.data.listings import Kind
from ibasho.site.public.guide import HARD, WHO, Hard, Who, answer

Publish = Callable[..., str]
Walks = Callable[..., Any]


def led_to(client: ReadingClient, address: str) -> tuple[str, dict[str, list[str]]]:
    """Where the answers lead: path and conditions."""
    reply = client.get(address)
    assert reply.status_code == 303
    parts = urlsplit(reply.headers["Location"])
    return parts.path, parse_qs(parts.query)


def test_the_questions_stand_without_any_answer(client: ReadingClient) -> None:
    page = client.get("/guide?utm_source=mail").text
    assert all(f'id="who-{one}"' in page for one in WHO)
    assert all(f'id="hard-{one}"' in page for one in HARD)
    assert "checked" not in page


def test_every_answer_has_its_words_and_leads_somewhere() -> None:
    assert set(WHO) == set(Who)
    assert set(HARD) == set(Hard)
    searches = {str(answer(None, hard)) for hard in Hard}
    # those who are not sure see everything, those in danger and those who want to talk the desks
    assert len(searches) == len(Hard) - 2


def test_the_answers_become_the_conditions_of_a_search(client: ReadingClient) -> None:
    path, conditions = led_to(client, "/guide?who=junior_high&hard=study&near=西東京市南町")
    assert path == "/search"
    assert conditions == {
        "kind": [Kind.LEARNING_SUPPORT],
        "ages": ["junior_high"],
        "near": ["東京都西東京市南町"],
    }


def test_a_question_may_be_left_out(client: ReadingClient) -> None:
    assert led_to(client, "/guide?near=") == ("/search", {})
    assert led_to(client, "/guide?hard=meals&near=")[1] == {"kind": [Kind.CHILDRENS_CAFETERIA]}


def test_a_parent_is_not_asked_for_an_age(client: ReadingClient) -> None:
    assert led_to(client, "/guide?who=parent&near=")[1] == {"kind": [Kind.PARENTING_SUPPORT]}
    assert led_to(client, "/guide?who=parent&hard=things&near=")[1] == {"kind": [Kind.FOOD_PANTRY]}


@pytest.mark.parametrize("hard", [Hard.TALK, Hard.DANGER])
def test_who_wants_to_talk_or_fears_for_a_child_meets_those_who_listen(
    client: ReadingClient, hard: Hard
) -> None:
    path, conditions = led_to(client, f"/guide?who=elementary&hard={hard}&near=西東京市南町")
    assert (path, conditions) == ("/desks", {})
    page = client.get(path).text
    assert page.index("tel:110") < page.index("tel:189") < page.index("tel:0120078310")


def test_where_somebody_lives_is_rounded_before_it_stands_in_an_address(
    client: ReadingClient,
) -> None:
    reply = client.get("/guide?hard=meals&near=西東京市南町5-6-13")
    assert "near=東京都西東京市南町5丁目" in unquote(reply.headers["Location"])
    assert "6-13" not in unquote(reply.headers["Location"])


def test_an_unknown_place_is_named_by_the_search(client: ReadingClient, publish: Publish) -> None:
    publish()
    page = client.get(client.get("/guide?near=ぬばたま町").headers["Location"]).text
    assert "ぬばたま町" in page
    assert 'role="alert"' in page


def test_another_language_stays_itself(client: ReadingClient) -> None:
    assert led_to(client, "/en/guide?hard=meals&near=")[0] == "/en/search"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_parent_walks_through_one_question_at_a_time(
    ward: str, walk: Walks, script: bool
) -> None:
    visit = walk(360, script)
    page = visit.page
    page.goto(ward)
    page.get_by_role("link", name="どれがいいかわからないとき").click()
    page.wait_for_url("**/guide")
    assert page.locator(".question:visible").count() == 1
    page.get_by_label("小学生", exact=True).check()
    page.get_by_role("link", name="質問2へ").click()
    assert page.locator(".question:visible h2").inner_text() == "今、何にこまっていますか？"
    page.get_by_label("ごはんのこと").check()
    page.get_by_role("link", name="質問3へ").click()
    page.get_by_role("link", name="質問2にもどる").click()
    assert page.get_by_label("ごはんのこと").is_checked()
    assert "?" not in page.url
    page.get_by_role("link", name="質問3へ").click()
    page.get_by_label("知っている場所").fill("西東京市南町5-6-13")
    page.get_by_role("button", name="合うところを見る").click()
    page.locator("article.card").first.wait_for()
    conditions = parse_qs(urlsplit(page.url).query)
    assert conditions["kind"] == [Kind.CHILDRENS_CAFETERIA]
    assert conditions["ages"] == ["elementary"]
    assert conditions["near"] == ["東京都西東京市南町5丁目"]
    assert page.locator("article.card").count() > 0
    assert visit.wrong == []
    assert visit.hosts() == {urlsplit(ward).netloc}


def test_by_keyboard_enter_goes_on_and_only_the_last_one_sends(ward: str, walk: Walks) -> None:
    page = walk(1280).page
    page.goto(f"{ward}/guide")
    page.get_by_label("高校生").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/guide#hard")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "hard"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/guide#where")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "near"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*ages=high*")
