"""What a picture of a place is, and what of it the public sees."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

LONGEST_ALT = 200  # characters
LONGEST_CREDIT = 60
MOST_PICTURES = 8  # of one listing, without those withdrawn


class PictureState(StrEnum):
    """Where a picture stands: it waits, is shown to everyone, or was taken back."""

    WAITING = "waiting"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class UndescribedPictureError(ValueError):
    """A picture says in words what it shows."""


class Size(NamedTuple):
    """Width and height of a file in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture in one size, as WebP."""

    size: Size
    body: bytes


@dataclass(frozen=True, slots=True)
class PublicPicture:
    """A picture as everyone may see it.

    `alt` says what it shows, `credit` whose it is ("" for not said), `sizes` are those of its
    files, the smallest first.
    """

    id: str
    alt: str
    credit: str
    sizes: tuple[Size, ...]


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """What the staff know of a picture: what was written, and what the public sees of it."""

    listing_id: str
    state: PictureState
    alt: str
    credit: str
    public: PublicPicture
