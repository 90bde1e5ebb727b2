"""The only code that reads and writes the table of networks."""

from dataclasses import asdict

from ibasho.data.database import Database, transaction
from ibasho.data.listings.store import count_by_network
from ibasho.data.listings.withhold import without_mobiles
from ibasho.data.networks.model import Network, PublicNetwork
from ibasho.data.record import write_record
from ibasho.data.text import printable


class UnknownNetworkError(LookupError):
    """There is no network of that id."""


def keep_network(db: Database, network: Network, actor: str) -> int:
    """Keep a network, in place of what was known or withdrawn under its name; its id.

    One transaction with its line in the record, whose subject is `network:` and the id.
    """
    with transaction(db):
        db.execute(
            "INSERT INTO network (name, description, phone)"
            " VALUES (:name, :description, :phone) ON CONFLICT (name)"
            " DO UPDATE SET description = excluded.description, phone = excluded.phone,"
            " withdrawn = 0",
            asdict(network),
        )
        query = "SELECT id FROM network WHERE name = ?"
        network_id = int(db.execute(query, [network.name]).fetchone()[0])
        write_record(db, actor, "keep_network", f"network:{network_id}")
    return network_id


def read_network(db: Database, network_id: int) -> Network:
    """One network, as the staff keep it. Raises UnknownNetworkError, also for a withdrawn one."""
    query = "SELECT name, description, phone FROM network WHERE id = ? AND NOT withdrawn"
    for row in db.query(query, [network_id]):
        return Network(**row)
    raise UnknownNetworkError(network_id)


def network_ids(db: Database, withdrawn: bool = False) -> dict[str, int]:
    """The ids of all networks, or of those that are withdrawn, by their names."""
    query = "SELECT name, id FROM network WHERE withdrawn = ? ORDER BY name"
    rows = db.execute(query, [withdrawn]).fetchall()
    return dict(rows)


def read_networks(db: Database) -> list[PublicNetwork]:
    """All networks, those with most public listings first."""
    members = count_by_network(db)
    rows = db.query(
        "SELECT name, description, phone FROM network WHERE NOT withdrawn ORDER BY name"
    )
    networks = [
        PublicNetwork(
            name=printable(row["name"]),
            description=without_mobiles(printable(row["description"])),
            phone=printable(row["phone"]),
            listings=members.get(row["name"], 0),
        )
        for row in rows
    ]
    return sorted(networks, key=lambda network: -network.listings)
