"""Listings move to their block once its point is known; hidden ones and pins never do."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from address_points import BLOCK_6, isj_rows, write_isj

from ibasho.data.addresses import Geocode, geocoder, make_addresses
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.geocode import Level, Match, geocode
from ibasho.data.listings import (
    AddressVisibility,
    Kind,
    Listing,
    Location,
    PositionSource,
    PublicListing,
    State,
    edit,
    locate,
    pin,
    refined,
    to_public,
)
from ibasho.data.listings.store import read_index_outbox, read_public, read_stored
from ibasho.data.record import read_record
from ibasho.importers import ImportOptions, import_files
from ibasho.importers.addresses import import_addresses
from ibasho.importers.positions import refine_listings

ADDRESS = "東京都西東京市南町5-6-13"
HIDDEN = [AddressVisibility.AREA_ONLY, AddressVisibility.ON_REQUEST]
Publish = Callable[..., str]


@pytest.fixture
def find(data_dir: Path, tmp_path: Path) -> Iterator[Geocode]:
    """The geocoder of a site that has the points of one 丁目."""
    with closing(make_addresses(data_dir)) as points:
        import_addresses(points, [write_isj(tmp_path / "points.csv", isj_rows())])
    with geocoder(data_dir) as asked:
        yield asked


def test_a_listing_moves_from_its_town_to_its_block(
    db: Database, publish: Publish, find: Geocode
) -> None:
    listing_id = publish(address=ADDRESS)
    read_before = read_index_outbox(db)[0]
    assert refine_listings(db, find) == [listing_id]
    (public,) = read_public(db, [listing_id])
    assert (public.position.lat, public.position.lon) == BLOCK_6
    assert public.position.level is Level.BLOCK
    newest, waiting = read_index_outbox(db)
    assert newest > read_before and listing_id in waiting
    assert next(read_record(db, listing_id)).action == "refine-position"
    assert refine_listings(db, find) == [], "a second time changes nothing"


def test_a_pin_of_a_person_or_a_file_stays(db: Database, publish: Publish, find: Geocode) -> None:
    for source in (PositionSource.PERSON, PositionSource.FILE):
        here = pin(35.7251, 139.5401, source)
        listing_id = publish(name=source, location=locate("", ADDRESS, pin=here))
        assert refine_listings(db, find) == []
        assert read_public(db, [listing_id])[0].position == here


@pytest.mark.parametrize("visibility", HIDDEN)
def test_a_hidden_address_is_not_even_looked_for(
    visibility: AddressVisibility, db: Database, publish: Publish
) -> None:
    asked: list[str] = []

    def noting(address: str, municipality: str | None) -> Match:
        asked.append(address)
        return geocode(address, municipality)

    publish(location=locate("", ADDRESS, "", visibility))
    closed = publish(name="閉じた所", address=ADDRESS)
    edit.change_state(db, closed, State.DO_NOT_LIST, "test", "")
    assert refine_listings(db, noting) == []
    assert asked == []


@pytest.mark.parametrize("visibility", HIDDEN)
def test_points_change_nothing_that_the_public_sees_of_a_hidden_address(
    visibility: AddressVisibility, find: Geocode
) -> None:
    place = locate("", ADDRESS, "", visibility)
    assert refined(place, find) == place
    # Hidden after it had been moved: the point that was known must not show either.
    moved = replace(refined(locate("", ADDRESS), find), visibility=visibility)
    assert moved.position.level is Level.BLOCK
    assert (moved.area, moved.area_position) == (place.area, place.area_position)
    assert shown(moved) == shown(place)


def shown(place: Location) -> PublicListing:
    """What the public sees of a listing at this place."""
    return to_public("x", Listing(kind=Kind.CHILDRENS_CAFETERIA, name="所", location=place))


def test_an_import_uses_the_points_and_changes_nothing_the_second_time(
    db: Database, find: Geocode, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text(f"名称,住所\nみなみ食堂,{ADDRESS}\n", encoding="utf-8")
    options = ImportOptions(mapping={"名称": "name", "住所": "address"})
    report = import_files(db, [table], options, today(), find=find)
    assert report.positions == {"block": 1}
    again = import_files(db, [table], options, today(), find=find)
    assert (again.unchanged, again.positions) == (1, {"block": 1})
    plain = import_files(db, [table], options, today())
    assert (plain.unchanged, plain.positions) == (1, {"block": 1})


def test_a_list_that_moves_a_place_is_believed_after_its_listing_was_moved(
    db: Database, find: Geocode, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    options = ImportOptions(mapping={"番号": "id", "名称": "name", "住所": "address"})
    table.write_text(f"番号,名称,住所\n1,みなみ食堂,{ADDRESS}\n", encoding="utf-8")
    import_files(db, [table], options, today())
    (listing_id,) = refine_listings(db, find)
    table.write_text("番号,名称,住所\n1,みなみ食堂,西東京市田無町1-2-3\n", encoding="utf-8")
    report = import_files(db, [table], options, today(), find=find)
    assert (report.updated, report.problems) == (1, ())
    published = read_stored(db, listing_id).published
    assert published and published.body.location.area == "東京都西東京市田無町"
    assert published.body.location.position.level is Level.CHOME


def test_an_address_with_a_private_number_in_it_is_told_to_nobody(
    db: Database, publish: Publish
) -> None:
    asked: list[str] = []

    def noting(address: str, municipality: str | None) -> Match:
        asked.append(address)
        return geocode(address, municipality)

    publish(address=f"{ADDRESS} 山田方 090-1234-5678")
    assert refine_listings(db, noting) == []
    assert asked == []
