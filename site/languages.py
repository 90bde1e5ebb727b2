"""The language of a request, by the prefix of its address, and gettext with types.

No prefix is Japanese. A prefix is taken off before Flask looks at the address and put before every
address that a page links to, as if the site were mounted there once more.
"""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, request
from flask_babel.speaklater import LazyString

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "LazyString",
    "Prefixes",
    "addresses",
    "gettext",
    "install",
    "language",
    "lazy_gettext",
    "ngettext",
    "search_address",
]

DEFAULT = "ja"
LANGUAGES = {"ja": "日本語", "en": "English"}
# asked for some hundred times a page: looking into the request each time took a twentieth of it
_language = ContextVar("language", default=DEFAULT)
_FOLDER = Path(__file__).with_name("translations")

_Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Prefixes:
    """WSGI: /en/search is /search in English."""

    def __init__(self, application: _Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 (WSGI)
        """Answer a request in the language of its prefix."""
        first, slash, rest = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        if slash and first in LANGUAGES and first != DEFAULT:
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{first}"
            environ["PATH_INFO"] = f"/{rest}"
        else:
            first = DEFAULT
        before = _language.set(first)
        try:
            return self._application(environ, start_response)
        finally:
            _language.reset(before)


def language() -> str:
    """The language of this request; that of the site where there is none."""
    return _language.get()


def addresses(query: Mapping[str, str | list[str]], path: str = "") -> dict[str, str]:
    """The address of a page in every language, with these conditions and no others.

    The page is this one, or that of a quoted path without prefix. What stood in the address bar may
    be where someone lives: it is not repeated.
    """
    root = request.script_root.removesuffix(f"/{language()}")
    page = (path or quote(request.path)) + (f"?{urlencode(query, doseq=True)}" if query else "")
    return {code: root + (f"/{code}" if code != DEFAULT else "") + page for code in LANGUAGES}


def search_address(arguments: Mapping[str, str | list[str]]) -> str:
    """The address of a search with these conditions, in the language of this page.

    A result page has a hundred of them, and Flask's own `url_for` takes four times as long.
    """
    query = urlencode(arguments, doseq=True)
    return f"{request.script_root}/search{'?' if query else ''}{query}"


@cache
def _catalogue(code: str) -> NullTranslations:
    """The texts of one language; those of the code are English."""
    return translation("messages", _FOLDER, [code], fallback=code == "en")


def gettext(text: str, **values: object) -> str:
    """The text in the page's language, with its %(name)s values filled in."""
    translated = _catalogue(language()).gettext(text)
    return translated % values if values else translated


def ngettext(one: str, many: str, num: int) -> str:
    """The text for `num` things in the page's language."""
    return _catalogue(language()).ngettext(one, many, num) % {"num": num}


def lazy_gettext(text: str) -> LazyString:
    """A text that finds its language when it is shown."""
    return LazyString(gettext, text)


def install(app: Flask) -> None:
    """Let the templates speak the language of the page.

    A page asks for some hundred texts: Flask-Babel's own look-up takes ten times as long.
    """
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined] # of an extension
        lambda text: _catalogue(language()).gettext(text),
        lambda one, many, num: _catalogue(language()).ngettext(one, many, num),
        newstyle=True,
    )
