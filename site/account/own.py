"""A person's own account: where they are signed in, the password, the second step."""

from flask import current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data import accounts
from ibasho.site.account import mails
from ibasho.site.account.views import blueprint, device_on_page
from ibasho.site.network_address import network_address
from ibasho.site.session import session_token
from ibasho.site.stores import database


@blueprint.get("/account")
def own() -> str:
    """All about one's own account."""
    db, account = database(), g.account
    return render_template(
        "account/own.html",
        sessions=accounts.read_sessions(db, account.id, session_token() or ""),
        has_device=accounts.has_device(db, account.id),
        passkeys=accounts.read_passkeys(db, account.id),
        spare=accounts.count_spare_codes(db, account.id),
        done=request.args.get("done"),
    )


@blueprint.post("/account/sessions")
def end_sessions() -> Response:
    """End one session, or all but this one."""
    if one := request.form.get("session"):
        accounts.end_session(database(), g.account.id, one)
    else:
        accounts.end_sessions(database(), g.account.id, but=session_token())
    return redirect(url_for("account.own", done="session"), 303)


@blueprint.route("/account/password", methods=["GET", "POST"])
def change_password() -> Response | str | tuple[str, int]:
    """A new password for who knows the old one."""
    problem, status = "", 200
    if request.method == "POST":
        try:
            is_changed = accounts.change_password(
                database(),
                g.account,
                request.form.get("old", ""),
                request.form.get("password", ""),
                session_token() or "",
                network_address(),
                lambda account: mails.changed(
                    current_app.config["IBASHO"], account.email, "password"
                ),
            )
        except accounts.TooManyAttemptsError:
            problem, status = "throttled", 429
        except accounts.WeakPasswordError as error:
            problem, status = str(error), 422
        else:
            if is_changed:
                return redirect(url_for("account.own", done="password"), 303)
            problem, status = "wrong", 422
    page = render_template("account/password.html", problem=problem, shortest=accounts.MIN_LENGTH)
    return page, status


@blueprint.route("/account/device", methods=["GET", "POST"])
def device() -> Response | str | tuple[str, int]:
    """Set up a device for the second step; who has one asks with the password."""
    db, account, token = database(), g.account, session_token() or ""
    if request.method == "GET":
        return _device()
    if "password" in request.form:
        if problem := password_problem():
            return _device(problem), 422
        accounts.begin_device(db, account.id, token)
        return redirect(url_for("account.device"), 303)
    told = mails.changed(current_app.config["IBASHO"], account.email, "device")
    had_one = accounts.has_second_step(db, account.id)
    codes = accounts.set_up_device(
        db, account.id, request.form.get("code", ""), token, told if had_one else None
    )
    return _codes(codes) if codes else (_device("code"), 422)


@blueprint.route("/account/codes", methods=["GET", "POST"])
def spare_codes() -> str | tuple[str, int]:
    """New spare codes, shown this once."""
    problem = password_problem() if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return _codes(accounts.new_spare_codes(database(), g.account.id))
    page = render_template("account/codes.html", problem=problem)
    return (page, 422) if problem else page


def password_problem() -> str:
    """What is wrong with the password that this form asks for once more: "", wrong, throttled."""
    try:
        is_right = accounts.is_password(
            database(), g.account, request.form.get("password", ""), network_address()
        )
    except accounts.TooManyAttemptsError:
        return "throttled"
    return "" if is_right else "wrong"


def _device(problem: str = "") -> str:
    shown = device_on_page(g.account, session_token() or "")
    return render_template("account/device.html", problem=problem, **shown)


def _codes(codes: list[str]) -> str:
    return render_template("account/spare_codes.html", codes=codes, there=url_for("account.own"))
