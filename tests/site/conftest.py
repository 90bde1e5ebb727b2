"""The real server, a real browser and a tile server of our own, for tests that walk."""

import http.server
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from browsing import Walk, launched, served
from flask import Flask
from playwright.sync_api import Browser, BrowserContext
from support import publisher

from ibasho.data.clock import today
from ibasho.data.database import open_database
from ibasho.data.demo import make_demo
from ibasho.data.listings import Phone, PositionSource, locate, pin
from ibasho.site.app import create_app
from ibasho.site.config import Settings

HOSTILE = "</script><img src=x onerror=alert(1)>${alert(2)}`'\""


def grey_tile() -> bytes:
    """A PNG of 256 × 256 grey pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    rows = b"".join(b"\x00" + b"\xee" * 256 for _ in range(256))
    head = struct.pack(">IIBBBBB", 256, 256, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.fixture(scope="session")
def tiles() -> Iterator[str]:
    """The address of a tile server on this machine."""
    tile = grey_tile()

    class Tiles(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            with suppress(ConnectionError):  # the window was closed meanwhile
                self.wfile.write(tile)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png"
    server.shutdown()
    server.server_close()


@pytest.fixture
def serve(data_dir: Path) -> Iterator[Callable[[str], str]]:
    """Serve the test's own data with these tiles ("" for none), and say where."""
    with ExitStack() as stack:
        yield lambda tiles: stack.enter_context(served(data_dir, tiles))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, tiles: str) -> Iterator[str]:
    """A server that knows four places, one of them with a hostile name."""
    data_dir = tmp_path_factory.mktemp("site")
    db = open_database(data_dir)
    publish = publisher(db)
    publish(name="みなみ子ども食堂", phones=(Phone("042-000-0000"),))
    publish(name="むこうだい食堂", address="東京都西東京市向台町2-16-22")
    publish(name="ひばりが丘食堂", address="東京都西東京市ひばりが丘2-12-16", phrase="不定期")
    publish(name=f"危ない名前{HOSTILE}", address="東京都西東京市泉町4-3-21", note=HOSTILE)
    db.close()
    with served(data_dir, tiles) as address:
        yield address


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the demo ward, without tiles."""
    data_dir = tmp_path_factory.mktemp("ward")
    db = open_database(data_dir)
    make_demo(db, today())
    db.close()
    with served(data_dir, "") as address:
        yield address


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The demo ward without a server, with more places of one district than a page holds."""
    folder = tmp_path_factory.mktemp("crowded")
    db = open_database(folder)
    make_demo(db, today())
    publish = publisher(db)
    for number in range(25):
        publish(name=f"まちかど食堂{number}", school_district="みなみ小学校区")
    point = pin(35.727, 139.548, PositionSource.FILE)
    where = locate("", "東京都西東京市南町5-6-13", pin=point)
    publish(name="ことばなしのひろば", location=where)
    db.close()
    return create_app(Settings(folder, "x" * 40))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def walk(browser: Browser) -> Iterator[Callable[..., Walk]]:
    """Open a new window: width in pixels, with or without JavaScript, more for the browser."""
    contexts: list[BrowserContext] = []

    def start(width: int = 1280, script: bool = True, **more: object) -> Walk:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale="ja-JP",
            **more,  # type: ignore[arg-type]
        )
        contexts.append(context)
        return Walk(context)

    yield start
    for context in contexts:
        context.close()
