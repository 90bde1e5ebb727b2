"""A telephone number as a telephone dials it, out of what a place has written."""

import re
import unicodedata

_DIALLED = re.compile(r"\s*(?P<plus>\+?)(?P<rest>[0-9(][-0-9()\s.‐‑‒–—―−ーｰ]*)")
_LEAST, _MOST = 3, 15  # digits: 189, and what the world's longest number has


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
