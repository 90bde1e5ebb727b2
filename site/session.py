"""Who is signed in: a cookie that exists only for staff, and its session in the database."""

from flask import Response, current_app, g, request

from ibasho.data.accounts import Account, read_session
from ibasho.site.stores import database


def cookie_name() -> str:
    """Under https the name itself forbids that another host sets it."""
    return "__Host-ibasho" if current_app.config["SESSION_COOKIE_SECURE"] else "ibasho"


def session_token() -> str | None:
    """The value of the session's cookie, if the visitor has one."""
    return request.cookies.get(cookie_name())


def current_account() -> Account | None:
    """Who is signed in, asked once a request; no cookie means no query."""
    if "current_account" not in g:
        token = session_token()
        g.current_account = read_session(database(), token) if token else None
    account: Account | None = g.current_account
    return account


def set_session(response: Response, token: str) -> None:
    """Hand the cookie of a new session to the browser, until it is closed."""
    response.set_cookie(
        cookie_name(),
        token,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )


def clear_session(response: Response) -> None:
    """Take the session's cookie, and what the form guard kept, back from the browser."""
    for name in (cookie_name(), current_app.config["SESSION_COOKIE_NAME"]):
        response.delete_cookie(
            name,
            path="/",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
