"""Measure the reading of opening days on the published lists of children's cafeterias.

exact: every part was understood and names certain dates. partial: some dates are certain. unknown:
the text names no certain date, and the notes say why; such a place is to be asked first. There is
no other library to compare with: none reads Japanese phrases of this kind.
"""

import csv
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import real

from ibasho.data.schedule import Certainty, Schedule, read_columns, read_phrase

COLUMNS = {
    "frequency": "開催頻度",
    "weekday": "開催曜日",
    "date": "開催日",
    "opens_at": "開催開始時間",
    "closes_at": "開催終了時間",
    "note": "開催日時特記事項",
}
ROUNDS = 20
NASTY = [
    "第" * 500,
    "毎週" * 250,
    "第2・4土曜、" * 70,
    "(" * 500,
    "12月29日～1月3日を除く" * 30,
    "10:00～" * 80,
    "㈯" * 500,
    "月～" * 250,
    "変更になる場合があります" * 40,
    "第1土曜または" * 70,
]


@dataclass(frozen=True, slots=True)
class Row:
    """The six columns of one venue."""

    columns: dict[str, str]

    @property
    def text(self) -> str:
        """What they say, in a line."""
        return " / ".join(" ".join(one.split()) for one in self.columns.values() if one.strip())


def rows(folder: Path) -> Iterator[Row]:
    """The venues that say anything about their days."""
    for path in sorted((folder / "kodomo-shokudo").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line in csv.DictReader(file):
                row = Row({name: line.get(column) or "" for name, column in COLUMNS.items()})
                if row.text:
                    yield row


def slowest_ms() -> float:
    """The longest that one of the texts takes that are made to be slow."""
    slowest = 0.0
    for text in NASTY:
        start = time.perf_counter()
        read_phrase(text[:500])
        slowest = max(slowest, time.perf_counter() - start)
    return slowest * 1000


def main() -> None:
    """Print the figures, and by reason what was not certain."""
    parser = real.options(__doc__ or "")
    real.add_real(parser)
    parser.add_argument("--rows", action="store_true", help="list every row and what it came to")
    given = parser.parse_args()
    found = list(rows(real.need(given.real)))
    read: list[tuple[Row, Schedule]] = [(row, read_columns(**row.columns)) for row in found]
    phrases = sorted({text for row in found for text in row.columns.values() if text.strip()})
    read_phrase(phrases[0])
    start = time.perf_counter()
    for _ in range(ROUNDS):
        for phrase in phrases:
            read_phrase(phrase)
    speed = ROUNDS * len(phrases) / (time.perf_counter() - start)
    certainty = Counter(schedule.certainty.value for _, schedule in read)
    reasons = Counter(
        note.value
        for _, schedule in read
        if schedule.certainty is not Certainty.EXACT
        for note in schedule.notes
    )
    result = {
        "rows": len(found),
        **{each.value: certainty[each.value] for each in Certainty},
        "reasons": dict(reasons.most_common()),
        "phrases": len(phrases),
        "phrases_per_s": speed,
        "slowest_ms": slowest_ms(),
    }
    flat = [(name, value) for name, value in result.items() if not isinstance(value, dict)]
    because = [(f"because {name}", count) for name, count in reasons.most_common()]
    real.show(result, as_json=given.json, table=[("", ""), *flat, *because])
    if given.rows:
        for row, schedule in read:
            print(schedule.certainty.value, *schedule.notes, row.text, sep=" | ")


if __name__ == "__main__":
    main()
