"""QR codes that stand in the page."""

import segno
from markupsafe import Markup


def qr_code(text: str) -> Markup:
    """A link, or what else a camera reads, as a QR code in SVG."""
    code = segno.make_qr(text, error="m")
    return Markup(  # noqa: S704 (made of modules, the text is not in it)
        code.svg_inline(omitsize=True, light="#fff", svgclass=None, lineclass=None)
    )
