"""The addresses of the networks, and of what is to be done in one of them."""

import datetime as dt
from typing import Any, NamedTuple

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form

from ibasho.data.clock import today
from ibasho.data.events import read_events
from ibasho.data.networks import Meeting, Network, network_ids, read_members, read_network
from ibasho.data.networks.help import Standing
from ibasho.data.networks.helping import decided_pairs, read_needs, read_offers
from ibasho.data.networks.matching import Fit, assign
from ibasho.data.networks.meetings import Task, read_meetings, read_withdrawn
from ibasho.data.networks.withdrawing import NetworkInUseError, is_in_use, withdraw_network
from ibasho.site.access import is_open_to
from ibasho.site.coordinator.entering import step_of, withdrawing
from ibasho.site.coordinator.network_words import HELP, Said, said_of
from ibasho.site.coordinator.seen import note_network_seen
from ibasho.site.coordinator.views import blueprint
from ibasho.site.languages import gettext
from ibasho.site.stores import database

ADDRESS = "/networks/<int(max=9223372036854775807):network_id>"


class Overview(NamedTuple):
    """What a network has before it: `due` are open tasks, `to_write` a past meeting.

    `members` counts who does something: openings for volunteers are none.
    """

    id: int
    network: Network
    members: int
    next_meeting: Meeting | None
    to_write: Meeting | None
    due: list[Task]
    matches: dict[int, Fit]


@blueprint.get("/networks")
def networks() -> str:
    """The networks of whoever is signed in."""
    mine = [
        overview_of(network_id)
        for name, network_id in network_ids(database()).items()
        if g.account.scope.covers(network=name)
    ]
    may_add = is_open_to(g.account, "coordinator.add_network_form")
    return render_template(
        "coordinator/networks.html",
        networks=mine,
        may_add=may_add,
        withdrawn=network_ids(database(), withdrawn=True) if may_add else {},
        said=_just_withdrawn(),
    )


@blueprint.post("/networks")
def move_network() -> Response:
    """Withdraw a network that was made by mistake, or bring it back."""
    number = request.form.get("network", "")
    if not number.isdecimal() or len(number) > 18:
        abort(400)
    network_id = int(number)
    steps = withdrawing(
        lambda is_out: withdraw_network(database(), network_id, is_out, g.account.actor)
    )
    try:
        step = step_of(steps)
    except NetworkInUseError:
        return go("network", network_id, "in_use")
    if step == "bring_back":
        return go("network", network_id, "brought_back")
    return redirect(url_for("coordinator.networks", on=number), 303)


def _just_withdrawn() -> Said | None:
    """The network that the address says was just withdrawn, and how it is brought back."""
    on = request.args.get("on", "")
    for name, network_id in network_ids(database(), withdrawn=True).items():
        if str(network_id) == on and is_open_to(g.account, "coordinator.move_network"):
            text = gettext("Withdrawn. Nobody outside sees it any more.")
            values = {"network": on, "step": "bring_back"}
            return Said(f"{name}: {text}", url_for("coordinator.move_network"), values)
    return None


@blueprint.get(ADDRESS)
def network(network_id: int) -> str:
    """One network: what to do next, when it meets, what it organizes."""
    overview = overview_of(network_id)
    if overview.due:
        note_network_seen(network_id)
    name = overview.network.name
    return render_template(
        "coordinator/network.html",
        **shared(network_id),
        overview=overview,
        meetings=read_meetings(database(), network_id),
        withdrawn=read_withdrawn(database(), network_id),
        events=[event for event in read_events(database(), today()) if event.network == name],
        day=today(),
        may_withdraw=is_open_to(g.account, "coordinator.move_network")
        and not is_in_use(database(), network_id),
    )


def overview_of(network_id: int) -> Overview:
    """What a network has before it, as of today."""
    db, day = database(), today()
    meetings = [meeting for meeting in read_meetings(db, network_id) if not meeting.is_off]
    coming = [meeting for meeting in meetings if meeting.held_on >= day]
    past = [meeting for meeting in meetings if meeting.held_on < day]
    tasks = [task for meeting in meetings for task in meeting.tasks if task.done_on is None]
    return Overview(
        network_id,
        read_network(db, network_id),
        sum(one.is_provider for one in read_members(db, network_id)),
        coming[-1] if coming else None,
        past[0] if past and not past[0].minutes else None,
        sorted(tasks, key=lambda task: (task.due_on or dt.date.max, task.id)),
        matches_of(network_id, day),
    )


def matches_of(network_id: int, day: dt.date) -> dict[int, Fit]:
    """The need that suits each open offer when all are looked at together."""
    db = database()
    needs = [one for one in read_needs(db, network_id, day) if one.standing is Standing.OPEN]
    offers = [one for one in read_offers(db, network_id, day) if one.standing is Standing.OPEN]
    return assign(offers, needs, day, decided_pairs(db, network_id, "unfit"))


def shared(network_id: int) -> dict[str, object]:
    """What every page of a network is told."""
    return {
        "network_id": network_id,
        "network": read_network(database(), network_id),
        "said": said_of(network_id),
        "help": HELP,
    }


def form_page(
    network_id: int, form: Form, heading: str, back: str, hint: str = "", seen: str = "",
    is_stale: bool = False,
) -> str | tuple[str, int]:  # fmt: skip
    """A page with one form; `back` is the address of the page it belongs to.

    `seen` stands for what is corrected; `is_stale` where somebody else has changed that meanwhile.
    """
    page = render_template(
        "coordinator/network_form.html",
        **shared(network_id), form=form, heading=heading, back=back, hint=hint, seen=seen,
        is_stale=is_stale,
    )  # fmt: skip
    if is_stale:
        return page, 409
    return (page, 422) if form.errors else page


def go(
    endpoint: str, network_id: int, done: str, one: object = None, meeting_id: int | None = None,
    news_id: int | None = None,
) -> Response:  # fmt: skip
    """On to a page of a network that says what was done, of which one."""
    arguments: dict[str, Any] = {"network_id": network_id, "done": done, "one": one}
    more = {"meeting_id": meeting_id, "news_id": news_id}
    return redirect(url_for(f"coordinator.{endpoint}", **arguments | more), 303)
