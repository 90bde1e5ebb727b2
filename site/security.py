"""Headers of every answer: what a page may load, and what it gives away."""

import secrets

from flask import Flask, Response, g, request

from ibasho.site.config import Settings
from ibasho.site.forms_guard import TOLD_TO_NOBODY
from ibasho.site.keeping import may_be_on_a_device

_FRAMED = "public.embed"  # the one page that others may show within their own


def nonce() -> str:
    """The value that marks this answer's own scripts."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    value: str = g.nonce
    return value


def install(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer of the app."""

    def add(response: Response) -> Response:
        framed_by = settings.embed_hosts if request.endpoint == _FRAMED else "'none'"
        headers = {
            "Content-Security-Policy": content_policy(settings, nonce(), framed_by),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        }
        if request.blueprint == TOLD_TO_NOBODY:
            headers |= {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
        if settings.public_url:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        response.headers.update(headers)
        if response.mimetype == "text/html":
            response.vary.add("Accept-Language")  # a page offers the browser's language
        is_open = request.blueprint in {None, "public"} and may_be_on_a_device()
        response.headers.setdefault("Cache-Control", "no-cache" if is_open else "no-store")
        return response

    app.after_request(add)


def content_policy(settings: Settings, nonce_value: str, framed_by: str) -> str:
    """The Content-Security-Policy: this host alone, and the tiles as pictures.

    `framed_by` are the hosts whose pages may hold this one in a frame.
    """
    pictures = " ".join(filter(None, ["'self'", "data:", settings.tiles_origin]))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce_value}'",
            "style-src 'self'",
            f"img-src {pictures}",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {framed_by}",
        )
    )
