"""From what a person writes to a point to measure from."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ibasho.data.addresses import Geocode
from ibasho.data.database import Database
from ibasho.data.geocode import Level, geocode
from ibasho.data.schools import find_school
from ibasho.data.stations import find_station
from ibasho.search_index.query import Point

_COORDINATES = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d*)?)\s*[,、\s]\s*([+-]?\d{1,3}(?:\.\d*)?)\s*")

_STATION = re.compile(
    "^(?:JR|西武|東武|京成|京王|京急|東急|小田急|相鉄|名鉄|近鉄|阪急|阪神|京阪|南海|西鉄)?(.+)駅$"
)

_STATION_M = 150  # from the middle of a station to its exits
_GROUNDS_M = 100  # from the point of a school to its gates


@dataclass(frozen=True, slots=True)
class Place:
    """A point to measure from, what it was understood as, and how exactly.

    `radius_m` is the distance in metres within which the meant place lies nine times out of ten;
    None for coordinates.
    """

    point: Point
    label: str
    level: Level
    radius_m: int | None


def read_place(text: str, municipality: str = "", find: Geocode = geocode) -> Place | None:
    """The place that a text means: "34.5,135.4" (WGS 84 degrees) or an address.

    An address without a municipality is looked for in `municipality`. None where nothing is
    understood. A level of `municipality` is its middle: near enough to start from, no more.
    `find` may know blocks; not for visitors, whose place stands in links no nearer than its town.
    """
    if match := _COORDINATES.fullmatch(unicodedata.normalize("NFKC", text)):
        lat, lon = map(float, match.groups())
        if abs(lat) > 90:
            lat, lon = lon, lat
        if abs(lat) > 90 or abs(lon) > 180:
            return None
        return Place(Point(lat, lon), f"{lat:g}, {lon:g}", Level.PIN, None)
    found = find(text, municipality or None)
    if found.lat is None or found.lon is None:
        return None
    return Place(Point(found.lat, found.lon), found.matched, found.level, found.radius_m)


def read_place_among(text: str, municipalities: Iterable[str]) -> Place | None:
    """The place of an address that names no city, where just one of these cities has it.

    A station stands for the town that it has its name from: 田無駅, 西武柳沢駅.
    """
    name = _STATION.sub(r"\1", text)
    found = [read_place(name, municipality) for municipality in municipalities]
    towns = {place for place in found if place and place.level in {Level.CHOME, Level.TOWN}}
    return towns.pop() if len(towns) == 1 else None


def read_landmark(db: Database, text: str) -> Place | None:
    """The station or school of this site that the text names: 田無駅, みなみ小."""
    if station := find_station(db, text):
        point = Point(station.lat, station.lon)
        return Place(point, f"{station.name}駅", Level.BLOCK, _STATION_M)
    return _read_school(db, text)


def _read_school(db: Database, text: str) -> Place | None:
    """The school of this site whose name the text is: みなみ小, みなみ小学校."""
    school = find_school(db, text)
    if school is None:
        return None
    return Place(Point(school.lat, school.lon), school.name, Level.BLOCK, _GROUNDS_M)
