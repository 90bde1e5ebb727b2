"""The ground of the demo ward: its outline, its school districts, schools and stations.

Districts and schools are made up, the stations are the real ones to about 100 m. The outlines in
`areas.geojson` are approximate and nobody's border: they were drawn around the points of the town
table, the ward's as well as the districts'.
"""

import json
from pathlib import Path
from typing import Any

from ibasho.data.areas import Area, AreaKind, keep_areas
from ibasho.data.database import Database
from ibasho.data.schools import School, SchoolKind, keep_schools
from ibasho.data.stations import Station, keep_stations

_FOLDER = Path(__file__).parent


def keep_ground(db: Database, municipality: str) -> None:
    """Keep areas, schools and stations of the demo in the caller's transaction.

    The schools' addresses are completed by `municipality`.
    """
    features = json.loads((_FOLDER / "areas.geojson").read_text("utf-8"))["features"]
    keep_areas(db, [_area(feature["geometry"], **feature["properties"]) for feature in features])
    schools = json.loads((_FOLDER / "schools.json").read_text("utf-8"))
    keep_schools(db, [_school(school, municipality) for school in schools])
    stations = json.loads((_FOLDER / "stations.json").read_text("utf-8"))
    keep_stations(db, [Station(**station) for station in stations])


def _area(geometry: dict[str, Any], kind: str, name: str, source: str) -> Area:
    return Area(AreaKind(kind), name, geometry, source)


def _school(body: dict[str, Any], municipality: str) -> School:
    completed = {"kind": SchoolKind(body["kind"]), "address": municipality + body["address"]}
    return School(**body | completed)
