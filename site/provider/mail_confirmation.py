"""Whoever registered a place opens the link in the mail, and presses the button."""

from flask import redirect, render_template, request, url_for

from ibasho.data.links import DeadLinkError, Link, Purpose
from ibasho.data.listings.edit import newest_revision
from ibasho.data.pipeline import confirm_mail
from ibasho.site.provider.views import PAGES, Answer, dead
from ibasho.site.stores import database


def mail_confirmation(token: str, link: Link) -> Answer:
    """The page with the button, and what it does."""
    if request.method == "POST":
        try:
            confirm_mail(database(), token)
        except DeadLinkError as error:
            return dead(str(error))
        return redirect(url_for("public.thanks", after="confirmed"), 303)
    newest = newest_revision(database(), link.subject)
    return render_template("provider/confirm_mail.html", name=newest.body.name if newest else "")


PAGES[Purpose.CONFIRM_MAIL] = mail_confirmation
