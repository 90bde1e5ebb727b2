"""The map's shell, made by folium; places come to it as data, never as code of a page."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import folium
from flask import abort

from ibasho.site.config import Settings

MAX_ZOOM = 18
# The whole of Japan, for a site that knows no place yet.
JAPAN = (36.5, 137.5)
_FOLDERS = {"leaflet": "xstatic.pkg.leaflet", "markercluster": "xstatic.pkg.leaflet_markercluster"}

SCRIPTS = ("leaflet/leaflet.js", "markercluster/leaflet.markercluster.js")
STYLES = ("leaflet/leaflet.css", "markercluster/MarkerCluster.css")


@dataclass(frozen=True, slots=True)
class MapShell:
    """An empty map: its element, the script that makes it, and the names of its two objects."""

    html: str
    script: str
    map_name: str
    tiles_name: str


@lru_cache(maxsize=8)
def map_shell(settings: Settings) -> MapShell:
    """The shell for a site; no name, no address and no position of a visitor is in it.

    The tile layer is made but not shown: the page adds it when the visitor opens the map, so
    that the tiles' host hears of nobody who did not ask.
    """
    # With no tile layer nothing else would tell the clusters how far the map can be enlarged.
    shell = folium.Map(location=JAPAN, zoom_start=5, tiles=None, maxZoom=MAX_ZOOM)
    tiles_name = ""
    if settings.tiles:
        credit = f'<a href="{settings.tiles_link}">{settings.tiles_credit}</a>'
        layer = folium.TileLayer(
            tiles=settings.tiles, attr=credit, name="tiles", show=False, max_zoom=MAX_ZOOM
        )
        layer.add_to(shell)
        tiles_name = layer.get_name()
    figure = folium.Figure()
    shell.add_to(figure)
    figure.render()
    return MapShell(
        html=figure.html.render(),
        script=figure.script.render(),
        map_name=shell.get_name(),
        tiles_name=tiles_name,
    )


def vendor_folder(name: str) -> Path:
    """Where the files of a map library lie; 404 for any other name."""
    spec = find_spec(_FOLDERS[name]) if name in _FOLDERS else None
    if spec is None or spec.origin is None:
        abort(404)
    return Path(spec.origin).parent / "data"
