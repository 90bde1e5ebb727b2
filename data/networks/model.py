"""What a network is: places that help each other under one name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Network:
    """A network by its name, which is what its listings and events say in their `network`.

    `phone` is a number that anyone may call; `founded_in` is a year.
    """

    name: str
    description: str
    phone: str = ""
    url: str = ""
    founded_in: int | None = None


@dataclass(frozen=True, slots=True)
class PublicNetwork:
    """A network as everyone may see it; `listings` is how many public ones name it."""

    name: str
    description: str
    phone: str
    url: str
    founded_in: int | None
    listings: int
