"""What a listing or an event keeps to its staff, taken out of texts that say it again.

Spellings vary: wide or narrow digits, brackets, +81, 5丁目6番13号 for 5-6-13. Where a secret is
recognised but cannot be cut out cleanly, the whole text is withheld.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Protocol

from ibasho.data.listings.kinds import VOLUNTEER_KINDS
from ibasho.data.listings.model import (
    AddressVisibility,
    ContactVisibility,
    Email,
    Listing,
    Location,
    Phone,
)
from ibasho.data.text import fold_closed

WITHHELD = "（非公開）"

# One character for one, so that a place found in the narrow text is the place in the written one.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_NARROW |= dict.fromkeys(map(ord, "‐‑‒–—―−ーｰ"), ord("-"))
_GAP = r"[^0-9A-Za-z\u3040-\u9fff]{0,4}"
_LEAD = rf"(?:\+?\(?81\)?{_GAP}\(?0?\)?|0){_GAP}"
_MOBILE = re.compile(rf"(?<![0-9]){_LEAD}[6-9]{_GAP}0(?:{_GAP}[0-9]){{8}}")
_ANY_NUMBER = re.compile(rf"(?<![0-9]){_LEAD}[1-9](?:{_GAP}[0-9]){{8,9}}")
_ANY_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_KANJI = "〇一二三四五六七八九"
_NUMBER = re.compile("[0-9]+")
_BETWEEN_NUMBERS = r"[-~\sのノ之丁目番地号]{1,5}"
_SHORTEST_NUMBER = 9  # digits; a cell that only says 公民館 is no secret
_SHORTEST_BUILDING = 3


class Keeper(Protocol):
    """Whatever has a place and contacts that may be for its staff only."""

    @property
    def location(self) -> Location:
        """Where it is."""

    @property
    def phones(self) -> tuple[Phone, ...]:
        """Its telephone numbers, public or not."""

    @property
    def emails(self) -> tuple[Email, ...]:
        """Its mail addresses, public or not."""


def is_mobile(number: str) -> bool:
    """Whether a telephone number is a person's own: 060, 070, 080 or 090."""
    return bool(_MOBILE.match(unicodedata.normalize("NFKC", number).strip().translate(_NARROW)))


def withhold(text: str, keeper: Keeper) -> str:
    """The text without what the keeper of it tells to its staff only."""
    if not text:
        return text
    open_numbers = {_digits(phone.number) for phone in keeper.phones if _is_public(phone)}
    open_mails = {
        email.address.casefold()
        for email in keeper.emails
        if email.visibility is ContactVisibility.PUBLIC
    }
    spans = [
        match.span()
        for pattern in _patterns(keeper)
        for match in pattern.finditer(text.translate(_NARROW))
        if _digits(match[0]) not in open_numbers and match[0].casefold() not in open_mails
    ]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + WITHHELD + text[end:]
    return WITHHELD if any(secret in fold_closed(text) for secret in _words(keeper)) else text


def _patterns(keeper: Keeper) -> Iterator[re.Pattern[str]]:
    """What must not stand in a text, over its narrow form."""
    yield _MOBILE
    if isinstance(keeper, Listing) and keeper.kind in VOLUNTEER_KINDS:
        yield _ANY_NUMBER
        yield _ANY_MAIL
    for phone in keeper.phones:
        digits = _digits(phone.number)
        if not _is_public(phone) and len(digits) >= _SHORTEST_NUMBER:
            rest = _GAP.join(digits.removeprefix("0"))
            yield re.compile(f"(?<![0-9]){_LEAD}{rest}(?![0-9])")
    for email in keeper.emails:
        if email.visibility is not ContactVisibility.PUBLIC:
            yield re.compile(re.escape(email.address.translate(_NARROW)), re.IGNORECASE)
    where = keeper.location
    if where.visibility is not AddressVisibility.EXACT:
        if where.address:
            yield from _address(where.address.translate(_NARROW))
        if len(where.building) >= _SHORTEST_BUILDING:
            yield re.compile(re.escape(where.building.translate(_NARROW)), re.IGNORECASE)


def _words(keeper: Keeper) -> list[str]:
    """Secrets that may be spelt so that no pattern cuts them out; folded."""
    where = keeper.location
    hidden = where.visibility is not AddressVisibility.EXACT
    words = [where.building] if hidden and len(where.building) >= _SHORTEST_BUILDING else []
    words += [email.address for email in keeper.emails
              if email.visibility is not ContactVisibility.PUBLIC]  # fmt: skip
    return [word for word in map(fold_closed, words) if word]


def _address(address: str) -> Iterator[re.Pattern[str]]:
    """The address itself, and its numbers in a row however they are joined: 5丁目6番13号."""
    yield re.compile(re.escape(address))
    numbers = _NUMBER.findall(address)
    if len(numbers) > 1:
        row = _BETWEEN_NUMBERS.join(map(_either, numbers))
        yield re.compile(f"(?<![0-9]){row}(?![0-9])[番地号]*")
    elif numbers:
        before = address[: address.index(numbers[0])][-2:]
        yield re.compile(rf"{re.escape(before)}\s*{_either(numbers[0])}(?![0-9])")


def _either(number: str) -> str:
    """A number in digits or in kanji, 13 also as 十三."""
    kanji = "".join(_KANJI[int(digit)] for digit in number)
    tens, ones = divmod(int(number), 10)
    spelt = [number, kanji]
    if 0 < tens < 10:
        spelt.append(("" if tens == 1 else _KANJI[tens]) + "十" + (_KANJI[ones] if ones else ""))
    return f"(?:{'|'.join(spelt)})"


def _is_public(phone: Phone) -> bool:
    return phone.visibility is ContactVisibility.PUBLIC


def _digits(number: str) -> str:
    """A number's digits as dialled in Japan."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", number))
    return re.sub("^810?", "0", digits) if len(digits) > 11 or digits[:2] == "81" else digits
