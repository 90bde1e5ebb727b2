"""What single cells say: cleaned texts, numbers, yes and no, contacts, yen."""

import re
import unicodedata

from ibasho.data import telephone
from ibasho.data.listings import (
    ContactVisibility,
    Email,
    Phone,
    is_mobile,
)

# Invisible: controls, zero-width blanks, marks that turn the direction of writing.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_BREAKS = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
_BLANKS = re.compile(r"[ \t\u00a0]+")
_GUARD = re.compile("^'(?=[=+@-])")  # keeps a spreadsheet from taking a text for a formula
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_NOTHING = frozenset({"なし", "無し", "無", "未定", "非公開"})

_YEN = re.compile(r"[¥\\]?(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?円?")
_MAX_YEN = 100_000

_HAS_NUMBER = re.compile(r"\d|[〇零一二三四五六七八九]{4}")
_LETTER_O = re.compile("(?<![A-Za-z])[Oo〇○](?=[0-9])")  # O90-1234-5678
# Digits beside a number that are certainly none: an extension, a time, a day.
_HARMLESS = re.compile(
    r"内線(?:番号)?[: ]*[0-9]{1,5}(?![-0-9])"
    r"|(?<![-0-9])[0-9]{1,2}(?:[~-][0-9]{1,2})?(?::[0-9]{2}|時(?:[0-9]{1,2}分)?|[月日回階F])"
    r"(?![0-9])"
)
_MAIL = re.compile(r"[^\s<>\"',;:()\[\]@]+@[^\s<>\"',;:()\[\]@]+\.[A-Za-z]{2,}")
_WEB = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


def one_line(text: str) -> str:
    """The text on one line, without blanks around it or anything invisible."""
    return _BLANKS.sub(" ", _BREAKS.sub(" ", _visible(text))).strip()


def lines(text: str) -> str:
    """The text with its line breaks, without blank lines or blanks around the others."""
    parts = (_BLANKS.sub(" ", part).strip() for part in _BREAKS.split(_visible(text)))
    return "\n".join(filter(None, parts))


def is_blank(text: str) -> bool:
    """Whether nothing is to be seen."""
    return not one_line(text)


def _visible(text: str) -> str:
    text = _INVISIBLE.sub("", text).strip()
    return "" if text in _ERRORS else _GUARD.sub("", text)


def is_dash(text: str) -> bool:
    """Whether a cell holds nothing but dashes."""
    return not text.strip("-ー－―‐")


def is_nothing(text: str) -> bool:
    """Whether a cell says in a word that there is nothing to say."""
    return is_dash(text) or text in _NOTHING


def yes_no(text: str) -> bool | None:
    """1 and 有 are yes, 0 and 無 are no; with anything else nobody said."""
    return {"1": True, "有": True, "0": False, "無": False}.get(_plain(text))


def number(text: str) -> float | None:
    """A decimal number, or None where the text is none."""
    plain = _plain(text)
    return float(plain) if re.fullmatch(r"-?[0-9]{1,9}(?:\.[0-9]{1,20})?", plain) else None


def says_time(text: str, time: str) -> bool:
    """Whether a text names a time of day, 17:30 also as 17時30分; always where there is none."""
    found = re.fullmatch(r"0?(\d{1,2}):(\d\d)", _plain(time))
    if not found:
        return not time
    minutes = {"00": "(?![0-9半])", "30": "(?:30分|半)"}.get(found[2], f"{found[2]}分")
    return bool(re.search(f"(?<![0-9]){found[1]}(?:時{minutes}|:{found[2]})", _plain(text)))


def yen(text: str) -> int | None:
    """An amount of money where the text is certainly one: 300, ３００円, 無料."""
    plain = _plain(text)
    if plain == "無料":
        return 0
    found = _YEN.fullmatch(plain)
    amount = int(found[1].replace(",", "")) if found and len(found[1]) < 10 else None
    return amount if amount is not None and amount <= _MAX_YEN else None


def phones_in(text: str, description: str = "") -> tuple[tuple[Phone, ...], bool]:
    """The numbers in a cell, none where it holds no number at all; and whether all of it is clear.

    A mobile number, or what cannot be told from one, is for the staff until the provider says
    otherwise: of a cell with any digits that are no telephone number, all is. A leading 0 that a
    spreadsheet has dropped is put back.
    """
    plain = _telephone_text(text)
    if not _HAS_NUMBER.search(plain):
        return (), False
    found, rest = telephone.numbers_in(plain)
    words = " ".join(filter(None, (description, rest.strip(" ()、,/・;:"))))
    if not found or _HAS_NUMBER.search(_HARMLESS.sub("", rest)):
        return (Phone(one_line(text), description, ContactVisibility.STAFF_ONLY),), False
    is_clear = not _HAS_NUMBER.search(_HARMLESS.sub("", _telephone_text(words)))
    return tuple(_phone(number, words, is_clear) for number in found), is_clear


def _telephone_text(text: str) -> str:
    plain = re.sub("[‐‑‒–—―−ｰー]", "-", unicodedata.normalize("NFKC", one_line(text)))
    return _LETTER_O.sub("0", plain)


def _phone(number: str, description: str, is_clear: bool) -> Phone:
    is_private = not is_clear or is_mobile(number)
    return Phone(
        number,
        description,
        ContactVisibility.STAFF_ONLY if is_private else ContactVisibility.PUBLIC,
    )


def emails_in(text: str, description: str, *, public: bool) -> tuple[Email, ...]:
    """The mail addresses in a cell."""
    seen = ContactVisibility.PUBLIC if public else ContactVisibility.STAFF_ONLY
    plain = unicodedata.normalize("NFKC", text)
    return tuple(Email(address, description, seen) for address in _MAIL.findall(plain))


def web_addresses_in(text: str) -> list[str]:
    """The addresses of web pages in a cell."""
    return _WEB.findall(text)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", one_line(text)))
