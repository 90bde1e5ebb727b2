"""The first page of the desk: what is to be done today, and beside it what there is to know.

The page shows blocks in the order of TODAY. A new one is a function there, and a template
`coordinator/today/<name>.html` that shows its rows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask import current_app, g, request, url_for

from ibasho.data.accounts.names import read_names
from ibasho.data.clock import japanese_time, today
from ibasho.data.freshness import AnswerKind, going_stale
from ibasho.data.listings import Kind, Listing, State, store
from ibasho.data.listings.kinds import KIND_WORDS
from ibasho.data.misses import Miss
from ibasho.data.networks import network_ids
from ibasho.data.networks.meetings import read_meetings
from ibasho.data.notices import SaidOfLate, read_said_on
from ibasho.data.pictures import count_waiting
from ibasho.data.pipeline import Task, unconfirmed_listings
from ibasho.site.coordinator.answered import answered
from ibasho.site.coordinator.leads import leads_within
from ibasho.site.coordinator.reported import reported
from ibasho.site.coordinator.seen import note_network_seen
from ibasho.site.languages import LazyString, lazy_gettext
from ibasho.site.reach import covers, covers_stored, wordings_within
from ibasho.site.sending import trouble
from ibasho.site.stores import database, misses, views

_BEFORE = {State.DRAFT, State.INVITED, State.CONFIRMED, State.IN_REVIEW}  # it is public
_KIND_OF_WORD = {words[0]: kind for kind, words in KIND_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page. One that `is_aside` is nothing to do, but to know.

    `count` is how many wait, where that is not the number of its rows.
    """

    name: str
    title: LazyString
    rows: Sequence[object]
    is_aside: bool = False
    count: int | None = None

    @property
    def waiting(self) -> int:
        """How many things there are to do."""
        return len(self.rows) if self.count is None else self.count


class Blocks(NamedTuple):
    """What is to be done, and what there is to know besides."""

    to_do: list[Block]
    aside: list[Block]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is to be done."""
        return not any(block.waiting for block in self.to_do)


class Waiting(NamedTuple):
    """A wording that waits for a decision, for how many days, and whether nothing is public yet."""

    revision: store.Revision
    days: int
    is_new: bool


class OfListing(NamedTuple):
    """Something about a listing, by its wording."""

    listing_id: str
    body: Listing
    what: int | SaidOfLate


class Due(NamedTuple):
    """Something to do today or earlier: for whom or what, by whom, and where that is looked after.

    `kind` is that of a possible provider, and `has_number` whether one can be called.
    """

    name: str
    address: str
    task: Task
    who: str
    kind: Kind | None = None
    has_number: bool = False


class Missed(NamedTuple):
    """What was looked for in vain, how often, and which kind of listing would answer it."""

    miss: Miss
    times: int
    kind: Kind | None


def blocks() -> Blocks:
    """Everything for whoever is signed in, in the order of TODAY."""
    found = [block for make in TODAY if (block := make())]
    return Blocks(
        [one for one in found if not one.is_aside], [one for one in found if one.is_aside]
    )


def just_assured() -> store.StoredListing | None:
    """The listing that somebody has just called true on this page, to undo that."""
    if request.args.get("done") != "assured":
        return None
    try:
        stored = store.read_stored(database(), request.args.get("listing", ""))
    except store.UnknownListingError:
        return None
    return stored if stored.published and covers_stored(stored) else None


def _waiting() -> Block:
    found = store.read_waiting(database())
    ids = {one.listing_id for one in found}
    within, states = wordings_within(ids), store.read_states(database(), ids)
    unsure = unconfirmed_listings(database())
    rows = [
        Waiting(
            one,
            (today() - japanese_time(one.written_at).date()).days,
            states[one.listing_id] in _BEFORE,
        )
        for one in found
        if one.listing_id in within and one.listing_id not in unsure
    ]
    return Block("waiting", lazy_gettext("Waiting for a decision"), rows)


def _stale() -> Block:
    limits = current_app.config["IBASHO"].limits
    found = going_stale(database(), today(), limits, views().of_late(today()))
    rows = [one for one in found if covers(one.asked.listing_id, one.asked.body)]
    return Block(
        "stale", lazy_gettext("To confirm by telephone this week"), rows[:_MOST], count=len(rows)
    )


def _answers() -> Block | None:
    # a correction stands among what waits for a decision
    rows = [one for one in answered(database()) if one.answer.kind is not AnswerKind.CHANGE]
    return Block("answers", lazy_gettext("Answers of providers"), rows) if rows else None


def _reports() -> Block:
    return Block("reports", lazy_gettext("What visitors reported"), reported(database()))


def _pictures() -> Block | None:
    counts = count_waiting(database())
    bodies = wordings_within(counts)
    rows = [OfListing(id_, bodies[id_], counts[id_]) for id_ in counts if id_ in bodies]
    title = lazy_gettext("Pictures that nobody has looked at yet")
    return Block("pictures", title, rows) if rows else None


def _mails() -> Block | None:
    if not g.account.scope.is_whole:
        return None
    wrong = trouble(database(), current_app.config["IBASHO"])
    if wrong is None:
        return None
    return Block("mails", lazy_gettext("Mails"), [wrong], not wrong.undecided, wrong.undecided)


def _tasks() -> Block | None:
    rows = [*_of_leads(), *_decided()]
    rows.sort(key=lambda row: row.task.due_on or today())
    return Block("tasks", lazy_gettext("Tasks"), rows) if rows else None


def _of_leads() -> Iterator[Due]:
    names = read_names(database())
    for lead in leads_within():
        has_number = any(one.phone for one in lead.body.people)
        address = url_for("coordinator.lead", lead_id=lead.id)
        for task in (one for one in lead.tasks if one.is_due(today())):
            who = names.get(task.owner, "") if task.owner else ""
            yield Due(lead.body.name, address, task, who, lead.body.kind, has_number)


def _decided() -> Iterator[Due]:
    """What meetings decided, in the networks of whoever is signed in."""
    for name, network_id in network_ids(database()).items():
        if not g.account.scope.covers(network=name):
            continue
        decided = [
            one for meeting in read_meetings(database(), network_id) for one in meeting.tasks
        ]
        for one in decided:
            task = Task(one.id, one.words, None, one.due_on, one.done_on)
            if task.is_due(today()):
                note_network_seen(network_id)
                address = url_for(
                    "coordinator.network_meeting", network_id=network_id, meeting_id=one.meeting_id
                )
                yield Due(name, address, task, one.owner)


def _misses() -> Block | None:
    if not g.account.scope.is_whole:
        return None
    rows = [Missed(one, times, _KIND_OF_WORD.get(one.term)) for one, times in misses().often()]
    title = lazy_gettext("Searches that found nothing")
    return Block("misses", title, rows[:_MOST], is_aside=True) if rows else None


def _said() -> Block | None:
    said = read_said_on(database(), today())
    bodies = wordings_within({one.listing_id for one in said})
    rows = [
        OfListing(one.listing_id, bodies[one.listing_id], one)
        for one in said
        if one.listing_id in bodies
    ]
    return (
        Block("said", lazy_gettext("What places said today"), rows, is_aside=True) if rows else None
    )


def _listings() -> Block:
    counts = store.count_states(database()) if g.account.scope.is_whole else {}
    rows = [(state, counts[state]) for state in State if state in counts]
    return Block("listings", lazy_gettext("Listings"), rows, is_aside=True)


_MOST = 10
TODAY: list[Callable[[], Block | None]] = [
    _waiting,
    _stale,
    _answers,
    _reports,
    _tasks,
    _pictures,
    _mails,
    _misses,
    _said,
    _listings,
]
