"""The addresses of the mails: what waits, what was sent, and what needs a decision."""

from flask import abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.mail import (
    RESTORED,
    MailState,
    UnknownMailError,
    leave_mail,
    read_mails,
    send_again,
    show_message,
)
from ibasho.site.coordinator.views import blueprint
from ibasho.site.languages import lazy_gettext
from ibasho.site.mails import without_tokens
from ibasho.site.sending import trouble
from ibasho.site.stores import database

STATES = {
    MailState.FAILED: lazy_gettext("Could not be sent"),
    MailState.UNSURE: lazy_gettext("Perhaps sent: the line broke"),
    MailState.WAITING: lazy_gettext("Waits"),
    MailState.SENDING: lazy_gettext("Being sent"),
    MailState.SENT: lazy_gettext("Sent"),
    MailState.DROPPED: lazy_gettext("Not sent"),
}
_OPEN = (MailState.FAILED, MailState.UNSURE)
_UNDER_WAY = (MailState.WAITING, MailState.SENDING)


@blueprint.get("/mails")
def mails() -> str:
    """All mails, those that need a decision first."""
    db = database()
    return render_template(
        "coordinator/mails.html",
        undecided=read_mails(db, _OPEN),
        under_way=read_mails(db, _UNDER_WAY),
        past=read_mails(db, (MailState.SENT, MailState.DROPPED)),
        states=STATES,
        restored=RESTORED,
        trouble=trouble(db, current_app.config["IBASHO"]),
    )


@blueprint.post("/mails/<int(max=9223372036854775807):mail_id>")
def one_mail(mail_id: int) -> Response | str:
    """Read one mail, which is recorded; send it again; or leave it."""
    act = request.form.get("do", "")
    try:
        if act == "read":
            message = show_message(database(), mail_id, g.account.actor)
            return render_template(
                "coordinator/mail.html", message=message, text=without_tokens(message.text)
            )
        if act == "again":
            send_again(database(), mail_id, g.account.actor)
        elif act == "leave":
            leave_mail(database(), mail_id, g.account.actor)
        else:
            abort(400)
    except UnknownMailError:  # forgotten, a letter, or somebody else was faster
        return redirect(url_for("coordinator.mails", done="late"), 303)
    return redirect(url_for("coordinator.mails", done=act), 303)
