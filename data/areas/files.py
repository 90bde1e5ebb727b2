"""Files of outlines: what is in a GeoJSON, and where it waits until somebody keeps it."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ibasho.data.areas.model import Area, AreaKind, check_outline
from ibasho.data.areas.store import enter_areas
from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.ids import new_id

MOST_BYTES = 10_000_000
MOST_OUTLINES = 500
MOST_POSITIONS = 100_000  # every visitor of the map loads them
_MOST_PROPERTIES, _LONGEST_VALUE = 50, 100  # of an outline; in letters
_DIGITS = 6  # of a degree: a tenth of a metre
_KEPT_FOR = dt.timedelta(days=1)


class NoOutlinesError(ValueError):
    """A file that is no GeoJSON of outlines in degrees."""


class TooManyOutlinesError(ValueError):
    """More outlines, or finer ones, than a map of a ward can carry."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One outline of a file: what the file says of it, and where it runs."""

    properties: dict[str, str]
    geometry: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OutlineFile:
    """A file that was sent, by its name, with its outlines."""

    id: str
    name: str
    outlines: tuple[Outline, ...]

    @property
    def properties(self) -> dict[str, tuple[str, ...]]:
        """What may be the names: every property that all outlines have, with its values."""
        shared = set.intersection(*(set(one.properties) for one in self.outlines))
        order = [name for name in self.outlines[0].properties if name in shared]
        return {
            name: tuple(dict.fromkeys(one.properties[name] for one in self.outlines))
            for name in order
        }


def read_outline_file(data: bytes) -> tuple[Outline, ...]:
    """The outlines of a GeoJSON file, at least one, in WGS 84 degrees; other shapes are left out.

    Of what the file says of each, the first 50 texts are kept, of each its first 100 letters.

    Raises NoOutlinesError and TooManyOutlinesError.
    """
    if len(data) > MOST_BYTES:
        raise TooManyOutlinesError
    try:
        body = json.loads(data.decode("utf-8-sig"))
        features = body["features"] if body["type"] == "FeatureCollection" else [body]
        found = [one for one in features if _has_outline(one)]
        if len(found) > MOST_OUTLINES or sum(map(_positions, found)) > MOST_POSITIONS:
            raise TooManyOutlinesError
        outlines = tuple(map(_outline, found))
    except TooManyOutlinesError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoOutlinesError from error
    if not outlines:
        raise NoOutlinesError
    return outlines


def areas_of(
    outlines: Iterable[Outline], kind: AreaKind, source: str, named_by: str, name: str = ""
) -> list[Area]:
    """The areas by the property that names them; outlines of one name are one area.

    `name` is that of all outlines, if it is given, or where the property is none of theirs.
    """
    polygons: dict[str, list[Any]] = {}
    for one in outlines:
        rings = one.geometry["coordinates"]
        parts = [rings] if one.geometry["type"] == "Polygon" else rings
        # a name stands in the address of its page
        called = (name or one.properties.get(named_by, "?")).replace("/", "／")
        polygons.setdefault(called, []).extend(parts)
    return [
        Area(kind, called, {"type": "MultiPolygon", "coordinates": parts}, source)
        for called, parts in polygons.items()
    ]


def keep_file(db: Database, name: str, data: bytes, actor: str) -> str:
    """Keep a file for a day, until its outlines are kept or forgotten, and return its id.

    Raises what `read_outline_file` raises.
    """
    body = [{"properties": one.properties, "geometry": one.geometry}
            for one in read_outline_file(data)]  # fmt: skip
    file_id = new_id()
    with transaction(db):
        _forget_old_files(db)
        db.table("outline_file").insert(
            {
                "id": file_id,
                "name": name,
                "body": json.dumps(body, ensure_ascii=False),
                "sent_by": actor,
                "sent_at": now(),
            }
        )
    return file_id


def read_file(db: Database, file_id: str) -> OutlineFile | None:
    """A file that waits; None where there is none of that id any more."""
    row = db.execute("SELECT name, body FROM outline_file WHERE id = ?", [file_id]).fetchone()
    if row is None:
        return None
    outlines = tuple(Outline(**one) for one in json.loads(row[1]))
    return OutlineFile(file_id, row[0], outlines)


def keep_file_areas(db: Database, file_id: str, areas: Iterable[Area], actor: str) -> None:
    """Keep the areas that a file was found to have, and erase the file; one transaction."""
    with transaction(db):
        enter_areas(db, areas, actor)
        db.execute("DELETE FROM outline_file WHERE id = ?", [file_id])


def _forget_old_files(db: Database) -> None:
    oldest = dt.datetime.now(dt.UTC) - _KEPT_FOR
    db.execute(
        "DELETE FROM outline_file WHERE sent_at < ?", [oldest.isoformat(timespec="microseconds")]
    )


def _has_outline(feature: dict[str, Any]) -> bool:
    geometry = feature["geometry"]
    return bool(geometry) and geometry["type"] in {"Polygon", "MultiPolygon"}


def _positions(feature: dict[str, Any]) -> int:
    geometry = feature["geometry"]
    rings = geometry["coordinates"]
    parts = [rings] if geometry["type"] == "Polygon" else rings
    return sum(len(ring) for polygon in parts for ring in polygon)


def _outline(feature: dict[str, Any]) -> Outline:
    geometry = feature["geometry"]
    check_outline(geometry)
    said = feature.get("properties") or {}
    texts = (
        (str(name)[:_LONGEST_VALUE], str(value).strip()[:_LONGEST_VALUE])
        for name, value in said.items()
        if isinstance(value, str | int | float) and str(value).strip()
    )
    properties = dict(islice(texts, _MOST_PROPERTIES))
    rounded = {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}
    return Outline(properties, rounded)


def _rounded(value: Any) -> Any:  # noqa: ANN401  # numbers in lists in lists
    """Positions without height and without digits that no map shows."""
    if isinstance(value[0], int | float):
        return [round(float(one), _DIGITS) for one in value[:2]]
    return [_rounded(one) for one in value]
