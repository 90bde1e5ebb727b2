"""Whom the record means by an account's number."""

from ibasho.data.database import Database


def read_actors(db: Database) -> dict[str, str]:
    """The name and the mail address of every account there was, by how the record names it."""
    query = """
      SELECT 'account:' || id, CASE name WHEN '' THEN email ELSE name || ' ' || email END
      FROM account"""
    return dict(db.execute(query).fetchall())
