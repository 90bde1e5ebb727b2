"""What a report is."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

LONGEST_WORDS = 500  # characters


class Matter(StrEnum):
    """What is said to be wrong; the value is the name in the form."""

    CLOSED = "closed"
    """It exists no longer, or was closed on a day when it should have been open."""
    MOVED = "moved"
    TIME = "time"
    PHONE = "phone"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Report:
    """A report that nobody has dealt with yet; `words` are the visitor's, "" for none.

    `sent_on` is a JST date, `times` how many visitors said the same that day, those counted whose
    words were not kept. Who sent it is not known and never asked.
    """

    id: int
    listing_id: str
    matter: Matter
    words: str
    sent_on: dt.date
    times: int = 1
