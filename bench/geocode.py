"""Measure the geocoder on real addresses, beside normalize_japanese_address on the same rows.

coverage: share of all Japan's schools whose address is answered by a town or better. The peer is
some forty times slower, so that the two are compared on every 20th row.
wrong municipality: rows whose text begins with a municipality's official name in full, and whose
answer lies in another one; the names are those of the list of municipalities (CC0).
error: metres between the answer and the known point of Tokyo's nurseries of 2017.
offset: the mean of that error to the east and to the north, which a shift of the data would show.
reverse: share of 3,700 places of six publishers whose point leads back to the town, or the
municipality, of their address.
within radius: share of those places that lie within the radius of their answer,
by level and kind of area, and of those places asked for without their 丁目.
"""

import csv
import json
import re
import resource
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import real
from known_points import Place, nurseries, places
from real import Goal

from ibasho.data.geocode import Level, Match, geocode, reverse
from ibasho.data.geocode.nearby import METRES_PER_DEGREE, metres
from ibasho.data.geocode.radius import AREAS

PEER = "normalize_japanese_address"
EVERY = 20
FOUND = {"block", "chome", "town"}
_CHOME = re.compile("[一二三四五六七八九十]+(?:丁目?|番町)$")
_ERROR_OF_LIST_M = 9000


@dataclass(frozen=True, slots=True)
class Answer:
    """Level, municipality in full, and point in WGS 84 degrees (None where there is none)."""

    level: str
    municipality: str
    lat: float | None
    lon: float | None


Geocoder = Callable[[str], Answer]


def ours(address: str) -> Answer:
    """The answer of Ibasho."""
    match = geocode(address)
    return Answer(match.level.value, match.prefecture + match.municipality, match.lat, match.lon)


def peer() -> Geocoder | None:
    """The other one; None where it is not installed."""
    if find_spec(PEER) is None:
        return None
    from normalize_japanese_address.normalize import normalize

    def answer(address: str) -> Answer:
        try:
            found = normalize(address)
        except Exception:
            return Answer("error", "", None, None)
        town = str(found["town"])
        has_point = bool(town and found["lat"])
        level = ("chome" if "丁目" in town else "town") if has_point else "none"
        city = str(found["pref"] or "") + str(found["city"])
        lat, lon = float(found["lat"] or 0), float(found["long"] or 0)
        return Answer(level, city, lat if has_point else None, lon if has_point else None)

    return answer


def schools(folder: Path) -> list[str]:
    """The addresses of all schools of Japan."""
    text = (folder / "geocode" / "mext_school_addresses.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("//")]


def official_names(folder: Path) -> set[str]:
    """Prefecture and name of every municipality, 郡 left out as the list does.

    The list has the wards of 浜松市 of before 2024; of that city its name alone counts.
    """
    path = folder / "encodings" / "localgovjp_shift_jis.csv"
    with path.open(encoding="cp932", newline="") as file:
        names = {_spelled(row["pref"] + row["city"]) for row in csv.DictReader(file)}
    return {name for name in names if not name.startswith("静岡県浜松市") or name[-1] == "市"}


def wrong_municipalities(
    rows: list[str], answers: list[Answer], names: set[str]
) -> tuple[int, list[str]]:
    """How many rows name their municipality in full, and those answered with another one."""
    longest = max(map(len, names))
    named = 0
    wrong = []
    for row, answer in zip(rows, answers, strict=True):
        text = _spelled(row)
        name = next((text[:n] for n in range(longest, 3, -1) if text[:n] in names), "")
        if not name or not answer.municipality:
            continue
        named += 1
        told = _without_district(_spelled(answer.municipality))
        if not (told.startswith(name) or name.startswith(told)):
            wrong.append(f"{row} → {answer.municipality}")
    return named, wrong


def _spelled(name: str) -> str:
    """Without blanks, and the one sound that is written ケ, ヶ or が in one spelling."""
    return re.sub("[ヶがガ]", "ケ", re.sub(r"\s", "", unicodedata.normalize("NFKC", name)))


def _without_district(name: str) -> str:
    """三重県三重郡菰野町 → 三重県菰野町, as the list of municipalities writes it."""
    head, district, tail = name.partition("郡")
    prefecture = next((p for p in ("都", "道", "府", "県") if p in head[2:4]), "")
    if not district or not tail or tail[-1] not in "町村" or not prefecture:
        return name
    return head[: head.index(prefecture, 2) + 1] + tail


def errors(rows: list[Place], answers: Iterable[Answer], level: str) -> list[float]:
    """Metres between the true point and the answers of one level."""
    found = []
    for row, answer in zip(rows, answers, strict=True):
        if answer.level == level and answer.lat is not None and answer.lon is not None:
            there = metres(answer.lat, answer.lon, np.array([row.lat]), np.array([row.lon]))
            found.append(float(there[0]))
    return found


def offset(rows: list[Place]) -> dict[str, float]:
    """Mean signed metres from the point of the 丁目 to the true one, to the east and the north."""
    found = [(row, geocode(row.address)) for row in rows]
    moves = [
        ((row.lon - match.lon) * np.cos(np.radians(row.lat)), row.lat - match.lat)
        for row, match in found
        if match.level is Level.CHOME and match.lat is not None and match.lon is not None
    ]
    # A place that is kilometres off is an error of the list.
    near = np.array(moves) * METRES_PER_DEGREE
    east, north = near[np.hypot(*near.T) < _ERROR_OF_LIST_M].mean(axis=0)
    return {"offset_east_m": float(east), "offset_north_m": float(north)}


def within_radius(rows: list[Place]) -> dict[str, tuple[int, float]]:
    """How many places there are of each level and kind of area, and % within their radius."""
    found: dict[str, list[bool]] = {}
    for row in rows:
        match = geocode(row.address, row.municipality)
        if match.level in (Level.CHOME, Level.TOWN):
            found.setdefault(f"{match.level} {_kind(match)}", []).append(_is_within(row, match))
        if match.level is Level.CHOME and _metres(row, match) < _ERROR_OF_LIST_M:
            town = _CHOME.sub("", match.town)
            whole = geocode(match.prefecture + match.municipality + town)
            if whole.level is Level.TOWN and whole.town == town:
                found.setdefault("town of many 丁目", []).append(_is_within(row, whole))
    return {kind: (len(held), 100 * sum(held) / len(held)) for kind, held in sorted(found.items())}


def _kind(match: Match) -> str:
    radii = {getattr(area, f"{match.level}_m"): area.name for area in AREAS[::-1]}
    return radii.get(match.radius_m, AREAS[-1].name)


def _metres(row: Place, match: Match) -> float:
    if match.lat is None or match.lon is None:
        return float("inf")
    return float(metres(match.lat, match.lon, np.array([row.lat]), np.array([row.lon]))[0])


def _is_within(row: Place, match: Match) -> bool:
    return _metres(row, match) <= (match.radius_m or 0)


def back(rows: list[Place]) -> dict[str, float]:
    """Share of places whose point leads back to the town, or municipality, of their address."""
    towns, municipalities = [], []
    for row in rows:
        match = geocode(row.address, row.municipality)
        if match.level in (Level.CHOME, Level.TOWN):
            there = reverse(row.lat, row.lon)
            towns.append(there.matched == match.matched)
            municipalities.append(there.code == match.code)
    return {
        "reverse_own_town_percent": 100 * sum(towns) / len(towns),
        "reverse_own_municipality_percent": 100 * sum(municipalities) / len(towns),
    }


def measure(geocoder: Geocoder, rows: list[str], known: list[Place]) -> dict[str, float | None]:
    """The figures of one geocoder over addresses and over rows with known points."""
    geocoder(rows[0])
    start = time.process_time()
    answers = [geocoder(row) for row in rows]
    seconds = time.process_time() - start
    points = [geocoder(row.address) for row in known]
    chome, town = (errors(known, points, level) for level in ("chome", "town"))
    return {
        "addresses": len(rows),
        "addresses_per_s": len(rows) / seconds,
        "coverage_percent": 100 * sum(a.level in FOUND for a in answers) / len(rows),
        "chome_rows": len(chome),
        "chome_error_median_m": _percentile(chome, 50),
        "chome_error_90_m": _percentile(chome, 90),
        "town_rows": len(town),
        "town_error_median_m": _percentile(town, 50),
        "town_error_90_m": _percentile(town, 90),
    }


def _percentile(values: list[float], percent: int) -> float | None:
    return float(np.percentile(values, percent)) if values else None


def _ratios(ours: dict[str, float | None], theirs: dict[str, float | None]) -> dict[str, float]:
    """Ours ÷ the peer's, for each figure that both have."""
    pairs = ((name, ours[name], theirs[name]) for name in ours if not name.endswith("rows"))
    return {name: one / other for name, one, other in pairs if one and other}


def loading(folder: Path) -> dict[str, float]:
    """What a process of its own needs: seconds and MB until its first answer, ms for one more of
    the same municipality, and how many of all rows a second while their towns are being read."""
    done = subprocess.run(  # noqa: S603 (this very file)
        [sys.executable, __file__, "--load", "--real", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    return {str(name): float(value) for name, value in json.loads(done.stdout).items()}


def _load(folder: Path) -> dict[str, float]:
    before = _resident_mb()
    start = time.process_time()
    geocode("大阪府堺市西区鳳東町6丁600")
    loaded = time.process_time() - start
    again = []
    for number in range(1000):
        start = time.process_time()
        geocode(f"東京都西東京市南町{number % 6 + 1}丁目{number}-1 ビル{number}階")
        again.append(time.process_time() - start)
    megabytes = _resident_mb() - before
    rows = schools(folder)
    start = time.process_time()
    for row in rows:
        geocode(row)
    return {
        "load_s": loaded,
        "load_mb": megabytes,
        "cold_addresses_per_s": len(rows) / (time.process_time() - start),
        "one_median_ms": float(np.median(again)) * 1000,
        "one_99_ms": float(np.percentile(again, 99)) * 1000,
    }


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


GOALS = (
    Goal("coverage_percent", 99, at_least=True),
    Goal("chome_error_median_m", 170),
    Goal("chome_error_90_m", 350),
    Goal("wrong_municipality_percent", 0.1),
    Goal("addresses_per_s", 20_000, at_least=True),
    Goal("one_99_ms", 1),
    Goal("load_s", 0.3),
    Goal("load_mb", 150),
)


def main() -> None:
    """Print the figures, a column for each geocoder."""
    parser = real.options(__doc__ or "")
    real.add_real(parser)
    parser.add_argument("--wrong", action="store_true", help="list answers in wrong municipalities")
    parser.add_argument("--load", action="store_true", help="measure loading alone, as JSON")
    given = parser.parse_args()
    folder = real.need(given.real)
    if given.load:
        print(json.dumps(_load(folder)))
        return
    rows, known = schools(folder), nurseries(folder)
    same = measure(ours, rows[::EVERY], known)
    for row in rows:
        ours(row)  # so that the towns are loaded; cold_addresses_per_s says what that costs
    everything = measure(ours, rows, known)
    named, wrong = wrong_municipalities(rows, [ours(row) for row in rows], official_names(folder))
    everything["wrong_municipality_percent"] = 100 * len(wrong) / named
    other = peer()
    theirs = measure(other, rows[::EVERY], known) if other else None
    all_places = places(folder)
    more = loading(folder) | offset(known) | back(all_places)
    radii = within_radius(all_places)
    figures: dict[str, float | None] = {**everything, **more}
    judged = real.judge(GOALS, figures)
    result = {
        "ours": figures,
        "within_radius": {kind: {"rows": n, "percent": held} for kind, (n, held) in radii.items()},
        "goals": judged,
        "same_rows": {"ours": same, PEER: theirs},
        "ratios": _ratios(same, theirs) if theirs else {},
    }
    head = ("", "all rows", "every 20th", PEER)
    table = [
        (name, value, same.get(name), (theirs or {}).get(name)) for name, value in figures.items()
    ]
    real.show(result, as_json=given.json, table=[head, *table])
    if not given.json:
        kinds = [(kind, *held) for kind, held in radii.items()]
        real.show({}, as_json=False, table=[("\nwithin radius", "rows", "%"), *kinds])
        real.show_goals(judged)
    if given.wrong:
        print("\n".join(wrong))
    if theirs is None and not given.json:
        print(f"{PEER} is not installed: make bench-setup (Python 3.11 only)", file=sys.stderr)


if __name__ == "__main__":
    main()
