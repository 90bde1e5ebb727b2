"""How the tables grew: numbered files of SQL, each run once, all or none in one transaction.

What SQL cannot do is done after its file by a function, named here by its module.
"""

import sqlite3
from importlib import import_module
from pathlib import Path

from sqlite_utils import Database, Migrations

_NAMES = (
    "0001_listings", "0002_site", "0003_ground", "0004_events_networks", "0005_published",
    "0006_synonyms", "0007_articles", "0008_reports", "0009_pictures", "0010_capacity",
    "0011_reports_forgotten", "0012_mail", "0013_accounts", "0014_sign_in",
    "0015_freshness", "0016_pipeline", "0017_drafts", "0018_imports", "0019_activities",
    "0020_networks", "0021_views", "0022_passkeys", "0023_sealed",
    "0025_dates_confirmed", "0026_meetings_withdrawn", "0030_accounts_sealed",
    "0031_networks_withdrawn",
)  # fmt: skip
# By name, for they know what a listing is, and whoever knows that opens databases with this.
_AFTER = {
    "0023_sealed": "ibasho.data.migrations.sealed",
    "0030_accounts_sealed": "ibasho.data.migrations.accounts_sealed",
}
_migrations = Migrations("ibasho")


class NewerDatabaseError(Exception):
    """The file was written by a later release, whose tables this one does not know."""


def is_pending(db: Database) -> bool:
    """Whether tables are missing. Raises NewerDatabaseError for the file of a later release."""
    applied = {done.name for done in _migrations.applied(db)}
    if unknown := applied.difference(_NAMES):
        raise NewerDatabaseError(
            f"the database was written by a later release ({max(unknown)}); install that release"
        )
    return applied != set(_NAMES)


def migrate(db: Database) -> None:
    """Run what is pending; inside the caller's transaction."""
    _migrations.apply(db)


def run_file(db: Database, name: str) -> None:
    """Run the statements of one file; sqlite3's own executescript would commit half way."""
    statement = ""
    path = Path(__file__).parent / f"{name}.sql"
    for line in path.read_text("utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.conn.execute(statement)
            statement = ""


def _register(name: str) -> None:
    @_migrations(name=name)
    def run(db: Database) -> None:
        run_file(db, name)
        if after := _AFTER.get(name):
            import_module(after).seal_what_is_open(db)


for _name in _NAMES:
    _register(_name)
