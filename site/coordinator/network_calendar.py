"""The meetings of a network as a file, and the address by which members subscribe to them."""

from flask import Response as FileAnswer
from flask import current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.database import transaction
from ibasho.data.links import Purpose, end_links, make_link
from ibasho.data.record import write_record
from ibasho.site.coordinator.networks import ADDRESS, shared
from ibasho.site.coordinator.seen import note_network_seen
from ibasho.site.coordinator.views import blueprint
from ibasho.site.meetings_calendar import meetings_calendar
from ibasho.site.stores import database

_DAYS = 400  # a year, and the time to notice that it is over


@blueprint.route(f"{ADDRESS}/calendar", methods=["GET", "POST"])
def network_calendar(network_id: int) -> Response | str:
    """Give the members an address for their calendars, which ends the one before."""
    subject, address = f"network:{network_id}", ""
    if request.method == "POST":
        is_made = request.form.get("do") != "end"
        with transaction(database()) as db:
            end_links(db, subject, Purpose.MEETINGS)
            if is_made:
                detail = str(network_id)
                token = make_link(db, Purpose.MEETINGS, subject, _DAYS, detail=detail)
                address = f"{current_app.config['IBASHO'].address}/p/{token}/meetings.ics"
            action = "make_link" if is_made else "end_link"
            write_record(db, g.account.actor, action, subject, str(Purpose.MEETINGS))
        if not is_made:
            here = url_for("coordinator.network_calendar", network_id=network_id, done="ended")
            return redirect(here, 303)
    return render_template(
        "coordinator/network_calendar.html", **shared(network_id), address=address
    )


@blueprint.get(f"{ADDRESS}/meetings.ics")
def network_calendar_file(network_id: int) -> FileAnswer:
    """The same as a file, for who is signed in."""
    note_network_seen(network_id)
    return meetings_calendar(network_id)
