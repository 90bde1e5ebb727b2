"""Seals who the accounts are, which stood in the open until 0030_accounts_sealed."""

from sqlite_utils import Database

from ibasho.data.accounts.contact import contact_columns


def seal_what_is_open(db: Database) -> None:
    """Part of the transaction of the migration."""
    for id_, email, name in db.execute("SELECT id, email_digest, name FROM account").fetchall():
        db.table("account").update(id_, contact_columns(db, email, name))
    db.execute("ALTER TABLE account DROP COLUMN name")
