"""A public address with a slash at its end, as people type and link it, leads to the page."""

from urllib.parse import quote

from flask import Flask, current_app, redirect, request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from ibasho.site.access import ACCESS, Audience


def install(app: Flask) -> None:
    """Redirect where only the slash is too much."""
    app.before_request(_redirect)


def _redirect() -> Response | None:
    asks = request.method in {"GET", "HEAD"} and isinstance(request.routing_exception, NotFound)
    if not asks or not request.path.endswith("/"):
        return None
    path = request.path.removesuffix("/")
    if not _is_public(path):
        return None
    query = request.query_string.decode(errors="replace")
    return redirect(request.script_root + quote(path) + (f"?{query}" if query else ""), 301)


def _is_public(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return False
    try:
        endpoint, _ = adapter.match(path, "GET")
    except HTTPException:  # nothing is there, or another redirect is
        return False
    return ACCESS.get(endpoint) is Audience.EVERYONE
