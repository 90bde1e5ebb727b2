"""A dictionary of jageocoder: blocks of which no file tells, where that library is installed."""

import doctest
import importlib.util
from pathlib import Path
from typing import Any

import pytest

from ibasho.data.addresses import UNMEASURED_RADIUS_M, UnusableAddressesError, geocoder, lookup
from ibasho.data.addresses.lookup import blocks_in
from ibasho.data.geocode import Level, geocode

# Name, the library's level, and what it is part of; made up but for the names of the towns.
PLACES = [("東京都", 1, 0), ("西東京市", 3, 1), ("南町", 5, 2), ("五丁目", 6, 3), ("6番", 7, 4),
          ("7番", 7, 4)]  # fmt: skip


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    """A dictionary of two blocks, made with the library's own tables."""
    jageocoder: Any = pytest.importorskip("jageocoder.node")
    tries: Any = pytest.importorskip("jageocoder.trie")
    standardize = pytest.importorskip("jageocoder.itaiji").Converter().standardize
    nodes = [jageocoder.AddressNode.root()]
    for number, (name, level, parent) in enumerate(PLACES, 1):
        nodes.append(
            jageocoder.AddressNode(
                id=number, name=name, name_index=standardize(name), level=level, priority=1,
                x=139.541, y=35.726 + number / 100_000, note="", parent_id=parent,
                sibling_id=number + 1 if level == 7 else len(PLACES) + 1,
            )
        )  # fmt: skip
    nodes[0].sibling_id = len(PLACES) + 1
    fill(jageocoder.AddressNodeTable, tmp_path, [node.to_record() for node in nodes])
    fill(pytest.importorskip("jageocoder.dataset").Dataset, tmp_path,
         [{"id": 1, "title": "test", "url": ""}])  # fmt: skip
    fill(pytest.importorskip("jageocoder.aza_master").AzaMaster, tmp_path, [])
    words = {
        standardize("".join(name for name, *_ in PLACES[start:end])): end
        for end in (1, 2, 3)
        for start in range(end)
    }
    trie = tries.AddressTrie(tmp_path / "address.trie", dict.fromkeys(words, True))
    trie.save()
    rows = [{"id": trie.get_id(word), "nodes": [node]} for word, node in words.items()]
    fill(tries.TrieNode, tmp_path, sorted(rows, key=lambda row: int(row["id"])))
    return tmp_path


def fill(kind: Any, folder: Path, records: list[dict[str, Any]]) -> None:
    table = kind(db_dir=folder)
    table.create()
    table.append_records(records)


@pytest.mark.filterwarnings("ignore")
def test_a_dictionary_knows_blocks(dictionary: Path, data_dir: Path) -> None:
    with geocoder(data_dir, dictionary) as find:
        match = find("西東京市南町5-6-13 ひばりビル", None)
        assert (match.lat, match.lon, match.level) == (35.72605, 139.541, Level.BLOCK)
        assert match.matched == "東京都西東京市南町5丁目6番"
        assert match.radius_m == UNMEASURED_RADIUS_M
        for unknown in ("西東京市南町5-9-1", "西東京市南町5丁目", "堺市西区鳳東町6丁600", ""):
            assert find(unknown, None) == geocode(unknown)


def test_what_is_no_dictionary_says_what_to_do(tmp_path: Path, data_dir: Path) -> None:
    with (
        pytest.raises(UnusableAddressesError, match="name the folder"),
        geocoder(data_dir, tmp_path),
    ):
        pass


@pytest.mark.skipif(
    importlib.util.find_spec("jageocoder") is not None, reason="the library is installed"
)
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    tmp_path: Path, data_dir: Path
) -> None:
    (tmp_path / "address.trie").touch()
    with pytest.raises(UnusableAddressesError, match="pip install"), geocoder(data_dir, tmp_path):
        pass


@pytest.mark.parametrize(
    ("address", "blocks"),
    [
        ("札幌市中央区北2西11-3", ("3",)),
        ("東京都板橋区前野2-43", ("43",)),
        ("京都市中京区寺町通御池上る上本能寺前町488", ("488",)),
        ("千代田区六番町5-2", ("5",)),
        ("珠洲市上戸町北方1字6-2", ("1",)),
        ("堺市西区鳳東町6丁", ()),
        ("浜松市南区", ()),
    ],
)
def test_the_number_after_a_town_is_found_however_the_town_is_written(
    address: str, blocks: tuple[str, ...]
) -> None:
    assert blocks_in(address, geocode(address)) == blocks


def test_the_examples_are_true() -> None:
    assert doctest.testmod(lookup).failed == 0
