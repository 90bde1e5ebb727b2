"""What a visitor sees when something is wrong: what happened, and what to do now."""

import json
import sqlite3

from flask import Flask, current_app, g, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from ibasho.data.database import is_busy

_RETRY_SECONDS = "30"


def install(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(sqlite3.OperationalError, _database)
    app.register_error_handler(Exception, _unexpected)


def _answer(error: HTTPException) -> Response | tuple[str, int]:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    known = {400, 403, 404, 405, 413, 429, 503}
    code = error.code if error.code in known else (500 if error.code >= 500 else 400)
    if request.path.startswith("/api/"):
        return Response(json.dumps({"error": error.name}), error.code, mimetype="application/json")
    return render_template("error.html", code=code), error.code


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
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    current_app.logger.error("%s in %s at %s", type(error).__name__, request.endpoint, where)
    g.pop("current_account", None)
    g.current_account = None
    return render_template("error.html", code=500), 500
