"""Pages about hard subjects: danger first, who listens, and the way out of them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browsing import served
from support import ReadingClient

from ibasho.data.listings import Kind, Phone
from ibasho.site.app import create_app
from ibasho.site.config import Settings

Publish = Callable[..., str]
Walks = Callable[..., Any]

HARD = [
    "/desks", "/child", "/guide", "/search?kind=consultation_desk", "/search?q=相談",
    "/search?q=不登校", "/search?q=学校でいじめ", "/en/desks",
]  # fmt: skip


def test_pages_about_hard_subjects_can_be_left_with_one_tap(
    client: ReadingClient, publish: Publish
) -> None:
    desk = publish(name="相談室", kind=Kind.CONSULTATION_DESK, phones=(Phone("042-000-0000"),))
    for address in (*HARD, f"/listings/{desk}"):
        page = client.get(address).text
        assert 'href="https://www.jma.go.jp/" rel="noreferrer" data-exit' in page, address


def test_danger_stands_before_all_else_where_somebody_asks_for_help(
    client: ReadingClient, publish: Publish
) -> None:
    desk = publish(name="相談室", kind=Kind.CONSULTATION_DESK, phones=(Phone("042-000-0000"),))
    for address in ("/search?kind=consultation_desk", "/search?q=相談", f"/listings/{desk}"):
        page = client.get(address).text
        numbers = [page.index(f"tel:{one}") for one in ("110", "119", "189", "0420000000")]
        assert numbers == sorted(numbers), address
    assert "tel:0120078310" in client.get("/search?q=死にたい").text


def test_other_pages_have_neither(client: ReadingClient, publish: Publish) -> None:
    meal = publish()
    for address in ("/", "/search", "/search?q=子ども食堂", f"/listings/{meal}", "/events"):
        page = client.get(address).text
        assert "data-exit" not in page, address
        assert "tel:110" not in page, address


def test_an_operator_says_where_one_leaves_to(settings: Settings, data_dir: Path) -> None:
    away = Settings(data_dir, settings.secret_key, exit_url="https://news.example/")
    app = create_app(away)
    assert 'href="https://news.example/"' in app.test_client().get("/desks").text


@pytest.fixture
def leaving(
    data_dir: Path, publish: Publish, tiles: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, str]]:
    """A server, and the page that one leaves to."""
    publish()
    away = f"{tiles.split('{', maxsplit=1)[0]}away"
    monkeypatch.setenv("IBASHO_EXIT_URL", away)
    with served(data_dir, "") as site:
        yield site, away


@pytest.mark.parametrize("how", ["tap", "Esc"])
def test_leaving_puts_another_page_in_the_place_of_this_one(
    leaving: tuple[str, str], walk: Walks, how: str
) -> None:
    site, away = leaving
    visit = walk(360)
    page = visit.page
    page.goto(site)
    page.goto(f"{site}/desks")
    assert visit.hosts() == {urlsplit(site).netloc}
    if how == "tap":
        page.get_by_role("link", name="このページを閉じる").click()
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url(away)
    page.go_back()
    assert page.url == f"{site}/"


def test_twice_esc_is_not_enough(leaving: tuple[str, str], walk: Walks) -> None:
    site, _ = leaving
    page = walk(360).page
    page.goto(f"{site}/desks")
    for key in ("Escape", "Escape", "Tab", "Escape"):
        page.keyboard.press(key)
    assert page.locator("h1").is_visible()


def test_without_script_it_is_a_link_that_tells_nobody_where_one_was(
    leaving: tuple[str, str], walk: Walks
) -> None:
    site, away = leaving
    page = walk(360, False).page
    page.goto(f"{site}/desks")
    with page.expect_request(away) as asked:
        page.get_by_role("link", name="このページを閉じる").click()
    assert "referer" not in asked.value.headers
    assert page.get_by_text("Escキー").is_hidden()
