"""The addresses of lists that are brought in: look, compare, publish, take back."""

from contextlib import suppress
from typing import Any

from flask import abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from ibasho.data.accounts.model import actor_of
from ibasho.data.accounts.names import read_names
from ibasho.data.addresses import geocoder
from ibasho.data.areas import read_areas
from ibasho.data.clock import today
from ibasho.data.imports import mappings, runs, undo, verdicts
from ibasho.data.imports.feeds import read_feeds
from ibasho.data.listings import Kind, Listing, store
from ibasho.importers.desk import (
    Column,
    Preview,
    Sheet,
    StaleRunError,
    UndecidedError,
    files_of,
    first_options,
    preview,
    publish_run,
    sheets_of,
    stated,
)
from ibasho.importers.mapped import FIELDS
from ibasho.importers.report import ImportOptions, ImportRefusedError
from ibasho.importers.tables import NamedFile
from ibasho.site.coordinator import import_words as said
from ibasho.site.coordinator.comparing import comparison, verdict_of
from ibasho.site.coordinator.import_asking import ask_in_the_background
from ibasho.site.coordinator.import_map import drawn
from ibasho.site.coordinator.views import blueprint, follow
from ibasho.site.languages import gettext
from ibasho.site.stores import database
from ibasho.site.words import KINDS

_ADDRESS = "/imports/<int(max=9223372036854775807):run_id>"
_PROBLEMS = 20
_PAIRS = 10
_SHOWN = 5
_LONGEST = 200


@blueprint.route("/imports", methods=["GET", "POST"])
def imports() -> Response | str | tuple[str, int]:
    """The lists of before, and the way in for one more."""
    if request.method == "GET":
        return _list()
    files = [_read(one) for one in request.files.getlist("files") if one.filename]
    if not files:
        return _list(gettext("Choose the file of the list.")), 422
    if sum(len(one.data) for one in files) > runs.MOST_BYTES:
        return _list(said.refusal("larger than")), 422
    try:
        sheets = sheets_of(files)
    except ImportRefusedError as error:
        return _list(said.refusal(str(error))), 422
    options = first_options(database(), sheets, typed("source"))
    sent = [(one.name, one.data) for one in files]
    run_id = runs.add_run(database(), sent, options, g.account.actor)
    return redirect(url_for("coordinator.one_import", run_id=run_id), 303)


@blueprint.route(_ADDRESS, methods=["GET", "POST"])
def one_import(run_id: int) -> Response | str:
    """What was understood of a list and what it would do, or what it has done."""
    run = _run(run_id)
    if run.state != "open":
        return _closed(run)
    if request.method == "GET":
        return _open(run)
    with suppress(runs.ClosedRunError):
        sheets = sheets_of(files_of(database(), run_id))
        runs.set_options(database(), run_id, options_typed(sheets))
    return redirect(url_for("coordinator.one_import", run_id=run_id, done="read"), 303)


@blueprint.route(f"{_ADDRESS}/compare", methods=["GET", "POST"])
def compare_import(run_id: int) -> Response | str:
    """Rows beside the listings that they resemble; a person says what is what."""
    run = _run(run_id)
    try:
        look = _preview(run)
    except (ImportRefusedError, runs.ClosedRunError):
        return redirect(url_for("coordinator.one_import", run_id=run_id), 303)
    pairs = [*look.undecided, *look.decided]
    if request.method == "POST":
        rest = "different" if request.form.get("rest") else ""
        judged = [verdict_of(pair, request.form, rest if pair.is_open else "") for pair in pairs]
        found = [one for one in judged if one]
        if found:
            verdicts.keep_verdicts(database(), found, run_id, g.account.actor)
        is_done = not _preview(run).undecided
        where = "coordinator.one_import" if is_done else "coordinator.compare_import"
        return redirect(url_for(where, run_id=run_id, done="compared"), 303)
    number = _page("page", len(pairs), _PAIRS)
    return render_template(
        "coordinator/import_compare.html",
        run=run,
        source=look.source,
        undecided=len(look.undecided),
        compared=[comparison(pair) for pair in pairs[(number - 1) * _PAIRS : number * _PAIRS]],
        page=number,
        pages=-(-len(pairs) // _PAIRS),
        why=said.why_alike,
    )


@blueprint.post(f"{_ADDRESS}/publish")
def publish_import(run_id: int) -> Response | tuple[str, int]:
    """Publish all of a list as it was looked at."""
    run = _run(run_id)
    settings = current_app.config["IBASHO"]
    try:
        with geocoder(settings.data_dir, settings.dictionary) as find:
            publish_run(database(), run_id, typed("seen"), g.account.actor, today(), find)
    except (StaleRunError, UndecidedError, ImportRefusedError):
        return _open(run, is_stale=True), 409
    except runs.ClosedRunError:
        return redirect(url_for("coordinator.one_import", run_id=run_id), 303)
    follow()
    ask_in_the_background(database(), settings, run_id, g.account.actor)
    return redirect(url_for("coordinator.one_import", run_id=run_id, done="published"), 303)


@blueprint.post(f"{_ADDRESS}/drop")
def drop_import(run_id: int) -> Response:
    """Put a list away; nothing of it was published."""
    _run(run_id)
    with suppress(runs.ClosedRunError):  # somebody else was faster
        runs.drop_run(database(), run_id, g.account.actor)
    return redirect(url_for("coordinator.imports", done="dropped"), 303)


@blueprint.post(f"{_ADDRESS}/undo")
def undo_import(run_id: int) -> Response:
    """Take back all that a list has changed."""
    _run(run_id)
    with suppress(runs.ClosedRunError):  # it can be taken back once
        undo.undo_run(database(), run_id, g.account.actor)
        follow()
    return redirect(url_for("coordinator.one_import", run_id=run_id, done="undone"), 303)


def _read(sent: FileStorage) -> NamedFile:
    """A file that was sent, under its name without a folder."""
    with sent.stream as stream:
        name = (sent.filename or "").replace("\\", "/").rpartition("/")[2]
        return NamedFile(name, stream.read())


def typed(name: str) -> str:
    """What was typed into a line."""
    return request.form.get(name, "").strip()[:_LONGEST]


def options_typed(sheets: list[Sheet]) -> dict[str, Any]:
    """How a list is to be read, as the form says."""
    columns = [column.name for sheet in sheets for column in sheet.columns]
    is_table = typed("format") == "table" or not any(sheet.part for sheet in sheets)
    mapping = {
        name: field
        for place, name in enumerate(dict.fromkeys(columns))
        if is_table and (field := typed(f"column-{place}")) in FIELDS
    }
    kind = typed("kind")
    return stated(
        ImportOptions(
            format="table" if is_table else "auto",
            kind=Kind(kind) if kind in list(Kind) else Kind.CHILDRENS_CAFETERIA,
            municipality=typed("municipality"),
            mapping=mapping,
            source=typed("source"),
            licence=typed("licence"),
        )
    )


def _is_left_out(run: runs.Run, column: Column) -> bool:
    """Whether a column that says something is taken for nothing."""
    by_name = column.is_known and run.options["format"] != "table"
    says_something = any(cell.strip() for cell in column.sample)
    return says_something and not by_name and column.name not in run.options["mapping"]


def _list(error: str = "") -> str:
    return render_template(
        "coordinator/imports.html",
        runs=runs.read_runs(database()),
        feeds=read_feeds(database()),
        sources=mappings.read_mapped_sources(database()),
        error=error,
        megabytes=runs.MOST_BYTES // 1_000_000,
        feed_problem=said.feed_problem,
        who=_who(),
    )


def _open(run: runs.Run, is_stale: bool = False) -> str:
    sheets = sheets_of(files_of(database(), run.id))
    refused, look = "", None
    try:
        look = _preview(run)
    except ImportRefusedError as error:
        refused = said.refusal(str(error))
    problems = look.outcome.report.problems if look else ()
    plans = look.outcome.plans if look else ()
    number = _page("problems", len(problems), _PROBLEMS)
    columns = {column.name: column for sheet in sheets for column in sheet.columns}
    return render_template(
        "coordinator/import_open.html",
        run=run,
        sheets=sheets,
        columns=list(columns.values()),
        not_taken=[name for name, one in columns.items() if _is_left_out(run, one)],
        has_format=any(sheet.part for sheet in sheets),
        fields=said.FIELD_LABELS,
        kinds=KINDS,
        refused=refused,
        is_stale=is_stale,
        look=look,
        report=look.outcome.report if look else None,
        shown=[plan.body for plan in plans[:_SHOWN]],
        levels=said.LEVELS,
        drawing=drawn([one.body.location.position for one in plans], read_areas(database())),
        problems=problems[(number - 1) * _PROBLEMS : number * _PROBLEMS],
        page=number,
        pages=-(-len(problems) // _PROBLEMS),
        reason=said.reason,
        label=said.field_label,
        who=_who(),
    )


def _closed(run: runs.Run) -> str:
    changes = undo.read_changes(database(), run.id)
    names = {one.listing: _name(one.listing) for one in changes}
    return render_template(
        "coordinator/import_closed.html", run=run, changes=changes, names=names, who=_who()
    )


def _who() -> dict[str, str]:
    """The people who may have brought a list, as the record names them."""
    return {actor_of(id_): name for id_, name in read_names(database()).items()}


def _name(listing_id: str) -> str:
    body: Listing | None = None
    if last := store.read_last(database(), listing_id):
        body = last.body
    return body.name if body else listing_id


def _preview(run: runs.Run) -> Preview:
    settings = current_app.config["IBASHO"]
    with geocoder(settings.data_dir, settings.dictionary) as find:
        return preview(database(), run, today(), find)


def _page(name: str, count: int, size: int) -> int:
    text = request.args.get(name, "")
    number = int(text) if text.isdecimal() and len(text) < 6 else 1
    return max(1, min(number, -(-count // size)))


def _run(run_id: int) -> runs.Run:
    try:
        return runs.read_run(database(), run_id)
    except runs.UnknownRunError:
        abort(404)
