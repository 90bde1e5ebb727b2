"""Japanese addresses to points and back, without a network.

A table of 277,635 towns (大字・町, 丁目, 小字; of 2023) comes with the package; it is read at the
first question (0.1 s, 40 MB). All coordinates are WGS 84 degrees, latitude first.

    >>> from ibasho.data.geocode import find_municipality, geocode, nearest_municipality, reverse
    >>> match = geocode("堺市西区鳳東町６−６００ 鳳ビル２階")
    >>> match.matched, match.level.value, match.radius_m, match.lat, match.lon
    ('大阪府堺市西区鳳東町6丁', 'chome', 250, 34.536434, 135.464875)

`level` says how near the point is and `radius_m` in how many metres around it the place lies in
nine cases of ten. Where an address leaves its municipality out, say it:

    >>> geocode("新町4-5-14", municipality="大阪市西区").matched
    '大阪府大阪市西区新町4丁目'

What is not certain is answered by the middle of the municipality, and without one by no place:

    >>> geocode("堺市西区のどこか").level.value, geocode("新町4-5-14").level.value
    ('municipality', 'none')

Names of municipalities in any spelling; of a point the nearest town, and how far its point is:

    >>> find_municipality("菰野町").full_name, find_municipality("府中市")
    ('三重県三重郡菰野町', None)
    >>> match.code, with_check_digit(match.code)
    ('27144', '271446')
    >>> nearest_municipality(34.6762, 135.4861)
    '大阪府大阪市西区'
    >>> here = reverse(34.6762, 135.4861)
    >>> here.matched, here.level.value, here.radius_m
    ('大阪府大阪市西区新町4丁目', 'chome', 132)

With the extra `postal` a postal code alone is its town, and says in which municipality an address
is that names none:

    >>> geocode("〒593-8324").matched, geocode("〒188-0012 南町5-6-13").matched
    ('大阪府堺市西区鳳東町', '東京都西東京市南町5丁目')

No function raises for any text or number. A site that shows the points owes the data `CREDIT`.
Municipalities that changed after the table was made stand in `changes.tsv`; `build_table` makes
the table anew.
"""

from ibasho.data.geocode.codes import code_of, with_check_digit
from ibasho.data.geocode.geocoder import geocode, town_spellings
from ibasho.data.geocode.model import NO_MATCH, Level, Match, Municipality
from ibasho.data.geocode.municipalities import find_municipality, town_name, town_names
from ibasho.data.geocode.nearby import is_plausibly_at, is_plausibly_inside, nearest_municipality
from ibasho.data.geocode.normalise import fold_address
from ibasho.data.geocode.postal import is_postal_installed, postal_code
from ibasho.data.geocode.readings import Part, read_names
from ibasho.data.geocode.reverse import reverse

CREDIT = "住所データ © Geolonia（CC BY 4.0）、国土交通省「位置参照情報」を加工"
"""The credit that the licence of the town data asks for, to be shown beside maps and lists."""

__all__ = [
    "CREDIT",
    "NO_MATCH",
    "Level",
    "Match",
    "Municipality",
    "Part",
    "code_of",
    "find_municipality",
    "fold_address",
    "geocode",
    "is_plausibly_at",
    "is_plausibly_inside",
    "is_postal_installed",
    "nearest_municipality",
    "postal_code",
    "read_names",
    "reverse",
    "town_name",
    "town_names",
    "town_spellings",
    "with_check_digit",
]
