"""A sheet as a PDF, by WeasyPrint, where the extra `pdf` is installed."""

from importlib.util import find_spec
from typing import NoReturn

IS_INSTALLED = find_spec("weasyprint") is not None

_MARGIN_MM = 10
_A4_MM = (210, 297)
# how much is put on a side before it is made as small as A4: text of 6 pt at the least
_FULLER = (1.0, 1.08, 1.16, 1.25)


def as_pdf(page: str, style: str, sides: int) -> bytes:
    """The PDF of a page of HTML that has all it needs in itself but `style`, its CSS.

    It is made smaller where it would take more than so many sides of A4, as far as one can read it.
    """
    # imported when it is needed, for it takes a second and few sheets become one
    from weasyprint import CSS, HTML

    source = HTML(string=page, url_fetcher=_refuse)
    for fuller in _FULLER:
        size = " ".join(f"{side * fuller:.2f}mm" for side in _A4_MM)
        paper = f"@page {{ size: {size}; margin: {_MARGIN_MM * fuller:.2f}mm }}"
        document = source.render(stylesheets=[CSS(string=style), CSS(string=paper)])
        if len(document.pages) <= sides:
            break
    made: bytes = document.write_pdf(zoom=1 / fuller)
    return made


def _refuse(url: str, *_: object, **__: object) -> NoReturn:
    """Nothing that stands on a sheet makes the server ask anybody."""
    raise ValueError(f"a sheet loads nothing: {url}")
