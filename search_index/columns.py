"""One value a document for everything that is no text: places, kinds, ages, facts, dates."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ibasho.data.listings.facts import Fact
from ibasho.data.listings.kinds import Kind
from ibasho.search_index.arrays import Arrays
from ibasho.search_index.record import Record

Numbers = NDArray[np.int32]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

KINDS = list(Kind)
FACTS = list(Fact)
EARTH_M = 6_371_008.8


@dataclass(frozen=True, slots=True)
class Columns:
    """Arrays of one length, a value for each document.

    `lat`, `lon` are WGS 84 degrees, NaN where unknown, and `sphere` has a row of the same point's
    coordinates on the unit sphere. Ages are in years: `age_from` is included, `age_below` is
    not; unknown ones are infinite. `monthly` is in yen, infinite where unknown. `facts` has a bit
    for each of `FACTS`.
    `told_on` is the JST day, as an ordinal, on which the facts were last told, 0 where nobody
    knows; `assured`, whether it was the place itself that told them. `complete` is the share of
    what visitors ask that is stated. `schedule` is the number of a text, `districts` of a set of
    school districts.
    """

    ids: NDArray[np.bytes_]
    lat: Floats
    lon: Floats
    sphere: Floats
    kind: NDArray[np.int8]
    free: Flags
    monthly: Floats
    age_from: Floats
    age_below: Floats
    facts: NDArray[np.uint32]
    told_on: Numbers
    assured: Flags
    complete: NDArray[np.float32]
    schedule: Numbers
    districts: Numbers

    @classmethod
    def joined(cls, parts: Sequence["Columns"]) -> "Columns":
        """The columns of several segments, one after the other."""
        if len(parts) == 1:
            return parts[0]
        parts = parts or [columns_of(arrays_of([]), lambda _: _none, lambda _: _none)]
        return cls(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)))

    def of_kinds(self, kinds: Iterable[Kind]) -> Flags:
        """Which documents are of one of these kinds."""
        return among(frozenset(kinds))[self.kind]

    def stating(self, facts: Iterable[Fact]) -> Flags:
        """Which documents state one of these facts."""
        stated: Flags = (self.facts & np.uint32(bits_of(facts))) != 0
        return stated


def bits_of(facts: Iterable[str]) -> int:
    """A bit for each of these facts."""
    return sum(1 << FACTS.index(Fact(fact)) for fact in facts)


_none = np.zeros(0, np.int32)


@cache
def among(kinds: frozenset[Kind]) -> Flags:
    """Of each of `KINDS` whether it is one of these."""
    return np.array([kind in kinds for kind in KINDS])


def arrays_of(records: Sequence[Record]) -> Arrays:
    """The columns of records as they lie in a file, with the texts of schedules, and of districts
    a tab between one and the next.

    `by_id` and `by_name` are the documents in the order of their ids and of their readings, and
    `names` what the latter compares, in that order.
    """
    lat = _floats((record.lat for record in records), np.nan)
    lon = _floats((record.lon for record in records), np.nan)
    oldest = _floats((record.maximum_age for record in records), np.inf)
    ids = np.array([record.id.encode() for record in records], np.bytes_)
    names = np.array(list(map(_name_key, records)), np.bytes_)
    by_name = np.argsort(names)
    schedules, schedule = _numbered([record.schedule for record in records])
    names_of_districts, districts = _numbered(["\t".join(one.districts) for one in records])
    return {
        "ids": ids,
        "by_id": np.argsort(ids, kind="stable").astype(np.int32),
        "names": names[by_name],
        "by_name": by_name.astype(np.int32),
        "lat": lat,
        "lon": lon,
        "sphere": on_sphere(lat, lon),
        "kind": np.array([KINDS.index(Kind(record.kind)) for record in records], np.int8),
        "free": np.array([record.free for record in records], np.bool_),
        "monthly": _floats((record.monthly_fee for record in records), np.inf),
        "age_from": _floats((record.minimum_age for record in records), -np.inf),
        # "up to 18" is up to the nineteenth birthday
        "age_below": np.where(oldest == np.floor(oldest), oldest + 1, np.nextafter(oldest, np.inf)),
        "facts": np.array([bits_of(record.facts) for record in records], np.uint32),
        "told_on": np.array([record.told_on for record in records], np.int32),
        "assured": np.array([record.assured for record in records], np.bool_),
        "complete": np.array([record.complete for record in records], np.float32),
        "schedule": schedule,
        "schedules": schedules,
        "districts": districts,
        "names_of_districts": names_of_districts,
    }


def columns_of(
    arrays: Arrays,
    number_schedules: Callable[[list[str]], Numbers],
    number_districts: Callable[[list[str]], Numbers],
) -> Columns:
    """The columns of a file; these functions give schedules and sets of districts their numbers."""
    numbered = {
        "schedule": number_schedules(_texts(arrays["schedules"]))[arrays["schedule"]],
        "districts": number_districts(_texts(arrays["names_of_districts"]))[arrays["districts"]],
    }
    return Columns(*((arrays | numbered)[field.name] for field in fields(Columns)))


def on_sphere(lat: Floats, lon: Floats) -> Floats:
    """Points of the unit sphere for WGS 84 degrees, a row each; the square of the chord between
    two of them grows with their distance and needs no sine."""
    lat, lon = np.radians(lat), np.radians(lon)
    rows = np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)
    return np.stack(rows, axis=-1)


def _numbered(texts: list[str]) -> tuple[NDArray[np.uint8], Numbers]:
    """The different texts as bytes, one a line, and the line of each."""
    lines = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    content = np.frombuffer("\n".join(lines).encode(), np.uint8)
    return content, np.array([lines[text] for text in texts], np.int32)


def _texts(content: NDArray[np.uint8]) -> list[str]:
    return content.tobytes().decode().split("\n")


def _name_key(record: Record) -> bytes:
    """The first eight UTF-16 units of its reading, then its id: bytes that no other record has."""
    reading = record.sort_key[:8].encode("utf-16-be", "replace")[:16]
    return reading.ljust(16, b"\0") + record.id.encode()


def _floats(values: Iterable[float | None], unknown: float) -> Floats:
    return np.array([unknown if value is None else value for value in values], np.float64)
