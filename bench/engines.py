"""The search engines that are measured, each asked in its own best way for the same.

Japanese has no blanks between words: the peers index every two characters in a row (bigrams) and
look for a word as a phrase of them, which finds the same as ours does. Each answers with the ids of
the best twenty and how many there are.
"""

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from corpus import TODAY

from ibasho.data.listings import Kind
from ibasho.data.schedule import occurrences
from ibasho.search_index import Point, SearchIndex, SearchQuery
from ibasho.search_index.columns import EARTH_M
from ibasho.search_index.record import KIND_TEXT, Record, schedule_of
from ibasho.search_index.storage import IndexFolder

LIMIT = 20
HORIZON_DAYS = 14
GAP = "｜"  # between two runs of letters, so that no phrase spans them; folding leaves none

Answer = tuple[int, list[str]]


class Engine(Protocol):
    """One way to search."""

    name: str

    def build(self, documents: Sequence["Document"]) -> None:
        """Make everything searchable."""

    def open(self) -> None:
        """Open what was built, with nothing remembered."""

    def search(self, query: SearchQuery) -> Answer:
        """How many fit, and the first of them."""


@dataclass(frozen=True, slots=True)
class Document:
    """A record as the peers index it: letters of all its texts, and what is true of it."""

    record: Record
    text: str
    signs: str


def document_of(record: Record, days: dict[str, str]) -> Document:
    """The document of a record; `days` remembers the signs of the days of each schedule."""
    # the words of its kind, as far as they are asked for here
    called = KIND_TEXT[Kind(record.kind)].split("\n")
    called = [line for line in called if any("ぁ" <= letter <= "龥" for letter in line)]
    if record.schedule not in days:
        last = TODAY.fromordinal(TODAY.toordinal() + HORIZON_DAYS)
        found = {one.date for one in occurrences(schedule_of(record.schedule), TODAY, last)}
        days[record.schedule] = " ".join(f"＝{day:%Y%m%d}" for day in sorted(found))
    signs = f"＝{record.kind.replace('_', '')} {'＝free' if record.free else ''}"
    text = "\n".join((record.name, record.text, *called))
    return Document(record, text, f"{signs} {days[record.schedule]}")


def signs_of(query: SearchQuery) -> list[str]:
    """The conditions of a query as signs, all of which a document must have."""
    signs = [f"＝{kind.replace('_', '')}" for kind in query.kinds]
    return [*signs, *(["＝free"] if query.free else []),
            *([f"＝{query.days[0]:%Y%m%d}"] if query.days else [])]  # fmt: skip


def pairs_of(text: str) -> list[str]:
    """Every two characters of each run in a row, with a gap after each run."""
    found = []
    for run in text.split():
        found += [run[at : at + 2] for at in range(len(run) - 1)]
        found.append(GAP)
    return found


def phrases_of(query: SearchQuery) -> list[list[str]]:
    """Each word as the pairs that must follow one another."""
    return [pairs_of(word)[:-1] for word in query.text.split()]


def box_around(near: Point, metres: float) -> tuple[float, float, float, float]:
    """South, north, west, east of a box that holds the circle, in degrees."""
    up = math.degrees(metres / EARTH_M) * 1.001
    aside = up / math.cos(math.radians(near.lat)) * 1.001
    return near.lat - up, near.lat + up, near.lon - aside, near.lon + aside


class Ours:
    """The index of Ibasho, through what the site itself calls."""

    name = "ibasho"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "ours"
        self.index = SearchIndex(self.folder)

    def build(self, documents: Sequence[Document]) -> None:
        folder = IndexFolder(self.folder)
        with folder.locked(wait_s=0):
            folder.replace(document.record for document in documents)

    def open(self) -> None:
        self.index = SearchIndex(self.folder)
        self.index.search(SearchQuery(text="無線lan"), TODAY)

    def search(self, query: SearchQuery) -> Answer:
        result = self.index.search(query, TODAY, relax=False)
        return result.total, [hit.id for hit in result.hits]


_METRES = f"""2 * {EARTH_M} * asin(sqrt(
  pow(sin(radians(lat - :lat) / 2), 2)
  + cos(radians(lat)) * cos(radians(:lat)) * pow(sin(radians(lon - :lon) / 2), 2)))"""


class Sqlite:
    """SQLite's FTS5, with an R-tree for the places."""

    name = "fts5"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "fts5.db"
        self._db = sqlite3.connect(self._path)

    def build(self, documents: Sequence[Document]) -> None:
        db = self._db
        db.execute("CREATE TABLE place (number INTEGER PRIMARY KEY, id TEXT, lat REAL, lon REAL)")
        db.execute("CREATE VIRTUAL TABLE tree USING rtree (number, south, north, west, east)")
        options = "content='', tokenize=\"ascii tokenchars '-.+%&#@^={}$`_'\""
        db.execute(f"CREATE VIRTUAL TABLE document USING fts5 (text, {options})")
        for number, document in enumerate(documents):
            one = document.record
            db.execute("INSERT INTO place VALUES (?, ?, ?, ?)", (number, one.id, one.lat, one.lon))
            if one.lat is not None:
                edges = (number, one.lat, one.lat, one.lon, one.lon)
                db.execute("INSERT INTO tree VALUES (?, ?, ?, ?, ?)", edges)
            text = f"{' '.join(pairs_of(document.text))} {document.signs}"
            db.execute("INSERT INTO document (rowid, text) VALUES (?, ?)", (number, text))
        db.execute("INSERT INTO document (document) VALUES ('optimize')")
        db.commit()

    def open(self) -> None:
        self._db.close()
        self._db = sqlite3.connect(self._path)
        self._db.execute("SELECT count(*) FROM document WHERE document MATCH '無線'").fetchone()

    def search(self, query: SearchQuery) -> Answer:
        parts = [f'"{" ".join(phrase)}"' for phrase in phrases_of(query)]
        values: dict[str, Any] = {"words": " AND ".join((*parts, *map(_quoted, signs_of(query))))}
        if query.near and query.within_m:
            names = ("south", "north", "west", "east")
            edges = box_around(query.near, query.within_m)
            values |= dict(zip(names, edges, strict=True))
            values |= {"lat": query.near.lat, "lon": query.near.lon, "most": query.within_m}
            rows = self._db.execute(
                f"SELECT id, {_METRES} AS far FROM document JOIN place ON number = document.rowid"  # noqa: S608 (ours)
                " WHERE document MATCH :words AND document.rowid IN (SELECT number FROM tree WHERE"
                " south >= :south AND north <= :north AND west >= :west AND east <= :east)"
                " AND far <= :most ORDER BY far, id", values,
            ).fetchall()  # fmt: skip
            return len(rows), [row[0] for row in rows[:LIMIT]]
        count = "SELECT count(*) FROM document WHERE document MATCH :words"
        best = (
            "SELECT id FROM (SELECT rowid FROM document WHERE document MATCH :words ORDER BY rank"
            " LIMIT 20) JOIN place ON number = rowid"
        )
        total = self._db.execute(count, values).fetchone()[0]
        return total, [row[0] for row in self._db.execute(best, values)]


def _quoted(sign: str) -> str:
    return f'"{sign}"'


class Tantivy:
    """Tantivy, with its positions, and numbers and places as fast fields."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._t: Any = tantivy
        self._path = folder / "tantivy"
        self._path.mkdir()
        build = tantivy.SchemaBuilder()
        build.add_text_field("text", tokenizer_name="blanks", index_option="position")
        build.add_text_field("signs", tokenizer_name="blanks", index_option="basic")
        build.add_integer_field("number", fast=True)
        build.add_float_field("lat", fast=True, indexed=True)
        build.add_float_field("lon", fast=True, indexed=True)
        self._schema: Any = build.build()
        self._records: list[Record] = []
        self._at = np.zeros((0, 2))

    def build(self, documents: Sequence[Document]) -> None:
        writer = self._index().writer(512_000_000)
        for number, document in enumerate(documents):
            one = document.record
            where = {} if one.lat is None else {"lat": one.lat, "lon": one.lon}
            writer.add_document(
                self._t.Document(
                    text=" ".join(pairs_of(document.text)), signs=document.signs, number=number,
                    **where,
                )
            )  # fmt: skip
        writer.commit()
        writer.wait_merging_threads()
        self._records = [document.record for document in documents]
        self._at = np.array([(r.lat or np.nan, r.lon or np.nan) for r in self._records])

    def _index(self) -> Any:  # noqa: ANN401 (the library has no types)
        blanks = self._t.TextAnalyzerBuilder(self._t.Tokenizer.whitespace()).build()
        index = self._t.Index(self._schema, path=str(self._path))
        index.register_tokenizer("blanks", blanks)
        return index

    def open(self) -> None:
        index = self._index()
        index.reload()
        self._searcher = index.searcher()
        self._searcher.search(self._t.Query.term_query(self._schema, "text", "無線"), LIMIT)

    def search(self, query: SearchQuery) -> Answer:
        ask, schema, must = self._t.Query, self._schema, self._t.Occur.Must
        parts = [
            ask.phrase_query(schema, "text", phrase)
            if len(phrase) > 1
            else ask.term_query(schema, "text", phrase[0])
            for phrase in phrases_of(query)
        ]
        parts += [ask.term_query(schema, "signs", sign, "basic") for sign in signs_of(query)]
        if not query.near or not query.within_m:
            whole = ask.boolean_query([(must, part) for part in parts])
            result = self._searcher.search(whole, LIMIT)
            found = self._numbers(result)
            return result.count, [self._records[number].id for number in found]
        south, north, west, east = box_around(query.near, query.within_m)
        kind = self._t.FieldType.Float
        parts.append(ask.range_query(schema, "lat", kind, south, north))
        parts.append(ask.range_query(schema, "lon", kind, west, east))
        whole = ask.boolean_query([(must, part) for part in parts])
        result = self._searcher.search(whole, max(1, len(self._records)))
        numbers = np.array(self._numbers(result), np.int64)
        far = _metres(self._at[numbers], query.near)
        order = np.argsort(far, kind="stable")
        order = order[far[order] <= query.within_m]
        return len(order), [self._records[number].id for number in numbers[order][:LIMIT].tolist()]

    def _numbers(self, result: Any) -> list[int]:  # noqa: ANN401 (the library has no types)
        addresses = [address for _, address in result.hits]
        return list(self._searcher.fast_field_values("number", addresses)) if addresses else []


def _metres(at: Any, near: Point) -> Any:  # noqa: ANN401 (numpy)
    lat, lon = np.radians(at).T
    here = math.radians(near.lat)
    half = np.sin((lat - here) / 2) ** 2
    half += np.cos(lat) * math.cos(here) * np.sin((lon - math.radians(near.lon)) / 2) ** 2
    return 2 * EARTH_M * np.arcsin(np.sqrt(half))


class Postgres:
    """PostgreSQL's tsvector with a GIN index; its caches belong to the server and stay."""

    name = "postgresql"

    def __init__(self, dsn: str) -> None:
        import psycopg

        self._connect: Any = partial(psycopg.connect, dsn, autocommit=True)
        self._db: Any = self._connect()

    def build(self, documents: Sequence[Document]) -> None:
        db = self._db
        db.execute("DROP TABLE IF EXISTS ibasho_bench")
        db.execute(
            "CREATE UNLOGGED TABLE ibasho_bench (id text, lat float8, lon float8, text tsvector)"
        )
        with db.cursor().copy("COPY ibasho_bench FROM STDIN") as copy:
            for document in documents:
                one = document.record
                words = [*pairs_of(document.text), *document.signs.split()]
                text = " ".join(
                    f"'{_escaped(word)}':{min(at, 16_383)}" for at, word in enumerate(words, 1)
                )
                copy.write_row((one.id, one.lat, one.lon, text))
        db.execute("CREATE INDEX ON ibasho_bench USING gin (text)")
        db.execute("CREATE INDEX ON ibasho_bench (lat, lon)")
        db.execute("VACUUM ANALYZE ibasho_bench")

    def open(self) -> None:
        self._db.close()
        self._db = self._connect()
        self._db.execute("SELECT count(*) FROM ibasho_bench WHERE text @@ '無線'")

    def search(self, query: SearchQuery) -> Answer:
        parts = [" <-> ".join(f"'{_escaped(p)}'" for p in phrase) for phrase in phrases_of(query)]
        words = " & ".join([*(f"({part})" for part in parts), *map(_single, signs_of(query))])
        values: dict[str, Any] = {"words": words}
        where, order = "text @@ %(words)s::tsquery", "ts_rank(text, %(words)s::tsquery) DESC"
        if query.near and query.within_m:
            south, north, west, east = box_around(query.near, query.within_m)
            values |= {"south": south, "north": north, "west": west, "east": east}
            values |= {"lat": query.near.lat, "lon": query.near.lon, "most": query.within_m}
            order = _METRES.replace(":lat", "%(lat)s").replace(":lon", "%(lon)s")
            where += " AND lat BETWEEN %(south)s AND %(north)s"
            where += f" AND lon BETWEEN %(west)s AND %(east)s AND {order} <= %(most)s"
        rows = self._db.execute(
            f"SELECT id, count(*) OVER () FROM ibasho_bench WHERE {where}"  # noqa: S608 (ours)
            f" ORDER BY {order} LIMIT {LIMIT}", values,
        ).fetchall()  # fmt: skip
        return (rows[0][1] if rows else 0), [row[0] for row in rows]


def _single(sign: str) -> str:
    return f"'{sign}'"


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("'", "''")
