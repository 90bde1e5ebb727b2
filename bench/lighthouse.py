"""Ask Lighthouse about home, search and a listing of the demo ward, as a phone sees them.

Needs Node.js; `npx` brings Lighthouse. Chromium is the system's.

goals: performance and search engines 95, accessibility and best practices 100.
"""

import json
import os
import shutil
import subprocess
import sys
from typing import Any

from light import CHROMIUM, PORT, addresses, demo_ward, serving_ibasho

VERSION = "12.8.2"  # the newest that Node.js 18 and 20 run
GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 95}
FLAGS = "--chrome-flags=--headless --no-sandbox --disable-gpu"


def ask(path: str) -> dict[str, Any]:
    """What Lighthouse says of an address."""
    npx = shutil.which("npx")
    if not npx:
        raise SystemExit("Lighthouse comes through npx. Run: sudo apt-get install npm")
    answer = subprocess.run(  # noqa: S603 (our own words)
        [npx, "--yes", f"lighthouse@{VERSION}", f"http://127.0.0.1:{PORT}{path}", "--quiet",
         "--output=json", FLAGS],
        env=os.environ | {"CHROME_PATH": CHROMIUM}, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def main() -> None:
    """Print the points of each page and what cost one its goal; status 1 if a goal is missed."""
    missed = False
    with demo_ward() as folder, serving_ibasho(folder):
        for name, path in addresses(folder).items():
            found = ask(path)
            points = {name: round(100 * found["categories"][name]["score"]) for name in GOALS}
            print(f"{name:8} " + "   ".join(f"{what} {value}" for what, value in points.items()))
            for what in [one for one, goal in GOALS.items() if points[one] < goal]:
                missed = True
                for audit in found["categories"][what]["auditRefs"]:
                    said = found["audits"][audit["id"]]
                    if audit["weight"] and (said["score"] or 0) < 1:
                        print(f"         {what}: {said['title']}")
    sys.exit(missed)


if __name__ == "__main__":
    main()
