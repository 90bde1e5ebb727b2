"""Measure what a first visit costs a phone: bytes, requests, and when the page can be used.

`ibasho serve` answers from a data directory (the demo ward, if none is given), and Chromium opens
each page with an empty cache as a phone: 360 px wide, a processor four times slower, 1.6 Mbit/s and
150 ms to the server, which are Lighthouse's figures for a slow line. Bytes are those on the line,
headers included, tiles of the map not. A page can be used when its text stands and the main thread
has no task of 50 ms or more before it any more. The middle of several visits is shown.

goals: 60 KB without the map and 250 KB with it; used in 1 s.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

from pages import serving
from playwright.sync_api import Browser, Page, sync_playwright

from ibasho.data.clock import today
from ibasho.data.database import open_database
from ibasho.data.demo import make_demo
from ibasho.data.geocode import Level
from ibasho.data.listings.store import read_all_public

PORT = 8760
CHROMIUM = "/usr/bin/chromium"
SLOWER = 4
BITS_PER_SECOND = 1_600_000
LATENCY_MS = 150
WIDTHS = {"without the map": 360, "with the map": 1280}
GOALS_KB = {"without the map": 60, "with the map": 250}
TIMES = """() => new Promise((found) => {
  const seen = { lcp: 0, busy: 0 };
  const watch = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each))
    .observe({ type, buffered: true });
  watch("largest-contentful-paint", (one) => (seen.lcp = one.startTime));
  watch("longtask", (one) => (seen.busy = Math.max(seen.busy, one.startTime + one.duration)));
  const [fcp] = performance.getEntriesByName("first-contentful-paint");
  const [page] = performance.getEntriesByType("navigation");
  setTimeout(() => found({
    fcp: fcp.startTime, lcp: seen.lcp,
    used: Math.max(fcp.startTime, page.domContentLoadedEventEnd, seen.busy),
  }), 300);
})"""


@dataclass(frozen=True, slots=True)
class Visit:
    """A first visit: kilobytes on the line, requests, and milliseconds until things are there."""

    kb: float
    requests: int
    fcp_ms: float
    lcp_ms: float
    used_ms: float


@contextmanager
def demo_ward() -> Iterator[Path]:
    """The demo ward in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(Path(folder))
        make_demo(db, today())
        db.close()
        yield Path(folder)


def addresses(folder: Path) -> dict[str, str]:
    """The pages that are measured, the listing being one that is known to the house."""
    db = open_database(folder)
    ids = [one.id for one in read_all_public(db) if one.position.level == Level.PIN]
    db.close()
    return {"home": "/", "search": "/search", "listing": f"/listings/{min(ids)}"}


def serving_ibasho(folder: Path) -> AbstractContextManager[None]:
    """`ibasho serve` on our port while something is measured."""
    ours = [str(Path(sys.executable).with_name("ibasho")), "--data-dir", str(folder), "serve"]
    return serving([*ours, "--port", str(PORT)], PORT)


def visit(browser: Browser, address: str, width: int, slow: bool) -> Visit:
    """Open a page as somebody who has never been here."""
    context = browser.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    if slow:
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        line.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": LATENCY_MS, "uploadThroughput": BITS_PER_SECOND / 8,
             "downloadThroughput": BITS_PER_SECOND / 8},
        )  # fmt: skip
    sizes: list[float] = []
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    times = page.evaluate(TIMES)
    _until_the_map_stands(page, width)
    context.close()
    return Visit(sum(sizes) / 1000, len(sizes), times["fcp"], times["lcp"], times["used"])


def _until_the_map_stands(page: Page, width: int) -> None:
    if width == WIDTHS["with the map"] and page.locator("section.map").count():
        page.locator(".place").first.wait_for()
        page.wait_for_load_state("networkidle")


def middle(visits: list[Visit]) -> Visit:
    """The median of each figure."""
    rows = [astuple(one) for one in visits]
    kb, requests, *times = (statistics.median(column) for column in zip(*rows, strict=True))
    return Visit(kb, int(requests), *times)


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data-dir", type=Path, help="instead of the demo ward")
    parser.add_argument("--visits", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with demo_ward() as demo:
        folder = asked.data_dir or demo
        pages = addresses(folder)
        found: dict[str, dict[str, Visit]] = {}
        with serving_ibasho(folder), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"]
            )
            for how, width in WIDTHS.items():
                found[how] = {
                    name: middle([
                        visit(browser, f"http://127.0.0.1:{PORT}{path}", width, slow=width == 360)
                        for _ in range(asked.visits)
                    ])
                    for name, path in pages.items()
                }  # fmt: skip
            browser.close()
    if asked.json:
        print(json.dumps({how: {name: asdict(one) for name, one in pages.items()}
                          for how, pages in found.items()}))  # fmt: skip
        return
    for how, visits in found.items():
        print(f"{how}, of {GOALS_KB[how]} KB")
        for name, one in visits.items():
            print(
                f"  {name:8} {one.kb:6.1f} KB in {one.requests:2} requests   "
                f"text {one.fcp_ms:5,.0f} ms   largest {one.lcp_ms:5,.0f} ms   "
                f"used {one.used_ms:5,.0f} ms"
            )


if __name__ == "__main__":
    main()
