"""The railway stations of a ward: where people say that they are near."""

from ibasho.data.stations.model import FEWEST_LETTERS, Station, latin_names
from ibasho.data.stations.store import find_station, keep_stations, read_stations

__all__ = [
    "FEWEST_LETTERS",
    "Station",
    "find_station",
    "keep_stations",
    "latin_names",
    "read_stations",
]
