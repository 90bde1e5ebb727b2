"""Who listens, and who of them listens now.

The numbers and hours of the national lines are facts; each names who publishes it.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ibasho.data.listings import PublicListing
from ibasho.data.schedule import Moment, Schedule, at, read_phrase
from ibasho.site.languages import LazyString, lazy_gettext
from ibasho.site.public.cards import Card
from ibasho.site.words import is_old


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone line: its name, number, hours and for whom it is; who publishes these facts.

    `schedule` is None for a line that answers day and night.
    """

    name: LazyString
    number: str
    hours: LazyString
    about: LazyString
    source: str
    schedule: Schedule | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Answering:
    """A line or a desk of this city, and whether it answers at the moment that was asked for."""

    line: Line | None
    listing: PublicListing | None
    moment: Moment | None
    phone: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody answers now, for certain."""
        return self.moment is None or self.moment.open_now is not None

    def opens_on(self, day: dt.date) -> bool:
        """Whether the next opening is on that JST date."""
        coming = self.moment.next if self.moment else None
        return coming is not None and coming.date == day

    @property
    def order(self) -> tuple[bool, dt.date, str]:
        """Day and night first, then those that answer now; those without a next opening last."""
        if self.moment is None:
            return False, dt.date.min, ""
        coming = self.moment.next
        if coming is None:
            return not self.is_open, dt.date.max, ""
        return not self.is_open, coming.date, coming.opens_at or ""


# Numbers on which nobody speaks, and hours that are for those who have booked.
_NO_VOICE = re.compile("FAX|ファク|ファッ|予約", re.IGNORECASE)
_BY_APPOINTMENT = re.compile("予約制|要予約")

NATIONAL_LINES = (
    Line(
        lazy_gettext("189 “Ichi-haya-ku”: when a child may be in danger"),
        "189",
        lazy_gettext("Day and night, every day. Free of charge."),
        lazy_gettext(
            "Reaches the child guidance centre of your area. You need not be sure and need not "
            "give your name."
        ),
        "こども家庭庁",
        urgent=True,
    ),
    Line(
        lazy_gettext("24-hour SOS line for children"),
        "0120-0-78310",
        lazy_gettext("Day and night, every day. Free of charge."),
        lazy_gettext("For children and parents: bullying, school, anything that weighs on you."),
        "文部科学省",
    ),
    Line(
        lazy_gettext("Childline"),
        "0120-99-7777",
        lazy_gettext("16:00 to 21:00, every day except 29 December to 3 January. Free of charge."),
        lazy_gettext("For children up to 18. They listen; you decide what to talk about."),
        "チャイルドライン支援センター",
        read_phrase("月～日・祝日 16:00～21:00（12月29日～1月3日を除く）"),
    ),
)


def answering(moment: dt.datetime, desks: Iterable[Card] = ()) -> list[Answering]:
    """The lines and these desks, those first that answer at a moment on Japan's clock."""
    lines = [
        Answering(line, None, at(line.schedule, moment) if line.schedule else None)
        for line in NATIONAL_LINES
    ]
    here = [
        Answering(None, card.listing, _moment(card.listing, moment), phone)
        for card in desks
        if (phone := _phone(card.listing))
    ]
    return sorted((*lines, *here), key=lambda one: one.order)


def _phone(listing: PublicListing) -> str:
    """The first number on which somebody speaks; "" where there is none."""
    spoken = (
        one.value
        for one in listing.phones
        if not _NO_VOICE.search(unicodedata.normalize("NFKC", one.description))
    )
    return next(spoken, "")


def _moment(listing: PublicListing, moment: dt.datetime) -> Moment:
    """When a desk answers; never called open now on old facts, or for those who have booked."""
    found = at(listing.schedule, moment)
    booked = _BY_APPOINTMENT.search(f"{listing.schedule_text} {listing.application_process}")
    return replace(found, open_now=None) if booked or is_old(listing) else found
