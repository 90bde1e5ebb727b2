"""Search engines find every public page once in each language, and nothing else."""

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from support import ReadingClient

from ibasho.data.database import Database
from ibasho.data.listings.edit import change_state
from ibasho.data.listings.states import State
from ibasho.site.languages import LANGUAGES

Publish = Callable[..., str]
SITE = "http://localhost"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def sitemap(client: ReadingClient, address: str) -> dict[str, dict[str, str]]:
    """Each page of a sitemap, with its address in every language."""
    tree = ET.fromstring(client.get(address).data)
    return {
        page.findtext(f"{SITEMAP}loc", ""): {
            link.get("hreflang", ""): link.get("href", "") for link in page.iter(LINK)
        }
        for page in tree
    }


def test_every_public_page_stands_in_the_sitemap_in_every_language(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing, gone = publish(), publish(name="とじた食堂")
    change_state(db, gone, State.ARCHIVED, "test", "closed")
    for code in LANGUAGES:
        prefix = "" if code == "ja" else f"/{code}"
        pages = sitemap(client, f"{prefix}/sitemap.xml")
        assert f"{SITE}{prefix}/listings/{listing}" in pages
        assert f"{SITE}{prefix}/desks" in pages
        assert not any(gone in page for page in pages)
        for address, others in pages.items():
            assert set(others) == {row.tag for row in LANGUAGES.values()}
            assert others[LANGUAGES[code].tag] == address or LANGUAGES[code].ruby
            assert client.get(address.removeprefix(SITE)).status_code == 200


def test_robots_may_read_places_but_not_walk_through_every_search(client: ReadingClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    closed = tuple(line.removeprefix("Disallow: ") for line in lines if "Disallow: " in line)
    for prefix in ("", "/en"):
        for page in ("/", "/search", "/listings/1", "/events", "/static/ibasho.css"):
            assert not f"{prefix}{page}".startswith(closed)  # as RFC 9309 compares
        for page in ("/search?q=x", "/search.csv", "/suggest?q=x"):
            assert f"{prefix}{page}".startswith(closed)
    assert "/coordinator/".startswith(closed)
    assert {f"Sitemap: {SITE}/sitemap.xml", f"Sitemap: {SITE}/en/sitemap.xml"} <= set(lines)


@pytest.mark.parametrize("address", ["/", "/search", "/en/search"])
def test_a_page_names_its_own_address_and_says_what_it_is(
    client: ReadingClient, publish: Publish, address: str
) -> None:
    publish()
    page = client.get(f"{address}?utm_source=mail").text
    assert f'<link rel="canonical" href="{SITE}{address}">' in page
    assert re.search(r'<meta name="description" content="[^"]{10,}">', page)


def test_a_typed_address_is_not_in_what_a_page_says_of_itself(
    client: ReadingClient, publish: Publish
) -> None:
    publish()
    page = client.get("/search", query_string={"near": "西東京市南町5-6-13"}).text
    assert "5-6-13" not in page.split("</head>")[0]
