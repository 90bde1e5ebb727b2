"""What search engines may read, and where it is."""

import datetime as dt
from itertools import chain, islice

from flask import Response, render_template, request, url_for

from ibasho.data.articles import read_articles
from ibasho.data.clock import today
from ibasho.data.events import read_events
from ibasho.data.listings.store import read_all_public
from ibasho.site import stores
from ibasho.site.languages import DEFAULT, LANGUAGES, addresses, language
from ibasho.site.public.views import blueprint

# Of the public pages those that are one address; a result is asked for, not found.
_PAGES = ("public.home", "public.search", "public.events", "public.desks", "public.guide",
          "public.child", "public.articles", "public.about", "public.accessibility",
          "public.embed_how", "public.register")  # fmt: skip
_CLOSED = ("/search?", "/search.csv", "/suggest", "/kept", "/sheet")
_CLOSED_TO_ALL = ("/api/", "/coordinator/", "/sign-in")
_MOST = 50_000  # addresses of a sitemap (sitemaps.org)
_PAST = dt.timedelta(days=31)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Search engines may read all that is public, but not walk through every search."""
    prefixes = ["" if code == DEFAULT else f"/{code}" for code in LANGUAGES]
    root = request.host_url.removesuffix("/")
    lines = [
        "User-agent: *",
        *(f"Disallow: {prefix}{path}" for prefix in prefixes for path in _CLOSED),
        *(f"Disallow: {path}" for path in _CLOSED_TO_ALL),
        *(
            f"Sitemap: {root}{prefix}/sitemap.xml"
            for prefix, row in zip(prefixes, LANGUAGES.values(), strict=True)
            if not row.ruby
        ),
        "",
    ]
    return Response("\n".join(lines), mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every public page in the language of this address, each with the other languages."""
    db = stores.database()
    listings = (url_for("public.listing", listing_id=one.id) for one in read_all_public(db))
    events = (url_for("public.event", event_id=one.id) for one in read_events(db, today() - _PAST))
    texts = (url_for("public.article", article_id=one.id) for one in read_articles(db, today()))
    pages = chain(map(url_for, _PAGES), listings, events, texts)
    found = (addresses({}, page.removeprefix(request.script_root)) for page in pages)
    text = render_template(
        "public/sitemap.xml",
        root=request.host_url.removesuffix("/"),
        language=language(),
        # the variants of Japanese have no tag of their own for search engines
        tags={code: row.tag for code, row in LANGUAGES.items() if not row.ruby},
        pages=list(islice(found, _MOST)),
    )
    return Response(text, mimetype="application/xml")
