"""Take the pictures of the documentation: `make screens`. All places in them are made up."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from ibasho.data.clock import today
from ibasho.data.database import open_database
from ibasho.data.demo import DemoAccount, make_demo

HERE = Path(__file__).parent
PORT = 8077
CHROMIUM = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip

# Every page of the site, by the name of its picture; {listing} is the nearest cafeteria.
PAGES = {
    "home": "/",
    "search": "/search?near=西東京市南町5丁目",
    "search-saturday": "/search?q=子ども食堂&open=weekend&near=西東京市田無町",
    "search-nothing": "/search?q=スケートボード&near=西東京市田無町",
    "listing": "{listing}",
    "desks": "/desks",
    "sign-in": "/sign-in",
    "not-found": "/nowhere",
}
STAFF_PAGES = {
    "desk": "/coordinator/",
    "desk-listings": "/coordinator/listings",
    "desk-add": "/coordinator/listings/new",
}
WIDTHS = (360, 1280)


def main() -> None:
    """Serve the demo ward from a temporary folder and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(Path(folder))
        _, accounts = make_demo(db, today())
        db.close()
        server = subprocess.Popen(
            [Path(sys.executable).parent / "ibasho", "--data-dir", folder, "serve", "--workers",
             "1", "--port", str(PORT)],
            env=os.environ | {"IBASHO_TILES": ""},
        )  # fmt: skip
        try:
            take(f"http://127.0.0.1:{PORT}", accounts[0])
        finally:
            server.terminate()
            server.wait()


def take(site: str, account: DemoAccount) -> None:
    """Wait for the site and photograph every page at each width."""
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{site}/healthz").close()
            break
        except OSError:
            time.sleep(0.1)
    (HERE / "screens").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 800}, locale="ja-JP")
            page.goto(f"{site}{PAGES['search']}")
            listing = page.locator("article.card a").first.get_attribute("href") or "/"
            for name, address in PAGES.items():
                picture(page, site + address.format(listing=listing), f"{name}-{width}")
            page.goto(f"{site}/sign-in")
            page.get_by_label("メールアドレス").fill(account.email)
            page.get_by_label("パスワード").fill(account.password)
            page.get_by_role("button", name="ログイン").click()
            for name, address in STAFF_PAGES.items():
                picture(page, site + address, f"{name}-{width}")
            page.close()
        page = browser.new_page(viewport={"width": 1000, "height": 900}, locale="ja-JP")
        page.goto(f"{site}{PAGES['search']}")
        page.locator(".place").first.wait_for()
        page.evaluate(
            "window.scrollTo(0, document.querySelector('#result-heading').offsetTop - 20)"
        )
        page.screenshot(path=HERE / "search.png")
        browser.close()


def picture(page: Page, address: str, name: str) -> None:
    """Photograph one page, with its map where it has drawn one."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / "screens" / f"{name}.jpg", full_page=True, quality=60)


if __name__ == "__main__":
    main()
