"""By what name people know the things that the record is about, besides listings and persons."""

from collections.abc import Callable, Iterator

from flask import g

from ibasho.data.activities import read_activities
from ibasho.data.articles import read_stored_articles
from ibasho.data.events import read_stored_events
from ibasho.data.imports.feeds import read_feeds
from ibasho.data.imports.runs import read_runs
from ibasho.data.networks import network_ids
from ibasho.data.pipeline import subject_of
from ibasho.data.record import read_sorts
from ibasho.data.schools import read_stored_schools
from ibasho.site.activity_words import ACTIVITY_KINDS
from ibasho.site.coordinator.leads import leads_within
from ibasho.site.reach import covers_activity, covers_event
from ibasho.site.stores import database
from ibasho.site.words import full_date

_Named = Iterator[tuple[str, str]]


class Titles:
    """The names of what is within reach, by how the record names it; each sort is read once."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = {}

    def of(self, subject: str) -> str:
        """The name of one subject; "" where it has none, or is out of reach."""
        return self._sort(subject.partition(":")[0] if ":" in subject else "").get(subject, "")

    def all(self) -> dict[str, str]:
        """The names of all that the record is about."""
        sorts = read_sorts(database())
        return {subject: name for sort in sorts for subject, name in self._sort(sort).items()}

    def _sort(self, sort: str) -> dict[str, str]:
        if sort not in self._known:
            read = _SORTS.get(sort)
            self._known[sort] = dict(read()) if read else {}
        return self._known[sort]


def _events_and_articles() -> _Named:
    for event in read_stored_events(database()):
        if covers_event(event.body):
            yield event.id, event.body.title
    if g.account.scope.is_whole:
        for article in read_stored_articles(database()):
            yield article.id, article.body.title


def _leads() -> _Named:
    return ((subject_of(one.id), one.body.name) for one in leads_within())


def _networks() -> _Named:
    db = database()
    for name, network_id in (network_ids(db) | network_ids(db, withdrawn=True)).items():
        if g.account.scope.covers(network=name):
            yield f"network:{network_id}", name


def _activities() -> _Named:
    for one in read_activities(database()):
        if covers_activity(one.body):
            kind = ACTIVITY_KINDS[one.body.kind]
            yield f"activity:{one.id}", f"{full_date(one.body.held_on)} {kind}"


def _of_the_ward(read: Callable[[], _Named]) -> Callable[[], _Named]:
    """What belongs to the whole ward, for who coordinates all of it."""
    return lambda: read() if g.account.scope.is_whole else iter(())


_SORTS: dict[str, Callable[[], _Named]] = {
    "": _events_and_articles,
    "lead": _leads,
    "network": _networks,
    "activity": _activities,
    "school": _of_the_ward(
        lambda: (
            (f"school:{one.body.id}", one.body.name) for one in read_stored_schools(database())
        )
    ),
    "import": _of_the_ward(
        lambda: ((one.subject, ", ".join(one.names)) for one in read_runs(database()))
    ),
    "feed": _of_the_ward(lambda: ((f"feed:{one.id}", one.name) for one in read_feeds(database()))),
}
