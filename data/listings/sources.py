"""Where lists come from, for the credit under every listing."""

from ibasho.data.database import Database


def keep_source(db: Database, name: str, licence: str) -> int:
    """The id of a source by its name; a licence that is given replaces the one known."""
    db.execute(
        "INSERT INTO source (name, licence) VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
        " SET licence = excluded.licence WHERE excluded.licence NOT IN ('', licence)",
        [name, licence],
    )
    return int(db.execute("SELECT id FROM source WHERE name = ?", [name]).fetchone()[0])


def read_sources(db: Database) -> dict[str, int]:
    """The ids of all sources, by their names."""
    return {row["name"]: row["id"] for row in db.query("SELECT id, name FROM source ORDER BY id")}
