"""How often the page of a listing was opened: which listing, in which month. No more.

Nothing is known of who opened it; programs that read the web count like people.
"""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from ibasho.data.counting import ENOUGH, Tally

FILE_NAME = "views.sqlite"
MONTHS = 3
"""Of how many months, with the one that runs, the desk is told."""


class View(NamedTuple):
    """A listing whose page was opened, and the JST month "2026-12"."""

    listing: str
    month: str

    @classmethod
    def on(cls, listing_id: str, day: dt.date) -> "View":
        """One on a JST date."""
        return cls(listing_id, f"{day:%Y-%m}")


class Views(Tally[View]):
    """The counts of one data directory."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / FILE_NAME, "view", View._fields)

    def of_late(self, day: dt.date) -> dict[str, int]:
        """How often each page was opened in the `MONTHS` up to a JST date, from `ENOUGH` on."""
        months = day.year * 12 + day.month - MONTHS
        rows = self.ask(
            "SELECT listing, sum(times) FROM view WHERE month >= ? GROUP BY listing"
            " HAVING sum(times) >= ?",
            (f"{months // 12:04}-{months % 12 + 1:02}", ENOUGH),
        )
        return dict(rows)
