"""Who is signed in: a cookie that exists only for staff, and its session in the database."""

from typing import TypedDict

from flask import Response, current_app, g, request

from ibasho.data.accounts import CHALLENGE_LIMIT, HALF_LIMIT, Account, read_session
from ibasho.site.stores import database


class _How(TypedDict):
    secure: bool
    httponly: bool
    samesite: str
    path: str


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
    response.set_cookie(cookie_name(), token, **_how())


def half_token() -> str | None:
    """What proves that the visitor's password was right, while the second step is not done."""
    return request.cookies.get(_half_name())


def set_half(response: Response, token: str) -> None:
    """Hand out what proves that the password was right; it opens no page by itself."""
    response.set_cookie(_half_name(), token, max_age=HALF_LIMIT, **_how())


def clear_half(response: Response) -> None:
    """Take it back."""
    response.delete_cookie(_half_name(), **_how())


def passkey_token() -> str | None:
    """What tells the browser that asked to sign in with a passkey from every other."""
    return request.cookies.get(_passkey_name())


def set_passkey_token(response: Response, token: str) -> None:
    """Hand it out to who presses that button, for as long as the challenge is good."""
    response.set_cookie(_passkey_name(), token, max_age=CHALLENGE_LIMIT, **_how())


def clear_passkey_token(response: Response) -> None:
    """Take it back."""
    response.delete_cookie(_passkey_name(), **_how())


def clear_session(response: Response) -> None:
    """Take the session's cookie, and what the form guard kept, back from the browser."""
    for name in (cookie_name(), current_app.config["SESSION_COOKIE_NAME"]):
        response.delete_cookie(name, **_how())


def _half_name() -> str:
    return f"{cookie_name()}-step"


def _passkey_name() -> str:
    return f"{cookie_name()}-passkey"


def _how() -> _How:
    is_secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    return {"secure": is_secure, "httponly": True, "samesite": "Lax", "path": "/"}
