"""The ground under the map as data: outlines that change once a year at most."""

import json

from flask import Response

from ibasho.data.areas import Area, read_areas
from ibasho.data.stations import Station, read_stations
from ibasho.site import stores
from ibasho.site.languages import gettext
from ibasho.site.public.views import blueprint

MAX_AGE_SECONDS = 3600


@blueprint.get("/areas.geojson")
def areas() -> Response:
    """Outlines and stations of this site as GeoJSON, outlines with credit; for all the same."""
    db = stores.database()
    features = [_feature(area) for area in read_areas(db)]
    features += [_station(station) for station in read_stations(db)]
    body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    response = Response(body, mimetype="application/geo+json")
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE_SECONDS
    return response


def _station(station: Station) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [station.lon, station.lat]},
        "properties": {"kind": "station", "name": gettext("%(name)s Station", name=station.name)},
    }


def _feature(area: Area) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": area.geometry,
        "properties": {
            "kind": area.kind,
            "name": area.name,
            "source": area.source,
        },
    }
