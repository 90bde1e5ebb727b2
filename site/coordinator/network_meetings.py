"""The addresses at which a network plans its meetings and writes down what came of them."""

from dataclasses import replace

from flask import abort, g, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.clock import today
from ibasho.data.fingerprint import fingerprint
from ibasho.data.networks import Meeting, Task, UnknownMeetingError, read_members
from ibasho.data.networks import meetings as keeping
from ibasho.site.coordinator.network_forms import (
    MeetingForm,
    MinutesForm,
    TaskForm,
    clock,
    time_of,
)
from ibasho.site.coordinator.networks import ADDRESS, form_page, go, shared
from ibasho.site.coordinator.seen import note_network_seen
from ibasho.site.coordinator.views import blueprint
from ibasho.site.languages import gettext
from ibasho.site.stores import database

PAGE = "network_meeting"
_ONE = f"{ADDRESS}/meetings/<int(max=9223372036854775807):meeting_id>"


@blueprint.route(f"{ADDRESS}/meetings/new", methods=["GET", "POST"])
def network_meeting_add(network_id: int) -> Response | str | tuple[str, int]:
    """Plan a meeting."""
    form = MeetingForm(request.form)
    if request.method == "POST" and form.validate():
        meeting = keeping.keep_meeting(database(), network_id, _meeting(form), g.account.actor)
        return go(PAGE, network_id, "saved", meeting_id=meeting)
    back = url_for("coordinator.network", network_id=network_id)
    return form_page(network_id, form, gettext("Plan a meeting"), back)


@blueprint.get(_ONE)
def network_meeting(network_id: int, meeting_id: int) -> str:
    """One meeting, with what it decided."""
    return _page("coordinator/network_meeting.html", network_id, meeting_id)


@blueprint.get(f"{_ONE}/sheet")
def network_meeting_sheet(network_id: int, meeting_id: int) -> str:
    """Its agenda, to print on A4 and to write on."""
    return _page("coordinator/network_sheet.html", network_id, meeting_id)


@blueprint.route(f"{_ONE}/change", methods=["GET", "POST"])
def network_meeting_change(network_id: int, meeting_id: int) -> Response | str | tuple[str, int]:
    """Its date and place, who came, and the minutes."""
    meeting = _kept(network_id, meeting_id)
    note_network_seen(network_id)
    values = {name: getattr(meeting, name)
              for name in ("held_on", "place", "agenda", "minutes", "people")}  # fmt: skip
    times = {"opens_at": time_of(meeting.opens_at), "closes_at": time_of(meeting.closes_at)}
    form = MinutesForm(
        request.form or None, data=values | times | {"present": list(meeting.present)}
    )
    seen = fingerprint(meeting)
    form.present.choices = [
        (member.key, member.name) for member in read_members(database(), network_id)
    ]
    is_stale = request.method == "POST" and request.form.get("seen") != seen
    if request.method == "POST" and form.validate() and not is_stale:
        kept = replace(
            _meeting(form), minutes=form.minutes.data, people=form.people.data,
            present=tuple(form.present.data), is_off=meeting.is_off,
        )  # fmt: skip
        keeping.keep_meeting(database(), network_id, kept, g.account.actor, meeting_id)
        return go(PAGE, network_id, "saved", meeting_id=meeting_id)
    back = url_for("coordinator.network_meeting", network_id=network_id, meeting_id=meeting_id)
    heading = gettext("Date, attendance and minutes")
    return form_page(network_id, form, heading, back, seen=seen, is_stale=is_stale)


@blueprint.post(f"{_ONE}/withdraw")
def network_meeting_withdraw(network_id: int, meeting_id: int) -> Response:
    """Take back what was entered by mistake, or bring it back."""
    is_out = request.form.get("step") != "restore"
    try:
        keeping.withdraw_meeting(database(), network_id, meeting_id, is_out, g.account.actor)
    except UnknownMeetingError:
        abort(404)
    if is_out:
        return go("network", network_id, "meeting_withdrawn", meeting_id)
    return go(PAGE, network_id, "saved", meeting_id=meeting_id)


@blueprint.post(f"{_ONE}/off")
def network_meeting_off(network_id: int, meeting_id: int) -> Response:
    """Call it off, or let it take place after all."""
    is_off = request.form.get("step") != "restore"
    try:
        keeping.call_off(database(), network_id, meeting_id, is_off, g.account.actor)
    except UnknownMeetingError:
        abort(404)
    return go(PAGE, network_id, "off" if is_off else "saved", meeting_id, meeting_id=meeting_id)


@blueprint.route(f"{_ONE}/tasks/new", methods=["GET", "POST"])
def network_task_add(network_id: int, meeting_id: int) -> Response | str | tuple[str, int]:
    """What was decided: what, who, until when."""
    _kept(network_id, meeting_id)
    form = TaskForm(request.form)
    if request.method == "POST" and form.validate():
        task = Task(form.words.data, form.owner.data, form.due_on.data)
        keeping.add_task(database(), network_id, meeting_id, task, g.account.actor)
        return go(PAGE, network_id, "saved", meeting_id=meeting_id)
    back = url_for("coordinator.network_meeting", network_id=network_id, meeting_id=meeting_id)
    return form_page(network_id, form, gettext("Add what was decided"), back)


@blueprint.route(
    f"{_ONE}/tasks/<int(max=9223372036854775807):task_id>/change", methods=["GET", "POST"]
)
def network_task_change(
    network_id: int, meeting_id: int, task_id: int
) -> Response | str | tuple[str, int]:
    """Correct what was decided."""
    _kept(network_id, meeting_id)
    try:
        task = keeping.read_task(database(), network_id, meeting_id, task_id)
    except UnknownMeetingError:
        abort(404)
    note_network_seen(network_id)
    form = TaskForm(request.form or None, obj=task)
    seen = fingerprint(task)
    is_stale = request.method == "POST" and request.form.get("seen") != seen
    if request.method == "POST" and form.validate() and not is_stale:
        changed = Task(form.words.data, form.owner.data, form.due_on.data)
        keeping.change_task(database(), network_id, meeting_id, changed, task_id, g.account.actor)
        return go(PAGE, network_id, "saved", meeting_id=meeting_id)
    back = url_for("coordinator.network_meeting", network_id=network_id, meeting_id=meeting_id)
    heading = gettext("Correct what was decided")
    return form_page(network_id, form, heading, back, seen=seen, is_stale=is_stale)


@blueprint.post(f"{_ONE}/tasks")
def network_task_done(network_id: int, meeting_id: int) -> Response:
    """Say that something is done, or is not."""
    task, is_done = request.form.get("task", ""), request.form.get("step") != "restore"
    if not task.isdecimal() or len(task) > 18:
        abort(400)
    try:
        keeping.finish_task(
            database(), network_id, meeting_id, int(task), today() if is_done else None,
            g.account.actor,
        )  # fmt: skip
    except UnknownMeetingError:
        abort(404)
    one = f"{meeting_id}-{task}"
    return go(PAGE, network_id, "task_done" if is_done else "saved", one, meeting_id=meeting_id)


def _page(template: str, network_id: int, meeting_id: int) -> str:
    meeting = _one(network_id, meeting_id)
    note_network_seen(network_id)
    names = {member.key: member.name for member in read_members(database(), network_id)}
    return render_template(
        template,
        **shared(network_id),
        meeting=meeting,
        present=[names[key] for key in meeting.present if key in names],
        is_past=meeting.held_on < today(),
        day=today(),
    )


def _meeting(form: MeetingForm) -> Meeting:
    return Meeting(
        form.held_on.data, clock(form.opens_at.data), clock(form.closes_at.data),
        form.place.data, form.agenda.data,
    )  # fmt: skip


def _kept(network_id: int, meeting_id: int) -> Meeting:
    """A meeting that can be written on: one that is withdrawn is brought back first."""
    meeting = _one(network_id, meeting_id)
    if meeting.is_withdrawn:
        abort(404)
    return meeting


def _one(network_id: int, meeting_id: int) -> Meeting:
    try:
        return keeping.read_meeting(database(), network_id, meeting_id)
    except UnknownMeetingError:
        abort(404)
