"""A telephone number as a telephone dials it, out of what a place has written."""

import re
import unicodedata

from ibasho.site.languages import lazy_gettext

_DIALLED = re.compile(r"\s*(?P<plus>\+?)(?P<rest>[0-9(][-0-9()\s.‐‑‒–—―−ーｰ]*)")
_LEAST, _MOST = 3, 15  # digits: 189, and what the world's longest number has

_DASH = re.compile(r"(?<=[0-9)])\s*[‐‑‒–—―−ーｰ]\s*(?=[0-9(])")
_IN_JAPAN = re.compile(r"0[0-9]{9,10}|1[0-9]{2}|\+81[0-9]{9,10}")
_SHORTENED = re.compile(r"#[0-9]{4}")
NOT_IN_JAPAN = lazy_gettext(
    "A telephone number has 10 or 11 digits and begins with 0. Please look again."
)


def plain_number(written: str) -> str:
    """A number with narrow digits and plain hyphens: ０３ー１２３４ー５６７８ is 03-1234-5678."""
    return _DASH.sub("-", unicodedata.normalize("NFKC", written))


def is_in_japan(written: str) -> bool:
    """Whether it has the digits of a number in Japan: 0 and 9 or 10 more, 189, #8000, or +81."""
    plain = plain_number(written)
    return bool(_SHORTENED.fullmatch(plain) or _IN_JAPAN.fullmatch(tel(plain)))


def tel(written: str) -> str:
    """The digits and a leading + up to the first other word; "" where nothing can be dialled.

    042（000）2222 内線3 is 0420002222, +81 (0)42-000-2222 is +81420002222.
    """
    found = _DIALLED.match(unicodedata.normalize("NFKC", written))
    if not found:
        return ""
    rest = found["rest"].replace("(0)", "", 1) if found["plus"] else found["rest"]
    digits = re.sub("[^0-9]", "", rest)
    return found["plus"] + digits if _LEAST <= len(digits) <= _MOST else ""
