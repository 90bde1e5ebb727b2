"""From an address to a point that says how near it is, without a network."""

import re
from collections.abc import Iterable
from functools import cache

import numpy as np

from ibasho.data.geocode.model import NO_MATCH, Level, Match, Municipality
from ibasho.data.geocode.municipalities import Reading, find_municipality, read, within
from ibasho.data.geocode.nearby import metres
from ibasho.data.geocode.normalise import arabic, fold_address
from ibasho.data.geocode.table import table
from ibasho.data.geocode.towns import Town, find, only_in

CHOME_RADIUS_M = 350
"""90 % of 8,508 addresses with known coordinates lay within 348 m of their 丁目's point."""
TOWN_RADIUS_M = 1400
"""90 % of those of which only the 大字・町 was known lay within 1.4 km of its point."""

_LONGEST_ADDRESS = 300  # what comes after is no address any more
_CHOME_NUMBER = re.compile("[〇一二三四五六七八九十]+(?=丁目?$)")
_GRID_NUMBER = re.compile("[〇一二三四五六七八九十]+(?=条[東西南北〇一二三四五六七八九十].*丁目?$)")
_UNKNOWN_WARD = re.compile("[^-0-9]{1,4}区")


def geocode(address: str, municipality: str | None = None) -> Match:
    """Where an address lies, as near as its text and the town table allow.

    `municipality` ("大阪府堺市西区", "西東京市") is where to look when the address names none;
    an address that names another one wins. The answer is a 丁目, a town, or the middle of the
    municipality; `NO_MATCH` when not even that is certain. No text raises.
    """
    text = fold_address(address[:_LONGEST_ADDRESS])
    context = find_municipality(municipality) if municipality else None
    reading = read(text)
    if context and reading.bare:
        rest = reading.rest if reading.prefecture and not reading.places else text
        if reading.prefecture in ("", context.prefecture):
            town = _find([context], rest)
            if town and town.length >= len(reading.spelling):
                return _town_match(town)
    if reading.places:
        return _in_named(reading, context)
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
    rest = reading.rest
    again = read(rest)
    if again.spelling[-1:] in ("市", "区") and not set(again.places).isdisjoint(places):
        rest = again.rest
    town = _find(places, rest)
    if town is None and (ward := _UNKNOWN_WARD.match(rest)) and len(places[0].members) > 1:
        # A ward that is newer than the table: the town may still be unique in the city.
        town = _find(places, rest[ward.end() :])
    if town:
        return _town_match(town)
    # 松島町 may be a town anywhere; that it is a municipality needs a word more.
    doubtful = reading.bare and reading.spelling[-1] in "町村" and context not in places
    return NO_MATCH if len(places) > 1 or doubtful else _municipality_match(places[0])


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
    best = max((town.length for town in found), default=0)
    found = [town for town in found if town.length == best]
    return found[0] if len(found) == 1 else None


def _town_match(town: Town) -> Match:
    """The answer for a town; coarser where the table has no coordinates for it."""
    towns = table()
    prefecture, municipality = towns.municipalities[town.municipality]
    if town.row is not None and not np.isnan(towns.lat[town.row]):
        name, koaza = towns.town(town.municipality, town.row)
        level, radius = (
            (Level.chome, CHOME_RADIUS_M) if town.chome else (Level.town, TOWN_RADIUS_M)
        )
        lat, lon = float(towns.lat[town.row]), float(towns.lon[town.row])
        name += koaza
    else:
        rows = [row for row in town.rows if not np.isnan(towns.lat[row])]
        if not rows:
            return _municipality_match(Municipality(prefecture, municipality, (town.municipality,)))
        lats, lons = towns.lat[rows], towns.lon[rows]
        lat, lon = float(lats.mean()), float(lons.mean())
        level, radius = Level.town, round(metres(lat, lon, lats, lons).max()) + CHOME_RADIUS_M
        name = _CHOME_NUMBER.sub("", towns.town(town.municipality, rows[0])[0])
        name = name.removesuffix("丁目").removesuffix("丁")
    matched = prefecture + municipality + _with_digits(name)
    return Match(lat, lon, level, radius, matched, prefecture, municipality, name)


def _with_digits(town: str) -> str:
    """北二条西十一丁目 → 北2条西11丁目; numbers that are part of a name (三田) stay."""
    numbers = _GRID_NUMBER.sub(lambda match: arabic(match[0]), town)
    return _CHOME_NUMBER.sub(lambda match: arabic(match[0]), numbers)


@cache
def _municipality_match(place: Municipality) -> Match:
    """The median of a municipality's towns, and how far 90 % of them lie from it."""
    towns = table()
    lats = np.concatenate([towns.lat[towns.rows(member)] for member in place.members])
    lons = np.concatenate([towns.lon[towns.rows(member)] for member in place.members])
    lats, lons = lats[~np.isnan(lats)], lons[~np.isnan(lons)]
    if not len(lats):
        return NO_MATCH
    lat, lon = float(np.median(lats)), float(np.median(lons))
    radius = round(float(np.percentile(metres(lat, lon, lats, lons), 90)))
    return Match(
        lat,
        lon,
        Level.municipality,
        max(radius, TOWN_RADIUS_M),
        place.full_name,
        place.prefecture,
        place.name,
    )
