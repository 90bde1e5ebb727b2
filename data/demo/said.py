"""What some places of the demo ward say of today and of single dates, counted from now on."""

import datetime as dt
from typing import Any

from ibasho.data.clock import japan_now
from ibasho.data.database import Database
from ibasho.data.demo.facts import ACTOR
from ibasho.data.listings.store import read_public
from ibasho.data.notices import Light, close_on, open_on, say_light
from ibasho.data.schedule import next_occurrence

_SHOWN = dt.timedelta(days=7)  # a real light goes sooner; a demo is looked at for some days


def keep_said(db: Database, listing_id: str, body: dict[str, Any]) -> None:
    """Keep what the file has a published listing say; in the caller's transaction.

    `light`, `closed_next` (the next opening falls out, and why) and `open_in` (days from today,
    from, to, why).
    """
    moment = japan_now()
    if "light" in body:
        end = dt.datetime.combine(moment.date() + _SHOWN, dt.time())
        say_light(db, listing_id, Light(body["light"]), ACTOR, until=end)
    if "closed_next" in body:
        [public] = read_public(db, [listing_id])
        if coming := next_occurrence(public.schedule, moment.date()):
            close_on(db, listing_id, coming.date, body["closed_next"], ACTOR)
    if "open_in" in body:
        days, opens_at, closes_at, note = body["open_in"]
        date = moment.date() + dt.timedelta(days=days)
        open_on(db, listing_id, date, opens_at, closes_at, note, ACTOR)
