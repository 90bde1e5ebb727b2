"""Take the pictures of the documentation: `make screens`. All places in them are made up."""

import base64
import io
import tempfile
from pathlib import Path

from browsing import launched
from pages import BY_NAME, PAGES
from PIL import Image
from playwright.sync_api import Browser
from support import ROOT
from wards import Wards, wards

DOCS = ROOT / "docs"
SCREENS = DOCS / "screens"
WIDTHS = (360, 1280)
LONGEST = 760  # CSS px of a page that a picture shows; a list goes on in the same way
QUALITY = 6  # of WebP, at which letters can still be read
MOST_BYTES = 7_000_000
# The pictures of docs/design.md: of which page, and which part of it.
COMPONENTS = {
    "kinds": ("home", "ul.kinds"),
    "card": ("search-saturday", "article.card"),
    "chips": ("search-saturday", "ul.chips"),
    "desk": ("desks", "section.desk.urgent"),
}
PHONE = ("home", "search", "listing")


def main() -> None:
    """Photograph every page at each width, and the pictures of the README."""
    SCREENS.mkdir(exist_ok=True)
    (DOCS / "design").mkdir(exist_ok=True)
    for old in SCREENS.glob("*.*"):
        old.unlink()
    with (
        tempfile.TemporaryDirectory() as folder,
        wards(Path(folder)) as both,
        launched() as browser,
    ):
        for width in WIDTHS:
            for name in BY_NAME:
                take(browser, both, name, width)
        for name in PHONE:
            take(browser, both, name, WIDTHS[0], scheme="dark")
        take(browser, both, "home", WIDTHS[0], language="en")
        for name, (page, selector) in COMPONENTS.items():
            (DOCS / "design" / f"{name}.png").write_bytes(component(browser, both, page, selector))
        (DOCS / "search.png").write_bytes(result(browser, both))
        (DOCS / "phone.png").write_bytes(side_by_side(browser, both))
    size = sum(picture.stat().st_size for picture in SCREENS.iterdir())
    print(f"{len(PAGES)} pages, {size / 1e6:.1f} MB")
    if size > MOST_BYTES:
        raise SystemExit("the pictures are too large for a repository: lower QUALITY or LONGEST")


def take(
    browser: Browser, both: Wards, name: str, width: int, language: str = "ja", scheme: str = ""
) -> None:
    """Photograph a page, with its map where it has drawn one."""
    entry = BY_NAME[name]
    context = both.enter(
        browser, entry.role, viewport={"width": width, "height": 800}, locale="ja-JP",
        color_scheme=scheme or "light",
    )  # fmt: skip
    page = context.new_page()
    entry.open(page, both, language)
    page.wait_for_load_state("networkidle")
    height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
    which = "-".join(filter(None, (name, scheme, "" if language == "ja" else language, str(width))))
    drawn = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    Image.open(io.BytesIO(drawn)).save(SCREENS / f"{which}.webp", quality=QUALITY, method=6)
    context.close()


def result(browser: Browser, both: Wards) -> bytes:
    """The result of a search on a computer: the map and the first cards."""
    page = browser.new_page(viewport={"width": 1000, "height": 900}, locale="ja-JP")
    BY_NAME["search"].open(page, both)
    page.wait_for_load_state("networkidle")
    page.evaluate("window.scrollTo(0, document.querySelector('#result-heading').offsetTop - 20)")
    picture = page.screenshot()
    page.close()
    return picture


def component(browser: Browser, both: Wards, name: str, selector: str) -> bytes:
    """One part of a page, as a screen of 800 px shows it."""
    page = browser.new_page(viewport={"width": 800, "height": 900}, locale="ja-JP")
    BY_NAME[name].open(page, both)
    page.wait_for_load_state("networkidle")
    picture = page.locator(selector).first.screenshot()
    page.close()
    return picture


def side_by_side(browser: Browser, both: Wards) -> bytes:
    """Home, result and listing as a phone shows them, next to one another."""
    pictures = []
    for name in PHONE:
        page = browser.new_page(viewport={"width": 360, "height": 720}, locale="ja-JP")
        BY_NAME[name].open(page, both)
        page.wait_for_load_state("networkidle")
        pictures.append(base64.b64encode(page.screenshot()).decode())
        page.close()
    frame = browser.new_page(viewport={"width": 1160, "height": 760})
    frame.set_content(
        "<body style='margin: 20px; display: flex; gap: 20px; background: #e8e4dc'>"
        + "".join(f"<img width=360 src='data:image/png;base64,{one}'>" for one in pictures)
    )
    picture = frame.screenshot()
    frame.close()
    return picture


if __name__ == "__main__":
    main()
