"""The addresses of the record: what was done, seen, exported, and who signed in."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import Response, g, render_template, request

from ibasho.data.accounts import Scope
from ibasho.data.clock import japanese_time, today
from ibasho.data.database import transaction
from ibasho.data.listings import Listing
from ibasho.data.record import Entry, Wanted, read_choices, read_record, write_record
from ibasho.data.text import fold
from ibasho.site.arguments import row_number
from ibasho.site.coordinator.persons import Persons
from ibasho.site.coordinator.record_titles import Titles
from ibasho.site.coordinator.views import blueprint
from ibasho.site.csv_text import CSV_TYPE, csv_text
from ibasho.site.languages import LazyString, lazy_gettext
from ibasho.site.reach import wordings_within
from ibasho.site.stores import database
from ibasho.site.words import action_label

_PAGE = 50
_FIRST, _LAST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)  # beyond, no clock can be reckoned
_HEADINGS = (
    lazy_gettext("When"), lazy_gettext("Who"), lazy_gettext("Action"),
    lazy_gettext("What it is about"), lazy_gettext("ID"), lazy_gettext("Detail"),
)  # fmt: skip
_ARGUMENTS = ("action", "actor", "listing", "first", "last")
# What else an entry can be about, by what its subject begins with.
_THINGS: dict[str, LazyString] = {
    "synonyms": lazy_gettext("Search words"),
    "station": lazy_gettext("Stations"),
    "area": lazy_gettext("Outlines"),
    "activities": lazy_gettext("Activity log"),
    "network": lazy_gettext("Network"),
    "mail": lazy_gettext("Mail"),
    "record": lazy_gettext("Record"),
    "site": lazy_gettext("The whole site"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is read; `listing_id` is "" where it is not about a listing."""

    id: int
    at: str
    who: str
    what: str
    about: str
    listing_id: str
    detail: str


class _Asked:
    """What of the record somebody asks for, no more than they may read."""

    def __init__(self) -> None:
        self.typed = {name: request.args.get(name, "").strip() for name in _ARGUMENTS}
        self.persons = Persons()
        self.titles = Titles()

    @cached_property
    def wordings(self) -> dict[str, Listing]:
        """All listings within reach."""
        return wordings_within()

    @cached_property
    def within(self) -> set[str] | None:
        """The subjects that this account may read of, None for all."""
        scope: Scope = g.account.scope
        return None if scope.is_whole else {*self.wordings, *self.titles.all()}

    @cached_property
    def choices(self) -> tuple[dict[str, list[str]], dict[str, str]]:
        """The actions there are, those of one label together, and the persons by their number."""
        actions, actors = read_choices(database(), self.within)
        labels: dict[str, list[str]] = {}
        for one in actions:
            labels.setdefault(action_label(one), []).append(one)
        names = {one: self.persons.name(one) for one in actors}
        return dict(sorted(labels.items())), dict(sorted(names.items(), key=lambda one: one[1]))

    @property
    def wanted(self) -> Wanted:
        """The question to the record."""
        subjects, name = self.within, self.typed["listing"]
        if name:
            names = {id_: body.name for id_, body in self.wordings.items()} | self.titles.all()
            subjects = {
                id_ for id_, title in names.items() if id_ == name or fold(name) in fold(title)
            }
        actions = self.choices[0].get(self.typed["action"], ())
        first, last = _day(self.typed["first"]), _day(self.typed["last"])
        return Wanted(subjects, actions, self.typed["actor"], first, last)

    def lines(self, entries: Sequence[Entry]) -> list[Line]:
        """These entries in words."""
        # who looks for a name has read them all already
        is_read = bool(self.typed["listing"])
        bodies = self.wordings if is_read else wordings_within({one.subject for one in entries})
        return [self._line(one, bodies.get(one.subject)) for one in entries]

    def _line(self, entry: Entry, body: Listing | None) -> Line:
        if body:
            about = body.name
        elif entry.subject.startswith("account:"):
            about = self.persons.name(entry.subject)
        else:
            kind, _, rest = entry.subject.partition(":")
            about = self.titles.of(entry.subject)
            if not about and kind in _THINGS:
                about = f"{_THINGS[kind]} {rest.rpartition(':')[2]}".strip()
        who, what = self.persons.name(entry.actor), action_label(entry.action)
        listing_id = entry.subject if body else ""
        return Line(entry.id, entry.at, who, what, about, listing_id, entry.detail)


@blueprint.get("/record")
def record() -> str:
    """A page of the record, the newest first."""
    asked = _Asked()
    before = request.args.get("before", 0, row_number)
    found = list(read_record(database(), asked.wanted, before or None, _PAGE + 1))
    lines = asked.lines(found[:_PAGE])
    actions, persons = asked.choices
    return render_template(
        "coordinator/record.html",
        lines=lines,
        actions=list(actions),
        persons=persons,
        typed=asked.typed,
        narrowed={name: value for name, value in asked.typed.items() if value},
        before=before,
        older=lines[-1].id if len(found) > _PAGE else None,
    )


@blueprint.get("/record.csv")
def record_table() -> Response:
    """All entries that are asked for, as a table; that it was taken away is an entry itself."""
    asked = _Asked()
    with transaction(database()) as db:
        lines = asked.lines(list(read_record(db, asked.wanted)))
        write_record(db, g.account.actor, "export", "record", str(len(lines)))
    rows = (
        [japanese_time(one.at).isoformat(" ", "seconds"), one.who, one.what, one.about,
         one.listing_id, one.detail]
        for one in lines
    )  # fmt: skip
    response = Response(csv_text([str(one) for one in _HEADINGS], rows), mimetype=CSV_TYPE)
    name = f"record-{today().isoformat()}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _day(text: str) -> dt.date | None:
    """A date as a field sends it, or the nearest that can matter; None for anything else."""
    try:
        return min(max(dt.date.fromisoformat(text), _FIRST), _LAST)
    except ValueError:
        return None
