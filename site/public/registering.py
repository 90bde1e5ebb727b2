"""`/register`: whoever runs a place asks for it to be listed; no account, no cookie."""

from dataclasses import replace

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.addresses import geocoder
from ibasho.data.demo.facts import MUNICIPALITY as DEMO_WARD
from ibasho.data.ids import new_id
from ibasho.data.listings import Listing, refined
from ibasho.data.listings.store import read_all_public
from ibasho.data.mail import Message
from ibasho.data.pipeline import TooManyError
from ibasho.data.pipeline import register as keep_registration
from ibasho.data.pipeline.onboarding import CONFIRM_DAYS
from ibasho.importers.likely import likely_same
from ibasho.site.keeping import not_on_a_device
from ibasho.site.mails import link, write_mail
from ibasho.site.network_address import network_address
from ibasho.site.provider.checking import check_page
from ibasho.site.provider.forms import RegistrationForm, lead_of, registered_place
from ibasho.site.provider.views import Answer
from ibasho.site.public.reports import TRAP
from ibasho.site.public.views import blueprint
from ibasho.site.stores import database, holds_demo

CONSENT = "2026-11"
"""The version of the sentences beside the tick in register.html: a new one with every change."""


@blueprint.route("/register", methods=["GET", "POST"])
def register() -> Answer:
    """The form; then the answers to look at once more; then it is sent."""
    not_on_a_device()
    settings = current_app.config["IBASHO"]
    municipality = settings.municipality or (DEMO_WARD if holds_demo() else "")
    form = RegistrationForm(request.form or None, data={"municipality": municipality})
    step = request.form.get("step", "")
    if request.method == "GET" or step == "change":
        return _form(form)
    if not form.validate():
        return _form(form), 422
    if request.form.get(TRAP):
        return _sent()
    place = _place(form)
    likely = likely_same(place, read_all_public(database()))
    if step != "send" or (likely and not request.form.get("is_other")):
        return check_page(form, place, likely, request.form.get("form_key", ""))

    def mail(to: str, token: str) -> Message:
        address = link(settings, token)
        return write_mail(settings, "confirm_mail", to, link=address, days=CONFIRM_DAYS)

    key = request.form.get("form_key", "")[:40] or new_id()
    try:
        lead, address = lead_of(form, place), network_address()
        keep_registration(database(), place, lead, CONSENT, key, mail, address)
    except TooManyError:
        return _form(form, is_full=True), 429
    return _sent()


@blueprint.get("/register/thanks/<any(sent, confirmed, corrected):after>")
def thanks(after: str) -> str:
    """What happens next, and when."""
    return render_template("provider/thanks.html", after=after, days=CONFIRM_DAYS)


def _sent() -> Response:
    return redirect(url_for("public.thanks", after="sent"), 303)


def _form(form: RegistrationForm, is_full: bool = False) -> str:
    return render_template(
        "provider/register.html",
        form=form,
        is_full=is_full,
        form_key=request.form.get("form_key") or new_id(),
        trap=TRAP,
    )


def _place(form: RegistrationForm) -> Listing:
    """What the form says, at the point of its block where this site has that."""
    place = registered_place(form)
    settings = current_app.config["IBASHO"]
    with geocoder(settings.data_dir, settings.dictionary) as find:
        return replace(place, location=refined(place.location, find))
