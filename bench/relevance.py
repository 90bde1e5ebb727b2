"""How much of what a careful reader calls right a search finds, and how much of it is right.

The queries and their right answers stand in tests/search_index, over the demo ward and over the
real lists of children's cafeterias: those of relevance.json, with which the words were chosen, and
those of held_out.json, which were written by reading the listings before anything was measured
with them, and are never tuned for. Each query is asked as the search page asks it, conditions
among its words and typing errors included, but what is found only because a condition gave way
counts as nothing found. `right` is what must be found; `fine` is what
counts neither way, because readers would differ. Where `near` is set, the query names a place and
the order counts: only as many of the first answers are looked at as are right or fine. So it is
where the page understands a place and puts what is nearest first.

An answer is named by a piece of its name (the demo), `file:rows` (the real lists, whose header is
row 1), or `kind:`, `district:` or `network:`; a minus takes one out again.
"""

import csv
import datetime as dt
import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask
from real import Goal, add_real, need, options, show, show_goals
from real import judge as judge_goals

from ibasho.data.database import Database, open_database
from ibasho.data.demo import make_demo
from ibasho.data.listings import PublicListing
from ibasho.data.listings.store import read_all_public
from ibasho.data.text import fold_closed
from ibasho.importers import ImportOptions, import_files
from ibasho.site import stores
from ibasho.site.app import create_app
from ibasho.site.asking import also_asked, read_asked
from ibasho.site.config import Settings

CASES = Path(__file__).parents[1] / "tests" / "search_index"
CHOSEN_WITH, HELD_OUT = "relevance", "held_out"
"""The sets of queries: that with which the words were chosen, and that which never is tuned for."""
ENOUGH = 0.95
GOALS = tuple(
    Goal(f"{name}_{share}", ENOUGH, at_least=True)
    for name in (CHOSEN_WITH, HELD_OUT)
    for share in ("recall", "precision")
)
TODAY = dt.date(2026, 11, 22)
WARD_PAGE = ImportOptions(
    municipality="大阪府大阪市西区",
    mapping={"施設名": "name", "住所": "address", "内容": "schedule"},
)


@dataclass(frozen=True, slots=True)
class Case:
    """A query with the names of the answers that are right, and of those that count neither way."""

    query: str
    right: tuple[str, ...]
    fine: tuple[str, ...] = ()
    near: bool = False


@dataclass(frozen=True, slots=True)
class Ward:
    """A site, its public listings by id, and the listing of each row of a file, as "file:row"."""

    app: Flask
    listings: dict[str, PublicListing]
    rows: dict[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What one query found: ids that are right, that are wrong, and that were missed."""

    query: str
    right: frozenset[str]
    wrong: frozenset[str]
    missed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares between 0 and 1, each answer of each query weighing the same."""

    recall: float
    precision: float


def read_cases(ward: str, of: str = CHOSEN_WITH) -> list[Case]:
    """The queries over one ward, `demo` or `real`, of one set."""
    text = (CASES / f"{of}.json").read_text("utf-8")
    cases: list[dict[str, Any]] = json.loads(text)[ward]
    return [
        Case(one["query"], tuple(one["right"]), tuple(one.get("fine", ())), one.get("near", False))
        for one in cases
    ]


def demo_ward(folder: Path) -> Ward:
    """The demo ward, made in an empty folder."""
    db = open_database(folder)
    make_demo(db, TODAY)
    return _opened(folder, db, {})


def real_ward(folder: Path, real: Path) -> Ward:
    """The real lists of children's cafeterias, imported into an empty folder."""
    db = open_database(folder)
    rows: dict[str, str] = {}
    for file in sorted((real / "kodomo-shokudo").glob("*_kodomosyokudo.csv")):
        _import(db, file, file.name.partition("_")[0], ImportOptions(), "名称", rows)
    _import(db, next((real / "ward-page").iterdir()), "osaka", WARD_PAGE, "施設名", rows)
    return _opened(folder, db, rows)


def _import(
    db: Database, file: Path, called: str, how: ImportOptions, column: str, rows: dict[str, str]
) -> None:
    """Import one file, and note which listing each of its rows has become."""
    before = {listing.id for listing in read_all_public(db)}
    import_files(db, [file], how, TODAY)
    new = {
        fold_closed(listing.name): listing.id
        for listing in read_all_public(db)
        if listing.id not in before
    }
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            rows[f"{called}:{number}"] = new[fold_closed(row[column])]


def _opened(folder: Path, db: Database, rows: dict[str, str]) -> Ward:
    listings = {listing.id: listing for listing in read_all_public(db)}
    db.conn.close()
    app = create_app(Settings(folder, "measured on this machine, never served"))
    return Ward(app, listings, rows)


def judge(ward: Ward, case: Case) -> Judged:
    """Ask one query and compare what it finds."""
    right, fine = _named(ward, case.right), _named(ward, case.fine)
    with ward.app.app_context():
        asked = read_asked({"q": case.query}, TODAY, stores.find_place, stores.understand_words)
        query = also_asked(asked, stores.synonyms()).query
        result = stores.find(replace(query, limit=len(ward.listings)), TODAY)
    found = [] if result.relaxed else [hit.id for hit in result.hits]
    if case.near or asked.place:
        found = found[: len(right | fine)]
    return Judged(
        case.query, right & set(found), frozenset(found) - right - fine, right - set(found)
    )


def score(judged: Sequence[Judged]) -> Score:
    """Recall and precision over all answers of these queries."""
    right = sum(len(one.right) for one in judged)
    missed = sum(len(one.missed) for one in judged)
    wrong = sum(len(one.wrong) for one in judged)
    return Score(_share(right, missed), _share(right, wrong))


def _share(right: int, other: int) -> float:
    return right / (right + other) if right + other else 1.0


def _named(ward: Ward, names: Iterable[str]) -> frozenset[str]:
    ids: frozenset[str] = frozenset()
    for name in names:
        ids = ids - _one(ward, name[1:]) if name.startswith("-") else ids | _one(ward, name)
    return ids


def _one(ward: Ward, name: str) -> frozenset[str]:
    """The listings of one name. Raises LookupError where it is nobody's, or a piece of two."""
    what, _, value = name.partition(":")
    fields = {"kind": "kind", "district": "school_district", "network": "network"}
    if what in fields:
        found = [id_ for id_, one in ward.listings.items() if getattr(one, fields[what]) == value]
    elif value:
        found = [ward.rows[f"{what}:{row}"] for row in _numbers(value)]
    else:
        found = [id_ for id_, one in ward.listings.items() if name in one.name]
    if not found or (not value and len(found) > 1):
        raise LookupError(f"{name}: {len(found)} listings")
    return frozenset(found)


def _numbers(text: str) -> Iterable[int]:
    """The rows of 「2,5-7」."""
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def main() -> None:
    """Print every query that is not answered as a careful reader would, and the shares."""
    parser = options(__doc__ or "")
    add_real(parser)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wards = {
            "demo": demo_ward(Path(folder, "demo")),
            "real": real_ward(Path(folder, "real"), need(asked.real)),
        }
        judged = {
            of: {
                name: [judge(ward, case) for case in read_cases(name, of)]
                for name, ward in wards.items()
            }
            for of in (CHOSEN_WITH, HELD_OUT)
        }
    result: dict[str, object] = {}
    table: list[list[object]] = [["query", "set", "ward", "recall", "precision", "missed", "wrong"]]
    for of, by_ward in judged.items():
        for name, ones in by_ward.items():
            for one in ones:
                told = [_told(wards[name], ids) for ids in (one.missed, one.wrong)]
                table.append([one.query, of, name, *_shares([one]), *told])
    for of, by_ward in judged.items():
        every = [one for ones in by_ward.values() for one in ones]
        for name, ones in (*by_ward.items(), ("both", every)):
            table.append(["all", of, name, *_shares(ones), "", ""])
        result[f"{of}_queries"] = len(every)
        result[f"{of}_recall"], result[f"{of}_precision"] = _shares(every)
        result[f"{of}_not_perfect"] = [one.query for one in every if one.missed or one.wrong]
    goals = judge_goals(GOALS, result)
    show(result | {"goals": goals}, as_json=asked.json, table=table)
    if not asked.json:
        show_goals(goals)


def _shares(judged: Sequence[Judged]) -> tuple[float, float]:
    found = score(judged)
    return found.recall, found.precision


def _told(ward: Ward, ids: frozenset[str]) -> str:
    names = sorted(ward.listings[id_].name for id_ in ids)
    return "、".join(names[:4]) + (f" +{len(names) - 4}" if len(names) > 4 else "")


if __name__ == "__main__":
    main()
