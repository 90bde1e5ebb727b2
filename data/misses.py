"""How often a search found nothing: which word of ours, in which town, in which month. No more.

No word that a visitor made up is counted: whoever counts gives terms of a fixed vocabulary.
"""

from pathlib import Path
from typing import NamedTuple

from ibasho.data.counting import ENOUGH, Tally

FILE_NAME = "searches.sqlite"


class Miss(NamedTuple):
    """A term that found nothing, the town or ward it was looked for in, the JST month "2026-12"."""

    term: str
    area: str
    month: str


class Misses(Tally[Miss]):
    """The counts of one data directory."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / FILE_NAME, "miss", Miss._fields)

    def often(self) -> list[tuple[Miss, int]]:
        """What was missed at least `ENOUGH` times, the newest month first, then the most often."""
        rows = self.ask(
            "SELECT term, area, month, times FROM miss WHERE times >= ?"
            " ORDER BY month DESC, times DESC, term, area",
            (ENOUGH,),
        )
        return [(Miss(term, area, month), times) for term, area, month, times in rows]
