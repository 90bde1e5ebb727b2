"""A sheet as a PDF, by WeasyPrint, where the extra `pdf` is installed."""

from importlib.util import find_spec
from typing import NoReturn

IS_INSTALLED = find_spec("weasyprint") is not None


def as_pdf(page: str, style: str) -> bytes:
    """The PDF of a page of HTML that has all it needs in itself but `style`, its CSS."""
    # imported when it is needed, for it takes a second and few sheets become one
    from weasyprint import CSS, HTML

    made: bytes = HTML(string=page, url_fetcher=_refuse).write_pdf(stylesheets=[CSS(string=style)])
    return made


def _refuse(url: str, *_: object, **__: object) -> NoReturn:
    """Nothing that stands on a sheet makes the server ask anybody."""
    raise ValueError(f"a sheet loads nothing: {url}")
