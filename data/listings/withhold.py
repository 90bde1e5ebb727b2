"""What a listing or an event keeps to its staff, taken out of texts that say it again.

Spellings vary: wide or narrow digits, brackets, +81, 5丁目6番13号 for 5-6-13; a place is also
told by coordinates or a map's link, which `hidden_place` knows. Where a secret is recognised but
cannot be cut out cleanly, the whole text is withheld.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from ibasho.data.listings.hidden_place import town, traces
from ibasho.data.listings.kinds import VOLUNTEER_KINDS
from ibasho.data.listings.model import (
    AddressVisibility,
    ContactVisibility,
    Email,
    Listing,
    Location,
    Phone,
)
from ibasho.data.listings.spelling import Pattern, digits_with, letters
from ibasho.data.telephone import NARROW, digits
from ibasho.data.text import fold, fold_closed

WITHHELD = "（非公開）"

_GAP = r"[^0-9A-Za-z\u3040-\u9fff]{0,4}"
_LEAD = rf"(?:\+?\(?81\)?{_GAP}\(?0?\)?|0){_GAP}"
_MOBILE = re.compile(rf"(?<![0-9]){_LEAD}[6-9]{_GAP}0(?:{_GAP}[0-9]){{8}}")
_ANY_NUMBER = re.compile(rf"(?<![0-9]){_LEAD}[1-9](?:{_GAP}[0-9]){{8,9}}")
_ANY_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFFA0)}
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


def keeps_secrets(one: Keeper) -> bool:
    """Whether the staff see a contact or an address of it that the public does not."""
    seen = {contact.visibility for contact in one.phones}
    seen.update(contact.visibility for contact in one.emails)
    return one.location.visibility is not AddressVisibility.EXACT or bool(
        seen - {ContactVisibility.PUBLIC}
    )


def is_mobile(number: str) -> bool:
    """Whether a telephone number is a person's own: 060, 070, 080 or 090."""
    return bool(_MOBILE.match(unicodedata.normalize("NFKC", number).strip().translate(NARROW)))


@dataclass(frozen=True, slots=True)
class Secrets:
    """What one keeper tells to its staff only, worked out once for all of its texts.

    `patterns` are for a narrow text; what they find is no secret where it is one of the open
    contacts. `words` are folded secrets without blanks, `town` is a folded name, or "".
    """

    patterns: tuple[Pattern, ...]
    words: tuple[str, ...]
    town: str
    open_numbers: frozenset[str]
    open_mails: frozenset[str]


def secrets_of(keeper: Keeper) -> Secrets:
    """What must not stand in any public text of this keeper."""
    where = keeper.location
    return Secrets(
        tuple(_patterns(keeper)),
        tuple(_words(keeper)),
        fold(town(where)) if where.visibility is AddressVisibility.ON_REQUEST else "",
        frozenset(digits(phone.number) for phone in keeper.phones if _is_public(phone)),
        frozenset(
            email.address.casefold()
            for email in keeper.emails
            if email.visibility is ContactVisibility.PUBLIC
        ),
    )


def spellings_of(words: str) -> Secrets:
    """One telephone number, mail address or name as a secret, however it is written."""
    narrow = unicodedata.normalize("NFKC", words).strip().translate(NARROW)
    number = digits(narrow)
    if len(number) >= _SHORTEST_NUMBER and not re.search(r"[^\W\d]", narrow):
        pattern: Pattern = _number(number)
    else:
        typed = words.translate(NARROW)
        either = (r"\s*".join(map(_letter, "".join(one.split()))) for one in (narrow, typed))
        pattern = re.compile("|".join(either), re.IGNORECASE)
    return Secrets((pattern,), (), "", frozenset(), frozenset())


def withhold(text: str, secrets: Secrets) -> str:
    """The text without these secrets."""
    if not text:
        return text
    narrow = text.translate(NARROW)
    spans = [
        match.span()
        for pattern in secrets.patterns
        for match in pattern.finditer(narrow)
        if digits(match[0]) not in secrets.open_numbers
        and match[0].casefold() not in secrets.open_mails
    ]
    text = _cut(text, spans)
    return WITHHELD if _still_says(text, secrets) else text


def without_mobiles(text: str) -> str:
    """The text without anybody's own telephone number, where nobody's contacts are known."""
    return _cut(text, [match.span() for match in _MOBILE.finditer(text.translate(NARROW))])


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text without these parts, which may overlap."""
    parts, done = [], 0
    for start, end in sorted(spans):
        if start >= done:
            parts += [text[done:start], WITHHELD]
        done = max(done, end)
    return "".join([*parts, text[done:]])


def _patterns(keeper: Keeper) -> Iterator[Pattern]:
    """What must not stand in a text, over its narrow form."""
    yield _MOBILE
    if isinstance(keeper, Listing) and keeper.kind in VOLUNTEER_KINDS:
        yield _ANY_NUMBER
        yield _ANY_MAIL
    for phone in keeper.phones:
        number = digits(phone.number)
        if not _is_public(phone) and len(number) >= _SHORTEST_NUMBER:
            yield _number(number)
    for email in keeper.emails:
        if email.visibility is not ContactVisibility.PUBLIC:
            yield letters(email.address.translate(NARROW))
    where = keeper.location
    if where.visibility is not AddressVisibility.EXACT:
        yield from traces(where, where.address.translate(NARROW))
        if len(where.building) >= _SHORTEST_BUILDING:
            yield letters(where.building.translate(NARROW))


def _number(number: str) -> Pattern:
    rest = number.removeprefix("0")
    return digits_with(f"(?<![0-9]){_LEAD}{_GAP.join(rest)}(?![0-9])", rest)


def _letter(letter: str) -> str:
    """One letter as a pattern: ガ also as ｶﾞ, or with its mark apart as other systems write it."""
    apart = unicodedata.normalize("NFD", letter)
    half = "".join(_HALF.get(part, part) for part in apart)
    return "(?:" + "|".join(map(re.escape, dict.fromkeys((letter, apart, half)))) + ")"


def _still_says(text: str, secrets: Secrets) -> bool:
    """Whether a secret is left, spelt otherwise: 緑が丘 for 緑ヶ丘."""
    if secrets.words:
        closed = fold_closed(text)
        if any(word in closed for word in secrets.words):
            return True
    return bool(secrets.town) and secrets.town in fold(text)


def _words(keeper: Keeper) -> list[str]:
    """Secrets that may be spelt so that no pattern cuts them out; folded."""
    where = keeper.location
    hidden = where.visibility is not AddressVisibility.EXACT
    words = [where.building] if hidden and len(where.building) >= _SHORTEST_BUILDING else []
    words += [email.address for email in keeper.emails
              if email.visibility is not ContactVisibility.PUBLIC]  # fmt: skip
    return [word for word in map(fold_closed, words) if word]


def _is_public(phone: Phone) -> bool:
    return phone.visibility is ContactVisibility.PUBLIC
