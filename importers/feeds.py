"""Sources that are fetched again: what is new in one waits at the desk, and is never published."""

import datetime as dt
from enum import StrEnum

from ibasho.data.addresses import Geocode
from ibasho.data.database import Database, transaction
from ibasho.data.imports.feeds import Feed, note_fetched
from ibasho.data.imports.runs import add_run
from ibasho.importers.apply import run_import
from ibasho.importers.desk import options_of
from ibasho.importers.fetching import FetchError, fetch
from ibasho.importers.report import ImportRefusedError
from ibasho.importers.tables import NamedFile

ACTOR = "fetch"


class Fetching(StrEnum):
    """What came of asking a source."""

    UNCHANGED = "unchanged"
    WAITS = "waits"
    """Something is new; nothing of it is odd."""
    DOUBTFUL = "doubtful"
    """Something is new, and rows are odd, resemble listings or differ from what people wrote."""
    FAILED = "failed"


def fetch_feed(
    db: Database, feed: Feed, day: dt.date, find: Geocode, *, allow_private: bool = False
) -> tuple[Fetching, str]:
    """Ask a source, and let what is new in it wait at the desk; with the words of what failed.

    `day` is the JST date of the list.
    """
    try:
        found = fetch(feed.url, feed.etag, feed.last_modified, allow_private=allow_private)
        if found is None:
            note_fetched(db, feed.id, feed.etag, feed.last_modified)
            return Fetching.UNCHANGED, ""
        files = [NamedFile(found.name, found.data)]
        outcome = run_import(
            db, files, options_of(feed.options, dry_run=True), day, ACTOR, find=find
        )
    except (FetchError, ImportRefusedError) as error:
        note_fetched(db, feed.id, problem=str(error))
        return Fetching.FAILED, str(error)
    report = outcome.report
    with transaction(db):
        note_fetched(db, feed.id, found.etag, found.last_modified)
        if not report.created and not report.updated:
            return Fetching.UNCHANGED, ""
        add_run(db, [(found.name, found.data)], feed.options, ACTOR, feed.id)
    is_clean = not report.problems and not report.duplicates
    return (Fetching.WAITS if is_clean else Fetching.DOUBTFUL), ""
