"""A result within the page of a school or a city."""

import http.server
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask import Flask
from support import ReadingClient

from ibasho.data.listings import Kind
from ibasho.site.app import create_app
from ibasho.site.config import Settings, UnsafeConfigurationError

Publish = Callable[..., str]
Walks = Callable[..., Any]


def may_frame(client: ReadingClient, address: str) -> str:
    """Who may show this page within another."""
    found = re.search(
        "frame-ancestors ([^;]+)", client.get(address).headers["Content-Security-Policy"]
    )
    assert found
    return found[1]


def test_no_page_but_this_one_may_be_shown_within_another(
    app: Flask, client: ReadingClient, publish: Publish
) -> None:
    publish()
    for _ in range(2):  # made anew, and kept
        assert may_frame(client, "/embed") == may_frame(client, "/en/embed") == "*"
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments and rule.rule != "/embed":
            assert may_frame(client, rule.rule) == "'none'", rule.rule


def test_an_operator_says_who_may_show_it(settings: Settings, publish: Publish) -> None:
    publish()
    app = create_app(replace(settings, embed_hosts="https://www.city.example.jp"))
    app.test_client_class = ReadingClient
    assert may_frame(app.test_client(), "/embed") == "https://www.city.example.jp"  # type: ignore[arg-type]


@pytest.mark.parametrize("hosts", ["", " ", "*; script-src *", "'self'", "a,b", "*\nX-A: b"])
def test_a_setting_that_would_change_the_policy_is_refused(settings: Settings, hosts: str) -> None:
    with pytest.raises(UnsafeConfigurationError, match="IBASHO_EMBED_HOSTS"):
        replace(settings, embed_hosts=hosts)


def test_it_shows_what_was_asked_for(client: ReadingClient, publish: Publish) -> None:
    publish(name="みなみ食堂")
    publish(name="あおぞら教室", kind=Kind.FREE_SCHOOL)
    page = client.get("/embed?kind=free_school").text
    assert "あおぞら教室" in page
    assert "みなみ食堂" not in page
    assert 'class="map"' not in page
    assert 'class="map"' in client.get("/embed?view=map").text


def test_the_lines_to_copy_show_the_same_conditions(
    client: ReadingClient, publish: Publish
) -> None:
    publish(kind=Kind.FREE_SCHOOL)
    page = client.get("/embed/how?kind=free_school&view=map&near=西東京市南町5-6-13").text
    lines = re.search("<pre><code>(.*?)</code></pre>", page, re.DOTALL)
    assert lines
    source = re.search('src="http://localhost(/embed[^"]*)"', unescape(lines[1]))
    assert source
    assert "5-6-13" not in page
    assert client.get(unescape(source[1])).status_code == 200
    assert "view=map" in source[1] and "kind=free_school" in source[1]


@pytest.fixture
def school(ward: str) -> Iterator[str]:
    """The page of a school on another host, with the frame in it."""

    class School(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            frames = "".join(
                f'<iframe src="{ward}{path}" width="340" height="600"></iframe>'
                for path in ("/embed?view=map", "/search")
            )
            self.wfile.write(f"<!doctype html><title>学校</title><h1>学校</h1>{frames}".encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), School)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_it_works_within_a_page_of_another_host(school: str, ward: str, walk: Walks) -> None:
    page = walk(360).page
    page.goto(school)
    inner = page.frame_locator("iframe").first
    inner.locator("article.card").first.wait_for()
    inner.get_by_role("button", name="地図を見る").click()
    inner.locator(".place").first.wait_for()
    assert page.url == school
    with page.context.expect_page() as opened:
        inner.locator("article.card h3 a").first.click()
    assert opened.value.url.startswith(f"{ward}/listings/")
    assert opened.value.evaluate("window.opener") is None
    assert page.url == school
    assert page.frame_locator("iframe").nth(1).locator("article.card").count() == 0


def test_a_place_that_is_not_known_is_said_and_gives_no_lines(client: ReadingClient) -> None:
    how = client.get("/embed/how?near=ぬばたま").text
    assert "「ぬばたま」という場所が見つかりません" in how
    assert 'value="ぬばたま"' in how
    assert "&lt;iframe" not in how
    assert "「ぬばたま」という場所が見つかりません" in client.get("/embed?near=ぬばたま").text
