"""What an event is: something for families, parents or helpers that takes place on certain days.

Field names are those of a listing wherever they mean the same.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from ibasho.data.listings import Email, Location, Phone
from ibasho.data.schedule import Occurrence


class EventKind(StrEnum):
    """What an event is; the value is the name in addresses."""

    MEETING = "meeting"
    """People talk: 相談会, 交流会, 定例会."""
    COURSE = "course"
    """Somebody explains or teaches: 講座, 研修, 学習会, 説明会."""
    MEAL = "meal"
    """People eat together: 昼ごはん会, クリスマス会."""
    FESTIVAL = "festival"
    """A day for the whole neighbourhood: ふれあいまつり, もちつき."""
    FOOD_DRIVE = "food_drive"
    """Food is given or shared out: フードドライブ."""
    EXPERIENCE = "experience"
    """One may try or look: 体験, 見学会."""
    HEALTH = "health"
    """Body and mind: 健康相談, 歯みがき."""


class Application(StrEnum):
    """Whether one has to apply; `not_said` where nobody said, which is not the same as no."""

    NOT_SAID = "not_said"
    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    FULL = "full"


class NoDateError(ValueError):
    """An event takes place on at least one day."""


@dataclass(frozen=True, slots=True)
class Event:
    """Everything that is known of one event, public or not.

    Texts are as people wrote them; an empty text, an empty tuple or None means that nobody said.
    `occurrences` are its JST dates in order, at least one (NoDateError); `confirm` on one of them
    says that its date or time is not fixed yet, and `schedule_text` says it in words.
    `apply_until` is the last JST date of applying. An online event may have no location.
    `assured_date` is the JST date on which `assured_by` last said that all this is true.
    """

    kind: EventKind
    title: str
    occurrences: tuple[Occurrence, ...]
    schedule_text: str = ""
    description: str = ""
    organization: str = ""
    online: bool = False
    location: Location = field(default_factory=Location)
    eligibility_description: str = ""
    fees_description: str = ""
    capacity: str = ""
    application: Application = Application.NOT_SAID
    application_process: str = ""
    apply_until: dt.date | None = None
    phones: tuple[Phone, ...] = ()
    emails: tuple[Email, ...] = ()
    url: str = ""
    network: str = ""
    note: str = ""
    cancelled: bool = False
    assured_date: dt.date | None = None
    assured_by: str = ""

    def __post_init__(self) -> None:
        if not self.occurrences:
            raise NoDateError(self.title)
        in_order = tuple(sorted(self.occurrences, key=start_of))
        object.__setattr__(self, "occurrences", in_order)


def start_of(occurrence: Occurrence) -> tuple[dt.date, str]:
    """What occurrences are put in order by; a time that nobody said comes before all others."""
    return occurrence.date, occurrence.opens_at or ""
