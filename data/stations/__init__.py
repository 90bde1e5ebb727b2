"""The railway stations of a ward: where people say that they are near."""

from ibasho.data.stations.model import FEWEST_LETTERS, Station, latin_names
from ibasho.data.stations.store import (
    StoredStation,
    enter_stations,
    find_station,
    keep_stations,
    read_stations,
    read_stored_station,
    read_stored_stations,
    withdraw_station,
)

__all__ = [
    "FEWEST_LETTERS",
    "Station",
    "StoredStation",
    "enter_stations",
    "find_station",
    "keep_stations",
    "latin_names",
    "read_stations",
    "read_stored_station",
    "read_stored_stations",
    "withdraw_station",
]
