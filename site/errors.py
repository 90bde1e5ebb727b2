"""What a visitor sees when something is wrong: what happened, and what to do now."""

import json
import sqlite3
from typing import NamedTuple

from flask import Flask, current_app, g, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from ibasho.data.accounts import AccountState, Role, read_people
from ibasho.data.database import is_busy
from ibasho.data.sealing import WrongKeyError
from ibasho.site.access import is_open_to
from ibasho.site.session import current_account
from ibasho.site.stores import database

_RETRY_SECONDS = "30"


def install(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(sqlite3.OperationalError, _database)
    app.register_error_handler(Exception, _unexpected)


class Desk(NamedTuple):
    """What the desk offers to its staff where a page of it is not to be had: whom to ask."""

    keepers: list[str]


def error_page(code: int, said: str = "") -> str:
    """The page of an error; `said` is what to do, where that is not the usual."""
    return render_template("error.html", code=code, said=said, desk=_desk())


def _desk() -> Desk | None:
    """The ways of the desk, for who may open it and has asked for a page of it."""
    if not request.path.startswith("/coordinator/"):
        return None
    account = current_account()
    if account is None or not is_open_to(account, "coordinator.desk"):
        return None
    g.account = account
    people = (one.account for one in read_people(database()) if one.state is AccountState.ACTIVE)
    keepers = [one.email for one in people if one.role is Role.ADMIN]
    return Desk([one for one in keepers if one != account.email])


def _answer(error: HTTPException) -> Response | tuple[str, int]:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    known = {400, 403, 404, 405, 413, 429, 503}
    code = error.code if error.code in known else (500 if error.code >= 500 else 400)
    if request.path.startswith("/api/"):
        return Response(json.dumps({"error": error.name}), error.code, mimetype="application/json")
    return error_page(code), error.code


def _database(error: sqlite3.OperationalError) -> tuple[str, int, dict[str, str]]:
    if not is_busy(error):
        return (*_unexpected(error), {})
    current_app.logger.error("database: %s", error)
    return render_template("error.html", code=503), 503, {"Retry-After": _RETRY_SECONDS}


def _unexpected(error: Exception) -> tuple[str, int]:
    """Where and what kind, without the values: a traceback's texts can be a person's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if isinstance(error, WrongKeyError):  # what to do, and nobody's words
        current_app.logger.error("%s", error)
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    current_app.logger.error("%s in %s at %s", type(error).__name__, request.endpoint, where)
    g.pop("current_account", None)
    g.current_account = None
    return render_template("error.html", code=500), 500
