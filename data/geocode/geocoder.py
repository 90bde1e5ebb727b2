"""From an address to a point that says how near it is, without a network."""

import math
import re
from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np

from ibasho.data.geocode.model import NO_MATCH, Level, Match, Municipality
from ibasho.data.geocode.municipalities import (
    Reading,
    find_municipality,
    prefecture_named,
    read,
    read_later,
    within,
)
from ibasho.data.geocode.nearby import metres
from ibasho.data.geocode.normalise import arabic, fold_address
from ibasho.data.geocode.postal import area_of_code, leading_postal_code, postal_code
from ibasho.data.geocode.radius import ONE_POINT_RADIUS_M, radius_of
from ibasho.data.geocode.table import table
from ibasho.data.geocode.towns import Town, find, names, only_in

_LONGEST_ADDRESS = 300  # what comes after is no address any more
_CHOME_NUMBER = re.compile("[〇一二三四五六七八九十]+(?=(?:丁目?|番町)$)")
_CHOME_SUFFIX = re.compile("[〇一二三四五六七八九十]+(?:丁目?|番町)$")
# 北二条西十一丁目; elsewhere 条 is part of names (中十条).
_GRID_NUMBER = re.compile("[〇一二三四五六七八九十]+(?=条[東西南北〇一二三四五六七八九十].*丁目?$)")
_KOAZA = re.compile("(?<!大)字")
_UNKNOWN_WARD = re.compile("[^-0-9]{1,4}区")
# 港区民センター, 京都市場: what goes on like this is a building, which may stand anywhere.
_PART_OF_A_WORD = re.compile("[民立営役所庁場街内外道長議会有画間域]")


def geocode(address: str, municipality: str | None = None) -> Match:
    """Where an address lies, as near as its text and the town table allow.

    `municipality` ("大阪府堺市西区", "西東京市") is where to look when the address names none;
    an address that names another one wins. A prefecture alone says in which the place is. The
    answer is a 丁目, a town, or the middle of the municipality; `NO_MATCH` when not even that is
    certain. A postal code alone is its town, and before an address it tells the municipality
    (with the extra `postal`; without it nothing is known of it). No text raises.
    """
    if code := postal_code(address):
        return geocode("".join(area_of_code(code)))
    match = _geocode_text(address[:_LONGEST_ADDRESS], municipality)
    if match.level is Level.NONE and not municipality and (code := leading_postal_code(address)):
        place, _ = area_of_code(code)
        return geocode(address, place) if place else match
    return match


def town_spellings(municipality: str) -> frozenset[str]:
    """The names of the towns of a municipality, without 丁目, in the spelling of `fold_address`.

    What people leave out is left out of some, too: 前野 for 前野町. Empty for an unknown one.
    """
    place = find_municipality(municipality)
    return frozenset().union(*map(names, place.members)) if place else frozenset()


def _geocode_text(address: str, municipality: str | None) -> Match:
    context = find_municipality(municipality) if municipality else None
    prefecture = prefecture_named(municipality) if municipality else ""
    match = _geocode(prefecture + fold_address(address), context)
    if match.level in (Level.MUNICIPALITY, Level.NONE) and "字" in address:
        # 門字町: what stands before 字 is a whole name, though it might go on (門町).
        parted = _geocode(prefecture + fold_address(_KOAZA.sub("-", address)), context)
        match = parted if parted.level in (Level.CHOME, Level.TOWN) else match
    return match


def _geocode(text: str, context: Municipality | None) -> Match:
    """The answer for a folded address."""
    reading = read(text)
    if context and reading.bare and reading.prefecture in ("", context.prefecture):
        town = _find([context], reading.rest if reading.prefecture else text)
        if town and town.length >= len(reading.spelling):
            return _town_match(town)
    if reading.places:
        return _in_named(reading, context)
    if later := read_later(text):
        return _in_named(later, context)
    if context and reading.prefecture in ("", context.prefecture):
        return _municipality_match(context)
    return _without_municipality(reading)


def _in_named(reading: Reading, context: Municipality | None) -> Match:
    """The answer for an address that names its municipality, perhaps ambiguously."""
    places = reading.places
    if context and len(places) > 1:
        near = [place for place in places if within(place, context)]
        near = near or [place for place in places if place.prefecture == context.prefecture]
        places = tuple(near) or places
    for rest in _rests(reading, places):
        if town := _find(places, rest):
            return _town_match(town)
    is_elsewhere = context is not None and not any(within(place, context) for place in places)
    if context and is_elsewhere and reading.bare and _PART_OF_A_WORD.match(reading.rest):
        return _municipality_match(context)
    # 松島町 is a municipality, but also a town in others; a word more would tell.
    may_be_town = reading.bare and reading.spelling in only_in()
    if len(places) == 1 and (context in places or not may_be_town):
        return _municipality_match(places[0])
    return _municipality_match(context) if context and may_be_town else NO_MATCH


def _rests(reading: Reading, places: tuple[Municipality, ...]) -> Iterator[str]:
    """What may be the town and all that follows, the likelier first."""
    rest = reading.rest
    if "市" in rest or "区" in rest:
        yield _without_second_name(rest, places, "市区")
    yield rest
    yield _without_second_name(rest, places, "町村")
    if len(places[0].members) > 1 and (ward := _UNKNOWN_WARD.match(rest)):
        # A ward that is newer than the table: the town may still be unique in its city.
        yield rest[ward.end() :]


def _without_second_name(rest: str, places: tuple[Municipality, ...], kinds: str) -> str:
    """What stands after the same municipality's name if it was written twice, else the same."""
    again = read(rest)
    twice = not set(again.places).isdisjoint(places) and again.spelling[-1] in kinds
    return again.rest if twice else rest


def _without_municipality(reading: Reading) -> Match:
    """The answer for a town alone: only a name that is unique in all Japan counts."""
    names = only_in()
    for end in range(min(len(reading.rest), 20), 1, -1):
        municipality = names.get(reading.rest[:end], -1)
        if municipality == -1:
            continue
        if municipality is None:
            break
        place = Municipality(*table().municipalities[municipality], (municipality,))
        town = _find([place], reading.rest)
        if town and town.length >= end and reading.prefecture in ("", place.prefecture):
            return _town_match(town)
    return NO_MATCH


def _find(places: Iterable[Municipality], text: str) -> Town | None:
    """The town that `text` begins with in one of the places; None if several have one as good."""
    members = {member for place in places for member in place.members}
    found = [town for member in sorted(members) if (town := find(member, text))]
    if len(found) < 2:
        return found[0] if found else None
    best = max(town.length for town in found)
    found = [town for town in found if town.length == best]
    return found[0] if len(found) == 1 else None


def _town_match(town: Town) -> Match:
    """The answer for a town; coarser where the table has no coordinates for it."""
    towns = table()
    place = towns.municipalities[town.municipality]
    if town.chome is not None and not math.isnan(towns.lat.item(town.chome)):
        return row_match(town.municipality, town.chome, Level.CHOME)
    if town.row is not None and not math.isnan(towns.lat.item(town.row)):
        return row_match(town.municipality, town.row, Level.TOWN)
    rows = [row for row in town.chomes if not math.isnan(towns.lat[row])]
    if not rows:
        return _municipality_match(Municipality(*place, (town.municipality,)))
    lats, lons = towns.lat[rows], towns.lon[rows]
    lat, lon = float(lats.mean()), float(lons.mean())
    # Of 3,135 places asked for without their 丁目 90 % lay within the two distances together.
    farthest = float(metres(lat, lon, lats, lons).max())
    chome_radius = max(radius_of(Level.CHOME, float(towns.spacing[row])) for row in rows)
    radius = round(math.hypot(farthest, chome_radius))
    name = _CHOME_SUFFIX.sub("", towns.town(town.municipality, rows[0])[0])
    return Match(lat, lon, Level.TOWN, radius, _matched(*place, name), *place, name)


def row_match(municipality: int, row: int, level: Level | None = None) -> Match:
    """The answer that one row of the table gives; without `level` its name tells the level."""
    towns = table()
    place = towns.municipalities[municipality]
    name = "".join(towns.town(municipality, row))
    lat, lon = towns.lat.item(row), towns.lon.item(row)
    level = level or (Level.CHOME if _CHOME_SUFFIX.search(name) else Level.TOWN)
    radius = radius_of(level, towns.spacing.item(row))
    return Match(lat, lon, level, radius, _matched(*place, name), *place, name)


def _matched(prefecture: str, municipality: str, town: str) -> str:
    """The whole in one spelling: 西区鳳東町六丁 → 西区鳳東町6丁, but 港区三田 stays."""
    if prefecture == "北海道":
        town = _GRID_NUMBER.sub(_digits, town)
    return prefecture + municipality + _CHOME_NUMBER.sub(_digits, town)


def _digits(number: re.Match[str]) -> str:
    return arabic(number[0])


@cache
def _municipality_match(place: Municipality) -> Match:
    """The median of a municipality's towns, and how far 90 % of them lie from it."""
    towns = table()
    rows = np.concatenate([np.arange(*towns.starts[m : m + 2]) for m in place.members])
    rows = rows[~np.isnan(towns.lat[rows])]
    if not len(rows):
        return NO_MATCH
    lats, lons = towns.lat[rows], towns.lon[rows]
    lat, lon = float(np.median(lats)), float(np.median(lons))
    radius = round(float(np.percentile(metres(lat, lon, lats, lons), 90)))
    least = radius_of(Level.TOWN, float(np.median(towns.spacing[rows])))
    return Match(
        lat,
        lon,
        Level.MUNICIPALITY,
        max(radius, least) if len(rows) > 1 else ONE_POINT_RADIUS_M,
        place.full_name,
        place.prefecture,
        place.name,
    )
