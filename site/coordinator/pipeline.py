"""The addresses of the pipeline: the board, the list, and the page of one lead."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flask import abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form

from ibasho.data import pipeline
from ibasho.data.accounts.names import read_names
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.fingerprint import fingerprint
from ibasho.data.listings import StepError, store
from ibasho.data.mail import Message
from ibasho.data.pipeline import (
    MARKS,
    Check,
    Item,
    Mark,
    Missing,
    NoteKind,
    Stage,
    StoredLead,
    Task,
)
from ibasho.data.pipeline.onboarding import CORRECT_DAYS
from ibasho.data.record import read_record
from ibasho.site.coordinator.leads import (
    Asked,
    LeadForm,
    NoteForm,
    TaskForm,
    columns,
    fields_of_lead,
    lead_of,
    leads_within,
)
from ibasho.site.coordinator.seen import note_lead_seen
from ibasho.site.coordinator.views import blueprint
from ibasho.site.mails import link, write_mail
from ibasho.site.stores import database, own_municipality

_ADDRESS = "/pipeline/<lead_id>"
_LONGEST_REASON = 500

Answer = Response | str | tuple[str, int]


@blueprint.get("/pipeline")
def leads() -> str:
    """All leads: a column for each stage, or a list that can be narrowed down."""
    is_list = request.args.get("view") == "list"
    asked = Asked.of(request.args)
    every = leads_within()
    found = [lead for lead in every if asked.fits(lead, today())] if is_list else every
    return render_template(
        "coordinator/pipeline_list.html" if is_list else "coordinator/pipeline_board.html",
        found=found,
        total=len(every),
        asked=asked,
        columns=columns(found),
        nexts={lead.id: _next(lead) for lead in found},
        names=read_names(database()),
    )


@blueprint.route("/pipeline/new", methods=["GET", "POST"])
def add_lead() -> Answer:
    """Somebody told of a place: keep it."""
    start = {"owner": str(g.account.id), "municipality": own_municipality()}
    form = LeadForm(request.form or None, data=start)
    if request.method == "POST" and form.validate():
        lead_id = pipeline.add_lead(database(), lead_of(form), g.account.actor)
        return _back(lead_id, "kept")
    return _form(form, None)


@blueprint.get(_ADDRESS)
def lead(lead_id: str) -> str:
    """One lead: what to do next, the checklist, visits, tasks, and what was done."""
    return _page(lead_id)


@blueprint.route(f"{_ADDRESS}/change", methods=["GET", "POST"])
def change_lead(lead_id: str) -> Answer:
    """What is known of it."""
    stored = pipeline.read_lead(database(), lead_id)
    note_lead_seen(lead_id)
    form = LeadForm(request.form or None, data=fields_of_lead(stored.body))
    seen = fingerprint(stored.body)
    is_stale = request.method == "POST" and request.form.get("seen") != seen
    if request.method == "POST" and form.validate() and not is_stale:
        body = lead_of(form, stored.body)
        pipeline.change_lead(database(), lead_id, body, g.account.actor)
        return _back(lead_id, "kept")
    return _form(form, stored, seen, is_stale)


@blueprint.post(f"{_ADDRESS}/move")
def move_lead(lead_id: str) -> Answer:
    """Bring it to another stage; what is missing for that is said."""
    asked, reason = request.form.get("stage", ""), request.form.get("reason", "").strip()
    if asked not in set(Stage):
        abort(400)
    if asked == Stage.DECLINED and not reason:
        return _page(lead_id, problems={"reason"}), 422
    try:
        pipeline.move_lead(
            database(), lead_id, Stage(asked), g.account.actor, reason[:_LONGEST_REASON]
        )
    except pipeline.MissingError as error:
        return _page(lead_id, needs=error.needs), 409
    except StepError:
        return _page(lead_id), 409
    return _back(lead_id, "moved", "step")


@blueprint.post(f"{_ADDRESS}/undo")
def undo_lead(lead_id: str) -> Answer:
    """Take the last step back."""
    try:
        is_undone = pipeline.undo_step(database(), lead_id, g.account.actor)
    except pipeline.MissingError as error:
        return _page(lead_id, needs=error.needs), 409
    return _back(lead_id, "undone" if is_undone else "", "step")


@blueprint.post(f"{_ADDRESS}/check")
def check_lead(lead_id: str) -> Answer:
    """What is known of the items of the checklist, all in one form: all is kept, or nothing.

    What the form leaves as it showed it stays as it is now, whoever has set it meanwhile.
    """
    known = pipeline.read_checks(database(), lead_id)
    asked, wrong = [_typed(check) for check in known], []
    changed = [pair for pair in zip(known, asked, strict=True) if pair[0] != pair[1]]
    stale = [one.item for one, _ in changed if _shown(one) != _as_sent(one)]
    for before, after in changed:
        try:
            pipeline.settled(before, after.mark, after.done_on, today())
        except ValueError:
            wrong.append(after.item)
    if wrong or stale:
        page = _page(lead_id, typed=asked, wrong=wrong, stale_checks=stale)
        return page, 409 if stale else 422
    for _, one in changed:
        pipeline.set_check(
            database(), lead_id, one.item, one.mark, one.done_on, today(), g.account.actor
        )
    return _back(lead_id, "saved", "checklist")


@blueprint.post(f"{_ADDRESS}/notes")
def note_lead(lead_id: str) -> Answer:
    """A visit or a talk; one that was written down wrongly is struck out, and brought back."""
    if note := request.form.get("note", ""):
        is_removed = not request.form.get("undo")
        _changed(pipeline.remove_note, lead_id, note, is_removed)
        return _back(lead_id, "struck" if is_removed else "saved", "notes", note=note)
    form = NoteForm(request.form)
    if not form.validate():
        return _page(lead_id, note_form=form), 422
    pipeline.add_note(
        database(), lead_id, NoteKind(form.kind.data), form.written_on.data, form.text.data,
        g.account.actor,
    )  # fmt: skip
    return _back(lead_id, "saved", "notes")


@blueprint.post(f"{_ADDRESS}/tasks")
def task_lead(lead_id: str) -> Answer:
    """Something to do; or it is corrected, done, or not done after all."""
    if (task := request.form.get("task", "")) and "text" in request.form:
        return _change_task(lead_id, task)
    if task:
        is_done = not request.form.get("undo")
        _changed(pipeline.finish_task, lead_id, task, is_done)
        return _back(lead_id, "done" if is_done else "saved", "tasks", task=task)
    form = TaskForm(request.form)
    if not form.validate():
        return _page(lead_id, task_form=form), 422
    pipeline.add_task(database(), lead_id, *_task(form), g.account.actor)
    return _back(lead_id, "saved", "tasks")


def _change_task(lead_id: str, task: str) -> Answer:
    form, task_id = TaskForm(request.form), _number(task)
    tasks = pipeline.read_lead(database(), lead_id).tasks
    stale = [one.id for one in tasks
             if one.id == task_id and request.form.get("seen") != _seen(one)]  # fmt: skip
    if not form.validate() or stale:
        page = _page(lead_id, changed_tasks={task_id: form}, stale_tasks=stale)
        return page, 409 if stale else 422
    try:
        pipeline.change_task(database(), lead_id, task_id, *_task(form), g.account.actor)
    except pipeline.UnknownLeadError:
        abort(404)
    return _back(lead_id, "saved", "tasks")


def _task(form: TaskForm) -> tuple[str, int | None, dt.date | None]:
    owner = int(form.owner.data) if form.owner.data else None
    return form.text.data, owner, form.due_on.data


@blueprint.post(f"{_ADDRESS}/invite")
def invite_lead(lead_id: str) -> Answer:
    """Mail its people a link with which they fill in their listing."""
    name = pipeline.read_lead(database(), lead_id).body.name
    settings = current_app.config["IBASHO"]

    def mail(to: str, token: str) -> Message:
        address = link(settings, token)
        return write_mail(settings, "invitation", to, name=name, link=address, days=CORRECT_DAYS)

    try:
        pipeline.invite(database(), lead_id, g.account.actor, mail)
    except pipeline.NoAddressError:
        return _page(lead_id, needs=[Missing.CONTACT]), 409
    except pipeline.AlreadySentError:
        return _back(lead_id, "already", "step")
    except StepError:
        return _page(lead_id), 409
    return _back(lead_id, "invited", "step")


def _next(stored: StoredLead) -> Stage | None:
    """The stage to which a button leads: one that a person sets, and that needs nothing."""
    if stored.stage in {Stage.FOUND, Stage.VISITED} and not stored.listing:
        return pipeline.following(stored.stage)
    return Stage.ACTIVE if stored.stage is Stage.PUBLIC else None


def _page(
    lead_id: str,
    needs: list[Missing] | None = None,
    problems: set[str] | None = None,
    note_form: Form | None = None,
    task_form: Form | None = None,
    changed_tasks: Mapping[int, Form] | None = None,
    typed: list[Check] | None = None,
    wrong: list[Item] | None = None,
    stale_tasks: Sequence[int] = (),
    stale_checks: Sequence[Item] = (),
) -> str:
    db = database()
    stored = pipeline.read_lead(db, lead_id)
    note_lead_seen(lead_id)
    checks, state = pipeline.read_checks(db, lead_id), pipeline.read_state(db, lead_id)
    following = pipeline.following(stored.stage)
    waiting = store.read_waiting(db, stored.listing) if stored.listing else []
    record = [*read_record(db, pipeline.subject_of(lead_id))]
    record += read_record(db, stored.listing) if stored.listing else []
    return render_template(
        "coordinator/lead.html",
        lead=stored,
        state=state,
        following=following,
        next=_next(stored),
        lacks=pipeline.missing(stored.body, checks, state, following) if following else [],
        needs=needs or [],
        problems=problems or set(),
        checks=typed or checks,
        wrong=wrong or [],
        shown={one.item: _shown(one) for one in checks},
        stale_checks=stale_checks,
        marks=MARKS,
        items=Item,
        notes=pipeline.read_notes(db, lead_id),
        steps=list(pipeline.read_steps(db, lead_id)),
        record=sorted(record, key=lambda entry: entry.at, reverse=True),
        waiting=waiting,
        note_form=note_form or NoteForm(),
        task_form=task_form or TaskForm(owner=str(g.account.id)),
        task_forms={one.id: _form_of(one) for one in stored.tasks} | dict(changed_tasks or {}),
        seen_tasks={one.id: _seen(one) for one in stored.tasks},
        stale_tasks=stale_tasks,
        names=read_names(db),
    )


def _form(
    form: LeadForm, stored: StoredLead | None, seen: str = "", is_stale: bool = False
) -> Answer:
    page = render_template(
        "coordinator/lead_form.html", form=form, lead=stored, seen=seen, is_stale=is_stale
    )
    if is_stale:
        return page, 409
    return (page, 422) if form.errors else page


def _back(lead_id: str, done: str, part: str = "", task: str = "", note: str = "") -> Response:
    address = url_for(
        "coordinator.lead", lead_id=lead_id, done=done or None, task=task or None,
        note=note or None,
    )  # fmt: skip
    return redirect(f"{address}#{part}" if part else address, 303)


def _form_of(task: Task) -> TaskForm:
    return TaskForm(text=task.text, owner=str(task.owner or ""), due_on=task.due_on)


def _seen(task: Task) -> str:
    """What of a task its form shows: that it was done meanwhile overwrites nothing."""
    return fingerprint(task.text, task.owner, task.due_on)


def _shown(check: Check) -> str:
    """What the form shows of an item."""
    return f"{check.mark} {check.done_on or ''}"


def _as_sent(known: Check) -> str:
    """What the form that was sent had shown of an item."""
    return request.form.get(f"{known.item}_shown", _shown(known))


def _typed(known: Check) -> Check:
    """What somebody typed of an item; what is known where they left it, or it is not there."""
    asked = request.form.get(f"{known.item}", "")
    if asked not in MARKS[known.item]:
        return known
    if f"{asked} {request.form.get(f'{known.item}_on', '')}" == _as_sent(known):
        return known
    day = _day(request.form.get(f"{known.item}_on", ""))
    return replace(known, mark=Mark(asked), done_on=day)


def _day(text: str) -> dt.date | None:
    """A date as a field of a form sends it; None for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _changed(
    change: Callable[[Database, str, int, str, bool], None],
    lead_id: str,
    number: str,
    value: bool,
) -> None:
    try:
        change(database(), lead_id, _number(number), g.account.actor, value)
    except pipeline.UnknownLeadError:
        abort(404)


def _number(text: str) -> int:
    if not (text.isdecimal() and len(text) < 15):
        abort(400)
    return int(text)
