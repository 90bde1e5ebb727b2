"""Signing in with an address and a password, then a code; the session lies in the database."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data import accounts
from ibasho.site.account import mails
from ibasho.site.account.homes import demanded, home_of
from ibasho.site.account.places import passkey_address, passkey_place
from ibasho.site.network_address import network_address
from ibasho.site.qr_code import qr_code
from ibasho.site.session import (
    clear_half,
    clear_passkey_token,
    clear_session,
    half_token,
    session_token,
    set_half,
    set_session,
)
from ibasho.site.stores import database

blueprint = Blueprint("account", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response | str | tuple[str, int]:
    """The form, and what becomes of it; a known and an unknown address are answered alike."""
    there = own_page(request.values.get("next", ""))
    if request.method == "GET":
        return sign_in_form(there)
    email = request.form.get("email", "")
    try:
        opened = accounts.sign_in(
            database(),
            email,
            request.form.get("password", ""),
            network_address(),
            demanded(),
            mails.locked(current_app.config["IBASHO"], "password"),
        )
    except accounts.TooManyAttemptsError:
        return sign_in_form(there, email, "throttled"), 429
    if opened is None:
        return sign_in_form(there, email, "wrong"), 401
    if opened.step is accounts.Step.NONE:
        return enter(opened, there)
    response = make_response(redirect(url_for("account.second_step", next=there or None), 303))
    set_half(response, opened.token)
    return response


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
def second_step() -> Response | str | tuple[str, int]:
    """The code of a device; who has none sets one up. Without a right password: from the start."""
    there = own_page(request.values.get("next", ""))
    half = half_token() or ""
    waiting = accounts.waiting_for(database(), half)
    if waiting is None:
        return sign_in_form(there, problem="over" if half else "")
    account, step = waiting
    if request.method == "GET":
        return _step_form(account, step, there)
    code, signed = request.form.get("code", ""), request.form.get("passkey", "")
    place = passkey_place()
    warn = mails.locked(current_app.config["IBASHO"], "code")
    spare: list[str] = []
    try:
        if signed and place and step is accounts.Step.CODE:
            opened = accounts.step_with_passkey(
                database(), half, signed, place, network_address(), warn
            )
        elif step is accounts.Step.CODE:
            opened = accounts.type_code(database(), half, code, network_address(), warn)
        else:
            opened, spare = accounts.set_up_and_enter(
                database(), half, code, network_address(), warn
            ) or (None, spare)
    except accounts.TooManyAttemptsError:
        return _step_form(account, step, there, "throttled"), 429
    if opened is None:
        return _step_form(account, step, there, "passkey" if signed else "wrong"), 401
    return enter(opened, there, spare)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session and forget the cookie."""
    if token := session_token():
        accounts.sign_out(database(), token)
    response = make_response(redirect(url_for("public.home"), 303))
    clear_session(response)
    return response


def device_on_page(account: accounts.Account, token: str) -> dict[str, object]:
    """What a page needs to set up a device: the picture to photograph, and the same to type."""
    secret = accounts.secret_to_set_up(database(), account.id, token) or ""
    return {
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "picture": qr_code(accounts.device_address(secret, account.email)) if secret else "",
    }


def enter(opened: accounts.Opened, there: str, spare: list[str] | None = None) -> Response:
    """Hand out the session; spare codes are shown before anything else, this once."""
    there = there or home_of(opened.account.role)
    shown = render_template("account/spare_codes.html", codes=spare, there=there) if spare else ""
    response = make_response(shown or redirect(there, 303))
    clear_half(response)
    clear_passkey_token(response)
    set_session(response, opened.token)
    return response


def sign_in_form(there: str, email: str = "", problem: str = "") -> str:
    """The page to sign in on, with what was typed and what was wrong."""
    return render_template(
        "account/sign_in.html",
        there=there,
        email=email,
        problem=problem,
        has_accounts=accounts.has_accounts(database()),
        passkeys_at=passkey_place(),
        address=passkey_address(),
    )


def _step_form(
    account: accounts.Account, step: accounts.Step, there: str, problem: str = ""
) -> str:
    is_new = step is accounts.Step.SET_UP
    device = device_on_page(account, half_token() or "") if is_new else {}
    return render_template(
        "account/second_step.html",
        there=there,
        problem=problem,
        is_new=is_new,
        passkeys_at=passkey_place(),
        address=passkey_address(),
        has_passkeys=bool(accounts.read_passkeys(database(), account.id)),
        **device,
    )


def own_page(target: str) -> str:
    """The target if it is a page of this site, else ""; nobody is sent elsewhere."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    fine = target.startswith("/") and not target.startswith(("//", "/\\"))
    plain = all(character.isprintable() for character in target) and "\\" not in target
    return target if fine and plain and not parts.scheme and not parts.netloc else ""
