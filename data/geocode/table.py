"""The town table: the 大字・町, 丁目 and 小字 of Japan with their points."""

import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

PATH = Path(__file__).with_name("towns.npz")
UNKNOWN = -(2**31)
"""Stands in the file for a coordinate that the source does not have."""
SPARSEST_M = 5000
"""The most that `spacing` says: farther than that no town is asked for."""

Degrees = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """All towns, numbered from 0; those of one municipality stand together.

    `municipalities` are pairs (prefecture, name); `towns` has one text for each of them, a line
    for each town: 大字・町, a tab, 小字 (either may be empty). `starts[m]` is the number of the
    first town of municipality m (one more entry than municipalities, so that `starts[m + 1]` is
    its end). `lat`, `lon` are WGS 84 degrees, NaN where unknown. `spacing` is the distance in
    metres to the third-nearest other town: how densely towns lie there.
    """

    municipalities: tuple[tuple[str, str], ...]
    towns: tuple[str, ...]
    starts: tuple[int, ...]
    lat: Degrees
    lon: Degrees
    spacing: npt.NDArray[np.uint16]

    def rows(self, municipality: int) -> slice:
        """The numbers of a municipality's towns."""
        return slice(self.starts[municipality], self.starts[municipality + 1])

    def town(self, municipality: int, row: int) -> tuple[str, str]:
        """大字・町 and 小字 of a town, by the number of its municipality and its own."""
        line = _lines(self.towns[municipality])[row - self.starts[municipality]]
        town, _, koaza = line.partition("\t")
        return town, koaza


@cache
def _lines(towns: str) -> list[str]:
    return towns.split("\n")


_lock = threading.Lock()


def table() -> Table:
    """The table, read once per process. OSError when the package was installed without it."""
    with _lock:
        return _read()


@cache
def _read() -> Table:
    with np.load(PATH, allow_pickle=False) as file:
        municipalities = file["municipalities"].tobytes().decode().split("\n")
        return Table(
            municipalities=tuple((p, m) for p, _, m in (x.partition("\t") for x in municipalities)),
            towns=tuple(file["towns"].tobytes().decode().split("\f")),
            starts=(0, *np.cumsum(file["counts"]).tolist()),
            lat=_degrees(file["lat"]),
            lon=_degrees(file["lon"]),
            spacing=file["spacing"],
        )


def _degrees(millionths: npt.NDArray[np.int32]) -> Degrees:
    return np.where(millionths == UNKNOWN, np.nan, millionths / 1_000_000)
