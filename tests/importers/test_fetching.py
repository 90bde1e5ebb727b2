"""A list on the web is fetched again; nothing inside the network is asked without leave."""

import datetime as dt
import http.server
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from click.testing import CliRunner
from support import publisher

from ibasho.data.database import Database
from ibasho.data.geocode import geocode
from ibasho.data.imports.feeds import Feed, keep_feed, read_feed
from ibasho.data.imports.runs import read_runs
from ibasho.importers import fetching
from ibasho.importers.desk import stated
from ibasho.importers.feeds import Fetching, fetch_feed
from ibasho.importers.fetching import FetchError, fetch
from ibasho.importers.report import ImportOptions
from ibasho.site.commands import main

TODAY = dt.date(2026, 12, 1)
TABLE = "名称,住所,開催日\r\nひだまり食堂,東京都西東京市南町5-6-13,毎月第2土曜日\r\n"


class Web:
    """A server on this machine; `body` is the list that it gives."""

    def __init__(self) -> None:
        self.body, self.status, self.location = TABLE.encode(), 200, ""
        self.asked: list[dict[str, str]] = []
        web = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.asked.append(dict(self.headers))
                etag = f'"{hash(web.body)}"'
                is_known = self.headers.get("If-None-Match") == etag
                self.send_response(304 if is_known else web.status)
                self.send_header("ETag", etag)
                if web.location:
                    self.send_header("Location", web.location)
                if not is_known:
                    self.send_header("Content-Length", str(len(web.body)))
                self.end_headers()
                with suppress(ConnectionError):
                    self.wfile.write(b"" if is_known else web.body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/131_kodomo.csv"


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    yield web
    web.server.shutdown()
    web.server.server_close()


@pytest.fixture
def feed(db: Database, web: Web) -> Feed:
    options = ImportOptions(
        format="table",
        mapping={"名称": "name", "住所": "address", "開催日": "schedule"},
        source="西東京市の一覧",
    )
    return read_feed(db, keep_feed(db, None, "西東京市の一覧", web.url, stated(options), 7, "test"))


def ask(db: Database, feed: Feed) -> Fetching:
    return fetch_feed(db, read_feed(db, feed.id), TODAY, geocode, allow_private=True)[0]


def test_what_is_new_waits_and_is_not_published(db: Database, feed: Feed) -> None:
    assert ask(db, feed) is Fetching.WAITS
    [run] = read_runs(db)
    assert (run.state, run.names, run.feed) == ("open", ("131_kodomo.csv",), feed.id)
    assert db.execute("SELECT count(*) FROM listing").fetchone()[0] == 0


def test_the_same_edition_is_not_sent_again(db: Database, feed: Feed, web: Web) -> None:
    ask(db, feed)
    assert ask(db, feed) is Fetching.UNCHANGED
    assert "If-None-Match" in web.asked[1]
    web.body = TABLE.replace("第2", "第3").encode()
    assert ask(db, feed) is Fetching.WAITS
    assert [run.state for run in read_runs(db)] == ["open", "dropped"], "the newest alone waits"


def test_what_resembles_a_listing_is_doubtful(db: Database, feed: Feed) -> None:
    publisher(db)("ひだまり こども食堂", address="東京都西東京市南町5-6-13")
    assert ask(db, feed) is Fetching.DOUBTFUL


def test_what_is_no_list_is_said(db: Database, feed: Feed, web: Web) -> None:
    web.body = b"<html>moved</html>"
    assert ask(db, feed) is Fetching.FAILED
    assert "is not a table" in read_feed(db, feed.id).problem
    web.status = 404
    assert ask(db, feed) is Fetching.FAILED
    assert read_feed(db, feed.id).problem == "answer: 404"
    assert read_runs(db) == []


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:{port}/x", "http://localhost:{port}/x", "http://[::1]:{port}/x",
     "http://0.0.0.0:{port}/x", "http://2130706433:{port}/x", "http://[::ffff:127.0.0.1]:{port}/x",
     "http://10.0.0.1/x", "http://169.254.169.254/latest"],
)  # fmt: skip
def test_nothing_inside_the_network_is_asked(web: Web, url: str) -> None:
    with pytest.raises(FetchError, match=r"private|network"):
        fetch(url.format(port=web.server.server_port))
    assert web.asked == []


@pytest.mark.parametrize("url", ["ftp://x.example/", "file:///etc/passwd", "http://", "http://a@b/",
                                 "http://x.example/ a", "http://x.example:99999/"])  # fmt: skip
def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    with pytest.raises(FetchError, match="address"):
        fetch(url)


def test_a_redirect_into_the_network_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, web: Web
) -> None:
    web.status, web.location = 302, "http://127.0.0.1:9/inside"
    looked = list[str]()

    def is_public(address: str) -> bool:
        looked.append(address)
        return len(looked) == 1

    monkeypatch.setattr(fetching, "_is_public", is_public)
    with pytest.raises(FetchError, match="private"):
        fetch(web.url)
    assert len(web.asked) == 1


def test_redirects_end(web: Web) -> None:
    web.status, web.location = 302, web.url
    with pytest.raises(FetchError, match="redirects"):
        fetch(web.url, allow_private=True)


def test_a_list_that_is_too_large_is_left(monkeypatch: pytest.MonkeyPatch, web: Web) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 50)
    with pytest.raises(FetchError, match="large"):
        fetch(web.url, allow_private=True)


def test_a_server_that_is_not_there_is_said() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(FetchError, match="network"):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)


def test_the_command_fetches_what_is_due_or_named(
    db: Database, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(db.execute("PRAGMA database_list").fetchone()[2]).rpartition("/")[0]

    def run(*arguments: str) -> dict[str, list[dict[str, str]]]:
        result = CliRunner().invoke(main, ["--data-dir", folder, "fetch", "--json", *arguments])
        return dict(json.loads(result.output))

    assert run()["fetched"][0]["problem"] == "private"
    monkeypatch.setenv("IBASHO_FETCH_PRIVATE", "1")
    assert run()["fetched"] == [], "it was asked a moment ago"
    assert run("西東京市の一覧")["fetched"][0]["result"] == "waits"
