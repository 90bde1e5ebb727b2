"""Points finer than a town, where an operator has them: blocks (街区) and lots (地番).

They lie in a file of their own in the data directory. `geocoder` is what to ask: the offline
`geocode` where there is no such file, and the same with the level `block` where there is one.
"""

from ibasho.data.addresses.dictionary import open_dictionary
from ibasho.data.addresses.gather import (
    UNMEASURED_RADIUS_M,
    AddressRow,
    Gathered,
    gather,
    radius_of,
)
from ibasho.data.addresses.geocoder import geocoder
from ibasho.data.addresses.lookup import Geocode, agrees, blocks_in, finer
from ibasho.data.addresses.store import (
    FILE_NAME,
    Held,
    UnusableAddressesError,
    forget_answers,
    keep_municipality,
    make_addresses,
    open_addresses,
    read_held,
)

__all__ = [
    "FILE_NAME",
    "UNMEASURED_RADIUS_M",
    "AddressRow",
    "Gathered",
    "Geocode",
    "Held",
    "UnusableAddressesError",
    "agrees",
    "blocks_in",
    "finer",
    "forget_answers",
    "gather",
    "geocoder",
    "keep_municipality",
    "make_addresses",
    "open_addresses",
    "open_dictionary",
    "radius_of",
    "read_held",
]
