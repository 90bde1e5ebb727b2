"""A listing in the words of schema.org, for search engines."""

from typing import Any

from ibasho.data.listings import PublicListing
from ibasho.site.words import is_rough


def linked_data(listing: PublicListing, url: str) -> dict[str, Any]:
    """The public facts as JSON-LD; a rough position is left out, for it would read as exact."""
    body: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "name": listing.name,
        "url": url,
        "address": {"@type": "PostalAddress", "addressCountry": "JP",
                    "streetAddress": listing.address},
        "telephone": [phone.value for phone in listing.phones],
        "description": listing.description,
        "sameAs": listing.url,
    }  # fmt: skip
    if listing.position.is_known and not is_rough(listing.position):
        body["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": listing.position.lat,
            "longitude": listing.position.lon,
        }
    return {name: value for name, value in body.items() if value}
