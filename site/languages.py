"""The words of the pages, in the language of the request: gettext, with types."""

import flask_babel
from flask_babel.speaklater import LazyString

__all__ = ["LazyString", "gettext", "lazy_gettext", "ngettext"]


def gettext(text: str, **values: object) -> str:
    """The text in the page's language, with its %(name)s values filled in."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, num: int) -> str:
    """The text for `num` things in the page's language."""
    return str(flask_babel.ngettext(one, many, num))


def lazy_gettext(text: str) -> LazyString:
    """A text that finds its language when it is shown."""
    return flask_babel.lazy_gettext(text)
