"""What the links in mails open: an invitation, and a new password for a forgotten one."""

from collections.abc import Callable

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data import accounts
from ibasho.data.links import DeadLinkError
from ibasho.site.account import mails
from ibasho.site.account.views import blueprint
from ibasho.site.languages import gettext
from ibasho.site.network_address import network_address
from ibasho.site.stores import database


@blueprint.route("/sign-in/forgotten", methods=["GET", "POST"])
def forgotten() -> Response | str | tuple[str, int]:
    """Asks for an address and mails a link; known and unknown addresses are answered alike."""
    if request.method == "GET":
        return render_template("account/forgotten.html", done=request.args.get("done"))
    email = request.form.get("email", "")
    try:
        accounts.ask_reset(
            database(), email, network_address(), mails.reset(current_app.config["IBASHO"])
        )
    except accounts.TooManyAttemptsError:
        return render_template("account/forgotten.html", is_throttled=True), 429
    return redirect(url_for("account.forgotten", done="sent"), 303)


@blueprint.route("/sign-in/reset/<reset>", methods=["GET", "POST"])
def choose(reset: str) -> Response | str | tuple[str, int]:
    """A new password for who has forgotten the old one."""

    def keep(password: str) -> None:
        accounts.choose_password(
            database(),
            reset,
            password,
            lambda account: mails.changed(current_app.config["IBASHO"], account.email, "password"),
        )

    return _choosing(gettext("Change the password"), accounts.reset_of, reset, keep)


@blueprint.route("/invitation/<invitation>", methods=["GET", "POST"])
def take_up(invitation: str) -> Response | str | tuple[str, int]:
    """The first password of somebody who was invited."""

    def keep(password: str) -> None:
        accounts.take_up(database(), invitation, password)

    return _choosing(gettext("Welcome"), accounts.invited_by, invitation, keep)


def _choosing(
    heading: str,
    whose: Callable[..., accounts.Account],
    token: str,
    keep: Callable[[str], None],
) -> Response | str | tuple[str, int]:
    """A page to choose a password on; opening it uses nothing up, for mail scanners open it too."""
    try:
        account = whose(database(), token)
        if request.method == "GET":
            return _page(heading, account)
        keep(request.form.get("password", ""))
    except DeadLinkError:
        return render_template("account/dead_link.html"), 404
    except accounts.WeakPasswordError as error:
        return _page(heading, account, str(error)), 422
    return redirect(url_for("account.sign_in", done="password"), 303)


def _page(heading: str, account: accounts.Account, weak: str = "") -> str:
    return render_template(
        "account/choose_password.html",
        heading=heading,
        account=account,
        shortest=accounts.MIN_LENGTH,
        weak=weak,
    )
