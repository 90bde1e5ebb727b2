"""Measure the reading of opening days, costs and ages on what was published and on hard texts.

honest: of how many rows every word was understood, whether it names a date or not.
exact: every part was understood and names certain dates. partial: some dates are certain. unknown:
the text names no certain date, and the notes say why; such a place is to be asked first. Beside
the rows of the published lists stand the texts of tests/data/schedule/published.csv, of which a
careful reader wrote down the days: understood (the same days and times) and asserted wrongly (a day
or time without a doubt that the reader does not name). The slowest of texts that are made to be
slow is one of some thousands: every piece of a phrase, alone and in turns, up to 500 characters.
There is no other library to compare with: none reads Japanese phrases of this kind.
"""

import csv
import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import real
from real import Goal

from ibasho.data.schedule import Certainty, Note, Schedule, occurrences, read_columns, read_phrase
from ibasho.importers.ages import ages_in
from ibasho.importers.fees import costs_in

PUBLISHED = Path(__file__).parents[1] / "tests/data/schedule/published.csv"

COLUMNS = {
    "frequency": "開催頻度",
    "weekday": "開催曜日",
    "date": "開催日",
    "opens_at": "開催開始時間",
    "closes_at": "開催終了時間",
    "note": "開催日時特記事項",
}
ROUNDS = 20
PIECES = """
第 第1 第2・4 ㈯ 土 土曜 毎週 毎月 隔週 月1回 ・ 、 ～ - と （ ） ( ) 【 「 ※ 。 1 12
か または もしくは 8月 8・ 8月1日・ 12月29日～1月3日を除く 奇数月 毎日 平日 祝 祝日 年末年始
夏休み 春・夏・冬 を除く 休み は の のみ 場合は 10時 10:00～ 11:30～14:00、 午後4時半 頃 まで から
12日 5・15・ 末日 2026年12月20日 令和8年 2026.12. 最終 程度 原則 変更になる場合があります になる
不定期 休止中 なし 学期中 学校休業日 申込 締切 第1土曜は準備 12345678901234567890 \ufdfa 十 あ a
円 300円 ¥ 無料 大人 子ども300円、 1, 1,000 万 千 小学生 中学 歳 以上 以下 未満 小3～ 在住の カンパ
"""
PAIRS = 800  # of pieces, taken at random; the same each time
READERS: tuple[tuple[str, Callable[[str], object], int], ...] = (
    ("phrase", read_phrase, 500),  # characters, the longest that each of them reads
    ("cost", costs_in, 200),
    ("age", ages_in, 200),
)


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


def made_to_be_slow(length: int) -> Iterator[str]:
    """Pieces alone, with a space and in pairs, and brackets in brackets, up to the length."""
    pieces = PIECES.split()
    chosen = random.Random(2026)  # noqa: S311 the same texts each time, no secret
    pairs = chosen.sample([a + b for a in pieces for b in pieces], PAIRS)
    for unit in (*pieces, *(f"{piece} " for piece in pieces), *pairs):
        yield (unit * length)[:length]
    for opening, shutting in ("()", "（）", "「」"):
        yield opening * (length // 2) + shutting * (length // 2)


def slowest_ms(read: Callable[[str], object], length: int) -> tuple[float, str]:
    """The longest that one of these texts takes, the better of two times, and how it begins."""
    slowest = (0.0, "")
    for text in made_to_be_slow(length):
        took = _seconds(read, text)
        if took > slowest[0]:
            slowest = max(slowest, (min(took, _seconds(read, text)), text[:12]))
    return slowest[0] * 1000, slowest[1]


def _seconds(read: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    read(text)
    return time.process_time() - start


def against_a_reader() -> dict[str, float]:
    """How many of the texts with a reader's days are understood, and asserted wrongly."""
    start, end = dt.date(2026, 12, 1), dt.date(2026, 12, 31)
    counts = Counter({"read_by_hand": 0, "understood": 0, "asserted_wrongly": 0})
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            phrase, days, times = row.pop("phrase"), row.pop("days"), row.pop("times")
            schedule = read_phrase(phrase) if phrase else read_columns(**row)
            found = occurrences(schedule, start, end)
            named = " ".join(f"{one.date.day}{'*' if one.confirm else ''}" for one in found)
            hours = {f"{one.opens_at or '-'} {one.closes_at or '-'}" for one in found}
            sure = {
                (f"{one.date.day}", one.opens_at or one.closes_at)
                for one in found
                if not one.confirm
            }
            wrong_day = any(day not in days.split() for day, _ in sure)
            wrong_time = any(time for _, time in sure) and not hours <= {*times.split(" / ")}
            counts["read_by_hand"] += 1
            counts["understood"] += (named, " / ".join(sorted(hours))) == (days, times)
            counts["asserted_wrongly"] += wrong_day or wrong_time
    understood = 100 * counts["understood"] / counts["read_by_hand"]
    return {**counts, "understood_percent": understood}


GOALS = (
    Goal("read_by_hand", 100, at_least=True),
    Goal("understood_percent", 95, at_least=True),
    Goal("asserted_wrongly", 0),
    Goal("honest_percent", 90, at_least=True),
    Goal("phrases_per_s", 5_000, at_least=True),
    Goal("slowest_phrase_ms", 50),
)


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
    start = time.process_time()
    for _ in range(ROUNDS):
        for phrase in phrases:
            read_phrase(phrase)
    speed = ROUNDS * len(phrases) / (time.process_time() - start)
    certainty = Counter(schedule.certainty.value for _, schedule in read)
    reasons = Counter(
        note.value
        for _, schedule in read
        if schedule.certainty is not Certainty.EXACT
        for note in schedule.notes
    )
    result: dict[str, object] = {
        "rows": len(found),
        **{each.value: certainty[each.value] for each in Certainty},
        "reasons": dict(reasons.most_common()),
        "phrases": len(phrases),
        "phrases_per_s": speed,
        **against_a_reader(),
    }
    for name, read_text, length in READERS:
        result[f"slowest_{name}_ms"], result[f"slowest_{name}"] = slowest_ms(read_text, length)
    lost = sum(Note.NOT_UNDERSTOOD in schedule.notes for _, schedule in read)
    result["honest_percent"] = 100 * (len(found) - lost) / len(found)
    flat = [(name, value) for name, value in result.items() if not isinstance(value, dict)]
    because = [(f"because {name}", count) for name, count in reasons.most_common()]
    judged = real.judge(GOALS, result)
    real.show(result | {"goals": judged}, as_json=given.json, table=[("", ""), *flat, *because])
    if not given.json:
        real.show_goals(judged)
    if given.rows:
        for row, schedule in read:
            print(schedule.certainty.value, *schedule.notes, row.text, sep=" | ")


if __name__ == "__main__":
    main()
