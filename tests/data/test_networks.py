"""Networks: kept under their names, with the number of public listings that say that name."""

import re
from collections.abc import Callable

import pytest

from ibasho.data.database import Database
from ibasho.data.listings import Kind, Listing, State, edit
from ibasho.data.networks import Network, keep_network, read_networks
from ibasho.data.record import read_record

Publish = Callable[..., str]


def test_those_with_most_public_listings_come_first(db: Database, publish: Publish) -> None:
    for name in ("あさの会", "ひるの会", "よるの会"):
        keep_network(db, Network(name, ""), "test")
    for number in range(2):
        publish(name=f"食堂{number}", network="よるの会")
    publish(name="ひるの食堂", network="ひるの会")
    publish(name="ひとりの食堂")
    counts = [(network.name, network.listings) for network in read_networks(db)]
    assert counts == [("よるの会", 2), ("ひるの会", 1), ("あさの会", 0)]


def test_what_the_public_cannot_find_is_not_counted(db: Database, publish: Publish) -> None:
    keep_network(db, Network("よるの会", ""), "test")
    gone = publish(network="よるの会")
    edit.change_state(db, gone, State.ARCHIVED, "test", "終了")
    edit.propose_listing(db, Listing(Kind.FOOD_PANTRY, "まだの棚", network="よるの会"), "test")
    assert [network.listings for network in read_networks(db)] == [0]


def test_the_same_name_again_is_the_same_network(db: Database) -> None:
    first = keep_network(db, Network("よるの会", "むかし"), "test")
    assert keep_network(db, Network("よるの会", "いま", "042-000-0070"), "test") == first
    [network] = read_networks(db)
    assert (network.description, network.phone) == ("いま", "042-000-0070")
    lines = list(read_record(db, f"network:{first}"))
    assert [(line.actor, line.action, line.detail) for line in lines] == [
        ("test", "keep_network", "")
    ] * 2


@pytest.mark.parametrize("number", ["090-1234-5678", "０８０１２３４５６７８", "+81 70 1234 5678"])
def test_nobodys_own_number_is_in_a_description(db: Database, number: str) -> None:
    keep_network(db, Network("よるの会", f"世話役は{number}、事務局は042-000-0070"), "test")
    [network] = read_networks(db)
    assert network.description == "世話役は（非公開）、事務局は042-000-0070"


@pytest.mark.parametrize("phone", ["javascript:alert(1)", "事務局", "-"])
def test_a_phone_that_is_no_telephone_number_is_refused(db: Database, phone: str) -> None:
    with pytest.raises(ValueError, match=re.escape(phone)):
        keep_network(db, Network("よるの会", "", phone), "test")
    assert read_networks(db) == []


@pytest.mark.parametrize(
    "phone",
    ["", "042-000-0070", "+81 (42) 000 0070", "042-000-0070 内線3", "０４２（０００）００７０"],
)
def test_a_telephone_number_stays_as_it_was_written(db: Database, phone: str) -> None:
    keep_network(db, Network("よるの会", "", phone), "test")
    assert [network.phone for network in read_networks(db)] == [phone]
