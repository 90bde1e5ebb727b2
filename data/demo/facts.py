"""What the parts of the demo ward have in common, and how its files are read."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

MUNICIPALITY = "東京都西東京市"
ACTOR = "demo"
# The day on which the dates in the files were written; they move along with the calendar.
WRITTEN_ON = dt.date(2026, 11, 22)


def read_bodies(name: str) -> list[dict[str, Any]]:
    """The objects of one of the demo's JSON files."""
    bodies: list[dict[str, Any]] = json.loads((Path(__file__).parent / name).read_text("utf-8"))
    return bodies
