"""What a document is worth whoever asks: how soon it opens, how sure its facts are."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ibasho.search_index.columns import Columns, Numbers

SOON, FRESH, COMPLETE = 8.0, 2.0, 2.0
SOON_DAYS, FRESH_DAYS = 7.0, 180.0
DAY_BITS, RANK_BITS = 12, 24  # days until the next opening, documents
_LAST_DAY = (1 << DAY_BITS) - 1
_HIGHEST = 1 << 20  # hundredths of a point: more than anything gets

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Standing:
    """A value for each document, for one span of days.

    `points` are those parts of the sum in `ranking` that no word and no place changes. `by_date`
    compares as next opening, then reading of the name, then id do; no two are equal.
    """

    points: NDArray[np.float32]
    by_date: Keys

    def by_points(self, documents: Numbers, points: NDArray[np.float32]) -> Keys:
        """Compares documents that have so many points in all as `ranking` does: smallest first."""
        hundredths = _HIGHEST - (points * 100).astype(np.int64)
        return (hundredths << (RANK_BITS + DAY_BITS)) | self.by_date[documents]


def standing(columns: Columns, rank: Numbers, first_days: Numbers, day: dt.date) -> Standing:
    """The standing of all documents on a JST date.

    `rank` is the place of each in the order of their readings, `first_days` the ordinal of its
    first opening from that day on, or a day that never comes.
    """
    days = np.clip(first_days - np.int32(day.toordinal()), 0, _LAST_DAY)
    age = np.maximum(day.toordinal() - columns.told_on, 0)
    fresh = np.exp2(-age / FRESH_DAYS) * np.where(columns.assured, 1.0, 0.5)
    points = SOON * np.exp2(-days / SOON_DAYS) + FRESH * fresh + COMPLETE * columns.complete
    return Standing(points.astype(np.float32), (days.astype(np.int64) << RANK_BITS) | rank)
