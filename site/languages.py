"""The languages, that of a request by the prefix of its address, and gettext with types.

No prefix is Japanese. A prefix is taken off before Flask looks at the address and put before every
address that a page links to, as if the site were mounted there once more.
"""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
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
    "Language",
    "LazyString",
    "Prefixes",
    "addresses",
    "gettext",
    "install",
    "language",
    "lazy_gettext",
    "locale",
    "ngettext",
    "offered",
    "search_address",
    "spoken",
]


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface.

    `code` is the prefix of its addresses, `tag` what `lang` says, `locale` Babel's name of it,
    `catalogue` the folder of its texts (those of the code where there is none yet).
    `offer` asks, in this language, whether to read the page in it; one without is never offered.
    `checked`: somebody whose own language it is has read the texts.
    """

    code: str
    name: str
    tag: str
    locale: str
    catalogue: str
    offer: str = ""
    ruby: bool = False
    checked: bool = False


DEFAULT = "ja"
FURIGANA = "ruby"  # Japanese as it is, with the reading over every word
LANGUAGES = {
    row.code: row
    for row in (
        Language("ja", "日本語", "ja", "ja", "ja", "このページを日本語で読む", checked=True),
        Language(FURIGANA, "日本語（ふりがな）", "ja", "ja", "ja", ruby=True, checked=True),
        Language("easy", "やさしい日本語", "ja", "ja", "easy", ruby=True),
        Language("en", "English", "en", "en", "en", "Read this page in English", checked=True),
        Language("zh", "中文（简体）", "zh-Hans", "zh_Hans", "zh", "用中文阅读本页"),
        Language("ko", "한국어", "ko", "ko", "ko", "이 페이지를 한국어로 보기"),
        Language("vi", "Tiếng Việt", "vi", "vi", "vi", "Xem trang này bằng tiếng Việt"),
        Language("pt", "Português", "pt-BR", "pt_BR", "pt", "Ler esta página em português"),
        Language("fil", "Filipino", "fil", "fil", "fil", "Basahin ang pahinang ito sa Filipino"),
        Language("ne", "नेपाली", "ne", "ne", "ne", "यो पृष्ठ नेपालीमा पढ्नुहोस्"),
    )
}
# what a browser calls a language, where that is not the prefix
_BROWSERS = {"tl": "fil"}
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
        # people type /en as well, which is the first page of /en/
        first, _, rest = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        if first in LANGUAGES and first != DEFAULT:
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


def spoken() -> Language:
    """All about the language of this request."""
    return LANGUAGES[language()]


def locale() -> str:
    """The language of this request, as Babel calls it."""
    return spoken().locale


def offered() -> Language | None:
    """The language that the visitor's browser asks for first among ours; none if it is this one."""
    for asked, quality in request.accept_languages:
        first = asked.lower().partition("-")[0]
        row = LANGUAGES.get(_BROWSERS.get(first, first))
        if row and row.offer and quality > 0:
            return row if row.tag != spoken().tag else None
    return None


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
    return translation("messages", _FOLDER, [LANGUAGES[code].catalogue], fallback=True)


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
