"""The geocoder with what an operator has besides the town table."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from ibasho.data.addresses.dictionary import open_dictionary
from ibasho.data.addresses.lookup import Geocode, finer
from ibasho.data.addresses.store import open_addresses
from ibasho.data.geocode import Level, Match, geocode


@contextmanager
def geocoder(data_dir: Path, dictionary: Path | None = None) -> Iterator[Geocode]:
    """`geocode`, and to the block where the data directory has points or `dictionary` knows more.

    Without either it is `geocode` itself, no slower. `dictionary` is the folder of a dictionary of
    jageocoder. For one thread. Raises UnusableAddressesError for what is no dictionary.
    """
    db = open_addresses(data_dir)
    further = open_dictionary(dictionary) if dictionary else None
    if db is None and further is None:
        yield geocode
        return

    def find(address: str, municipality: str | None = None) -> Match:
        match = geocode(address, municipality)
        if db is not None:
            match = finer(db, address, match)
        if further is not None and match.level is not Level.BLOCK:
            match = further(address, match)
        return match

    with closing(db) if db is not None else nullcontext():
        yield find
