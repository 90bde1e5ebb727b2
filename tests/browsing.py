"""The real server and the real browser, for tests that walk and for the pictures."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from support import free_port

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def launched() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(data_dir: Path, tiles: str) -> Iterator[str]:
    """The address of `ibasho serve` over a data directory, with these tiles ("" for none).

    One worker is enough for one visitor; what two are for is in test_serving.py.
    """
    port = free_port()
    child = subprocess.Popen(
        [Path(sys.executable).parent / "ibasho", "--data-dir", data_dir, "serve", "--port",
         str(port), "--workers", "1"],
        env=os.environ | {"IBASHO_TILES": tiles},
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
                break
            except OSError:
                assert child.poll() is None, "the server stopped"
                time.sleep(0.1)
        yield address
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(timeout=20)


class Walk:
    """A page in a browser, with everything it asked for and everything that went wrong."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog {dialog.message}"))
        self.page.on(
            "console",
            lambda message: self.wrong.append(message.text) if message.type == "error" else None,
        )

    def hosts(self) -> set[str]:
        """The hosts that were asked for anything."""
        return {url.split("/")[2] for url in self.asked if not url.startswith(("data:", "blob:"))}
