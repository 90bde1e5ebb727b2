"""Whom the record means by an account's number."""

from ibasho.data.accounts.contact import read_contacts
from ibasho.data.accounts.model import Role, actor_of
from ibasho.data.database import Database


def read_actors(db: Database) -> dict[str, str]:
    """The name and the mail address of every account there was, by how the record names it."""
    return {actor_of(id_): f"{name} {email}".strip() for id_, email, name in read_contacts(db)}


def read_providers(db: Database) -> list[str]:
    """How the record names every account of a provider that there was."""
    query = "SELECT 'account:' || id FROM account WHERE role = ?"
    return [str(row[0]) for row in db.execute(query, [str(Role.PROVIDER)])]
