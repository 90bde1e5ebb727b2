"""One address for all links in mails and on paper: what a link is for decides the page.

Looking changes nothing, for programs that check mails open every link; a button of the page does.
"""

from collections.abc import Callable
from contextlib import suppress

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ibasho.data.links import DeadLinkError, Link, Purpose, read_link
from ibasho.site.stores import database, index

blueprint = Blueprint("provider", __name__)

ACTOR = "link"
"""Who has done what a link lets one do, in the record."""

Answer = Response | str | tuple[str, int]
PAGES: dict[Purpose, Callable[[str, Link], Answer]] = {}
"""What answers a token, by the purpose of its link; modules enter themselves."""


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
@blueprint.route("/p/<token>", methods=["GET", "POST"])
def confirm(token: str) -> Answer:
    """The page of a link; short enough for a text message as well."""
    try:
        link = read_link(database(), token)
    except DeadLinkError as error:
        return dead(str(error))
    page = PAGES.get(link.purpose)
    return page(token, link) if page else dead("unknown")


def by_own_link(token: str, then: Callable[[str, str], Answer]) -> Answer:
    """What follows for whoever has the lasting link of a place.

    `then` is given the listing and the address of the place's own page.
    """
    try:
        link = read_link(database(), token)
    except DeadLinkError as error:
        return dead(str(error))
    if link.purpose is not Purpose.PROVIDER:
        return dead("unknown")
    return then(link.subject, f"{request.script_root}/p/{token}")


@blueprint.get("/confirmed")
def confirmed() -> str:
    """Thanks, what follows, and for a while a button that undoes it."""
    return render_template(
        "provider/confirmed.html",
        what=request.args.get("what", ""),
        undo=alive(request.args.getlist("undo")),
    )


def alive(tokens: list[str]) -> list[str]:
    """Those of these tokens that can still undo something."""
    found = []
    for token in tokens:
        with suppress(DeadLinkError):
            if read_link(database(), token).purpose is Purpose.UNDO:
                found.append(token)
    return found


def answered(then: str) -> Response:
    """Lead on to an address, with the search following what was kept."""
    index()
    return redirect(then, 303)


def dead(why: str) -> tuple[str, int]:
    """What to do with a link that is `unknown`, `used` or `old`, or whose place is `away`."""
    return render_template("provider/dead.html", why=why), 404 if why == "unknown" else 410
