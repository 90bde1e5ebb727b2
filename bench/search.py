"""Measure the search beside SQLite's FTS5, Tantivy and PostgreSQL on the same listings and queries.

Every engine answers each query in turn, round after round, with the best twenty ids and the total;
a query's time is the median of its rounds. cold: as first asked after opening; PostgreSQL keeps its
caches, which are the server's. warm: after two rounds. Totals are compared query by query. build:
listings a second until all can be found, for Ibasho from their public form; by the processor's
time, so that whoever else uses the machine does not count. commit: until one changed listing is
found. memory: of a process that has opened the index and answered a hundred queries.
"""

import argparse
import datetime as dt
import gc
import json
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from corpus import TODAY, common_words, public_listings, rare_words
from engines import (
    Document,
    Engine,
    Ours,
    Postgres,
    Sqlite,
    Tantivy,
    document_of,
)

from ibasho.data.listings import Kind
from ibasho.data.text import fold
from ibasho.search_index import Point, SearchIndex, SearchQuery
from ibasho.search_index.record import Record, record_of
from ibasho.search_index.storage import IndexFolder

SATURDAY = TODAY + dt.timedelta(days=(5 - TODAY.weekday()) % 7)
EACH = 40  # queries in a set
WARM_UP, ROUNDS, COLD_ROUNDS = 2, 9, 3
NEAR_M = 2_000
BATCH = 10_000
MILLION = 1_000_000

PEERS: dict[str, Callable[[Path], Engine]] = {peer.name: peer for peer in (Sqlite, Tantivy)}

Sets = dict[str, list[SearchQuery]]
Times = dict[str, dict[str, list[float]]]  # set → engine → milliseconds of each query


def queries_of(records: Sequence[Record]) -> Sets:
    """What is asked: words of the listings themselves, half of them common ones, half rare ones."""
    draw = random.Random(5)  # noqa: S311 (nothing secret)
    common = [word for word in dict.fromkeys(map(fold, common_words())) if " " not in word]
    rare = list(dict.fromkeys(map(fold, rare_words())))
    sets: Sets = {name: [] for name in MAKERS}
    while any(len(one) < EACH for one in sets.values()):
        record = draw.choice(records)
        text = f"{record.name}\n{record.text}"
        often = [word for word in common if word in text]
        seldom = [word for word in rare if word in text]
        if record.lat is None or len(often) < 2 or not seldom:
            continue
        draw.shuffle(often)
        draw.shuffle(seldom)
        for name, make in MAKERS.items():
            among = often if draw.random() < 0.5 else seldom
            query = make(record, among, often)
            if query and len(sets[name]) < EACH and query not in sets[name]:
                sets[name].append(query)
    return sets


def _one_term(_: Record, words: Sequence[str], __: Sequence[str]) -> SearchQuery | None:
    word = next((word for word in words if len(word) > 2), None)
    return SearchQuery(text=word) if word else None


def _two_characters(_: Record, words: Sequence[str], __: Sequence[str]) -> SearchQuery | None:
    word = next((word for word in words if len(word) == 2), None)
    return SearchQuery(text=word) if word else None


def _two_terms(_: Record, words: Sequence[str], often: Sequence[str]) -> SearchQuery | None:
    other = next(word for word in often if word != words[0])
    return SearchQuery(text=f"{words[0]} {other}")


def _with_kind(record: Record, words: Sequence[str], _: Sequence[str]) -> SearchQuery | None:
    return SearchQuery(text=words[0], kinds=frozenset({Kind(record.kind)}))


def _near(record: Record, words: Sequence[str], often: Sequence[str]) -> SearchQuery | None:
    where = Point(record.lat or 0.0, record.lon or 0.0)
    return SearchQuery(text=often[0], near=where, within_m=NEAR_M)


def _free_saturday(_: Record, words: Sequence[str], often: Sequence[str]) -> SearchQuery | None:
    return SearchQuery(text=words[0], free=True, days=(SATURDAY, SATURDAY))


MAKERS: dict[str, Callable[[Record, Sequence[str], Sequence[str]], SearchQuery | None]] = {
    "one_term": _one_term,
    "two_terms": _two_terms,
    "two_characters": _two_characters,
    "with_kind": _with_kind,
    "near_2km": _near,
    "free_saturday": _free_saturday,
}


def build(engines: Sequence[Engine], documents: Sequence[Document]) -> dict[str, float]:
    """Fill each engine; the seconds of it."""
    seconds = {}
    for engine in engines:
        # the server's own time can't be seen from here
        clock = time.perf_counter if isinstance(engine, Postgres) else time.process_time
        start = clock()
        engine.build(documents)
        seconds[engine.name] = clock() - start
        engine.open()
    return seconds


def differences(engines: Sequence[Engine], sets: Sets) -> list[str]:
    """The queries of which not all engines find as many."""
    found = []
    for query in (query for queries in sets.values() for query in queries):
        totals = {engine.name: engine.search(query)[0] for engine in engines}
        if len(set(totals.values())) > 1:
            found.append(f"{query.text}: {totals}")
    return found


def times(engines: Sequence[Engine], sets: Sets, is_cold: bool) -> Times:
    """The milliseconds of each query, the median of its rounds, engine by engine in turn."""
    found: Times = {}
    for name, queries in sets.items():
        taken = {engine.name: [[0.0] * 0 for _ in queries] for engine in engines}
        for round_ in range(COLD_ROUNDS if is_cold else WARM_UP + ROUNDS):
            if is_cold:
                for engine in engines:
                    engine.open()
            gc.collect()
            for number, query in enumerate(queries):
                for turn in range(len(engines)):
                    engine = engines[(turn + number + round_) % len(engines)]
                    start = time.perf_counter()
                    engine.search(query)
                    taken[engine.name][number].append((time.perf_counter() - start) * 1000)
        first = 0 if is_cold else WARM_UP
        found[name] = {
            who: [statistics.median(rounds[first:]) for rounds in each]
            for who, each in taken.items()
        }
    return found


def medians(found: Times) -> dict[str, dict[str, float]]:
    """The median of all queries, by set and engine."""
    return {
        name: {who: statistics.median(each) for who, each in engines.items()}
        for name, engines in found.items()
    }


def p95(found: Times) -> dict[str, dict[str, float]]:
    """What 95 of 100 queries stay below, by set and engine."""
    return {
        name: {who: statistics.quantiles(each, n=20)[-1] for who, each in engines.items()}
        for name, engines in found.items()
    }


def commit_ms(ours: Ours, record: Record) -> float:
    """Until one changed listing is found, the median of five."""
    folder = IndexFolder(ours.folder)
    stored = folder.read()
    taken = []
    for number in range(5):
        word = f"ゎゑゐ{number}"
        changed = record._replace(text=f"{record.text}\n{word}")
        start = time.perf_counter()
        stored = folder.read(stored)
        folder.update(stored, [record.id], [changed])
        if ours.search(SearchQuery(text=word))[0] != 1:
            raise SystemExit("the changed listing is not found")
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of a worker: resident, and its share where pages are shared with others."""

    resident: float
    share: float


def memory(folder: Path, queries: Sequence[SearchQuery]) -> Memory:
    """What a process of its own holds after opening the index and answering these."""
    with ProcessPoolExecutor(1, get_context("spawn")) as worker:
        return worker.submit(_hold, folder, queries).result()


def _hold(folder: Path, queries: Sequence[SearchQuery]) -> Memory:
    index = SearchIndex(folder)
    for query in queries:
        index.search(query, TODAY)
    text = Path(f"/proc/{os.getpid()}/smaps_rollup").read_text()
    sizes = {name: int(kb) / 1000 for name, kb in re.findall(r"(\w+): +(\d+) kB", text)}
    return Memory(sizes["Rss"], sizes["Pss"])


def records_of(count: int) -> tuple[list[Record], float]:
    """What is kept of so many listings, and the seconds that it takes from their public form."""
    listings = public_listings(count)
    records: list[Record] = []
    seconds = 0.0
    while batch := list(islice(listings, BATCH)):
        start = time.process_time()
        records += map(record_of, batch)
        seconds += time.process_time() - start
    return records, seconds


def measure(
    count: int, only: Sequence[str], peers: Sequence[str], dsn: str | None
) -> dict[str, Any]:
    """Everything, for so many listings."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = Ours(folder)
        engines: list[Engine] = [ours, *(PEERS[peer](folder) for peer in peers)]
        engines += [Postgres(dsn)] if dsn else []
        records, recording = records_of(count)
        days: dict[str, str] = {}
        documents = [document_of(record, days) for record in records]
        seconds = build(engines, documents)
        seconds[ours.name] += recording
        del documents
        gc.freeze()  # records are no garbage, and many
        sets = {key: one for key, one in queries_of(records).items() if not only or key in only}
        disagreements = differences(engines, sets)
        cold, warm = times(engines, sets, is_cold=True), times(engines, sets, is_cold=False)
        held = memory(ours.folder, [query for one in sets.values() for query in one][:100])
        ratios = {
            f"{key}/{who}/{state}": middle[key][ours.name] / middle[key][who]
            for state, middle in (("warm", medians(warm)), ("cold", medians(cold)))
            for key in sets
            for who in middle[key]
            if who != ours.name
        }
        return {
            "documents": count,
            "medians_ms": medians(warm),
            "cold_medians_ms": medians(cold),
            "p95_ms": p95(warm),
            "cold_p95_ms": p95(cold),
            "ratios": ratios,
            "build": {who: count / taken for who, taken in seconds.items()},
            "commit_ms": commit_ms(ours, records[0]),
            "memory_mb": held.resident,
            "memory_share_mb": held.share,
            "differences": disagreements,
        }


def show(found: dict[str, Any]) -> None:
    """A table, and each goal beside what was measured."""
    engines = list(found["build"])
    print(f"{found['documents']:,} listings; ms, median and p95 of {EACH} queries")
    print(f"{'':22}" + "".join(f"{who:>20}" for who in engines))
    for state, prefix in (("warm", ""), ("cold", "cold_")):
        middle, high = found[f"{prefix}medians_ms"], found[f"{prefix}p95_ms"]
        for key in middle:
            cells = [f"{middle[key][who]:11.3f}{high[key][who]:9.3f}" for who in engines]
            print(f"{key:16}{state:6}" + "".join(cells))
    print(f"{'listings/s':22}" + "".join(f"{found['build'][who]:20,.0f}" for who in engines))
    for goal, value, is_met in _goals(found):
        print(f"{goal:60}{value:10.2f}  {'met' if is_met else 'NOT MET'}")
    for line in found["differences"]:
        print("different totals:", line)


def _goals(found: dict[str, Any]) -> Iterator[tuple[str, float, bool]]:
    """What is aimed at, what was measured, and whether that will do."""
    ratios, documents = found["ratios"], found["documents"]
    most = 1.5 if documents >= MILLION else 1.0
    for key, of_set in found["p95_ms"].items():
        if "tantivy" in of_set:
            warm, cold = (ratios[f"{key}/tantivy/{state}"] for state in ("warm", "cold"))
            yield f"{key}: warm, at most {most} x tantivy", warm, warm <= most
            yield f"{key}: cold, at most 3 x tantivy", cold, cold <= 3
        if "fts5" in of_set:
            faster = of_set["fts5"] / of_set["ibasho"]
            yield f"{key}: p95, at least 5 x faster than fts5", faster, faster >= 5
    speed, commit, held = found["build"]["ibasho"], found["commit_ms"], found["memory_mb"]
    yield "listings/s into the index, at least 2,000", speed, speed >= 2_000
    if documents < MILLION:
        yield "ms until a change is found, at most 200", commit, commit <= 200
        yield "MB of a worker, at most 600", held, held <= 600


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--sets", nargs="*", choices=list(MAKERS), default=[])
    parser.add_argument("--peers", nargs="*", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--postgresql", metavar="DSN", help="measure this server too")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measure(asked.documents, asked.sets, asked.peers, asked.postgresql)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        show(found)


if __name__ == "__main__":
    main()
