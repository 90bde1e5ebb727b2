"""The demo ward's events, networks and articles; dates move along, events keep their weekday."""

import datetime as dt
from typing import Any

from ibasho.data.articles import Article, Topic, keep_article
from ibasho.data.database import Database
from ibasho.data.demo.facts import ACTOR, MUNICIPALITY, WRITTEN_ON, read_bodies
from ibasho.data.events import Application, Event, EventKind, keep_event
from ibasho.data.listings import (
    AddressVisibility,
    Email,
    Fact,
    Kind,
    Location,
    Phone,
    PositionSource,
    locate,
    pin,
)
from ibasho.data.networks import Network, keep_network
from ibasho.data.schedule import Occurrence

_TEXTS = {
    "title": "title",
    "schedule_text": "time",
    "description": "description",
    "organization": "organization",
    "eligibility_description": "who",
    "fees_description": "fees",
    "capacity": "capacity",
    "application_process": "application_process",
    "url": "url",
    "network": "network",
    "note": "note",
    "assured_by": "assured_by",
}


def keep_events(db: Database, today: dt.date) -> None:
    """Keep the events, moved by whole weeks to about a JST date; in the caller's transaction."""
    for body in read_bodies("events.json"):
        keep_event(db, _event(body, today), ACTOR)


def keep_networks(db: Database) -> None:
    """Keep the networks that the listings and events name; in the caller's transaction."""
    for body in read_bodies("networks.json"):
        keep_network(db, Network(**body), ACTOR)


def keep_articles(db: Database, today: dt.date) -> None:
    """Keep the articles, as old on a JST date as they were written; in the caller's transaction."""
    for body in read_bodies("articles.json"):
        written = dt.date.fromisoformat(body["published_on"]) + (today - WRITTEN_ON)
        article = Article(
            topic=Topic(body["topic"]),
            title=body["title"],
            summary=body["summary"],
            body="\n".join(body["body"]),
            signed_by=body["signed_by"],
            published_on=written,
            kinds=tuple(map(Kind, body.get("kinds", ()))),
            facts=tuple(map(Fact, body.get("facts", ()))),
        )
        keep_article(db, article, ACTOR)


def _event(body: dict[str, Any], today: dt.date) -> Event:
    weeks = dt.timedelta(weeks=(today - WRITTEN_ON).days // 7)
    until = body.get("apply_until")
    texts: dict[str, Any] = {field: body.get(key, "") for field, key in _TEXTS.items()}
    return Event(
        kind=EventKind(body["kind"]),
        occurrences=tuple(_occurrence(weeks, *one) for one in body["dates"]),
        online=body.get("online", False),
        location=_location(body),
        application=Application(body["application"]),
        apply_until=until and dt.date.fromisoformat(until) + weeks,
        phones=tuple(Phone(number, about) for number, about in body.get("phones", ())),
        emails=tuple(Email(address) for address in body.get("emails", ())),
        cancelled=body.get("cancelled", False),
        assured_date=dt.date.fromisoformat(body["assured"]) + (today - WRITTEN_ON),
        **texts,
    )


def _occurrence(
    weeks: dt.timedelta,
    date: str,
    opens_at: str | None,
    closes_at: str | None,
    confirm: bool = False,
) -> Occurrence:
    return Occurrence(dt.date.fromisoformat(date) + weeks, opens_at, closes_at, confirm)


def _location(body: dict[str, Any]) -> Location:
    if "address" not in body:
        return Location()
    return locate(
        MUNICIPALITY,
        body["address"],
        body.get("building", ""),
        AddressVisibility(body.get("visibility", AddressVisibility.EXACT)),
        pin(body["pin"][0], body["pin"][1], PositionSource.PERSON) if "pin" in body else None,
    )
