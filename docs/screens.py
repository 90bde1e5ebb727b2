"""Take the pictures of the documentation: `make screens`. All places in them are made up."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

from ibasho.data.database import open_database
from ibasho.data.listings import CostOption, Kind, Listing, edit, locate
from ibasho.data.schedule import read_phrase

HERE = Path(__file__).parent
PORT = 8077
CHROMIUM = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip

PLACES = (
    (Kind.CHILDRENS_CAFETERIA, "ひだまり食堂", "南町4-9-2", "毎月第2・4土曜日 11:30～14:00"),
    (Kind.CHILDRENS_CAFETERIA, "こども食堂 にじのわ", "向台町3-2-8", "毎週水曜 17:00～19:00"),
    (Kind.PLACE_TO_BELONG, "放課後ひろば ぽけっと", "田無町5-1-1", "月～金 15:00～18:00"),
    (Kind.FREE_SCHOOL, "フリースクール そらいろ", "西原町2-4-6", "火・木・金 10:00～15:00"),
    (Kind.LEARNING_SUPPORT, "まなびや 柳沢", "柳沢1-7-3", "毎週土曜 13:00～16:00"),
    (Kind.FOOD_PANTRY, "おすそわけ本舗", "芝久保町1-12-5", "毎月最終日曜 10:00～12:00"),
    (Kind.CHILDRENS_CAFETERIA, "おかえりキッチン", "緑町2-8-10", "月1回程度、不定期"),
)


def fill(data_dir: Path) -> None:
    """Publish the made-up places."""
    db = open_database(data_dir)
    for kind, name, address, phrase in PLACES:
        listing = Listing(
            kind=kind, name=name, location=locate("東京都西東京市", address),
            schedule=read_phrase(phrase), schedule_text=phrase,
            costs=(CostOption("elementary", 0), CostOption("adult", 300)),
        )  # fmt: skip
        edit.approve_revision(db, edit.propose_listing(db, listing, "screens"), "screens")
    db.close()


def main() -> None:
    """Serve the places from a temporary folder and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder))
        server = subprocess.Popen(
            [Path(sys.executable).parent / "ibasho", "--data-dir", folder, "serve", "--workers",
             "1", "--port", str(PORT)],
            env=os.environ | {"IBASHO_TILES": ""},
        )  # fmt: skip
        try:
            take(f"http://127.0.0.1:{PORT}")
        finally:
            server.terminate()
            server.wait()


def take(site: str) -> None:
    """Wait for the site and photograph it."""
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{site}/healthz").close()
            break
        except OSError:
            time.sleep(0.1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        page = browser.new_page(viewport={"width": 1000, "height": 900}, locale="ja-JP")
        page.goto(f"{site}/search?near=西東京市南町5-6-13")
        page.locator(".place").first.wait_for()
        page.locator("#result-heading").scroll_into_view_if_needed()
        page.evaluate(
            "window.scrollTo(0, document.querySelector('#result-heading').offsetTop - 20)"
        )
        page.screenshot(path=HERE / "search.png")
        browser.close()


if __name__ == "__main__":
    main()
