"""The railway stations of a ward: where people say that they are near."""

from ibasho.data.stations.model import Station, latin_name
from ibasho.data.stations.store import find_station, keep_stations, read_stations

__all__ = ["Station", "find_station", "keep_stations", "latin_name", "read_stations"]
