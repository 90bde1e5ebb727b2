"""Who works at the desk, by number, for lists to choose from."""

from ibasho.data.database import Database


def read_names(db: Database) -> dict[int, str]:
    """The name, or else the mail address, of every coordinator that is not gone, by number."""
    query = """
      SELECT id, CASE name WHEN '' THEN email ELSE name END FROM account
      WHERE role IN ('coordinator', 'admin') AND closed_at IS NULL ORDER BY 2"""
    return dict(db.execute(query).fetchall())
