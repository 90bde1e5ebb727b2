"""GeoJSON as rows of text: the properties of each feature are columns, and so is its point."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ibasho.importers.report import ImportRefusedError
from ibasho.importers.workbooks import cell_text

LATITUDE, LONGITUDE = "緯度", "経度"
POINT = {LATITUDE: "lat", LONGITUDE: "lon"}
# Of what this site itself gives out at /listings.geojson: what another can take over.
_OWN = ("id", "name", "kind", "address")
_OWN_MARKS = {*_OWN, "kind_label", "level", "radius_m"}


def read_features(name: str, text: str) -> tuple[list[list[str]], dict[str, str]]:
    """The header and a row for each feature, and which field those columns are that are known.

    A point stands with its longitude first there (RFC 7946), and here as 緯度 and 経度 in WGS 84
    degrees. Raises ImportRefusedError for a text that is cut, other JSON, and features that are
    areas or lines.
    """
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImportRefusedError(
            f"{name} is damaged or cut: it begins like JSON and cannot be read."
            " Download or export it again."
        ) from error
    rows = [_row(name, feature) for feature in _features(name, body)]
    if not rows:
        raise ImportRefusedError(f"{name} is empty: it has no features. Export it again.")
    columns = list(dict.fromkeys(column for row in rows for column in row))
    is_own = all(_properties(one).keys() >= _OWN_MARKS for one in _features(name, body))
    if is_own:
        columns = [one for one in columns if one in {*_OWN, *POINT}]
    known = {column: field for column, field in POINT.items() if column in columns}
    if is_own:
        known |= {column: column for column in _OWN}
    return [columns, *([row.get(column, "") for column in columns] for row in rows)], known


def _features(name: str, body: object) -> Sequence[Mapping[str, Any]]:
    """The features of a collection, or the one that stands alone."""
    found: object = None
    if isinstance(body, dict):
        found = [body] if body.get("type") == "Feature" else body.get("features")
    if isinstance(found, list) and all(isinstance(one, dict) for one in found):
        return found
    raise ImportRefusedError(
        f"{name} is not a table: it begins like JSON, but is no GeoJSON."
        " Export it as CSV, XLSX or GeoJSON and try again."
    )


def _row(name: str, feature: Mapping[str, Any]) -> dict[str, str]:
    properties = _properties(feature)
    row = {column: _cell(value) for column, value in properties.items() if column.strip()}
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        return row
    if geometry.get("type") != "Point":
        raise ImportRefusedError(
            f"{name} holds {geometry.get('type')}s, not points alone. Import a file in which each"
            " place is a point; outlines of areas are entered at the desk."
        )
    point = geometry.get("coordinates")
    # What this site gives out says how rough a point is: only a pin is a place's own.
    is_rough = "radius_m" in properties and properties.get("level", "pin") != "pin"
    if isinstance(point, list) and len(point) >= len(POINT) and not is_rough:
        row |= {LATITUDE: _cell(point[1]), LONGITUDE: _cell(point[0])}
    return row


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _cell(value: object) -> str:
    """A value as a cell: several are parted by `;` as in the official tables, an object
    or a list within a list is none."""
    if isinstance(value, list):
        parts = (_cell(one) for one in value if not isinstance(one, list))
        return ";".join(filter(None, parts))
    return cell_text(value) if isinstance(value, bool | int | float | str) else ""
