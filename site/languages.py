"""The language of a request, by the prefix of its address, and gettext with types.

No prefix is Japanese. A prefix is taken off before Flask looks at the address and put before every
address that a page links to, as if the site were mounted there once more.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import flask_babel
from flask import request
from flask_babel.speaklater import LazyString

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "LazyString",
    "Prefixes",
    "addresses",
    "gettext",
    "language",
    "lazy_gettext",
    "ngettext",
]

DEFAULT = "ja"
LANGUAGES = {"ja": "日本語", "en": "English"}
_KEY = "ibasho.language"

_Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Prefixes:
    """WSGI: /en/search is /search in English."""

    def __init__(self, application: _Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 (WSGI)
        """Answer a request in the language of its prefix."""
        first, slash, rest = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        if slash and first in LANGUAGES and first != DEFAULT:
            environ[_KEY] = first
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{first}"
            environ["PATH_INFO"] = f"/{rest}"
        return self._application(environ, start_response)


def language() -> str:
    """The language of this request."""
    return str(request.environ.get(_KEY, DEFAULT))


def addresses(query: Mapping[str, str]) -> dict[str, str]:
    """The address of this page in every language, with these conditions and no others.

    What stood in the address bar may be where someone lives: it is not repeated.
    """
    root = request.script_root.removesuffix(f"/{language()}")
    page = quote(request.path) + (f"?{urlencode(query)}" if query else "")
    return {code: root + (f"/{code}" if code != DEFAULT else "") + page for code in LANGUAGES}


def gettext(text: str, **values: object) -> str:
    """The text in the page's language, with its %(name)s values filled in."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, num: int) -> str:
    """The text for `num` things in the page's language."""
    return str(flask_babel.ngettext(one, many, num))


def lazy_gettext(text: str) -> LazyString:
    """A text that finds its language when it is shown."""
    return flask_babel.lazy_gettext(text)
