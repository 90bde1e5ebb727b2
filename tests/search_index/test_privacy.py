"""What the public may not know is in no byte of the index."""

from itertools import chain
from typing import Any

from whoosh.index import open_dir

from ibasho.data.geocode import Level
from ibasho.data.listings.model import (
    AddressVisibility,
    ContactVisibility,
    Email,
    Location,
    Phone,
    Position,
    PositionSource,
)

CANARIES = ("090-9876-5432", "canary-phone", "canary@example.org", "canary-mail", "canary-address",
            "canary-building", "canary-by", "34.987654", "135.987654")  # fmt: skip


def test_hidden_fields_are_in_no_byte_of_the_index(ward: Any) -> None:
    hidden = ContactVisibility.STAFF_ONLY
    ward.add(
        "隠れ家",
        at=(34.987654, 135.987654),
        location=Location(
            municipality="大阪府堺市西区",
            address="canary-address",
            building="canary-building",
            visibility=AddressVisibility.AREA_ONLY,
            area="大阪府堺市西区鳳東町",
            area_position=Position(34.54, 135.46, Level.TOWN, 500, PositionSource.GEOCODER),
        ),
        note="電話は 090-9876-5432、場所は canary-address の canary-building",
        phones=(Phone("090-9876-5432", "canary-phone", hidden),),
        emails=(Email("canary@example.org", "canary-mail", hidden),),
        assured_by="canary-by",
    )
    assert ward.names("隠れ家") == ["隠れ家"]
    files = [path for path in (ward.folder / "index").rglob("*") if path.is_file()]
    raw = b"".join(path.read_bytes() for path in files)
    (folder,) = {path.parent for path in files if path.suffix == ".toc"}
    # Whoosh compresses what it stores: look at it as it is read as well
    with open_dir(str(folder)).reader() as reader:
        read = repr(list(chain(reader.all_terms(), reader.all_stored_fields())))
    for canary in CANARIES:
        assert canary.encode() not in raw
        assert canary not in read
        assert ward.names(canary) == []
        assert canary not in repr(ward.index.records())
