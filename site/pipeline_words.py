"""How the stages of a lead, its checklist and its notes are said to the staff."""

import datetime as dt

from flask import Flask

from ibasho.data.clock import today
from ibasho.data.pipeline import Item, Mark, Missing, NoteKind, Stage, Task
from ibasho.site.languages import LazyString, gettext, lazy_gettext, ngettext
from ibasho.site.words import ACTIONS, away, day

STAGES: dict[Stage, LazyString] = {
    Stage.FOUND: lazy_gettext("Found"),
    Stage.VISITED: lazy_gettext("Visit and talk"),
    Stage.INVITED: lazy_gettext("Invitation"),
    Stage.CONFIRMING: lazy_gettext("Provider confirms"),
    Stage.REVIEW: lazy_gettext("Review"),
    Stage.PUBLIC: lazy_gettext("Public"),
    Stage.ACTIVE: lazy_gettext("Active"),
    Stage.DECLINED: lazy_gettext("Not for now"),
}
ACTIONS.update({f"lead:{stage}": label for stage, label in STAGES.items()})

ITEMS: dict[Item, LazyString] = {
    Item.HEALTH_OFFICE: lazy_gettext("Notice to the health office"),
    Item.ALLERGY: lazy_gettext("Food allergies"),
    Item.INSURANCE: lazy_gettext("Insurance"),
    Item.FIRE: lazy_gettext("Fire and evacuation"),
    Item.PHOTOGRAPHS: lazy_gettext("Use of photographs"),
    Item.SAFEGUARDING: lazy_gettext("Person in charge of safety (day of the training)"),
    Item.SAFETY_ACT: lazy_gettext("Standing under the Act on preventing sexual violence"),
}

MARKS: dict[Mark, LazyString] = {
    Mark.NOT_YET: lazy_gettext("Not yet"),
    Mark.DONE: lazy_gettext("In place"),
    Mark.NOT_APPLICABLE: lazy_gettext("Does not apply"),
    Mark.CERTIFIED: lazy_gettext("Certified"),
    Mark.APPLYING: lazy_gettext("Applied for"),
    Mark.PLANNED: lazy_gettext("Planned"),
}

NOTES: dict[NoteKind, LazyString] = {
    NoteKind.VISIT: lazy_gettext("Visit"),
    NoteKind.CALL: lazy_gettext("Call"),
    NoteKind.MEETING: lazy_gettext("Meeting"),
    NoteKind.OTHER: lazy_gettext("Note"),
}

MISSING: dict[Missing, LazyString] = {
    Missing.CONTACT: lazy_gettext("Nobody to talk to is known. Add a telephone number or mail."),
    Missing.LISTING: lazy_gettext("There is no listing yet. Make it, or invite the provider."),
    Missing.ANSWER: lazy_gettext("The provider has not answered yet."),
    Missing.APPROVAL: lazy_gettext("No wording has been approved yet."),
    Missing.CHECKLIST: lazy_gettext("Something on the checklist has no answer yet."),
    Missing.HIDDEN: lazy_gettext("It is public. Take the listing off the list first."),
    Missing.WITHDRAWN: lazy_gettext("Its listing was taken off the list. Bring that back first."),
}


def due(task: Task) -> str:
    """Until when a task is to be done, in words where that is over; "" without a date."""
    if task.due_on is None:
        return ""
    if task.is_overdue(today()):
        days = (today() - task.due_on).days
        late = ngettext("%(num)d day late", "%(num)d days late", days)
        return gettext("%(date)s, %(away)s", date=day(task.due_on), away=late)
    return gettext("%(date)s, %(away)s", date=day(task.due_on), away=away(task.due_on))


def is_overdue(task: Task) -> bool:
    """Whether a task should have been done before today."""
    return task.is_overdue(today())


def asked_of(date: dt.date | None) -> str:
    """A date as a field of a form holds it."""
    return date.isoformat() if date else ""


def install(app: Flask) -> None:
    """Let the templates use these words."""
    app.jinja_env.filters.update(due=due, as_field=asked_of)
    app.jinja_env.tests.update(overdue=is_overdue)
    app.jinja_env.globals.update(
        stage_words=STAGES, item_words=ITEMS, mark_words=MARKS, note_words=NOTES,
        missing_words=MISSING,
    )  # fmt: skip
