"""From what a person writes to a point to measure from."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from ibasho.data.addresses import Geocode
from ibasho.data.database import Database
from ibasho.data.geocode import Level, fold_address, geocode, town_spellings
from ibasho.data.romaji import romaji
from ibasho.data.schools import School, find_school, read_schools
from ibasho.data.schools.model import short_name
from ibasho.data.stations import (
    FEWEST_LETTERS,
    Station,
    find_station,
    latin_names,
    read_stations,
)
from ibasho.data.text import fold_closed
from ibasho.search_index.query import Point
from ibasho.search_index.words import remembering

_COORDINATES = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d*)?)\s*[,、\s]\s*([+-]?\d{1,3}(?:\.\d*)?)\s*")

_STATION = re.compile(
    "^(?:JR|西武|東武|京成|京王|京急|東急|小田急|相鉄|名鉄|近鉄|阪急|阪神|京阪|南海|西鉄)?(.+)駅$"
)

_STATION_M = 150  # from the middle of a station to its exits
_GROUNDS_M = 100  # from the point of a school to its gates

_MOST_MUNICIPALITIES = 100  # whose towns are looked through
_KEPT_NAMES = 2_000
_KANA = re.compile("[ぁ-んー]+")
_JAPANESE = re.compile("[ぁ-ん一-龥]")
_DISTRICT = re.compile("(?<=[小中校])(?:学?校?区|通学区域|の?学区)$")
_PARTS = re.compile("(?<=[都道府県市郡区])")
_CHOME = re.compile(r"\d+丁目?$")
# a number that is not of a 丁目; kanji ones stand in names (三条町)
_HOUSE = re.compile(r"\d(?![\d]*丁)|[-−]")


@dataclass(frozen=True, slots=True)
class Place:
    """A point to measure from, what it was understood as, and how exactly.

    `radius_m` is the distance in metres within which the meant place lies nine times out of ten;
    None for coordinates. `district` is the school district of a school, "" where none is known.
    """

    point: Point
    label: str
    level: Level
    radius_m: int | None
    district: str = ""


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
        return _at_station(station)
    return _read_school(db, text)


class NamedPlaces:
    """The places of a site by their whole names, as people put them among other words of a search.

    Stations and schools come before towns. An address is no such name: who types one into the
    search for words may live there.
    """

    def __init__(self, db: Database, municipalities: Iterable[str]) -> None:
        self._municipalities = tuple(islice(municipalities, _MOST_MUNICIPALITIES))
        self._stations: dict[str, Place] = {}
        self._latin: dict[str, Place] = {}
        for station in read_stations(db):
            place = _at_station(station)
            for name in (station.name, station.kana):
                folded = fold_closed(name)
                self._stations[folded + "駅"] = place
                # たなし may be anything, 田無 hardly is
                if folded and not _KANA.fullmatch(folded):
                    self._stations[folded] = place
            if len(latin := romaji(station.kana)) >= FEWEST_LETTERS:
                self._latin[latin] = place
        self._cities = frozenset().union(*map(_names_of_municipality, self._municipalities))
        self._towns = frozenset().union(*map(town_spellings, self._municipalities))
        self._schools = _schools_by_name(read_schools(db))
        self.find = remembering(self._find, _KEPT_NAMES)

    def _find(self, name: str) -> Place | None:
        """The place that a folded text is the whole name of, None where it is none's or two's."""
        school = _DISTRICT.sub("", name)
        return (
            self._stations.get(name)
            or next((self._latin[one] for one in latin_names(name) if one in self._latin), None)
            or self._schools.get(short_name(school))
            or self._town(name)
        )

    def _town(self, name: str) -> Place | None:
        """The town, or its 丁目, of one of the municipalities; their own names are places too.

        One character alone is a town's name here and there, and a word everywhere.
        """
        if len(name) < 2 or _HOUSE.search(name) or not _JAPANESE.search(name):
            return None
        whole = fold_address(name)
        for municipality in self._municipalities if whole in self._cities else ():
            if whole in _names_of_municipality(municipality):
                return read_place(municipality)
        # looking into every city would take long, and most words are no town's name
        if not self._towns.intersection(_without_city(_CHOME.sub("", whole), self._cities)):
            return None
        place = read_place_among(name, self._municipalities)
        is_whole = place and fold_address(place.label).endswith((whole, whole + "町"))
        return place if is_whole else None


def _without_city(name: str, cities: frozenset[str]) -> Iterator[str]:
    """The folded name, and what it is without a city that it begins with."""
    yield name
    for end in range(2, len(name)):
        if name[:end] in cities:
            yield name[end:]


@cache
def _names_of_municipality(name: str) -> frozenset[str]:
    """Its folded name and every run of its parts: 大阪府堺市西区, 堺市西区, 西区, 堺市."""
    parts = [part for part in _PARTS.split(name) if part]
    ends = range(1, len(parts) + 1)
    runs = {"".join(parts[start:end]) for end in ends for start in range(end)}
    return frozenset(map(fold_address, runs))


def _schools_by_name(schools: Iterable[School]) -> dict[str, Place]:
    """By their short names, without those that two schools have."""
    named: dict[str, list[School]] = {}
    for school in schools:
        named.setdefault(short_name(school.name), []).append(school)
    return {name: _at_school(own[0]) for name, own in named.items() if name and len(own) == 1}


def _at_station(station: Station) -> Place:
    point = Point(station.lat, station.lon)
    return Place(point, f"{station.name}駅", Level.BLOCK, _STATION_M)


def _at_school(school: School) -> Place:
    point = Point(school.lat, school.lon)
    return Place(point, school.name, Level.BLOCK, _GROUNDS_M, school.district)


def _read_school(db: Database, text: str) -> Place | None:
    """The school of this site whose name the text is: みなみ小, みなみ小学校."""
    school = find_school(db, text)
    return _at_school(school) if school else None
