"""Sign-in with an address and a password; the session lies in the database."""

from urllib.parse import urlsplit

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data import accounts
from ibasho.site.session import clear_session, session_token, set_session
from ibasho.site.stores import database

blueprint = Blueprint("account", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response | str | tuple[str, int]:
    """The form, and what becomes of it; a known and an unknown address are answered alike."""
    there = _own_page(request.values.get("next", ""))
    if request.method == "GET":
        return _form(there)
    email = request.form.get("email", "")
    try:
        opened = accounts.sign_in(
            database(), email, request.form.get("password", ""), request.remote_addr or ""
        )
    except accounts.TooManyAttemptsError:
        return _form(there, email, "throttled"), 429
    if opened is None:
        return _form(there, email, "wrong"), 401
    account, token = opened
    home = "public.home" if account.role is accounts.Role.SCHOOL else "coordinator.desk"
    response = make_response(redirect(there or url_for(home), 303))
    set_session(response, token)
    return response


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session and forget the cookie."""
    if token := session_token():
        accounts.sign_out(database(), token)
    response = make_response(redirect(url_for("public.home"), 303))
    clear_session(response)
    return response


def _form(there: str, email: str = "", problem: str = "") -> str:
    return render_template(
        "account/sign_in.html",
        there=there,
        email=email,
        problem=problem,
        has_accounts=accounts.has_accounts(database()),
    )


def _own_page(target: str) -> str:
    """The target if it is a page of this site, else ""; nobody is sent elsewhere."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    fine = target.startswith("/") and not target.startswith(("//", "/\\"))
    plain = all(character.isprintable() for character in target) and "\\" not in target
    return target if fine and plain and not parts.scheme and not parts.netloc else ""
