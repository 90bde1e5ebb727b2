"""Who works at the desk, by number, for lists to choose from."""

from ibasho.data.accounts.contact import read_contacts
from ibasho.data.database import Database


def read_names(db: Database) -> dict[int, str]:
    """The name, or else the mail address, of every coordinator that is not gone, by number."""
    condition = "role IN ('coordinator', 'admin') AND closed_at IS NULL"
    names = [(id_, name or email) for id_, email, name in read_contacts(db, condition)]
    return dict(sorted(names, key=lambda one: one[1]))
