"""What a lead is: a possible provider on its way to a public listing."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from ibasho.data.listings import Kind


class Stage(StrEnum):
    """Where a lead stands; `rules.stage_of` says which of them follow from its listing."""

    FOUND = "found"
    VISITED = "visited"
    INVITED = "invited"
    CONFIRMING = "confirming"
    REVIEW = "review"
    PUBLIC = "public"
    ACTIVE = "active"
    DECLINED = "declined"


class Item(StrEnum):
    """What is asked of whoever wants to be listed."""

    HEALTH_OFFICE = "health_office"
    ALLERGY = "allergy"
    INSURANCE = "insurance"
    FIRE = "fire"
    PHOTOGRAPHS = "photographs"
    SAFEGUARDING = "safeguarding"
    """There is somebody in charge of safety; the date is that of their training."""
    SAFETY_ACT = "safety_act"
    """The standing under こども性暴力防止法; never what a check of a person found."""


class Mark(StrEnum):
    """What is known of an item."""

    NOT_YET = "not_yet"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"
    CERTIFIED = "certified"
    APPLYING = "applying"
    PLANNED = "planned"


_PLAIN = (Mark.NOT_YET, Mark.DONE, Mark.NOT_APPLICABLE)
MARKS: dict[Item, tuple[Mark, ...]] = dict.fromkeys(Item, _PLAIN) | {
    Item.SAFETY_ACT: (
        Mark.NOT_YET, Mark.NOT_APPLICABLE, Mark.CERTIFIED, Mark.APPLYING, Mark.PLANNED,
    ),
}  # fmt: skip
"""The marks that each item may have."""


class NoteKind(StrEnum):
    """What a note is about."""

    VISIT = "visit"
    CALL = "call"
    MEETING = "meeting"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to talk to; confidential."""

    name: str = ""
    role: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """What is said of a lead. `source` (who told of it) and `people` are confidential.

    `owner` is the number of the account that looks after it, None for nobody yet.
    """

    kind: Kind
    name: str
    municipality: str = ""
    place: str = ""
    network: str = ""
    school_district: str = ""
    source: str = ""
    people: tuple[Person, ...] = ()
    owner: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What is known of one item: by whom, and the JST date where there is one."""

    item: Item
    mark: Mark = Mark.NOT_YET
    done_on: dt.date | None = None
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A visit or a talk on a JST date, in confidential words."""

    id: int
    kind: NoteKind
    written_on: dt.date
    text: str
    actor: str
    is_removed: bool


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody has to do until a JST date."""

    id: int
    text: str
    owner: int | None
    due_on: dt.date | None
    done_on: dt.date | None

    def is_due(self, day: dt.date) -> bool:
        """Whether it is to be done by this day."""
        return self.done_on is None and self.due_on is not None and self.due_on <= day

    def is_overdue(self, day: dt.date) -> bool:
        """Whether it should have been done before this day."""
        return self.done_on is None and self.due_on is not None and self.due_on < day


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a lead, by whom, when (UTC) and why."""

    id: int
    before: Stage
    after: Stage
    reason: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class StoredLead:
    """A lead with what was done for it.

    `stage` follows from `own_stage`, which people set, and from the listing. `consent` is the
    version of the wording that a provider agreed to by themselves, on `consent_on`.
    """

    id: str
    body: Lead
    stage: Stage
    own_stage: Stage
    listing: str | None
    consent: str
    consent_on: dt.date | None
    mail_confirmed_on: dt.date | None
    tasks: tuple[Task, ...] = field(default=())

    @property
    def next_task(self) -> Task | None:
        """The open task that is due first; those without a date come last."""
        waiting = [task for task in self.tasks if task.done_on is None]
        return min(waiting, key=lambda task: (task.due_on or dt.date.max, task.id), default=None)

    @property
    def mail(self) -> str:
        """The first mail address of its people; confidential."""
        return next((person.mail for person in self.body.people if person.mail), "")
