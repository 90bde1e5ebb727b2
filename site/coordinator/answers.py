"""The addresses at which the desk deals with what providers answered through links."""

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.freshness import UnknownAnswerError
from ibasho.data.freshness import finish_answer as finish
from ibasho.data.listings import State, StepError
from ibasho.data.record import record_view
from ibasho.site.coordinator.answered import answered
from ibasho.site.coordinator.views import blueprint, follow
from ibasho.site.stores import database

_MOVES = {"archive": State.ARCHIVED, "publish": State.PUBLISHED, "done": None}
_REASON = "提供者に確認：活動を終えた"


@blueprint.get("/answers")
def answers() -> str:
    """Who has stopped, and who sent a correction."""
    found = answered(database())
    record_view(database(), g.account.actor, *{one.answer.listing_id for one in found})
    return render_template("coordinator/answers.html", answered=found)


@blueprint.post("/answers/<int(max=9223372036854775807):answer_id>")
def finish_answer(answer_id: int) -> Response:
    """Take an answer off the list: its listing is archived, comes back, or stays as it is."""
    move = request.form.get("do", "")
    if move not in _MOVES:
        abort(400)
    state = _MOVES[move]
    reason = _REASON if state is State.ARCHIVED else ""
    try:
        listing_id = finish(database(), answer_id, g.account.actor, state, reason)
    except UnknownAnswerError:  # somebody else was faster
        return redirect(url_for("coordinator.answers"), 303)
    except StepError:
        return redirect(url_for("coordinator.answers", done="moved_before"), 303)
    follow()
    return redirect(url_for("coordinator.answers", done=move, listing_id=listing_id), 303)
