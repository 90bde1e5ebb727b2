"""Telephone numbers as people write them, read into one form: for forms, imports and comparing.

Numbers of Japan: 0 and nine or ten digits more, the short ones of three digits (189), and those
that begin with # (#8000).
"""

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import quote

# One character for one, so that what stands behind a number is found in the text as it was written.
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, ord("♯"): 0x23}
NARROW |= dict.fromkeys(map(ord, "‐‑‒–—―−ーｰ"), ord("-"))

_LABEL = re.compile(r"\s*(?:tel|℡|☎|電話(?:番号)?)?\s*[:.]?\s*", re.IGNORECASE)
_SHORT = re.compile(r"(#[0-9]{4}|104|11[05789]|17[17]|18[89])(?![-0-9])番?")
_RUN = re.compile(r"[+(]{0,2}[0-9](?:[-(). ]{0,3}[0-9])*")
_COUNTRY = re.compile(r"^[+(]{0,2}(?:00|010)?[-(). ]{0,3}81[-(). ]{0,3}0?[-). ]{0,3}")
_DOMESTIC = re.compile("0[1-9][0-9]{8}|0[5-9]0[0-9]{8}")
_ABROAD = re.compile(r"\s*(\+(?!81)[-0-9(). ]{3,30})")
_LONGEST = 15  # digits that the world's longest number has
_LONGEST_WRITTEN = 100  # characters that a number can fill, with 010-81-0 before it and wide gaps
_BETWEEN = " \t　,、，・:：;；/／"
# Where the hyphens stand, by the number plan of 総務省, as far as that is sure for all of an area.
_PLAN = tuple(
    re.compile(area + r"([0-9]+)([0-9]{4})")
    for area in (
        "(0800)",
        "(0[5-9]0(?=[0-9]{8}))",
        "(0[36])",
        "(011|04[45]|042(?=[3-7])|048(?=[2-9])|052|072(?=[2-46-9])|075|078|092(?=[2-9]))",
        "(0422|0480|0721|0725|0920)",
    )
)
_FREE = re.compile("(0120|0570)([0-9]{3})([0-9]{3})")


class Told(NamedTuple):
    """A number as it is shown, and what else was written: 内線12; "" where there is none."""

    number: str
    words: str

    def __str__(self) -> str:
        """Both on one line."""
        return f"{self.number} {self.words}".strip()


def read(written: str) -> Told:
    """The number with which a text begins; all of the text are words where it does not.

    「０３−１２３４−５６７８」, 03 1234 5678, +81 3 1234 5678 and (03)1234-5678 are 03-1234-5678.
    """
    plain = written.translate(NARROW)
    if short := _SHORT.match(plain, start := _start(plain)):
        return Told(short[1], written[short.end() :].strip(_BETWEEN))
    run = _RUN.match(plain, start)
    number, length = _first(run[0][:_LONGEST_WRITTEN]) if run else ("", 0)
    end = start + length
    if not number or plain[end : end + 1].isdigit():
        return Told("", written.strip())
    return Told(number, written[end:].removeprefix(")").strip(_BETWEEN))


def one_line(written: str) -> str:
    """A number and the words behind it as they are kept; what is no number stays as typed."""
    return str(read(written))


def numbers_in(plain: str) -> tuple[list[str], str]:
    """All numbers within a narrow text, and what is left of it."""
    if short := _SHORT.match(plain, _start(plain)):
        return [short[1]], plain[short.end() :]
    found: list[str] = []
    rest, end = "", 0
    for run in _RUN.finditer(plain):
        rest += plain[end : run.start()]
        begin, end = run.span()
        while begin < end:
            number, length = _first(plain[begin : min(end, begin + _LONGEST_WRITTEN)])
            if not number:
                break
            found.append(number)
            rest += " "
            begin += length
            while begin < end and not plain[begin].isdigit():
                begin += 1
        rest += plain[begin:end]
    return found, rest + plain[end:]


def digits(number: str) -> str:
    """The digits of a number as they are dialled in Japan: by them two spellings are one number."""
    found = re.sub(r"\D", "", unicodedata.normalize("NFKC", number))
    return re.sub("^(?:00)?810?", "0", found) if len(found) > 11 or found[:2] == "81" else found


def dial(written: str) -> str:
    """What follows `tel:` in a link, %238000 for #8000; "" where nothing can be dialled."""
    if number := read(written).number:
        return quote(number.replace("-", ""), safe="")
    abroad = _ABROAD.match(written.translate(NARROW))
    found = re.sub("[^0-9]", "", abroad[1]) if abroad else ""
    return f"+{found}" if 3 <= len(found) <= _LONGEST else ""


def _start(plain: str) -> int:
    """Where the number stands, behind TEL or 電話."""
    label = _LABEL.match(plain)
    return label.end() if label else 0


def _first(run: str) -> tuple[str, int]:
    """The number at the beginning of some digits, and how long it is written there."""
    for group in re.finditer("[0-9]+", run):
        if number := _domestic(run[: group.end()]):
            return number, group.end()
    return "", 0


def _domestic(written: str) -> str:
    """A number of Japan with its hyphens, "" where it cannot be one.

    A leading 0 that a spreadsheet has dropped is put back.
    """
    number = _COUNTRY.sub("0", written) if len(re.sub("[^0-9]", "", written)) > 10 else written
    if re.match("[(]?[1-9]", number):
        number = re.sub("[1-9]", lambda digit: f"0{digit[0]}", number, count=1)
    parts = re.findall("[0-9]+", number)
    return _hyphened("".join(parts), parts) if _DOMESTIC.fullmatch("".join(parts)) else ""


def _hyphened(number: str, parts: list[str]) -> str:
    """The digits by the number plan, or else in the parts in which they were written."""
    for plan in (_FREE, *_PLAN):
        if found := plan.fullmatch(number):
            return "-".join(found.groups())
    return "-".join(parts)
