"""Blocks from a dictionary of jageocoder, where an operator has installed both.

jageocoder is an optional extra: it is imported only when a dictionary is named. A dictionary is
opened by its folder; the library's own server is never asked.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ibasho.data.addresses.gather import UNMEASURED_RADIUS_M
from ibasho.data.addresses.lookup import agrees, blocks_in
from ibasho.data.addresses.store import UnusableAddressesError
from ibasho.data.geocode import Level, Match

_BLOCK = 7
"""jageocoder's level of a 街区 or 地番; one more is a house, which is more than is asked here."""


def open_dictionary(folder: Path) -> Callable[[str, Match], Match]:
    """A function from an address and its answer to the point of its block, or to the same answer.

    For one thread. Raises UnusableAddressesError where the library or its dictionary is missing.
    """
    if not (folder / "address.trie").is_file():
        raise UnusableAddressesError(
            f"{folder} is no dictionary of jageocoder; name the folder that holds its address.trie"
        )
    try:
        from jageocoder.tree import AddressTree
    except ImportError as error:
        raise UnusableAddressesError(
            "jageocoder is not installed; run: .venv/bin/pip install 'jageocoder>=2.2',"
            " or leave IBASHO_JAGEOCODER out"
        ) from error
    tree = AddressTree(db_dir=folder, mode="r")

    def finer(address: str, match: Match) -> Match:
        for block in blocks_in(address, match):
            asked = f"{match.prefecture}{match.municipality}{match.town}{block}番"
            for result in tree.searchNode(asked):
                node = result.get_node()
                title = "".join(node.get_fullname())
                if node.level == _BLOCK and agrees(title, node.y, node.x, address, match):
                    return replace(
                        match, lat=node.y, lon=node.x, level=Level.BLOCK,
                        # Not measured: a dictionary does not say how near its points are.
                        radius_m=UNMEASURED_RADIUS_M,
                        matched=f"{match.matched}{node.name}",
                    )  # fmt: skip
        return match

    return finer
