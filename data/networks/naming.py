"""A network is known by its name, so the name changes only while nothing says it."""

from dataclasses import asdict

from ibasho.data.database import Database, transaction
from ibasho.data.networks.model import Network
from ibasho.data.networks.store import keep_network, network_ids, read_network
from ibasho.data.record import write_record


class NameTakenError(ValueError):
    """Another network has this name."""


class NameInUseError(ValueError):
    """Listings, events or accounts name the network as it is called now."""


def add_network(db: Database, network: Network, actor: str) -> int:
    """Keep a new network and return its id; one transaction with its line in the record.

    One that was withdrawn under this name is back with what is said of it now. Raises
    NameTakenError.
    """
    with transaction(db):
        if network.name in network_ids(db):
            raise NameTakenError(network.name)
        return keep_network(db, network, actor)


def change_network(db: Database, network_id: int, network: Network, actor: str) -> None:
    """Keep a network in place of what was known of it; one transaction with its record.

    Raises UnknownNetworkError, NameTakenError and NameInUseError.
    """
    with transaction(db):
        before = read_network(db, network_id)
        if before.name != network.name:
            if network.name in network_ids(db) | network_ids(db, withdrawn=True):
                raise NameTakenError(network.name)
            if is_named(db, before.name):
                raise NameInUseError(before.name)
        db.table("network").update(network_id, asdict(network))
        write_record(db, actor, "keep_network", f"network:{network_id}")


def is_named(db: Database, name: str) -> bool:
    """Whether any wording of a listing, any event, activity or account says this name."""
    query = """
      SELECT EXISTS (SELECT 1 FROM revision WHERE json_extract(body, '$.network') = :name)
        OR EXISTS (SELECT 1 FROM event WHERE json_extract(body, '$.network') = :name)
        OR EXISTS (SELECT 1 FROM activity WHERE network = :name)
        OR EXISTS (SELECT 1 FROM account_scope WHERE kind = 'network' AND name = :name)"""
    return bool(db.execute(query, {"name": name}).fetchone()[0])
