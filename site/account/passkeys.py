"""Signing in with a passkey, and keeping one's own."""

import secrets

from flask import Response as Answer
from flask import abort, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data import accounts
from ibasho.data.accounts import Place
from ibasho.site.account import mails
from ibasho.site.account.own import password_problem
from ibasho.site.account.places import passkey_address, passkey_place
from ibasho.site.account.views import blueprint, enter, own_page, sign_in_form
from ibasho.site.languages import gettext
from ibasho.site.network_address import network_address
from ibasho.site.session import (
    half_token,
    passkey_token,
    session_token,
    set_passkey_token,
)
from ibasho.site.stores import database


@blueprint.post("/sign-in/passkey/ask")
def ask_for_passkey() -> Answer:
    """What the browser hands to the device, for signing in with a passkey alone."""
    token = secrets.token_urlsafe(32)
    try:
        asked = accounts.begin_entering(database(), token, _place(), network_address())
    except accounts.TooManyAttemptsError:
        abort(429)
    response = _json(asked)
    set_passkey_token(response, token)
    return response


@blueprint.route("/sign-in/passkey", methods=["GET", "POST"])
def enter_with_passkey() -> Response | str | tuple[str, int]:
    """Signs in with what the device has signed; from anywhere else it is the sign-in page."""
    there = own_page(request.values.get("next", ""))
    if request.method == "GET":
        return sign_in_form(there)
    token, answer = passkey_token() or "", request.form.get("passkey", "")
    try:
        opened = accounts.enter_with_passkey(database(), token, answer, _place(), network_address())
    except accounts.TooManyAttemptsError:
        return sign_in_form(there, problem="throttled"), 429
    if opened is None:
        return sign_in_form(there, problem="passkey"), 401
    return enter(opened, there)


@blueprint.post("/sign-in/code/ask")
def ask_for_step() -> Answer:
    """What the browser hands to the device, for the second step after a password."""
    asked = accounts.begin_passkey_step(database(), half_token() or "", _place())
    if asked is None:
        abort(403)
    return _json(asked)


@blueprint.route("/account/passkeys", methods=["GET", "POST"])
def passkeys() -> Response | str | tuple[str, int]:
    """One's own passkeys: naming one, and removing one with the password."""
    db, account = database(), g.account
    if request.method == "GET":
        return _page(removing=request.args.get("remove", type=int))
    passkey_id = request.form.get("passkey", 0, type=int)
    if "password" not in request.form:
        accounts.rename_passkey(db, account.id, passkey_id, _name())
        return redirect(url_for("account.passkeys", done="named"), 303)
    if problem := password_problem():
        return _page(problem, removing=passkey_id), 422
    told = mails.changed(current_app.config["IBASHO"], account.email, "passkey_removed")
    accounts.remove_passkey(db, account, passkey_id, session_token() or "", told)
    return redirect(url_for("account.passkeys", done="removed"), 303)


@blueprint.route("/account/passkeys/new", methods=["GET", "POST"])
def add_passkey() -> Response | str | tuple[str, int]:
    """Add a passkey: the password first, then what the device has made."""
    if request.method == "GET" or passkey_place() is None:
        return _adding()
    if "password" in request.form:
        if problem := password_problem():
            return _adding(problem), 422
        asked = accounts.begin_passkey(database(), g.account, session_token() or "", _place())
        return _adding(asked=asked)
    codes = accounts.add_passkey(
        database(),
        g.account,
        session_token() or "",
        _place(),
        request.form.get("passkey", ""),
        _name(),
        mails.changed(current_app.config["IBASHO"], g.account.email, "passkey_added"),
    )
    if codes is None:
        return _adding("passkey"), 422
    there = url_for("account.passkeys", done="added")
    if codes:
        return render_template("account/spare_codes.html", codes=codes, there=there)
    return redirect(there, 303)


def _place() -> Place:
    """Where passkeys are good; a request from elsewhere was not sent by a page of ours."""
    place = passkey_place()
    if place is None:
        abort(400)
    return place


def _name() -> str:
    return " ".join(request.form.get("name", "").split()) or gettext("Passkey")


def _json(text: str) -> Answer:
    return make_response(text, {"Content-Type": "application/json"})


def _page(problem: str = "", removing: int | None = None) -> str:
    return render_template(
        "account/passkeys.html",
        passkeys=accounts.read_passkeys(database(), g.account.id),
        passkeys_at=passkey_place(),
        address=passkey_address(),
        problem=problem,
        removing=removing,
        longest=accounts.LONGEST_NAME,
        done=request.args.get("done"),
    )


def _adding(problem: str = "", asked: str = "") -> str:
    return render_template(
        "account/passkey_new.html",
        passkeys_at=passkey_place(),
        address=passkey_address(),
        problem=problem,
        asked=asked,
        longest=accounts.LONGEST_NAME,
    )
