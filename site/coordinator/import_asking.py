"""After a list is published: where its addresses are, as the search of 国土地理院 knows it.

Asked only where the operator wants it (IBASHO_GSI), behind the page, and as the command asks: only
for what is public with its exact address. One process at a time, so that the service has its rest.
"""

import fcntl
import logging
import threading
from contextlib import closing

from ibasho.data.addresses import UnusableAddressesError, make_addresses
from ibasho.data.database import Database, open_database, transaction
from ibasho.data.imports import runs, undo
from ibasho.importers.gsi import GsiSearch
from ibasho.importers.positions import better_points, keep_points
from ibasho.site.config import Settings

_LOCK = "gsi.lock"


def ask_in_the_background(db: Database, settings: Settings, run_id: int, actor: str) -> None:
    """Begin to ask about what a list has published; its page says how far that is."""
    if settings.gsi:
        runs.note_asked(db, run_id, runs.Asked.begun())
        arguments = (settings, run_id, actor)
        threading.Thread(target=_ask_alone, args=arguments, name="gsi", daemon=True).start()


def ask(db: Database, settings: Settings, run_id: int, actor: str) -> None:
    """Ask, and let what is found be part of the list, so that it is taken back with it."""
    warned, ids = list[str](), list[str]()
    is_done = False
    try:
        with closing(make_addresses(settings.data_dir)) as points:
            better = better_points(db, GsiSearch(points, warned.append, settings.gsi).geocode)
        with transaction(db):
            untouched = undo.untouched(db, run_id)
            ids = keep_points(db, better, actor)
            undo.go_along(db, run_id, untouched.intersection(ids))
        is_done = not warned
    except (UnusableAddressesError, OSError) as error:
        warned.append(str(error))
    finally:
        runs.note_asked(db, run_id, runs.Asked("", len(ids), is_failed=not is_done))
    for line in warned:
        logging.getLogger(__name__).warning("%s", line)


def _ask_alone(settings: Settings, run_id: int, actor: str) -> None:
    with (settings.data_dir / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with closing(open_database(settings.data_dir)) as db:
            ask(db, settings, run_id, actor)
