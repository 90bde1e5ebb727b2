"""The addresses of the words that stand for one another in a search; each change is shown first."""

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.synonyms import (
    LONGEST_WORD,
    MOST_WORDS,
    ShortWordError,
    StaleGroupError,
    StoredGroup,
    SynonymGroup,
    TooFewWordsError,
    TooManyWordsError,
    UnknownGroupError,
    add_group,
    change_group,
    read_group,
    read_groups,
    read_stored_groups,
    remove_group,
    words_in,
)
from ibasho.site.coordinator.synonym_effects import Effect, effects_on
from ibasho.site.coordinator.views import blueprint
from ibasho.site.languages import gettext
from ibasho.site.stores import database

_ADDRESS = "/synonyms/<int(max=9223372036854775807):group_id>"


@blueprint.get("/synonyms")
def synonyms() -> str:
    """All groups of words."""
    return render_template("coordinator/synonyms.html", groups=read_stored_groups(database()))


@blueprint.route("/synonyms/new", methods=["GET", "POST"])
def add_synonyms() -> Response | str | tuple[str, int]:
    """A new group; what it changes is shown before it is kept."""
    if request.method == "GET":
        return _form(None)
    return _sent(None)


@blueprint.route(_ADDRESS, methods=["GET", "POST"])
def change_synonyms(group_id: int) -> Response | str | tuple[str, int]:
    """One group; what becomes of it is shown before it is kept."""
    try:
        stored = read_group(database(), group_id)
    except UnknownGroupError:
        if request.method == "GET":
            abort(404)
        return _form(None, is_gone=True), 409
    return _form(stored) if request.method == "GET" else _sent(stored)


@blueprint.route(f"{_ADDRESS}/remove", methods=["GET", "POST"])
def remove_synonyms(group_id: int) -> Response | str | tuple[str, int]:
    """Asks once more, and says what is found no longer."""
    db = database()
    if request.method == "POST":
        try:
            remove_group(db, group_id, _seen(), g.account.actor)
        except StaleGroupError:
            return _removal(group_id, is_stale=True), 409
        except UnknownGroupError:
            pass  # somebody else was faster
        return redirect(url_for("coordinator.synonyms", done="removed"), 303)
    return _removal(group_id)


def _removal(group_id: int, is_stale: bool = False) -> str:
    try:
        stored = read_group(database(), group_id)
    except UnknownGroupError:
        abort(404)
    return render_template(
        "coordinator/synonyms_remove.html",
        stored=stored,
        is_stale=is_stale,
        effects=_effects(stored, None),
    )


def _sent(stored: StoredGroup | None) -> Response | str | tuple[str, int]:
    """What follows from a form that was sent: what is wrong, what would change, or that it did."""
    try:
        group = SynonymGroup(_typed("words"), _typed("finds"))
    except (ShortWordError, TooFewWordsError, TooManyWordsError) as error:
        return _form(stored, error=_told(error)), 422
    if request.form.get("step") != "save":
        return _form(stored, effects=_effects(stored, group))
    try:
        if stored:
            change_group(database(), stored.id, _seen(), group, g.account.actor)
        else:
            add_group(database(), group, g.account.actor)
    except StaleGroupError as error:
        return _form(error.newest, theirs=error.newest.group), 409
    except UnknownGroupError:
        return _form(None, is_gone=True), 409
    return redirect(url_for("coordinator.synonyms", done="saved"), 303)


def _form(
    stored: StoredGroup | None,
    error: str = "",
    effects: list[Effect] | None = None,
    theirs: SynonymGroup | None = None,
    is_gone: bool = False,
) -> str:
    """The form with what was typed, or else with what is kept."""
    kept = stored.group if stored else None
    typed = {
        name: "\n".join(
            _typed(name) if request.method == "POST" else getattr(kept, name) if kept else ()
        )
        for name in ("words", "finds")
    }
    is_sent = request.method == "POST" and not theirs
    return render_template(
        "coordinator/synonyms_form.html",
        stored=stored,
        typed=typed,
        based_on=_seen() if is_sent else stored.version if stored else None,
        error=error,
        effects=effects,
        theirs=theirs,
        is_gone=is_gone,
    )


def _effects(stored: StoredGroup | None, group: SynonymGroup | None) -> list[Effect]:
    """What changes when `group` takes the place of `stored`; None for no group."""
    before = read_groups(database())
    others = [
        one.group for one in read_stored_groups(database()) if one.id != (stored and stored.id)
    ]
    changed = [one for one in (stored and stored.group, group) if one]
    words = [word for one in changed for word in one.words]
    return effects_on(words, before, (*others, group) if group else tuple(others))


def _typed(name: str) -> tuple[str, ...]:
    return words_in(request.form.get(name, ""))


def _seen() -> int | None:
    """The version that the form was made from."""
    text = request.form.get("based_on", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _told(error: ValueError) -> str:
    if isinstance(error, ShortWordError):
        return gettext(
            "“%(word)s” cannot be used: a word has 2 to %(most)d letters.",
            word=str(error), most=LONGEST_WORD,
        )  # fmt: skip
    if isinstance(error, TooManyWordsError):
        return gettext("At most %(most)d words in each field.", most=MOST_WORDS)
    return gettext("Write at least two words, one a line.")
