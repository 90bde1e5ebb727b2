"""A network made by mistake is withdrawn while it stands alone, and can come back."""

from ibasho.data.database import Database, transaction
from ibasho.data.networks.naming import is_named
from ibasho.data.networks.store import read_network
from ibasho.data.withdrawn import set_withdrawn


class NetworkInUseError(Exception):
    """Something names the network, or was done in it: withdrawn, it would take that along."""


def withdraw_network(db: Database, network_id: int, withdrawn: bool, actor: str) -> None:
    """Withdraw a network of which nothing is kept but what it says of itself, or bring it back.

    One transaction with its line in the record. Raises NetworkInUseError, UnknownNetworkError and
    UnknownEntryError.
    """
    with transaction(db):
        if withdrawn and is_in_use(db, network_id):
            raise NetworkInUseError(str(network_id))
        set_withdrawn(db, "network", network_id, withdrawn, actor, f"network:{network_id}")


def is_in_use(db: Database, network_id: int) -> bool:
    """Whether anything names a network or was done in it, also what is withdrawn or past.

    Raises UnknownNetworkError.
    """
    name = read_network(db, network_id).name
    query = """
      SELECT EXISTS (SELECT 1 FROM lead WHERE network = :name)
        OR EXISTS (SELECT 1 FROM network_partner WHERE network = :id)
        OR EXISTS (SELECT 1 FROM network_person WHERE network = :id)
        OR EXISTS (SELECT 1 FROM network_meeting WHERE network = :id)
        OR EXISTS (SELECT 1 FROM network_news WHERE network = :id)
        OR EXISTS (SELECT 1 FROM network_need WHERE network = :id)
        OR EXISTS (SELECT 1 FROM network_offer WHERE network = :id)"""
    values = {"name": name, "id": network_id}
    return is_named(db, name) or bool(db.execute(query, values).fetchone()[0])
