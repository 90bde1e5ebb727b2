"""Measure the search page under load, beside Datasette and beside a page that does nothing.

A data directory is filled with listings of `corpus` through our own store, `ibasho serve` answers
from it with two workers, and wrk (Debian's package `wrk`) asks for what visitors ask: words, kinds,
towns, Saturdays, second pages. One Datasette process answers the words of the same queries from the
same rows, of which SQLite's FTS5 holds the pairs of characters. The empty Flask page on the same
server says what no page can exceed. All of them share the machine with wrk itself.

goals: 2,000 requests/s or more, and 30 times those of Datasette.
"""

import argparse
import cProfile
import json
import pstats
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode

from corpus import TODAY, body_of, public_listings
from flask import Flask

from ibasho.data.database import open_database, transaction
from ibasho.data.listings import State, store
from ibasho.data.text import fold
from ibasho.search_index import SearchIndex

WRK = shutil.which("wrk") or ""
SERVERS_PORT = 8750
WORDS = (
    "子ども食堂", "こども食堂", "不登校", "フリースクール", "宿題", "居場所", "無料", "カレー",
    "学習室", "大学生", "相談", "お寺", "見学", "ひとり親", "英語", "音読", "木工", "子育て",
    "フードパントリー", "ボランティア", "豚汁", "放課後", "昼ごはん", "読書 子ども", "料理 小学生",
    "将棋", "落語", "農家", "バス停", "段差",
)  # fmt: skip
CITIES = 3  # a city with its neighbours, which is what one site is for
LUA = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local at = 0
function setup(thread) thread:set("first", at); at = at + 37 end
function request() first = first + 1; return wrk.format("GET", paths[first %% #paths + 1]) end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw: requests a second, milliseconds within which half and 99 % were answered."""

    per_second: float
    p50_ms: float
    p99_ms: float
    errors: int


def our_paths() -> list[str]:
    """Addresses of the search page as visitors ask for them."""
    towns = [re.split(r"\d", one.address)[0] for one in public_listings(5, CITIES)]
    more: list[dict[str, str]] = [
        {}, {"page": "2"}, {"open": "saturday"}, {"free": "1"}, {"age": "9"},
        {"kind": "childrens_cafeteria"}, *({"near": town} for town in towns),
        {"near": towns[0], "within": "3000"},
    ]  # fmt: skip
    return ["/search?" + urlencode({"q": word, **one}) for word in WORDS for one in more]


def fill(folder: Path, count: int) -> None:
    """A data directory with so many published listings, and its index."""
    db = open_database(folder)
    with transaction(db):
        for one in public_listings(count, CITIES):
            body = body_of(one)
            id_ = store.insert_listing(db, body, State.PUBLISHED)
            number = store.insert_revision(db, id_, body, "bench", None)
            store.decide_revision(db, number, "approved", "bench")
            store.publish_revision(db, store.read_revision(db, number))
            store.set_imported(db, id_, {}, TODAY)
    SearchIndex(folder / "index").rebuild(db)
    db.conn.close()


def fill_datasette(path: Path, count: int) -> None:
    """The same rows as a table with an index of pairs of characters."""
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE listing (id PRIMARY KEY, kind, name, municipality, address, text)")
    db.execute("CREATE VIRTUAL TABLE pairs USING fts5 (text, content='', tokenize='unicode61')")
    for number, one in enumerate(public_listings(count, CITIES), 1):
        row = (one.id, one.kind, one.name, one.municipality, one.address, one.description)
        db.execute("INSERT INTO listing VALUES (?, ?, ?, ?, ?, ?)", row)
        text = pairs_of(f"{one.name} {one.organization} {one.address} {one.description}")
        db.execute("INSERT INTO pairs (rowid, text) VALUES (?, ?)", (number, text))
    db.commit()
    db.close()


def pairs_of(text: str) -> str:
    """Every two characters in a row, as words between blanks."""
    runs = re.findall(r"\w+", fold(text))
    return " ".join(run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1)))


def datasette_paths() -> list[str]:
    """The same words, as the page of the table takes them."""
    phrases = [" ".join(f'"{pairs_of(part)}"' for part in fold(word).split()) for word in WORDS]
    more: list[dict[str, str]] = [{}, {"kind": "childrens_cafeteria"}]
    raw = {"_searchmode": "raw", "_size": "20"}
    return [
        "/search/listing?" + urlencode({"_search": phrase, **raw, **one})
        for phrase in phrases
        for one in more
    ]


def empty() -> Flask:
    """A site whose only page says nothing."""
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "")
    return app


@contextmanager
def serving(command: Sequence[str], port: int) -> Iterator[None]:
    """A server that runs while something is measured."""
    process = subprocess.Popen(  # noqa: S603 (our own words)
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=Path(__file__).parent
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            raise SystemExit(f"{command[0]} does not serve")
        time.sleep(3)  # until all workers do
        yield
    finally:
        process.terminate()
        process.wait(20)


def load(port: int, paths: Sequence[str], seconds: int, connections: int, work: Path) -> Load:
    """Ask a server for these paths in turn."""
    (work / "paths").write_text("\n".join(paths) + "\n")
    (work / "load.lua").write_text(LUA % (work / "paths"))
    answer = ""
    for duration in (max(15, seconds), seconds):  # the first is to warm up
        answer = subprocess.run(  # noqa: S603 (our own words)
            [WRK, "-t1", f"-c{connections}", f"-d{duration}s", "--latency", "--timeout", "20s",
             "-s", str(work / "load.lua"), f"http://127.0.0.1:{port}"],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    return Load(
        _number(r"Requests/sec:\s+([\d.]+)()", answer),
        _number(r"50%\s+([\d.]+)(us|ms|s)", answer),
        _number(r"99%\s+([\d.]+)(us|ms|s)", answer),
        int(_number(r"Non-2xx or 3xx responses: (\d+)()", answer)),
    )


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    return float(found[1]) * unit.get(found[2], 1.0) if found else 0.0


def profile(folder: Path, requests: int) -> None:
    """What a search page costs, function by function, without a server."""
    from ibasho.site.app import create_app

    client = create_app(data_dir=folder).test_client()
    paths = (our_paths() * requests)[: requests * 2]
    for path in paths[:requests]:
        client.get(path)
    start = time.perf_counter()
    for path in paths[requests:]:
        client.get(path)
    print(f"{(time.perf_counter() - start) / requests * 1000:.2f} ms a page")
    profiler = cProfile.Profile()
    profiler.enable()
    for path in paths[requests:]:
        client.get(path)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40).sort_stats("cumtime").print_stats(
        70
    )


def measure(folder: Path, count: int, seconds: int, connections: int) -> dict[str, Load]:
    """All three, one after the other."""
    ours = [str(Path(sys.executable).with_name("ibasho")), "--data-dir", str(folder), "serve"]
    found = {}
    with serving([*ours, "--port", str(SERVERS_PORT), "--workers", "2"], SERVERS_PORT):
        found["ibasho"] = load(SERVERS_PORT, our_paths(), seconds, connections, folder)
        # an argument that means nothing: the page is one that nobody has asked for this minute
        new = [f"{path}&new={number}" for number in range(50) for path in our_paths()]
        found["ibasho, new"] = load(SERVERS_PORT, new, seconds, connections, folder)
    page = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--factory"]
    page += ["--workers", "2", "--blocking-threads", "4", "--port", str(SERVERS_PORT + 1)]
    with serving([*page, "pages:empty"], SERVERS_PORT + 1):
        found["empty page"] = load(SERVERS_PORT + 1, ["/"], seconds, connections, folder)
    path, settings = folder / "search.db", folder / "datasette.json"
    fill_datasette(path, count)
    tables = {"listing": {"fts_table": "pairs", "fts_pk": "rowid"}}
    settings.write_text(json.dumps({"databases": {"search": {"tables": tables}}}))
    peer = [str(Path(sys.executable).with_name("datasette")), str(path), "-m", str(settings)]
    peer += ["--port", str(SERVERS_PORT + 2), "--setting", "suggest_facets", "off"]
    with serving(peer, SERVERS_PORT + 2):
        found["datasette"] = load(
            SERVERS_PORT + 2, datasette_paths(), seconds, min(connections, 8), folder
        )
    return found


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--profile", action="store_true", help="what a page costs, by function")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if not asked.profile and not WRK:
        raise SystemExit("The load comes from wrk. Run: sudo apt-get install wrk")
    with tempfile.TemporaryDirectory() as name:
        fill(Path(name), asked.documents)
        if asked.profile:
            profile(Path(name), 500)
            return
        found = measure(Path(name), asked.documents, asked.seconds, asked.connections)
    ours = found["ibasho"].per_second
    ratios = {f"{who}/requests": ours / one.per_second for who, one in found.items()}
    if asked.json:
        loads = {who: asdict(one) for who, one in found.items()}
        print(json.dumps({"documents": asked.documents, "loads": loads, "ratios": ratios}))
        return
    for who, one in found.items():
        print(f"{who:12}{one.per_second:9,.0f} requests/s   p50 {one.p50_ms:7.2f} ms   "
              f"p99 {one.p99_ms:7.2f} ms   errors {one.errors}")  # fmt: skip
    print(f"goals: {ours:,.0f} of 2,000 requests/s; {ratios['datasette/requests']:.1f} of 30 times")


if __name__ == "__main__":
    main()
