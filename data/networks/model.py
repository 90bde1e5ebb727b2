"""What a network is: places that help each other under one name."""

from dataclasses import dataclass

from ibasho.data import telephone


class NotATelephoneError(ValueError):
    """A text that is no telephone number; it would be a link that calls nobody."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network by its name, which is what its listings and events say in their `network`.

    `phone` is a number that anyone may call, with words behind it; "" where nobody said. Anything
    else raises NotATelephoneError.
    """

    name: str
    description: str
    phone: str = ""

    def __post_init__(self) -> None:
        if self.phone and not telephone.read(self.phone).number:
            raise NotATelephoneError(self.phone)


@dataclass(frozen=True, slots=True)
class PublicNetwork:
    """A network as everyone may see it; `listings` is how many public ones name it."""

    name: str
    description: str
    phone: str
    listings: int
