"""What the pages share on which something is entered: their forms, rows, and steps that undo."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form

from ibasho.site.form_parts import SpokenForm
from ibasho.site.languages import LazyString, lazy_gettext
from ibasho.site.stores import index

Sections = Sequence[tuple[LazyString | str, Sequence[str]]]
"""The headings of a form with the names of the fields below each."""

Labels = Mapping[str, LazyString]

UNDONE_BY = {
    "added": "withdraw",
    "withdraw": "bring_back",
    "bring_back": "withdraw",
    "cancel": "resume",
    "resume": "cancel",
}
STEPS: Labels = {
    "withdraw": lazy_gettext("Withdraw"),
    "bring_back": lazy_gettext("Bring back"),
    "cancel": lazy_gettext("Say that it is cancelled"),
    "resume": lazy_gettext("It takes place after all"),
}


class _Stored(Protocol):
    @property
    def id(self) -> str:
        """What names it in addresses."""


_Form = TypeVar("_Form", bound=Form)

_SAID: Labels = {
    "saved": lazy_gettext("Saved."),
    "added": lazy_gettext("Added."),
    "withdraw": lazy_gettext("Withdrawn. Nobody outside sees it any more."),
    "bring_back": lazy_gettext("It is there again."),
    "cancel": lazy_gettext("Everyone who looks at it now reads that it is cancelled."),
    "resume": lazy_gettext("It is announced again."),
}


class EntryForm(SpokenForm):
    """A form of what is entered at the desk."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in a list: where it is changed, what is said of it, and what can be done to it.

    `move` is the address to which its steps are sent; `steps` are those that it offers. `shown`
    says whether the public sees it, of what has a page of its own, whose address is `public`.
    """

    id: str
    title: str
    href: str
    move: str
    badge: str = ""
    lines: tuple[str, ...] = ()
    mark: str = ""
    look: str = ""
    links: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ("withdraw",)
    shown: str = ""
    public: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; `empty` is said where there are none."""

    heading: str
    rows: list[Row] = field(default_factory=list)
    empty: str = ""


def list_page(
    heading: str,
    groups: Sequence[Group],
    template: str = "coordinator/entries.html",
    **more: object,
) -> str:
    """The page of a list, with what was just done, to which thing, and how to undo it."""
    step, on = request.args.get("done", ""), request.args.get("on", "")
    rows = (row for group in groups for row in group.rows)
    done_to = next((row for row in rows if step in _SAID and row.id == on), None)
    undo = UNDONE_BY.get(step, "")
    return render_template(
        template, heading=heading, groups=groups, steps=STEPS, said=_SAID.get(step),
        done_to=done_to, undo=undo if done_to and undo in done_to.steps else "", **more,
    )  # fmt: skip


def stamp(stored: object) -> str:
    """A number that differs where what is stored does, so that a form knows what it was made of."""
    return str(int(hashlib.sha256(repr(stored).encode()).hexdigest()[:12], 16))


def is_stale(stored: object) -> bool:
    """Whether somebody else has changed what the form that was sent was made of."""
    return stored is not None and request.form.get("based_on") != stamp(stored)


def sent_file() -> tuple[str, bytes]:
    """The name and the bytes of the file that was sent; none where none was chosen."""
    file = request.files.get("file")
    if file is None:
        return "", b""
    with closing(file):
        return file.filename or "", file.read()


def id_of(stored: _Stored | None) -> str | None:
    """The id of what a form changes; None for something new."""
    return stored.id if stored else None


def is_sent() -> bool:
    """Whether this request sends a form."""
    return request.method == "POST"


def sent(form: type[_Form], values: Mapping[str, object]) -> _Form:
    """A form as it was sent, or else with these values."""
    made: _Form = form(request.form if is_sent() else None, data=values)
    return made


def is_save() -> bool:
    """Whether the form asks to keep what it says, not only to look at it."""
    return request.form.get("step") == "save"


def entry_page(
    form: Form,
    heading: str,
    sections: Sections,
    back: tuple[str, str],
    stored: object = None,
    stale: bool = False,
    template: str = "coordinator/entry.html",
    **more: object,
) -> str | tuple[str, int]:
    """The page of a form; `back` is the label and the address of the list it belongs to.

    A template that shows a preview is given one in `more`, and `becomes_public` where everyone sees
    at once what is saved.
    """
    # what is wrong is told in the order of the page
    form._fields = {name: form._fields[name] for _, names in sections for name in names}
    page = render_template(
        template, form=form, heading=heading, sections=sections, back=back, stale=stale,
        based_on=stamp(stored) if stored is not None else "", **more,
    )  # fmt: skip
    if stale:
        return page, 409
    return (page, 422) if form.errors else page


def saved(endpoint: str, on: str = "", year: int | None = None, is_new: bool = False) -> Response:
    """Back to the list, which says that it is kept."""
    return done(endpoint, "added" if is_new else "saved", on, year)


def done(endpoint: str, step: str, on: str, year: int | None = None) -> Response:
    """Back to the list, which says what was done and how to undo it."""
    index()
    return redirect(url_for(endpoint, done=step, on=on or None, year=year), 303)


def withdrawing(withdraw: Callable[[bool], None]) -> dict[str, Callable[[], None]]:
    """The two steps of what can be withdrawn; the function is told whether to, or to bring back."""
    return {"withdraw": lambda: withdraw(True), "bring_back": lambda: withdraw(False)}


def step_of(steps: Mapping[str, Callable[[], None]]) -> str:
    """Do the step that was asked for and return its name; 404 where its thing is gone."""
    step = request.form.get("step", "")
    if step not in steps:
        abort(400)
    try:
        steps[step]()
    except LookupError:
        abort(404)
    return step
