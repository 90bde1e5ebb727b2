"""The only code that reads and writes the table of stations."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from ibasho.data.database import Database, transaction
from ibasho.data.record import write_record
from ibasho.data.romaji import romaji
from ibasho.data.stations.model import Station, latin_names, station_name
from ibasho.data.text import fold_closed
from ibasho.data.withdrawn import UnknownEntryError, set_withdrawn


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
    rows = db.execute("SELECT name, kana, lat, lon FROM station WHERE NOT withdrawn ORDER BY kana")
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


# -- the staff


@dataclass(frozen=True, slots=True)
class StoredStation:
    """A station as the staff know it; a withdrawn one is known to nobody else."""

    body: Station
    withdrawn: bool


def read_stored_stations(db: Database) -> list[StoredStation]:
    """All stations, also withdrawn ones, by their reading."""
    rows = db.execute("SELECT name, kana, lat, lon, withdrawn FROM station ORDER BY kana, name")
    return [StoredStation(Station(*station), bool(withdrawn)) for *station, withdrawn in rows]


def read_stored_station(db: Database, name: str) -> StoredStation:
    """One of them. Raises UnknownEntryError."""
    for one in read_stored_stations(db):
        if one.body.name == name:
            return one
    raise UnknownEntryError(name)


def enter_stations(
    db: Database, stations: Iterable[Station], actor: str, renamed_from: str = ""
) -> None:
    """Keep stations that somebody typed or sent, each in place of one of the same name.

    A station that had another name before takes its place. One transaction with a line for each in
    the record. Raises ValueError as `keep_stations` does.
    """
    kept = list(stations)
    with transaction(db):
        if renamed_from and renamed_from not in {station.name for station in kept}:
            db.execute("DELETE FROM station WHERE name = ?", [renamed_from])
        keep_stations(db, kept)
        for station in kept:
            write_record(db, actor, "keep_station", f"station:{station.name}", renamed_from)


def withdraw_station(db: Database, name: str, withdrawn: bool, actor: str) -> None:
    """Withdraw a station, or bring it back. Raises UnknownEntryError."""
    set_withdrawn(db, "station", name, withdrawn, actor, f"station:{name}")
