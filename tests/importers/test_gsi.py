"""The search of 国土地理院: asked seldom, of public addresses alone, believed if it agrees."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from address_points import BLOCK_6
from gsi_service import Service, answering
from support import free_port

from ibasho.data.addresses import FILE_NAME, UNMEASURED_RADIUS_M, make_addresses
from ibasho.data.database import Database
from ibasho.data.geocode import Level, geocode
from ibasho.data.listings import AddressVisibility, edit, locate, store
from ibasho.data.listings.store import read_public
from ibasho.importers.gsi import GsiSearch
from ibasho.importers.positions import forget_hidden, refine_listings

ADDRESS = "東京都西東京市南町5-6-13"
RIGHT = ("東京都西東京市南町五丁目６番１３号", *BLOCK_6)


@pytest.fixture
def service() -> Iterator[Service]:
    with answering() as told:
        yield told


@pytest.fixture
def search(data_dir: Path, service: Service) -> Iterator[Callable[..., GsiSearch]]:
    """A function that begins a run; its warnings go into `warned`."""
    with closing(make_addresses(data_dir)) as points:

        def begin(warned: list[str], **changes: Any) -> GsiSearch:
            given = {"address": service.address, "delay_s": 0.0} | changes
            return GsiSearch(points, warned.append, **given)

        yield begin


Begin = Callable[..., GsiSearch]


def test_an_answer_that_agrees_gives_the_block(search: Begin, service: Service) -> None:
    service.says(("東京都西東京市南町", 35.72, 139.54), RIGHT)
    match = search([]).geocode(ADDRESS, None)
    assert (match.lat, match.lon, match.level) == (*BLOCK_6, Level.BLOCK)
    assert (match.radius_m, match.matched) == (UNMEASURED_RADIUS_M, "東京都西東京市南町5丁目6番")
    assert service.asked == [ADDRESS]


@pytest.mark.parametrize(
    "answer",
    [
        ("大阪府堺市西区鳳東町六丁", 34.536, 135.464),
        ("東京都西東京市南町五丁目", *BLOCK_6),
        ("東京都西東京市南町五丁目７番", *BLOCK_6),
        ("東京都西東京市南町四丁目６番", *BLOCK_6),
        ("東京都西東京市南町五丁目６番", 34.536, 135.464),
        ("東京都西東京市南町五丁目６番", float("nan"), 139.5),
    ],
)
def test_an_answer_that_differs_or_is_no_nearer_is_not_believed(
    answer: tuple[str, float, float], search: Begin, service: Service
) -> None:
    service.says(answer)
    assert search([]).geocode(ADDRESS, None) == geocode(ADDRESS)


def test_an_answer_is_kept_and_so_is_that_nothing_was_found(
    search: Begin, service: Service
) -> None:
    service.says(RIGHT)
    first = search([]).geocode(ADDRESS, None)
    service.says()
    assert search([]).geocode("西東京市南町5-7-1", None).level is Level.CHOME
    service.says(RIGHT)
    assert search([]).geocode(ADDRESS, None) == first
    assert search([]).geocode("西東京市南町5-7-1", None).level is Level.CHOME
    assert len(service.asked) == 2


def test_no_address_without_a_number_or_a_town_is_asked_for(
    search: Begin, service: Service
) -> None:
    for address in ("西東京市南町5丁目", "西東京市", "どこでもない", ""):
        assert search([]).geocode(address, None) == geocode(address)
    assert service.asked == []


def test_requests_keep_their_distance_and_their_number(search: Begin, service: Service) -> None:
    service.says()
    run = search([], delay_s=0.2, at_most=3)
    for number in range(1, 6):
        run.geocode(f"西東京市南町5-{number}-1", None)
    gaps = [b - a for a, b in zip(service.asked_at, service.asked_at[1:], strict=False)]
    assert len(service.asked) == 3
    assert all(gap >= 0.19 for gap in gaps)


@pytest.mark.parametrize(
    "fault",
    [{"status": 500}, {"status": 404}, {"answer": b"<html>"}, {"answer": [{"geometry": None}]},
     {"answer": {"error": 1}}, {"answer": 5}, {"wait": 1.0}],
)  # fmt: skip
def test_a_fault_is_one_warning_and_the_offline_answer(
    fault: dict[str, Any], search: Begin, service: Service
) -> None:
    service.says(RIGHT)
    for name, value in fault.items():
        setattr(service, name, value)
    warned: list[str] = []
    run = search(warned, timeout_s=0.3)
    for address in (ADDRESS, "西東京市南町5-7-1"):
        assert run.geocode(address, None) == geocode(address)
    assert len(warned) == len(service.asked) == 1
    assert "\n" not in warned[0]


def test_where_nobody_listens_the_towns_remain(search: Begin) -> None:
    warned: list[str] = []
    run = search(warned, address=f"http://127.0.0.1:{free_port()}/x")
    assert run.geocode(ADDRESS, None) == geocode(ADDRESS)
    assert run.geocode("西東京市南町5-7-1", None).level is Level.CHOME
    assert len(warned) == 1


def test_only_public_addresses_leave_this_machine(
    db: Database, publish: Callable[..., str], search: Begin, service: Service
) -> None:
    service.says(RIGHT)
    for visibility in (AddressVisibility.AREA_ONLY, AddressVisibility.ON_REQUEST):
        publish(name=visibility, location=locate("", "東京都西東京市南町5-8-1", "", visibility))
    shown = publish(location=locate("", ADDRESS, "ひばり荘203"))
    assert refine_listings(db, search([]).geocode) == [shown]
    assert service.asked == [ADDRESS]
    assert read_public(db, [shown])[0].position.level is Level.BLOCK


def kept(data_dir: Path, address: str) -> bool:
    return any(address.encode() in path.read_bytes() for path in data_dir.glob(f"{FILE_NAME}*"))


@pytest.mark.parametrize("visibility", [AddressVisibility.AREA_ONLY, AddressVisibility.ON_REQUEST])
def test_what_was_answered_to_an_address_is_forgotten_when_it_is_hidden(
    visibility: AddressVisibility,
    db: Database, data_dir: Path, publish: Callable[..., str], search: Begin, service: Service,
) -> None:  # fmt: skip
    service.says(RIGHT)
    other = "西東京市南町5-7-1"
    hidden = publish(name="ひばり", location=locate("", ADDRESS))
    publish(name="みなみ", location=locate("", other))
    refine_listings(db, search([]).geocode)
    forget_hidden(db, data_dir)
    assert kept(data_dir, ADDRESS), "it is public"
    assert kept(data_dir, other)
    body = replace(
        store.read_stored(db, hidden).published.body,
        location=locate("", ADDRESS, "", visibility),
    )
    newest = edit.newest_revision(db, hidden)
    revision = edit.propose_change(db, hidden, body, "test", newest.id if newest else None)
    edit.approve_revision(db, revision, "test")
    forget_hidden(db, data_dir)
    assert not kept(data_dir, ADDRESS)
    assert kept(data_dir, other)


def test_an_answer_nested_without_end_is_a_fault_like_any_other(
    search: Begin, service: Service
) -> None:
    service.answer = b"[" * 200_000
    warned: list[str] = []
    assert search(warned).geocode(ADDRESS, None) == geocode(ADDRESS)
    assert len(warned) == 1
