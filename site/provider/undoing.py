"""Whoever said by mistake that all is true, or that a place has stopped, takes it back."""

from collections.abc import Collection, Sequence

from flask import render_template, request, url_for

from ibasho.data.freshness import UNDO_MINUTES, ReplacedError, UnknownAnswerError, undo
from ibasho.data.links import DeadLinkError, Link, Purpose, read_link
from ibasho.data.listings import StepError
from ibasho.site.provider.views import ACTOR, PAGES, Answer, answered, blueprint, dead
from ibasho.site.stores import database


def undo_each(tokens: Sequence[str], actor: str, listings: Collection[str]) -> bool:
    """Take back what these tokens are for, as far as it is of these listings; whether all was."""
    undone = [_undo(token, actor, listings) for token in tokens]
    return all(undone)


def take_back(token: str, link: Link) -> Answer:
    """The button, for whoever opens the address itself, and what it does."""
    if request.method == "GET":
        return render_template("provider/confirmed.html", what="", undo=[token])
    if not _undo(token, ACTOR, {link.subject}):
        return dead("used")
    return answered(url_for("provider.confirmed", what="undone"))


def _undo(token: str, actor: str, listings: Collection[str]) -> bool:
    db = database()
    try:
        link = read_link(db, token)
        if link.purpose is not Purpose.UNDO or link.subject not in listings:
            return False
        undo(db, token, actor)
    except (DeadLinkError, ReplacedError, UnknownAnswerError, StepError):
        return False
    return True


@blueprint.app_template_global()
def undo_minutes() -> int:
    """For how long something can be undone."""
    return UNDO_MINUTES


PAGES[Purpose.UNDO] = take_back
