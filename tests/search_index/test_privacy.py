"""What the public may not know is in no byte of the index."""

import datetime as dt
from dataclasses import replace
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
from ibasho.search_index import SearchQuery

TODAY = dt.date(2026, 11, 22)
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


def test_a_place_on_request_is_not_found_by_its_school_district(ward: Any) -> None:
    where = Location(municipality="大阪府堺市西区", visibility=AddressVisibility.ON_REQUEST)
    ward.add("隠れ家", location=where, school_district="かなりあ小")
    ward.add("近所の家", school_district="かなりあ小")
    assert ward.names("かなりあ小") == ["近所の家"]


def test_an_address_that_is_hidden_later_leaves_nothing_behind(ward: Any) -> None:
    where = Location(municipality="大阪府堺市西区", address="canary-address")
    listing = ward.add("隠す前の家", location=where)
    for number in range(30):
        ward.add(f"ほかの場所{number}")
    assert ward.names("canary-address") == ["隠す前の家"]
    ward.change(listing, location=replace(where, visibility=AddressVisibility.AREA_ONLY))
    assert ward.names("canary-address") == []
    (folder,) = {path.parent for path in (ward.folder / "index").rglob("*.toc")}
    with open_dir(str(folder)).reader() as reader:
        assert "canary" not in repr([*reader.all_terms(), *map(tuple, reader.all_stored_fields())])
        assert reader.doc_count_all() == reader.doc_count() == 31


def test_what_the_index_has_yet_to_follow_can_be_left_out(ward: Any) -> None:
    listing = ward.add("まもなく隠す家")
    assert ward.names("まもなく") == ["まもなく隠す家"]
    found = ward.index.search(SearchQuery(text="まもなく"), TODAY, relax=False, without=[listing])
    assert (found.total, found.hits) == (0, ())
    assert ward.names("まもなく") == ["まもなく隠す家"]
