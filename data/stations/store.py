"""The only code that reads and writes the table of stations."""

from collections.abc import Iterable
from dataclasses import astuple

from ibasho.data.database import Database
from ibasho.data.romaji import romaji
from ibasho.data.stations.model import Station, latin_names, station_name
from ibasho.data.text import fold_closed


def keep_stations(db: Database, stations: Iterable[Station]) -> None:
    """Keep these stations, each in place of one of the same name; part of the transaction.

    Raises ValueError for a point that is not on the globe.
    """
    for station in stations:
        if not (-90 <= station.lat <= 90 and -180 <= station.lon <= 180):
            raise ValueError(f"{station.name}: {station.lat}, {station.lon} is no point in degrees")
        db.execute(
            "INSERT OR REPLACE INTO station (name, kana, lat, lon) VALUES (?, ?, ?, ?)",
            astuple(station),
        )


def read_stations(db: Database) -> list[Station]:
    """All stations by their reading."""
    rows = db.execute("SELECT name, kana, lat, lon FROM station ORDER BY kana")
    return [Station(*row) for row in rows]


def find_station(db: Database, text: str) -> Station | None:
    """The station that a text names, by its name or its reading: 田無駅, たなし駅, Tanashi."""
    asked, latin = station_name(text), latin_names(text)
    if not (asked or latin):
        return None
    for station in read_stations(db):
        if asked in {fold_closed(station.name), fold_closed(station.kana)}:
            return station
        if romaji(station.kana) in latin:
            return station
    return None
