"""The site as an app on the home screen, and without a network."""

import hashlib

from flask import Response, render_template, url_for

from ibasho.site import stores
from ibasho.site.languages import addresses, gettext, language
from ibasho.site.public.desks import NATIONAL_LINES
from ibasho.site.public.views import as_json, blueprint

# What every page is made of, and the one of kept places; the rest is kept as it is met.
_SHELL = (
    "ibasho.css",
    "offline.js",
    "kept.js",
    "kept-page.js",
    "mark.svg",
    "icons.svg",
    "kinds.svg",
)
_ICONS = {
    "icon-192.png": ("192x192", "any"),
    "icon-512.png": ("512x512", "any"),
    "icon-maskable.png": ("512x512", "maskable"),
}


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """What a phone needs to put this site on its home screen."""
    name = f"{gettext('Ibasho')} {stores.ward()}".strip()
    return as_json(
        {
            "id": addresses({}, "/")["ja"],
            "name": name,
            "short_name": gettext("Ibasho"),
            "lang": language(),
            "start_url": url_for("public.home"),
            "scope": addresses({}, "/")["ja"],
            "display": "minimal-ui",
            "background_color": "#fffcf7",
            "theme_color": "#ffeee2",
            "icons": [
                {
                    "src": url_for("static", filename=file),
                    "sizes": sizes,
                    "type": "image/png",
                    "purpose": purpose,
                }
                for file, (sizes, purpose) in _ICONS.items()
            ],
        },
        mimetype="application/manifest+json",
    )


@blueprint.get("/sw.js")
def worker() -> Response:
    """The script that answers where the network does not; new with every version of its files."""
    shell = [url_for("static", filename=file) for file in _SHELL]
    text = render_template(
        "public/sw.js",
        shell=shell,
        version=hashlib.sha256("".join(shell).encode()).hexdigest()[:10],
        offline=addresses({}, "/offline"),
    )
    return Response(text, mimetype="text/javascript")


@blueprint.get("/offline")
def offline() -> str:
    """What stands in the place of a page that cannot be had now: whom to call."""
    return render_template("public/offline.html", lines=NATIONAL_LINES)
