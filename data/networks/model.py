"""What a network is: places that help each other under one name."""

import re
import unicodedata
from dataclasses import dataclass

_TELEPHONE = re.compile(r"\+?[-0-9() ]*")


class NotATelephoneError(ValueError):
    """A text that is no telephone number; it would be a link that calls nobody."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network by its name, which is what its listings and events say in their `network`.

    `phone` is a number that anyone may call, in digits, +, -, brackets and blanks, wide or narrow;
    "" where nobody said. Anything else raises NotATelephoneError.
    """

    name: str
    description: str
    phone: str = ""

    def __post_init__(self) -> None:
        plain = unicodedata.normalize("NFKC", self.phone)
        if self.phone and not (_TELEPHONE.fullmatch(plain) and re.search("[0-9]", plain)):
            raise NotATelephoneError(self.phone)


@dataclass(frozen=True, slots=True)
class PublicNetwork:
    """A network as everyone may see it; `listings` is how many public ones name it."""

    name: str
    description: str
    phone: str
    listings: int
