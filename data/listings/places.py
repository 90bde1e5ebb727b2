"""From a written address to a location: its position, and the part of it that may be public."""

import re
from dataclasses import replace

from ibasho.data.addresses import Geocode
from ibasho.data.geocode import Level, Match, find_municipality, geocode
from ibasho.data.listings.model import AddressVisibility, Location, Position, PositionSource

_PREFECTURE = re.compile("^(?:東京都|北海道|(?:京都|大阪)府|.{2,3}県)")
_CHOME = re.compile(r"(?:[0-9〇一二三四五六七八九十]+(?:丁目|丁|条.*))+$")


def locate(
    municipality: str,
    address: str,
    building: str = "",
    visibility: AddressVisibility = AddressVisibility.EXACT,
    pin: Position | None = None,
) -> Location:
    """The location of a written address; `pin` is a point that somebody else has given.

    Without a pin the geocoder says where it is and how exactly. The area is read from the text
    alone, so that a pin cannot show through it.
    """
    stated = find_municipality(municipality) if municipality else None
    if municipality not in address and not stated:
        # Whatever else was written there is not for the public line of the city.
        address = f"{municipality}{address}"
    match = geocode(address, stated.full_name if stated else None)
    city = f"{match.prefecture}{match.municipality}" or (stated.full_name if stated else "")
    area = city + _CHOME.sub("", match.town)
    return Location(
        municipality=city,
        address=address,
        building=building,
        visibility=visibility,
        position=pin or _position(match),
        area=area,
        area_position=_position(geocode(area)) if area else Position(),
    )


def refined(location: Location, find: Geocode) -> Location:
    """The location at the point of its block where `find` knows that; else itself.

    Only an address that is public as it stands is looked for: a hidden one has nothing to gain
    and must not be told to anybody. A pin of a file or a person wins, and the area stays.
    """
    known = location.position
    if location.visibility is not AddressVisibility.EXACT or not location.address:
        return location
    if known.source is not PositionSource.GEOCODER or known.level is Level.BLOCK:
        return location
    match = find(location.address, location.municipality or None)
    if match.level is not Level.BLOCK or match.prefecture + match.municipality != (
        location.municipality
    ):
        return location
    return replace(location, position=_position(match))


def public_position(location: Location) -> Position:
    """The position that every public calculation uses: the area's where the address is hidden."""
    if location.visibility is AddressVisibility.EXACT:
        return location.position
    if location.visibility is AddressVisibility.AREA_ONLY:
        return location.area_position
    return _position(geocode(location.municipality))


def public_address(location: Location) -> str:
    """As much of the address as the public may read, with its city or ward."""
    if location.visibility is AddressVisibility.EXACT:
        return _with_city(location)
    if location.visibility is AddressVisibility.AREA_ONLY:
        return location.area
    return location.municipality


def pin(lat: float, lon: float, source: PositionSource) -> Position:
    """A point that a file or a person gave, in WGS 84 degrees."""
    return Position(lat, lon, Level.PIN, None, source)


def _position(match: Match) -> Position:
    return Position(match.lat, match.lon, match.level, match.radius_m, PositionSource.GEOCODER)


def _with_city(location: Location) -> str:
    """The address as written, after its municipality where it does not name that itself."""
    city = _PREFECTURE.sub("", location.municipality)
    names = {city, re.sub("^.+?[市郡](?=.)", "", city)}
    named = any(name and name in location.address for name in names)
    return location.address if named else location.municipality + location.address
