"""A listing, an event or an article in the words of schema.org, for search engines."""

from collections.abc import Sequence
from typing import Any

from ibasho.data.articles import PublicArticle
from ibasho.data.events import PublicEvent
from ibasho.data.listings import AddressVisibility, Position, PublicListing
from ibasho.data.schedule import Occurrence
from ibasho.site.words import is_rough


def linked_data(listing: PublicListing, url: str, pictures: Sequence[str] = ()) -> dict[str, Any]:
    """The public facts as JSON-LD, under an absolute `url`, with those of its `pictures`.

    A hidden or rough position is left out, for it would read as exact.
    """
    body: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "name": listing.name,
        "alternateName": [one.name for one in listing.translations if one.name],
        "url": url,
        "address": _address(listing.address),
        "telephone": [phone.value for phone in listing.phones],
        "description": listing.description,
        "sameAs": listing.url,
        "image": list(pictures),
    }  # fmt: skip
    return _given(body | {"geo": _geo(listing.address_visibility, listing.position)})


def linked_event(event: PublicEvent, dates: Sequence[Occurrence], url: str) -> dict[str, Any]:
    """An event as JSON-LD: from the start of the first of `dates` to the end of the last.

    Where there are several, each is an event within it. Times are Japan's.
    """
    status = "EventCancelled" if event.cancelled else "EventScheduled"
    attendance = "OnlineEventAttendanceMode" if event.online else "OfflineEventAttendanceMode"
    body = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "url": url,
        "startDate": _moment(dates[0], dates[0].opens_at),
        "endDate": _end(dates[-1], dates[0]),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": f"https://schema.org/{attendance}",
        "location": _place(event, url),
        "organizer": event.organization and {"@type": "Organization", "name": event.organization},
        "description": event.description,
        "sameAs": event.url,
        "subEvent": [
            _given(
                {
                    "@type": "Event",
                    "name": event.title,
                    "startDate": _moment(one, one.opens_at),
                    "endDate": _end(one, one),
                }
            )
            for one in dates
            if len(dates) > 1
        ],
    }
    return _given(body)


def linked_article(article: PublicArticle, url: str) -> dict[str, Any]:
    """An article as JSON-LD, by the office or university that signed it."""
    body = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": article.title,
        "description": article.summary,
        "url": url,
        "datePublished": article.published_on.isoformat(),
        "author": {"@type": "Organization", "name": article.signed_by},
        "inLanguage": "ja",
    }
    return _given(body)


def _place(event: PublicEvent, url: str) -> dict[str, Any]:
    if event.online:
        return {"@type": "VirtualLocation", "url": event.url or url}
    place = {
        "@type": "Place",
        "name": event.building or event.address or event.municipality,
        "address": _address(event.address),
        "geo": _geo(event.address_visibility, event.position),
    }  # fmt: skip
    return _given(place)


def _moment(occurrence: Occurrence, time: str | None) -> str:
    """A day, with the time where that is fixed; as texts, they are in the order of time."""
    date = occurrence.date.isoformat()
    return f"{date}T{time}:00+09:00" if time and not occurrence.confirm else date


def _end(last: Occurrence, first: Occurrence) -> str | None:
    """When the last ends; None where nobody said, or where that is not after the first begins."""
    if last.opens_at and not last.closes_at:
        return None
    end = _moment(last, last.closes_at)
    return end if end > _moment(first, first.opens_at) else None


def _address(written: str) -> dict[str, Any]:
    return _given({"@type": "PostalAddress", "addressCountry": "JP", "streetAddress": written})


def _geo(visibility: AddressVisibility, position: Position) -> dict[str, Any] | None:
    """The point of a public address, unless it is a rough one."""
    is_exact = visibility is AddressVisibility.EXACT
    if not is_exact or not position.is_known or is_rough(position):
        return None
    return {"@type": "GeoCoordinates", "latitude": position.lat, "longitude": position.lon}


def _given(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value}
