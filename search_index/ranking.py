"""What comes first: one sum of points for each document, the most fitting first.

    points =  60  if every word stands in the name
            + 40 · words         BM25 of the words, as a share of the most that it can come to
            + 30 · 2^(-d/1 km)   d: distance from the place that was asked for
            +  8 · 2^(-t/7 d)    t: days until it opens next
            +  2 · 2^(-a/180 d)  a: age of the facts; half as much if only a list told them
            +  2 · complete      share of what visitors ask that is stated

The first two are worked out here and in `weights`, the last three in `standing`. What is unknown
gives no points. Points are compared in hundredths; listings with the same come by their next
opening, then by the reading of their name, then by id: a total order, so that no page loses or
repeats a listing.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ibasho.search_index.columns import EARTH_M, Flags, Floats, Numbers
from ibasho.search_index.dates import Span
from ibasho.search_index.query import Point, Sort
from ibasho.search_index.snapshot import Snapshot
from ibasho.search_index.standing import RANK_BITS, Keys
from ibasho.search_index.weights import Found

NEAR, NEAR_M = 30.0, 1_000.0

_FAR = 1 << 30  # decimetres: farther than anything on Earth


def order(
    snapshot: Snapshot,
    documents: Numbers,
    sort: Sort,
    found: Found | None,
    near: Point | None,
    span: Span,
) -> Keys:
    """A key for each document: the smallest comes first, and no two are equal."""
    if sort is Sort.NAME:
        return snapshot.rank[documents].astype(np.int64)
    if sort is Sort.DISTANCE and near:
        far = np.minimum(distances(snapshot, documents, near) * 10, _FAR).astype(np.int64)
        return (far << RANK_BITS) | snapshot.rank[documents]
    standing = snapshot.standing(span)
    if sort is Sort.DATE:
        return standing.by_date[documents]
    points = standing.points[documents]
    if found:
        more = found.points
        if len(documents) < len(found.documents):
            more = more[found.documents.searchsorted(documents)]
        points += more
    if near:
        points += NEAR * np.exp2(-distances(snapshot, documents, near) / NEAR_M)
    return standing.by_points(documents, points)


def first(documents: Numbers, keys: Keys, count: int) -> Numbers:
    """The first `count` documents in the order of their keys."""
    if 0 < count < len(keys):
        best = np.argpartition(keys, count - 1)[:count]
        documents, keys = documents[best], keys[best]
    return documents[np.argsort(keys)][:count]


def distances(snapshot: Snapshot, documents: Numbers, point: Point) -> Floats:
    """Metres along the great circle from a point (WGS 84); infinite where the place is unknown."""
    half = np.sqrt(_chords(snapshot, documents, point)) / 2
    metres = 2 * EARTH_M * np.arcsin(np.minimum(half, 1))
    metres[np.isnan(metres)] = np.inf
    return metres


def within(snapshot: Snapshot, documents: Numbers | slice, point: Point, metres: float) -> Flags:
    """Which documents, or all of them, lie so near to a point (WGS 84), that distance included."""
    half = math.sin(min(metres / (2 * EARTH_M), math.pi / 2))
    # most lie too far north or south, which is soon seen; a hair more, for what rounding takes away
    band = math.degrees(metres / EARTH_M) + 1e-9
    is_near: Flags = np.abs(snapshot.columns.lat[documents] - point.lat) <= band
    rows = np.flatnonzero(is_near)
    there = rows if isinstance(documents, slice) else documents[rows]
    # no sine for each
    is_near[rows] = _chords(snapshot, there, point) <= (2 * half) ** 2 * (1 + 1e-12)
    return is_near


def _chords(snapshot: Snapshot, documents: NDArray[np.integer[Any]], point: Point) -> Floats:
    """The squares of the chords through the unit sphere; NaN where the place is unknown."""
    lat, lon = math.radians(point.lat), math.radians(point.lon)
    here = [math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)]
    away = snapshot.columns.sphere.take(documents, axis=0) - here
    squares: Floats = np.einsum("ij,ij->i", away, away)
    return squares
