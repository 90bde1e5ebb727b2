"""Every form carries a token that only its own page can know, without a cookie of its own."""

import hashlib

from flask import Flask, abort, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from ibasho.site.own_origin import own_origin
from ibasho.site.session import session_token

FIELD = "form_token"
TOLD_TO_NOBODY = "provider"
"""The pages whose address alone lets somebody act: no other page learns it."""

_MAX_AGE_SECONDS = 12 * 60 * 60


def form_token() -> str:
    """The token for a form on this page, bound to the session that asked for the page."""
    return _signer().dumps(_holder())


def install(app: Flask) -> None:
    """Refuse every request that could write and carries no good token."""
    app.before_request(_check)


def _check() -> None:
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    origin = request.headers.get("Origin")
    if origin and origin not in {own_origin(), _unsaid()}:
        abort(400)
    try:
        holder = _signer().loads(request.form.get(FIELD, ""), max_age=_MAX_AGE_SECONDS)
    except BadData:
        abort(400)
    if holder != _holder():
        abort(400)


def _unsaid() -> str | None:
    """What a browser says instead of the origin, from pages whose address it tells to nobody.

    Whoever knows such an address may act there anyway.
    """
    return "null" if request.blueprint == TOLD_TO_NOBODY else None


def _holder() -> str:
    return hashlib.sha256((session_token() or "").encode()).hexdigest()


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="form")
