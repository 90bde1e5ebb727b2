"""Japanese addresses to points and back, offline, from a table of 277,633 towns.

>>> from ibasho.data.geocode import geocode
>>> geocode("大阪府堺市西区鳳東町6丁600").matched
'大阪府堺市西区鳳東町6丁'
>>> geocode("新町4-5-14", municipality="大阪市西区").level
<Level.chome: 'chome'>
"""

from ibasho.data.geocode.geocoder import geocode
from ibasho.data.geocode.model import NO_MATCH, Level, Match, Municipality
from ibasho.data.geocode.municipalities import find_municipality
from ibasho.data.geocode.nearby import is_plausibly_inside, nearest_municipality

CREDIT = "住所データ © Geolonia（CC BY 4.0）、国土交通省「位置参照情報」を加工"

__all__ = [
    "CREDIT",
    "NO_MATCH",
    "Level",
    "Match",
    "Municipality",
    "find_municipality",
    "geocode",
    "is_plausibly_inside",
    "nearest_municipality",
]
